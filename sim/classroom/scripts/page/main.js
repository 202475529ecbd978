// A page that holds the engine: the steps of a lesson, and what is computed for them.

import { byId, readJson } from "../common/dom.js";
import { startDoctrines } from "../doctrines/main.js";
import { Engine } from "../engine/memory.js";
import { startPlay } from "../play/main.js";
import { readAddress } from "./address.js";
import { startBet } from "./bet.js";
import { startCrowd } from "./crowd.js";
import { DATA, say } from "./data.js";
import { startDebrief } from "./debrief.js";
import { drawEmblems } from "./emblem.js";
import { tellFault } from "./faults.js";
import { drawGroundOfStory } from "./ground.js";
import { startGuesses } from "./guess.js";
import { Pool } from "./pool.js";
import { GrowingSample } from "./sample.js";
import { computeBase, go, openSandbox, restore, watchWorld, worldsAsTheyAre } from "./sandbox.js";
import { showSealed, startSealed } from "./sealed.js";
import { selfTest, testWanted } from "./selftest.js";
import { drawSteps, goTo, isSealed, lesson, listenToSteps, onStep, showSteps } from "./steps.js";
import { Fault, unpack } from "./unpack.js";

/** @import { State } from "./address.js" */
/** @import { ClassPage } from "./types.js" */

/** Start the engine, or say why it cannot be. */
async function start() {
  const found = readAddress(location.hash, DATA);
  const wanted = testWanted(location.hash, DATA.most);
  if (!wanted) openLesson(found?.state ?? null);
  if (typeof WebAssembly === "undefined") throw new Fault("fault_no_wasm");
  const cargo = readJson("cargo");
  const [code, image, drawn] = await Promise.all(
    [cargo.engine, cargo.world, cargo.inputs].map(unpack),
  );
  const inputs = new Float64Array(drawn.buffer);
  if (wanted) {
    const module = new WebAssembly.Module(code);
    document.documentElement.dataset["selfTest"] = selfTest(module, image, inputs, wanted);
    return;
  }
  const module = await WebAssembly.compile(code);
  const pool = new Pool(module, image, DATA.layout);
  if (!(await pool.start(readJson("worker")))) tellFault(new Fault("fault_workers"));
  openSandbox(pool, inputs);
  openSteps(pool, inputs);
  openParts(pool, inputs);
  if (found) restore({ ...found, state: { ...found.state, ...lessonNow(found.state.direct) } });
  await computeBase(showSealed);
}

/** What needs no engine: story, bet and the class. @param {State | null} state */
function openLesson(state) {
  drawEmblems();
  drawGroundOfStory();
  startBet();
  startCrowd();
  listenToSteps();
  showSteps(state);
}

/**
 * The steps that show what the engine computes.
 *
 * @param {Pool} pool
 * @param {Float64Array} inputs
 */
function openSteps(pool, inputs) {
  startSealed({ worlds: worldsAsTheyAre, watch: watchWorld });
  startGuesses({
    worlds: worldsAsTheyAre,
    sample: (start, most) => new GrowingSample(pool, inputs, start, most),
    look: (preset) => go(new Map(Object.entries(preset.set)), preset.do),
    tellFault,
  });
  startDebrief(tellFault);
}

/** The reader may have gone on while the engine started. @param {boolean} direct */
const lessonNow = (direct) => (direct ? {} : lesson());

/**
 * Start the parts that fill the slots of the page, each by itself.
 *
 * @param {Pool} pool
 * @param {Float64Array} inputs
 */
function openParts(pool, inputs) {
  /** @type {Engine | null} */
  let engine = null;
  /** @type {ClassPage} */
  const page = {
    data: DATA,
    say,
    pool,
    inputs,
    worlds: worldsAsTheyAre,
    sample: (start, most = DATA.most) => new GrowingSample(pool, inputs, start, most),
    engine: () => {
      engine ??= new Engine(pool.module, pool.image, DATA.layout);
      return engine;
    },
    step: () => lesson().step,
    isSealed,
    goTo,
    onStep,
    tellFault,
    changed: drawSteps,
  };
  for (const startPart of [startPlay, startDoctrines]) {
    try {
      startPart(page);
    } catch (error) {
      tellFault(error);
    }
  }
  const doctrines = byId("doctrines");
  doctrines.hidden = !byId("doctrines-slot").childElementCount;
  drawSteps();
}

start().catch(tellFault);
