// Click an actor: what it could do today, what spoke for and against, and how the draw fell.
const WHY = new Map();
for (const row of D.why ? D.why.rows : []) { const key = `${row.a} ${row.d}`; WHY.has(key) ? WHY.get(key).push(row) : WHY.set(key, [row]); }
const SHADES = ["#cfe2f3", "#fde2c4", "#d5ead8", "#f0d7e6", "#efe6b8", "#ddd8f0", "#e2e2e2", "#c9ece9", "#f6d3cd"];
const SIGNED = new Intl.NumberFormat(LANG, {signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2});
// the decisions of a day, the border commands after those of the capital
for (const rows of WHY.values()) rows.sort((p, q) => (p.k === "command") - (q.k === "command"));
let asked = -1;

// a name of the model in words; as it stands, without underscores, where there are none
const word = (section, name) => SAY[`vocabulary.${section}s.${name}`] ?? name.replace(/_/g, " ");

function ask(actor) {
  asked = asked === actor ? -1 : actor;
  for (const b of document.querySelectorAll(".actor")) b.setAttribute("aria-pressed", String(Number(b.dataset.actor) === asked));
  whyDay();
  if (asked >= 0) $("why").scrollIntoView({block: "nearest", behavior: "auto"});
}

// the day on which it was decided to do what the news tell: that of the latest order for it, or today for a border command
function decidedOn(one) {
  if (one.k === "clash") return (WHY.get(`${one.a} ${one.d}`) || []).some(row => row.k === "command") ? one.d : null;
  if (one.k !== "act") return null;
  for (let day = one.d; day > 0; day--) {
    const order = (WHY.get(`${one.a} ${day}`) || []).find(row => row.k === "action" && (D.states.length < 3 || shown(row.to) === named(one.t)));
    if (order && order.c === one.act) return day;
  }
  return null;
}

function whyButton(one) {
  const day = decidedOn(one);
  if (day === null) return null;
  const b = el("button", {type: "button", class: "because"}, say(day === one.d ? "because" : "because_on", {date: DATE.format(dateOf(day - D.first))}));
  b.addEventListener("click", () => { if (day !== one.d) step(day - D.first - at); if (asked !== one.a) ask(one.a); $("why").scrollIntoView({block: "start", behavior: "auto"}); document.querySelector(`.actor[data-actor="${one.a}"]`).focus({preventScroll: true}); });
  return b;
}

function drawWhy() {
  for (const b of document.querySelectorAll(".actor")) {
    b.style.setProperty("--tone", tone(Number(b.dataset.actor)));
    b.addEventListener("click", () => ask(Number(b.dataset.actor)));
  }
}

function whyDay() {
  if (asked < 0) { $("reasons").replaceChildren(); return; }
  const rows = WHY.get(`${asked} ${at + D.first}`) || [], kept = new Set([...$("reasons").querySelectorAll("details[open]")].map(e => e.dataset.kind));
  const parts = [el("h3", {}, say("why_of", {who: named(asked), date: DATE.format(dateOf(at))}))];
  if (rows.length) parts.push(...rows.map((row, k) => decision(row, k === 0 || kept.has(row.k))));
  else parts.push(el("p", {}, say(at <= ZERO && D.actors[asked].kind !== "group" ? "why_scripted" : "why_none")));
  const next = [...Array(LAST - at).keys()].map(k => at + 1 + k).find(day => WHY.has(`${asked} ${day + D.first}`));
  if (next !== undefined) {
    const go = el("button", {type: "button"}, say("why_next", {date: DATE.format(dateOf(next))}));
    go.addEventListener("click", () => { step(next - at); $("reasons").querySelector("summary")?.focus(); });
    parts.push(el("p", {}, go));
  }
  $("reasons").replaceChildren(...parts);
}

function decision(row, open) {
  const kind = D.why.kinds[row.k], scale = D.why.scale;
  const options = row.o.map((o, k) => ({name: word("option", kind.options[k]), k, barred: typeof o === "string" ? o : null, share: o[0] / scale, worth: typeof o === "string" ? [] : o.slice(1).map(v => v / scale)}));
  const able = options.filter(o => o.barred === null), barred = options.filter(o => o.barred !== null), draw = row.u / scale / 10;
  const chosen = options[row.c], about = row.to ? ` (${shown(row.to)})` : "";
  const box = el("details", {class: "choice", "data-kind": row.k}, el("summary", {}, `${word("kind", row.k)}${about}: `, el("b", {}, chosen.name), row.l ? " " + say("delay", {n: row.l}) : ""));
  box.open = open;
  box.append(el("p", {}, say("drew", {n: able.length, draw: TENTH.format(draw), choice: chosen.name, share: PERCENT.format(chosen.share)})), strip(able, chosen, draw));
  const most = Math.max(0.01, ...able.map(o => Math.max(sum(o.worth, 1), -sum(o.worth, -1))));
  const rows = [...able].sort((p, q) => q.share - p.share).map(o => el("tr", {class: o === chosen ? "chosen" : null}, el("th", {scope: "row"}, o.name, o === chosen ? " ✓" : ""),
    el("td", {class: "share"}, PERCENT.format(o.share)), el("td", {class: "worth"}, scales(o.worth, most), el("span", {class: "hint"}, spoken(o.worth, kind.terms)))));
  const head = el("tr", {}, ...["option", "share", "worth"].map(key => el("th", {scope: "col"}, say("head_" + key))));
  box.append(el("div", {class: "sheet", tabindex: "0", role: "region", "aria-label": say("head_option")}, el("table", {class: "options"}, el("thead", {}, head), el("tbody", {}, ...rows))));
  if (barred.length) box.append(el("p", {class: "facts"}, say("barred"), " ", barred.map(o => o.barred ? `${o.name} (${o.barred})` : o.name).join("; ")));
  const facts = Object.keys({...row.b, ...row.x});
  if (facts.length) box.append(el("table", {class: "claims"}, el("thead", {}, el("tr", {}, ...["fact", "believed", "true"].map(key => el("th", {scope: "col", class: key === "true" ? "true" : null}, say("head_" + key))))),
    el("tbody", {}, ...facts.map(name => el("tr", {}, el("th", {scope: "row"}, word("fact", name)), el("td", {}, figure(row.b?.[name])), el("td", {class: "true"}, figure(row.x?.[name])))))));
  return box;
}

const sum = (values, sign) => values.reduce((total, v) => total + (v * sign > 0 ? v : 0), 0);
const figure = v => v === undefined ? "–" : TENTH.format(v);
const shown = name => { const known = D.actors.find(one => one.id === name || one.id.endsWith("." + name)); return known ? known.name : name.replace(/_/g, " "); };

// chance as a ruler from 0 to 1: each option has its share, the pin is the draw
function strip(able, chosen, draw) {
  const parts = able.filter(o => o.share > 0.002).map(o => el("span", {style: `flex:${o.share} 0 0;background:${SHADES[o.k % SHADES.length]}`, class: o === chosen ? "fell" : null}, o.share > 0.14 ? o.name : ""));
  return el("div", {class: "strip", "aria-hidden": "true"}, el("div", {}, ...parts), el("i", {style: `inset-inline-start:${(100 * draw).toFixed(1)}%`}));
}

// what speaks for an option to the right, what speaks against it to the left
function scales(worth, most) {
  const svg = el("svg", {viewBox: "0 0 200 14", preserveAspectRatio: "none", "aria-hidden": "true"}, el("line", {x1: 100, x2: 100, y1: 0, y2: 14, stroke: "#1b1b1b"}));
  let left = 100, right = 100;
  worth.forEach((v, k) => {
    if (!v) return;
    const long = 96 * Math.abs(v) / most;
    if (v < 0) left -= long;
    svg.append(el("rect", {x: v < 0 ? left : right, y: 2, width: long, height: 10, fill: TONES[k % TONES.length], stroke: "#fff", "stroke-width": 0.6}));
    if (v > 0) right += long;
  });
  return svg;
}

function spoken(worth, terms) {
  const sorted = worth.map((v, k) => [v, word("term", terms[k])]).filter(([v]) => Math.abs(v) >= 0.005).sort((p, q) => Math.abs(q[0]) - Math.abs(p[0])).slice(0, 3);
  return sorted.map(([v, name]) => `${name} ${SIGNED.format(v)}`).join(", ");
}
