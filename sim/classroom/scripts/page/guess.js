// Guess first, then look: the scenario's things to try, each as a question before its answer.

import { byId, html } from "../common/dom.js";
import { changeInWords, clearChanges } from "./bars.js";
import { between, DATA, percent, points, rough, say } from "./data.js";
import { KEPT, keep } from "./notebook.js";
import { isSealed, onStep } from "./steps.js";
import { changeOf, direction, isShare } from "./trials.js";

/** @import { GrowingSample, Start } from "./sample.js" */
/** @import { Preset, Watched } from "./types.js" */

const ENOUGH = 400; // pairs of worlds
const ANSWERS = [
  { value: 1, key: "path.levers.more" },
  { value: -1, key: "path.levers.fewer" },
  { value: 0, key: "path.levers.same" },
];

/**
 * @typedef {object} Bench
 * @property {() => GrowingSample} worlds - as they are
 * @property {(start: Start, most: number) => GrowingSample} sample
 * @property {(preset: Preset) => void} look - moves the levers of the page
 * @property {(error: unknown) => void} tellFault
 */

/** @type {Bench} */
let bench;
/** @type {Map<number, Promise<GrowingSample>>} */
const runs = new Map();

/** The worlds with a thing tried, computed once. @param {number} k */
export function runOf(k) {
  let run = runs.get(k);
  if (!run) {
    const changes = Object.entries(DATA.presets[k].set).flatMap(([path, value]) => {
      const number = DATA.numbers.find((one) => one.path === path);
      return number ? [/** @type {[number, number]} */ ([number.word, value])] : [];
    });
    run = grown(bench.sample({ changes, urgent: true }, ENOUGH));
    runs.set(k, run);
  }
  return run;
}

/** @param {GrowingSample} sample */
async function grown(sample) {
  await Promise.all([sample.grow(ENOUGH, () => {}), bench.worlds().grow(ENOUGH, () => {})]);
  await new Promise((done) => {
    const wait = () => (bench.worlds().n < ENOUGH ? setTimeout(wait, 50) : done(null));
    wait();
  });
  return sample;
}

/** Things that were tried, with the outcome that each moved most. */
export async function triedOnes() {
  const tried = DATA.presets.map((preset, k) => ({ preset, k })).filter(({ k }) => KEPT.guesses[k]);
  const found = await Promise.all(
    tried.map(async ({ preset, k }) => {
      const [most] = clearChanges(await runOf(k), bench.worlds());
      return { label: preset.label, most: most ?? null };
    }),
  );
  const size = (/** @type {{most: {value: number} | null}} */ one) =>
    Math.abs(one.most?.value ?? 0);
  return found.sort((a, b) => size(b) - size(a));
}

/** @param {Preset} preset @param {number} k */
function cardOfTrial(preset, k) {
  const answer = html("div", { id: `trial-${k}-answer`, role: "status" });
  const button = html("button", { type: "button" }, say("path.levers.look"));
  const questions = preset.watch.map((watch, w) => question(watch, k, w));
  button.addEventListener("click", () => {
    if (!preset.watch.every((_, w) => guessOf(k, w) !== null)) {
      answer.textContent = say("path.levers.first_guess");
      return;
    }
    KEPT.guesses[k] = preset.watch.map((_, w) => guessOf(k, w) ?? 0);
    keep();
    bench.look(preset);
    answerTrial(k).catch(bench.tellFault);
  });
  const box = html(
    "details",
    { name: "trial" }, // one at a time
    html("summary", { dir: "auto" }, preset.label),
    html("p", { dir: "auto" }, preset.do),
    ...questions,
    html("p", { class: "buttons" }, button),
    answer,
  );
  box.open = k === 0;
  return html("li", {}, box);
}

/** @param {Watched} watch @param {number} k @param {number} w */
function question(watch, k, w) {
  const options = ANSWERS.map(({ value, key }) => {
    const input = html("input", { type: "radio", name: `trial-${k}-${w}`, value });
    input.checked = KEPT.guesses[k]?.[w] === value;
    return html("label", {}, input, " ", say(key));
  });
  return html("fieldset", {}, html("legend", { dir: "auto" }, watch.label), ...options);
}

/** @param {number} k @param {number} w */
function guessOf(k, w) {
  const chosen = document.querySelector(`input[name="trial-${k}-${w}"]:checked`);
  return chosen instanceof HTMLInputElement ? Number(chosen.value) : null;
}

/** Write what a thing tried did. @param {number} k */
async function answerTrial(k) {
  const place = byId(`trial-${k}-answer`);
  place.textContent = say("path.levers.computing");
  const now = await runOf(k);
  const guesses = KEPT.guesses[k] ?? [];
  const lines = DATA.presets[k].watch.map((watch, w) => {
    const change = changeOf(watch, bench.worlds(), now);
    const way = direction(change);
    const share = isShare(watch);
    const [format, gap] = share ? [percent, points] : [rough, rough];
    const [low, high] = change.range;
    const known = {
      label: watch.label,
      before: format(change.before),
      after: format(change.after),
      range: between(way < 0 ? [-high, -low] : [low, high], gap),
      n: change.n,
    };
    const verdict = say(way === guesses[w] ? "path.levers.right" : "path.levers.wrong");
    const key = way === 0 ? "unclear" : `${way > 0 ? "rose" : "fell"}${share ? "_share" : ""}`;
    return html(
      "p",
      { dir: "auto" },
      html("strong", {}, verdict),
      " ",
      say(`path.levers.${key}`, known),
    );
  });
  if (!lines.length) {
    const [most] = clearChanges(now, bench.worlds());
    lines.push(html("p", {}, most ? `${changeInWords(most)}.` : say("path.levers.no_end")));
  }
  place.replaceChildren(...lines);
}

/**
 * Start the step.
 *
 * @param {Bench} from
 */
export function startGuesses(from) {
  bench = from;
  byId("trials").replaceChildren(...DATA.presets.map(cardOfTrial));
  let shown = false;
  onStep((step) => {
    if (step !== "levers" || isSealed() || shown) return;
    shown = true;
    DATA.presets.forEach((_, k) => {
      if (KEPT.guesses[k]) answerTrial(k).catch(bench.tellFault);
    });
  });
}
