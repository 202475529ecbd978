// Drawing: bars of the outcomes, the rungs by day, the strips of computed points.
const LANG = SAY.locale, PLURAL = new Intl.PluralRules(LANG);
const $ = id => document.getElementById(id);
const NUMBER = new Intl.NumberFormat(LANG, {maximumSignificantDigits: 3}), WHOLE = new Intl.NumberFormat(LANG, {maximumFractionDigits: 0});
const PERCENT = new Intl.NumberFormat(LANG, {style: "percent", maximumFractionDigits: 0}), TENTH = new Intl.NumberFormat(LANG, {style: "percent", maximumFractionDigits: 1});
const percent = share => (share > 0 && share < 0.01 || share > 0.99 && share < 1 ? TENTH : PERCENT).format(share);
const number = value => Math.abs(value) >= 100 ? WHOLE.format(value) : NUMBER.format(value);

function say(key, values = {}) {
  let found = SAY["classroom.handout." + key] ?? SAY["common." + key] ?? key;
  if (typeof found === "object") found = found[PLURAL.select(values.n ?? 0)] ?? found.other;
  return found.replace(/\{(\w+)\}/g, (all, name) => name in values ? (typeof values[name] === "number" ? WHOLE.format(values[name]) : values[name]) : all);
}
const outcome = name => SAY["vocabulary.outcomes." + name] ?? name;
const rungName = r => `${r} ${SAY["vocabulary.rungs." + r] ?? D.rungs.names[r]}`;
const between = ([low, high], shown) => say("to", {low: shown(low), high: shown(high)});

function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

function drawn(tag, attributes) {
  const made = document.createElementNS("http:" + "//www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function drawBars(now, before) {
  $("bars").replaceChildren(...D.outcomes.map((one, k) => {
    const [low, high] = now.ranges[k], bar = make("span", {class: "bar", "aria-hidden": "true"});
    const fill = make("i"), mark = make("u"), whisker = make("b");
    fill.style.inlineSize = 100 * now.shares[k] + "%";
    fill.style.background = one.colour;
    mark.style.insetInlineStart = 100 * before.shares[k] + "%";
    whisker.style.insetInlineStart = 100 * low + "%";
    whisker.style.inlineSize = 100 * (high - low) + "%";
    bar.append(fill, mark, whisker);
    const words = make("p", {}, make("bdi", {}, outcome(one.name)), make("strong", {}, percent(now.shares[k])), make("span", {class: "small"}, between(now.ranges[k], percent)));
    return make("li", {}, words, bar);
  }));
  $("strip").replaceChildren(...D.outcomes.map((one, k) => {
    const part = make("i");
    part.style.inlineSize = 100 * now.shares[k] + "%";
    part.style.background = one.colour;
    return part;
  }));
}

const WIDE = 640, HIGH = 300, LEFT = 60, RIGHT = 26, TOP = 12, FOOT = 56;

function drawRungs(rows) {
  const svg = $("days"), days = D.rungs.days, last = D.horizon;
  const x = day => LEFT + (WIDE - LEFT - RIGHT) * day / last, y = share => HIGH - FOOT - (HIGH - FOOT - TOP) * share;
  svg.replaceChildren();
  let floor = rows.map(() => 0);
  for (let r = 0; r < D.rungs.names.length; r++) {
    const roof = floor.map((low, d) => Math.min(1, low + rows[d][r])), edge = [0, ...days];
    const steps = (line) => days.flatMap((_, d) => [[x(edge[d]), y(line[d])], [x(days[d]), y(line[d])]]);
    const path = [...steps(roof), ...steps(floor).reverse()].map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(" ");
    svg.append(drawn("polygon", {points: path, fill: D.rungs.colours[r]}));
    floor = roof;
  }
  const text = (a, b, said, anchor) => { const made = drawn("text", {x: a, y: b, "text-anchor": anchor}); made.textContent = said; svg.append(made); };
  for (const share of [0, 0.5, 1]) { svg.append(drawn("line", {x1: LEFT - 5, x2: LEFT, y1: y(share), y2: y(share)})); text(LEFT - 8, y(share) + 5, percent(share), "end"); }
  const step = [1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730].find(one => last / one <= 7) ?? 1825;
  for (let day = 0; day <= last; day += step) { svg.append(drawn("line", {x1: x(day), x2: x(day), y1: y(0), y2: y(0) + 5})); text(x(day), y(0) + 22, WHOLE.format(day), "middle"); }
  text((LEFT + WIDE - RIGHT) / 2, HIGH - 8, say("days_after"), "middle");
  const seen = D.rungs.names.map((_, r) => r).filter(r => rows.some(row => row[r] >= 0.005));
  const end = rows[rows.length - 1];
  $("legend").replaceChildren(...seen.reverse().map(r => {
    const swatch = make("i", {"aria-hidden": "true"});
    swatch.style.background = D.rungs.colours[r];
    return make("li", {}, swatch, `${rungName(r)} `, make("span", {class: "small"}, percent(end[r])));
  }));
  svg.setAttribute("aria-label", say("rungs_read", {day: last, shares: seen.map(r => `${rungName(r)} ${percent(end[r])}`).join("; ")}));
}

function drawNumbers(now, before) {
  $("numbers").replaceChildren(...D.numbers.map((one, k) => {
    const shown = one.share ? percent : number, cell = (kind, ...inside) => make("td", {class: "figure", "data-label": say(kind)}, ...inside);
    return make("tr", {}, make("th", {scope: "row", dir: "auto"}, one.label + (one.unit ? ` (${one.unit})` : "")),
      cell("as_it_is", shown(before.numbers[k].value)), cell("now", make("strong", {}, shown(now.numbers[k].value))), cell("interval", between(now.numbers[k].range, shown)));
  }));
}

// Under each slider: where the page was computed, the nearest of these points, and where the scenario stands
function drawStrips(now) {
  D.levers.forEach((_, k) => {
    const svg = $("strip-" + k), rtl = document.documentElement.dir === "rtl", at = share => 2 + 296 * (rtl ? 1 - share : share);
    svg.replaceChildren(...D.points.map(point => drawn("line", {x1: at(point[k]), x2: at(point[k]), y1: 9, y2: 17, class: "tick"})));
    svg.append(drawn("circle", {cx: at(D.points[now.nearest][k]), cy: 13, r: 5, class: "near"}));
    const home = at(D.points[0][k]);
    svg.append(drawn("path", {d: `M${home - 6},0 L${home + 6},0 L${home},8 Z`, class: "home"}));
  });
}
