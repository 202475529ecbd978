// What a reader does: move sliders, take a preset, undo, go back to the scenario as it is.
const HOME = D.points[0], STEPS = 100;
const PLAIN = ["1", "share", "probability", "ratio"];  // numbers that say it themselves
let x = [...HOME], past = [];
const AT_HOME = at(HOME);
const value = (lever, share) => lever.low + share * (lever.high - lever.low);
const shownValue = (lever, share) => { const unit = PLAIN.includes(lever.unit) ? "" : " " + lever.unit; return number(Math.abs(value(lever, share)) < 1e-12 ? 0 : value(lever, share)) + unit; };

$("sliders").replaceChildren(...D.levers.map((lever, k) => {
  const id = "lever-" + k, input = make("input", {type: "range", id, min: 0, max: STEPS, step: 1});
  input.addEventListener("input", () => move(k, input.value / STEPS));
  input.addEventListener("blur", () => { held = null; });
  const strip = drawn("svg", {id: "strip-" + k, viewBox: "0 0 300 20", preserveAspectRatio: "none", "aria-hidden": "true"});
  const about = make("span", {class: "small"}, say(lever.uncertain ? "median" : "home", {value: shownValue(lever, HOME[k])}));
  return make("div", {class: "lever"}, make("label", {for: id, dir: "auto"}, lever.label), make("output", {for: id, id: "out-" + k}), input, strip, about);
}));
$("presets").replaceChildren(...D.presets.map((one, k) => {
  const button = make("button", {type: "button", dir: "auto", "data-preset": k}, one.label);
  button.addEventListener("click", () => go(D.points[one.point], one.do));
  return button;
}));

let held = null;  // the slider at hand: all its moves in a row are one step back
function move(k, share) {
  if (held !== k) past.push([...x]);
  held = k;
  x = x.map((one, i) => i === k ? share : one);
  $("do").textContent = "";
  show();
}
function go(where, words = "") {
  if (!same(where, x)) past.push([...x]);
  held = null;
  x = [...where];
  $("do").textContent = words;
  show();
}
function undo() { if (past.length) { held = null; x = past.pop(); $("do").textContent = ""; show(); } }
$("reset").addEventListener("click", () => go(HOME));
$("undo").addEventListener("click", undo);
document.addEventListener("keydown", event => { if ((event.ctrlKey || event.metaKey) && event.key === "z") { event.preventDefault(); undo(); } });

// The outcomes that changed most, those alone that the surfaces can tell apart
function changes(now) {
  if (same(x, HOME)) return say("no_change");
  const found = D.outcomes.map((one, k) => ({name: outcome(one.name), from: AT_HOME.shares[k], to: now.shares[k], clear: differs(k, x, HOME)}))
    .filter(one => one.clear && Math.abs(one.to - one.from) >= 0.01).sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from)).slice(0, 3);
  if (!found.length) return say("unclear");
  const parts = found.map(one => say(one.to > one.from ? "rises" : "falls", {outcome: one.name, from: percent(one.from), to: percent(one.to)}));
  return say("against", {changes: new Intl.ListFormat(LANG).format(parts)});
}

let waiting = 0;
function show() {
  const now = at(x);
  D.levers.forEach((lever, k) => {
    const input = $("lever-" + k), words = shownValue(lever, x[k]);
    input.value = Math.round(x[k] * STEPS);
    input.setAttribute("aria-valuetext", words + (Math.abs(x[k] - HOME[k]) < 1e-6 ? `, ${say("default")}` : ""));
    $("out-" + k).textContent = words;
  });
  $("undo").disabled = !past.length;
  $("reset").disabled = same(x, HOME);
  document.querySelectorAll("[data-preset]").forEach(one => one.setAttribute("aria-pressed", same(x, D.points[D.presets[one.dataset.preset].point])));
  $("where").textContent = now.here >= 0 ? say("computed", {n: D.n[now.here]}) : say("between", {points: N, far: percent(now.far)}) + (now.far > 0.25 ? " " + say("far") : "");
  $("where").classList.toggle("computed", now.here >= 0);
  drawBars(now, AT_HOME);
  drawNumbers(now, AT_HOME);
  drawStrips(now);
  drawRungs(rungsAt(x));
  // said once the sliders rest, so that a screen reader is not told each step
  clearTimeout(waiting);
  const words = changes(now);
  waiting = setTimeout(() => { $("changes").textContent = words; }, 150);
}
$("changes").textContent = say("no_change");

$("faults").replaceChildren(...[...D.outcomes.map(one => [outcome(one.name), true, one.fault]), ...D.numbers.map(one => [one.label, one.share, one.fault])].map(([name, share, fault]) => {
  const shown = one => share ? say("points", {value: NUMBER.format(Math.round(1000 * one) / 10)}) : number(one);
  return make("tr", {}, make("th", {scope: "row", dir: "auto"}, name), ...[["error", shown(fault.error)], ["largest", shown(fault.largest)], ["luck", shown(fault.luck)], ["held", percent(fault.held)]]
    .map(([kind, text]) => make("td", {class: "figure", "data-label": say(kind)}, text)));
}));
show();
window.handout = {at, rungsAt, differs, place: () => x};
