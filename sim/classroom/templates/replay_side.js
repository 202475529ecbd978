// Beside the map: the ladder, the timeline, the news of the day, the charts of the stocks.
const H = 80;  // height of a chart in its own units
const dark = colour => { const [r, g, b] = [1, 3, 5].map(k => parseInt(colour.slice(k, k + 2), 16)); return 0.299 * r + 0.587 * g + 0.114 * b < 128; };
const POINTERS = [];

function drawLadder() {
  D.rungs.forEach((name, rung) => $("rungs").append(el("li", {style: `background:${RUNG_TONES[rung]};color:${dark(RUNG_TONES[rung]) ? "#fff" : "#1b1b1b"}`}, el("span", {}, String(rung)), el("span", {class: "word"}, name))));
}

function ladderDay() {
  const rung = D.rung[at];
  [...$("rungs").children].forEach((li, k) => {
    li.classList.toggle("off", k > rung);
    li.classList.toggle("on", k === rung);
    k === rung ? li.setAttribute("aria-current", "true") : li.removeAttribute("aria-current");
  });
  $("rung").textContent = say("rung", {n: rung, name: D.rungs[rung]});
}

// runs of days with one value: [first, after the last, value]
function runs(values) {
  const found = [];
  values.forEach((value, k) => { const last = found[found.length - 1]; last && last[2] === value ? last[1] = k + 1 : found.push([k, k + 1, value]); });
  return found;
}

function sheet(label) { return el("svg", {viewBox: `0 0 ${D.days} ${H}`, preserveAspectRatio: "none", role: label ? "img" : null, "aria-label": label}); }
function pointer(svg) {
  for (const [stroke, wide] of [["#fff", 7], ["#00558a", 4]]) POINTERS.push(svg.appendChild(el("line", {y1: 0, y2: H, stroke, "stroke-width": wide, "vector-effect": "non-scaling-stroke"})));
}
function past(svg) { if (ZERO >= 0) svg.prepend(el("rect", {x: 0, y: 0, width: ZERO + 1, height: H, fill: "#dcdcdc"})); }

function drawTimeline() {
  const svg = sheet();
  past(svg);
  for (const [a, b, rung] of runs(D.rung)) {
    const high = 6 + rung * (H - 16) / 7;
    svg.append(el("rect", {x: a, y: H - 10 - high, width: b - a, height: high, fill: RUNG_TONES[rung], stroke: rung ? "none" : "#9a9a9a", "stroke-width": 0.5, "vector-effect": "non-scaling-stroke"}));
  }
  D.relations.forEach((_, k) => { for (const [a, b, held] of runs(Array.from({length: D.days}, (_, day) => peace(k, day) > 0))) if (held) svg.append(el("rect", {x: a, y: H - 8, width: b - a, height: 8, fill: "#00795a"})); });
  if (ZERO >= 0) svg.append(el("line", {x1: ZERO + 1, x2: ZERO + 1, y1: 0, y2: H, stroke: "#1b1b1b", "stroke-width": 2, "vector-effect": "non-scaling-stroke"}));
  pointer(svg);
  $("line").append(svg);
  $("reported").style.flex = `0 0 ${(100 * Math.max(0, ZERO + 1) / D.days).toFixed(2)}%`;
  if (ZERO < 3) $("reported").textContent = "";
}

const WHOLE = ["fighters", "dead"];
const shownAs = (chart, v) => WHOLE.includes(chart.key) ? NUMBER.format(Math.round(v)) : chart.key === "belief" ? PERCENT.format(v) : TENTH.format(v);

function lineName(line) {
  if (line.name) return say("line_" + line.name);
  if (line.b === undefined) return named(line.a);
  return line.pair ? `${named(line.a)} – ${named(line.b)}` : say("toward", {who: named(line.a), whom: named(line.b)});
}

function drawCharts() {
  for (const chart of D.charts) {
    const top = chart.top || Math.max(0.001, ...chart.lines.map(line => Math.max(...line.v))) * 1.05;
    const svg = sheet(say("chart_" + chart.key)), list = el("ul");
    past(svg);
    chart.lines.forEach((line, k) => {
      const colour = line.pair ? "#00795a" : line.name ? TONES[6 - k * 5] : tone(line.a), dash = DASHES[k % DASHES.length];
      const d = line.v.map((v, day) => `${day ? "L" : "M"}${day + 0.5} ${(H - 2 - (H - 4) * v / top).toFixed(1)}`).join("");
      svg.append(el("path", {d, fill: "none", stroke: colour, "stroke-width": 3, "stroke-dasharray": dash || null, "vector-effect": "non-scaling-stroke", "stroke-linejoin": "round"}));
      const key = el("svg", {viewBox: "0 0 30 10", "aria-hidden": "true"}, el("path", {d: "M0 5h30", stroke: colour, "stroke-width": 5, "stroke-dasharray": dash || null}));
      line.show = el("b");
      list.append(el("li", {}, key, el("span", {}, lineName(line)), line.show));
    });
    pointer(svg);
    $("charts").append(el("div", {class: "chart"}, el("h3", {}, say("chart_" + chart.key)), el("div", {class: "plot"}, svg, el("span", {class: "top"}, shownAs(chart, top)), el("span", {class: "zero"}, "0")), list));
  }
}

function chartsDay() {
  for (const p of POINTERS) { p.setAttribute("x1", at + 0.5); p.setAttribute("x2", at + 0.5); }
  for (const chart of D.charts) for (const line of chart.lines) line.show.textContent = shownAs(chart, line.v[at]);
}

function claimsTable(one) {
  const head = el("tr", {}, ...["who", "claims", "admits", "truth"].map((key, k) => el("th", {scope: "col", class: k === 3 ? "true" : null}, say("claim_" + key))));
  const rows = one.c.map(([claimant, other, whom, claimed, admitted, truth]) => el("tr", {}, el("th", {scope: "row"}, say("claim_" + whom, {other: named(other), who: named(claimant)})),
    el("td", {}, NUMBER.format(claimed)), el("td", {}, admitted === null ? "–" : NUMBER.format(admitted)), el("td", {class: "true"}, NUMBER.format(truth))));
  return el("table", {class: "claims"}, el("thead", {}, head), el("tbody", {}, ...rows));
}

function newsItem(one) {
  const mark = one.scripted ? el("span", {class: "mark"}, " " + say(at <= ZERO ? "narration.trace.as_reported" : "narration.trace.scripted")) : null;
  return el("div", {class: "item", style: `--tone:${tone(one.a)}`}, el("p", {class: "what"}, one.w, mark), one.m ? el("p", {}, one.m) : null, one.c ? claimsTable(one) : null, whyButton(one));
}

function newsDay() {
  const all = NEWS[at], big = all.filter(one => !one.small), small = all.filter(one => one.small), items = $("items");
  items.replaceChildren(...($("small").checked ? all : big).map(newsItem));
  const kinds = ["attack", "operation"].map(kind => [kind, small.filter(one => one.k === kind).length]).filter(([, n]) => n);
  if (!$("small").checked && kinds.length) items.append(el("p", {class: "besides"}, say(big.length ? "narration.trace.besides" : "only_small", {list: LIST.format(kinds.map(([kind, n]) => say("common.counts.small_" + kind, {n}))), n: small.reduce((sum, one) => sum + one.n, 0)})));
  $("news").scrollTop = 0;
  if (!items.children.length) items.append(el("p", {class: "besides"}, say("nothing")));
}

function nowDay() {
  const day = at + D.first;
  $("date").textContent = DATE.format(dateOf(at));
  const chips = [at <= ZERO ? ["past", say("chip_past")] : ["", say("chip_day", {n: day, all: D.about.horizon})]];
  D.relations.forEach(([a, b], k) => {
    const pair = D.relations.length > 1 ? ` (${named(a)} – ${named(b)})` : "";
    if (peace(k, at) > 0) chips.push(["peace", say("chip_ceasefire", {quality: TENTH.format(peace(k, at))}) + pair]);
    if (D.map.closed[k][at] > 0) chips.push(["shut", say("chip_closed") + pair]);
  });
  $("toll").textContent = at > ZERO ? say("toll", {n: SO_FAR[0][at], between: SO_FAR[1][at]}) : "";
  $("chips").replaceChildren(...chips.map(([kind, text]) => el("span", {class: "chip " + kind}, text)));
}
