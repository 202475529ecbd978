// A handout: move sliders, take a preset, undo, go back to the scenario as it is.

import { all, byId, html } from "../common/dom.js";
import { DATA, figure, outcomeName, percent, precise, say } from "./data.js";
import { History } from "./history.js";
import { Model, same } from "./model.js";
import { cell, changes, drawBars, drawNumbers } from "./outcomes.js";
import { drawRungs } from "./rungs.js";
import { drawStrips, makePresets, makeSliders, showSliders } from "./sliders.js";

/** @import { Fault, Place, Shown } from "./types.js" */

const RESTING = 150; // milliseconds until the changes are put into words
const FAR = 0.25; // from here on the page warns that no computed point is near
const model = new Model(DATA);
const history = new History(DATA.points[0]);
const before = model.at(history.home);
let resting = 0;

/**
 * @param {Place} place
 * @param {string} [text] - what was done, in words
 */
function go(place, text = "") {
  history.go(place);
  byId("do").textContent = text;
  show();
}

function undo() {
  if (!history.canUndo) return;
  history.undo();
  byId("do").textContent = "";
  show();
}

function show() {
  const { place, home } = history;
  const now = model.at(place);
  showSliders(place, home);
  byId("undo", HTMLButtonElement).disabled = !history.canUndo;
  byId("reset", HTMLButtonElement).disabled = history.isHome;
  for (const button of all("[data-preset]")) {
    const preset = DATA.presets[Number(button.dataset["preset"])];
    button.setAttribute("aria-pressed", String(same(place, DATA.points[preset.point])));
  }
  byId("where").textContent = whereInWords(now);
  byId("where").classList.toggle("computed", now.here >= 0);
  drawBars(now, before);
  drawNumbers(now, before);
  drawStrips(now);
  drawRungs(model.rungsAt(place));
  // only once the sliders rest, so that a screen reader need not read every step
  const text = history.isHome ? say("no_change") : changes(model, place, home, now, before);
  clearTimeout(resting);
  resting = setTimeout(() => {
    byId("changes").textContent = text;
  }, RESTING);
}

/** @param {Shown} now */
function whereInWords({ here, far }) {
  if (here >= 0) return say("computed", { n: DATA.n[here] });
  const text = say("between", { points: DATA.points.length, far: percent(far) });
  return far > FAR ? `${text} ${say("far")}` : text;
}

/** Fill the table of the surfaces' errors, each found at points that were left out. */
function drawFaults() {
  const outcomes = DATA.outcomes.map(({ name, fault }) => faultRow(outcomeName(name), true, fault));
  const numbers = DATA.numbers.map(({ label, share, fault }) => faultRow(label, share, fault));
  byId("faults").replaceChildren(...outcomes, ...numbers);
}

/**
 * @param {string} name
 * @param {boolean} share
 * @param {Fault} fault
 */
function faultRow(name, share, { error, largest, chance, held }) {
  /** @param {number} value */
  const points = (value) => say("points", { value: precise(Math.round(1000 * value) / 10) });
  const format = share ? points : figure;
  return html(
    "tr",
    {},
    html("th", { scope: "row", dir: "auto" }, name),
    cell("error", format(error)),
    cell("largest", format(largest)),
    cell("chance", format(chance)),
    cell("held", percent(held)),
  );
}

makeSliders(
  history.home,
  (k, share) => {
    history.move(k, share);
    byId("do").textContent = "";
    show();
  },
  () => history.release(),
);
makePresets(go);
byId("reset").addEventListener("click", () => go(history.home));
byId("undo").addEventListener("click", undo);
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "z") return;
  event.preventDefault();
  undo();
});
byId("changes").textContent = say("no_change");
drawFaults();
show();
window.handout = {
  at: (x) => model.at(x),
  rungsAt: (x) => model.rungsAt(x),
  differs: (k, x, y) => model.differs(k, x, y),
  place: () => history.place,
};
