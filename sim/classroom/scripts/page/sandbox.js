// What the page shows of the engine: a hundred worlds, levers, and what changes.

import { byId } from "../common/dom.js";
import { Engine } from "../engine/memory.js";
import { addressOf, readAddress } from "./address.js";
import { changesInWords, countOutcomes, drawBars } from "./bars.js";
import { day, onDay, pause, setDay, startClock } from "./calendar.js";
import { drawFan, drawRungLegend, drawRungs, drawTimes } from "./curves.js";
import { DATA, HORIZON, NUMBERS, outcomeName, SEED, say, whole } from "./data.js";
import { tellFault } from "./faults.js";
import { Futures } from "./futures.js";
import { commandOf, drawQr, worldInWords } from "./keep.js";
import { Ladder, WORLDS } from "./ladder.js";
import {
  History,
  makePresets,
  makeSliders,
  showFound,
  showPresets,
  showSliders,
} from "./levers.js";
import { legendEntry } from "./marks.js";
import { GrowingSample } from "./sample.js";
import { isSealed, lesson, onStep, onUnseal, showSteps } from "./steps.js";
import { closeStory, dayOfStory, listenToStory, openStory } from "./story.js";
import { listenToTakeAway } from "./takeaway.js";
import { Fault } from "./unpack.js";

/** @import { State } from "./address.js" */
/** @import { Pool } from "./pool.js" */
/** @import { Place } from "./types.js" */

const STAGES = [100, 400, DATA.most];
const RESTING = 200; // milliseconds until the address follows
const levers = new History();
let sliders = DATA.levers;
let world = 0;
let side = "now"; // of the ladders, on which the world in view was chosen, if both are there
let resting = 0;
/** @type {Pool} */
let pool;
/** @type {Float64Array} */
let inputs;
/** @type {GrowingSample} */
let base;
/** @type {GrowingSample | null} */
let now = null;
/** @type {Futures} */
let futures;
/** @type {Ladder} */
let baseLadder;
/** @type {Ladder} */
let nowLadder;
/** @type {Engine | null} */
let engine = null; // of the page itself, beside the workers'
/** @type {Set<string>} */
const due = new Set();

/** Have parts drawn in the next frame. @param {...string} parts */
function draw(...parts) {
  if (!due.size) requestAnimationFrame(drawDue);
  for (const part of parts) due.add(part);
}

function drawDue() {
  const parts = new Set(due);
  due.clear();
  if (!base || isSealed()) return; // a bet is to come, and nothing of the answer is in the page
  if (parts.has("worlds")) {
    baseLadder.draw(base, day, world);
    if (now) nowLadder.draw(now, day, world);
    futures.draw(day);
    drawEnds();
  }
  if (parts.has("bars")) {
    drawBars(byId("bars"), now ?? base, now ? base : null);
    byId("count").textContent = countInWords();
    byId("world-said").textContent = worldInWords(inView(), world);
  }
  if (parts.has("charts")) drawCharts();
  if (parts.has("words")) putIntoWords();
}

/** Draw all there is. */
const drawAll = () => draw("worlds", "bars", "charts", "words");

function drawCharts() {
  if (!base.n) return;
  drawRungs(byId("days-base", SVGSVGElement), base);
  if (now?.n) drawRungs(byId("days-now", SVGSVGElement), now);
  const shown = now?.n ? now : base;
  drawFan(shown, now?.n ? base : null);
  drawTimes(shown, now?.n ? base : null);
}

/** How the hundred end, with their marks. */
function drawEnds() {
  const sample = now ?? base;
  const { counts } = countOutcomes(sample, Math.min(WORLDS, sample.n));
  const entries = counts.map((n, k) => legendEntry(k, outcomeName(k), whole(n)));
  byId("ends").replaceChildren(...entries);
}

const countInWords = () =>
  now ? say("count_both", { n: now.n, base: base.n }) : say("count", { n: base.n });

/** The sample of which a world is in view. */
const inView = () => (side === "base" || !now ? base : now);

/** What changed, and the command: once the levers rest, so that it can be read aloud. */
function putIntoWords() {
  const place = byId("changes");
  const text = now ? (now.n ? changesInWords(now, base) : "") : say("no_change");
  if (text && place.textContent !== text) place.textContent = text;
  byId("command").textContent = commandOf(levers.place, (now ?? base).n);
}

function showAddress() {
  const hash = addressOf(DATA.about, levers.place, world, day, lesson());
  const link = `${location.href.split("#")[0]}${addressOf(DATA.about, levers.place, world, day)}`;
  byId("link", HTMLInputElement).value = link;
  const fits = drawQr(byId("qr", SVGSVGElement), link);
  byId("qr-note").textContent = fits ? "" : say("qr_long");
  // while a story is open, its entry of the history stays as it is, so that the way back is one step
  if (location.hash !== hash && !window.history.state?.story)
    window.history.replaceState(window.history.state, "", hash);
}

/** The address follows when the page rests, since browsers count how often it changes. */
function rest() {
  clearTimeout(resting);
  resting = window.setTimeout(() => {
    draw("words");
    showAddress();
  }, RESTING);
}

/**
 * Compute a sample in stages, drawing each.
 *
 * @param {GrowingSample} sample
 * @param {() => void} [onFirst] - called when the first stage is there
 */
async function compute(sample, onFirst) {
  try {
    // all are asked for at once, so that no worker waits for the end of a stage
    const stages = STAGES.map((stage) => sample.grow(stage, () => draw("worlds", "bars")));
    for (const [k, stage] of stages.entries()) {
      await stage;
      if (!sample.wanted) return;
      if (!k) onFirst?.();
      // the charts take as long to draw as a hundred worlds to compute
      draw("worlds", "bars", "words", ...(k ? ["charts"] : []));
    }
  } catch (error) {
    tellFault(error);
  }
}

/** The levers stand elsewhere: run it again. */
function follow() {
  const { place } = levers;
  showSliders(place);
  showPresets(place);
  byId("undo", HTMLButtonElement).disabled = !levers.canUndo;
  byId("reset", HTMLButtonElement).disabled = place.size === 0;
  now?.drop();
  for (const id of ["now", "days-now-box"]) byId(id).hidden = place.size === 0;
  if (place.size === 0) {
    now = null;
    draw("worlds", "bars", "charts");
  } else {
    side = "now";
    const changes = [...place].flatMap(([path, value]) => {
      const number = NUMBERS.get(path);
      return number ? [/** @type {[number, number]} */ ([number.word, value])] : [];
    });
    now = new GrowingSample(pool, inputs, { changes, urgent: true }, DATA.most);
    compute(now);
  }
  rest();
}

/** @param {Place} place @param {string} [text] - what was done, in words */
export function go(place, text = "") {
  levers.go(place);
  addSliders([...place.keys()]);
  byId("do").textContent = text;
  follow();
}

/** Make levers of some numbers, those that are in view first. @param {string[]} paths */
function addSliders(paths) {
  const more = paths.filter((path) => !sliders.includes(path));
  if (!more.length) return;
  sliders = [...sliders, ...more];
  drawSliders();
}

function drawSliders() {
  makeSliders(
    sliders,
    (path, value) => {
      levers.move(path, value);
      byId("do").textContent = "";
      follow();
    },
    () => levers.release(),
    (path) => {
      const place = new Map(levers.place);
      place.delete(path);
      go(place);
    },
  );
  showSliders(levers.place);
}

/**
 * Have a world in view.
 *
 * @param {number} chosen
 * @param {string} [on] - which ladder
 */
function choose(chosen, on = side) {
  if (!(chosen >= 0 && chosen < WORLDS)) return;
  side = on;
  world = Math.round(chosen);
  const input = byId("world", HTMLInputElement);
  if (input.value !== String(world)) input.value = String(world);
  draw("worlds", "bars");
  rest();
}

function listen() {
  const search = byId("search", HTMLInputElement);
  const find = () =>
    showFound(search.value, sliders, (path) => {
      addSliders([path]);
      find();
      document.getElementById(`lever-${path}`)?.focus();
    });
  search.addEventListener("input", find);
  byId("reset").addEventListener("click", () => go(new Map()));
  const undo = () => {
    if (!levers.canUndo) return;
    levers.undo();
    addSliders([...levers.place.keys()]);
    byId("do").textContent = "";
    follow();
  };
  byId("undo").addEventListener("click", undo);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "z") return;
    if (event.target instanceof HTMLInputElement && event.target.type !== "range") return;
    event.preventDefault();
    undo();
  });
  const input = byId("world", HTMLInputElement);
  input.addEventListener("input", () => {
    if (input.value !== "") choose(Number(input.value));
  });
  addEventListener("hashchange", () => {
    const found = readAddress(location.hash, DATA);
    if (found) restore(found);
    else showSteps(null);
  });
  byId("watch").addEventListener("click", watch);
  byId("from-here").addEventListener("click", () => goOnFrom(day));
  byId("replay-here").addEventListener("click", () => {
    const there = dayOfStory() ?? day;
    closeStory();
    setDay(Math.max(1, there));
    goOnFrom(day);
  });
  byId("run-futures").addEventListener("click", () => futures.run().catch(tellFault));
  listenToStory();
  listenToTakeAway(() => ({ base, now, place: levers.place }));
}

/** What is in view: world, day, levers. */
const viewed = () => ({ world, day, place: inView() === base ? new Map() : levers.place });

function watch() {
  pause();
  showAddress();
  openStory(pool, inView(), viewed()).catch(tellFault);
}

/** @param {number} morning */
function goOnFrom(morning) {
  pause();
  futures.begin({ ...viewed(), day: morning, sample: inView() }).catch(tellFault);
}

/** Show what an address says, and name what of it cannot be used. @param {{state: State, faults: Set<string>}} found */
export function restore({ state, faults }) {
  for (const fault of faults) tellFault(new Fault(fault));
  choose(state.world);
  setDay(state.day);
  const same =
    state.place.size === levers.place.size &&
    [...state.place].every(([path, value]) => levers.place.get(path) === value);
  if (!same) go(state.place);
  showSteps(state);
}

/**
 * Compute the first replications once more in this page: what a benchmark measures.
 *
 * @param {number} count
 */
async function again(count) {
  engine ??= new Engine(pool.module, pool.image, DATA.layout);
  const drawn = inputs.slice(0, count * DATA.layout.slots.length);
  engine.run({ seed: SEED, first: 0n, count, changes: [], inputs: drawn });
}

/**
 * Draw what is there before anything is computed.
 *
 * @param {Pool} workers
 * @param {Float64Array} drawn - inputs of all replications
 */
export function openSandbox(workers, drawn) {
  pool = workers;
  inputs = drawn;
  base = new GrowingSample(pool, inputs, { changes: [] }, DATA.most);
  const [one, other] = ["base", "now"].map((id) => byId(id).querySelector("svg"));
  if (!one || !other) return;
  baseLadder = new Ladder(one, byId("base-said"), (chosen) => choose(chosen, "base"));
  nowLadder = new Ladder(other, byId("now-said"), (chosen) => choose(chosen, "now"));
  futures = new Futures(pool);
  window.sandbox = {
    n: () => now?.n ?? 0,
    nBase: () => base.n,
    again,
  };
  drawRungLegend();
  drawSliders();
  makePresets(go);
  showPresets(levers.place);
  byId("undo", HTMLButtonElement).disabled = true;
  byId("reset", HTMLButtonElement).disabled = true;
  onDay((playing) => {
    for (const id of ["base", "now", "fork"]) {
      byId(id).querySelector("svg")?.classList.toggle("fast", playing);
    }
    draw("worlds");
    if (!playing) rest();
  });
  startClock(HORIZON);
  listen();
  onUnseal(drawAll);
  onStep(() => {
    pause();
    showAddress();
    drawAll(); // what was hidden has had no size
  });
}

/** Compute the worlds as they are. @param {() => void} onFirst - called when a hundred are there */
export const computeBase = (onFirst) => compute(base, onFirst);

/** Watch a world as it is, from its first day. @param {number} which */
export function watchWorld(which) {
  pause();
  openStory(pool, base, { world: which, day: 1, place: new Map() }).catch(tellFault);
}

/** The worlds as they are; they grow while the page is open. */
export const worldsAsTheyAre = () => base;
