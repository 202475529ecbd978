// Levers: where they stand and stood, sliders, presets, and a search for any other number.

import { all, byId, html } from "../common/dom.js";
import { DATA, figure, NUMBERS, numberName, say, withUnit } from "./data.js";

/** @import { Place, ScenarioNumber } from "./types.js" */

const NOTCHES = 100; // of a slider
const MOST_LEVERS = 8;
const MOST_FOUND = 12;
const MOST_PAST = 200;

/** The place of the levers, with its history. */
export class History {
  /** @type {Place[]} */
  #past = [];
  /** @type {string} */
  #held = "";
  /** @type {Place} */
  place = new Map();

  get canUndo() {
    return this.#past.length > 0;
  }

  /**
   * Move one lever; all its moves in a row are one step of the history.
   *
   * @param {string} path
   * @param {number} value
   */
  move(path, value) {
    const place = new Map(this.place);
    if (value === NUMBERS.get(path)?.value && !NUMBERS.get(path)?.drawn) place.delete(path);
    else place.set(path, value);
    if (this.#held !== path) this.#keep();
    this.#held = path;
    this.place = place;
  }

  /** The lever was let go: its next move is a new step. */
  release() {
    this.#held = "";
  }

  /**
   * Go to a place at once.
   *
   * @param {Place} place
   */
  go(place) {
    this.#keep();
    this.#held = "";
    this.place = place;
  }

  /** Go one step back, if there is one. */
  undo() {
    this.place = this.#past.pop() ?? this.place;
    this.#held = "";
  }

  #keep() {
    this.#past.push(this.place);
    if (this.#past.length > MOST_PAST) this.#past.shift();
  }
}

/**
 * The value at a share of a lever's length, with as few digits as its steps need.
 *
 * @param {ScenarioNumber} number
 * @param {number} share
 */
export function valueAt({ low, high }, share) {
  const step = (high - low) / NOTCHES;
  const digits = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(step))));
  return Number((low + share * (high - low)).toFixed(digits));
}

/**
 * Make the sliders of some numbers.
 *
 * @param {string[]} paths
 * @param {(path: string, value: number) => void} onMove
 * @param {() => void} onRelease
 * @param {(path: string) => void} onReset
 */
export function makeSliders(paths, onMove, onRelease, onReset) {
  const rows = paths.flatMap((path) => {
    const number = NUMBERS.get(path);
    if (!number) return [];
    const id = `lever-${path}`;
    const input = html("input", {
      type: "range",
      id,
      min: 0,
      max: NOTCHES,
      step: 1,
      "data-path": path,
    });
    input.addEventListener("input", () =>
      onMove(path, valueAt(number, Number(input.value) / NOTCHES)),
    );
    input.addEventListener("change", onRelease);
    const name = numberName(number);
    const reset = html("button", { type: "button", "data-reset": path }, say("reset_one"));
    reset.setAttribute("aria-label", say("reset_named", { name }));
    reset.addEventListener("click", () => onReset(path));
    return html(
      "div",
      { class: "lever" },
      html("label", { for: id, dir: "auto" }, name),
      html("output", { for: id, "data-value": path }),
      reset,
      input,
      html("span", { class: "small" }, homeInWords(number)),
      html(
        "details",
        {},
        html("summary", {}, say("source")),
        html("p", { dir: "auto" }, about(number)),
      ),
    );
  });
  byId("sliders").replaceChildren(...rows);
}

/** Where the scenario has a number. @param {ScenarioNumber} number */
const homeInWords = (number) =>
  say(number.drawn ? "drawn" : "home", { value: withUnit(number, number.value) });

/** What a number is and where it comes from. @param {ScenarioNumber} number */
function about({ path, help, source, assumed, drawn, unit, low, high }) {
  const why = assumed ? say("assumed", { why: assumed }) : "";
  const from = source ? say("from_source", { source }) : why;
  const range = say("range", { low: figure(low), high: figure(high), unit });
  const spread = drawn ? say("drawn_from", { what: drawn }) : "";
  return [help, from, spread, range, path].filter(Boolean).join(" · ");
}

/**
 * Put the sliders where they stand, and their values into words.
 *
 * @param {Place} place
 */
export function showSliders(place) {
  for (const input of all("#sliders input")) {
    if (!(input instanceof HTMLInputElement)) continue;
    const path = input.dataset["path"] ?? "";
    const number = NUMBERS.get(path);
    if (!number) continue;
    const moved = place.has(path);
    const value = place.get(path) ?? number.value;
    const share = (value - number.low) / (number.high - number.low || 1);
    const wanted = String(Math.round(share * NOTCHES));
    if (input.value !== wanted) input.value = wanted;
    const text = withUnit(number, value);
    input.setAttribute("aria-valuetext", moved ? text : `${text}, ${say("default")}`);
    const output = document.querySelector(`[data-value="${path}"]`);
    if (output) output.textContent = text;
    const reset = document.querySelector(`[data-reset="${path}"]`);
    if (reset instanceof HTMLButtonElement) reset.disabled = !moved;
  }
}

/**
 * Make a button for each preset.
 *
 * @param {(place: Place, text: string) => void} onChoice
 */
export function makePresets(onChoice) {
  const buttons = DATA.presets.map((preset, k) => {
    const button = html("button", { type: "button", dir: "auto", "data-preset": k }, preset.label);
    button.addEventListener("click", () =>
      onChoice(new Map(Object.entries(preset.set)), preset.do),
    );
    return button;
  });
  byId("presets").replaceChildren(...buttons);
}

/** Mark the preset that the levers show. @param {Place} place */
export function showPresets(place) {
  for (const button of all("[data-preset]")) {
    const entries = Object.entries(DATA.presets[Number(button.dataset["preset"])].set);
    const same =
      entries.length === place.size && entries.every(([path, v]) => place.get(path) === v);
    button.setAttribute("aria-pressed", String(same));
  }
}

/**
 * Numbers whose name, path or help has all words of a search.
 *
 * @param {string} text
 */
export function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return DATA.numbers.filter((number) => {
    const where = `${numberName(number)} ${number.path} ${number.help}`.toLowerCase();
    return words.every((word) => where.includes(word));
  });
}

/**
 * List what a search finds, each with a button that makes it a lever.
 *
 * @param {string} text
 * @param {string[]} there - paths that are levers already
 * @param {(path: string) => void} onChoice
 */
export function showFound(text, there, onChoice) {
  const found = search(text).filter(({ path }) => !there.includes(path));
  const full = there.length >= MOST_LEVERS;
  const buttons = found.slice(0, MOST_FOUND).map((number) => {
    const value = withUnit(number, number.value);
    const button = html(
      "button",
      { type: "button", dir: "auto" },
      say("fact", { name: numberName(number), value }),
    );
    button.disabled = full;
    button.title = number.help;
    button.addEventListener("click", () => onChoice(number.path));
    return html("li", {}, button);
  });
  byId("found").replaceChildren(...buttons);
  const key = full ? "found_full" : "found";
  byId("found-said").textContent = text.trim()
    ? say(key, { n: found.length, most: MOST_LEVERS })
    : "";
}
