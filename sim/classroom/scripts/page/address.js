// The state of the page in its address: scenario, seed, levers, world, day, step; read with care.

/** @import { PageData, Place } from "./types.js" */

/** The steps of a lesson in their order; the last is everything at once. */
export const STEPS = ["story", "bet", "worlds", "levers", "play", "debrief", "sandbox"];
export const SANDBOX = "sandbox";
export const MOST_LETTERS = 4000;
const DIGEST = 12; // digits of it that a link carries
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,3})?$/;

/**
 * @typedef {object} Lesson
 * @property {string} step - that is shown
 * @property {string[]} hidden - steps that the class does not see
 * @property {boolean} large - letters for a projector
 */
/**
 * @typedef {object} View
 * @property {Map<string, number>} place
 * @property {number} world
 * @property {number} day
 * @property {boolean} direct - a view of the sandbox without a lesson around it
 */
/** @typedef {Lesson & View} State */

/**
 * The part of an address after its #.
 *
 * @param {PageData["about"]} about
 * @param {Place} place
 * @param {number} world
 * @param {number} day
 * @param {Lesson} [lesson] - without one the address is of the sandbox
 */
export function addressOf({ id, digest, seed }, place, world, day, lesson) {
  const levers = [...place].map(([path, value]) => `${path}:${value}`).join(",");
  const parts = [`of=${id}.${digest.slice(0, DIGEST)}.${seed}`, `world=${world}`, `day=${day}`];
  if (levers) parts.push(`set=${levers}`);
  if (lesson && lesson.step !== SANDBOX) parts.push(`step=${lesson.step}`);
  if (lesson?.hidden.length) parts.push(`hide=${lesson.hidden.join(",")}`);
  if (lesson?.large) parts.push("project=1");
  return `#${parts.join("&")}`;
}

/**
 * What an address says, and by its keys what of it cannot be used.
 *
 * @param {string} hash
 * @param {PageData} data
 * @returns {{state: State, faults: Set<string>} | null} null where it says nothing
 */
export function readAddress(hash, data) {
  const { about, numbers } = data;
  const text = hash.slice(1, MOST_LETTERS);
  if (!text) return null;
  const keys = text.split("&").map((part) => cut(part, "=")[0]);
  const isOdd = hash.length > MOST_LETTERS || new Set(keys).size < keys.length;
  const faults = new Set(isOdd ? ["fault_link"] : []);
  const parts = new Map(
    text.split("&").map((part) => /** @type {[string, string]} */ (cut(part, "="))),
  );
  const view = ["world", "day", "set"];
  const known = ["of", ...view, "step", "hide", "project"];
  if ([...parts.keys()].some((key) => !known.includes(key))) faults.add("fault_link");
  const of = parts.get("of");
  const isView = view.some((key) => parts.has(key));
  const isLesson = !isView && ["step", "hide", "project"].some((key) => parts.has(key));
  if (of === undefined) {
    if (!isLesson) faults.add("fault_link"); // a lesson may be written by hand
  } else if (of !== `${about.id}.${about.digest.slice(0, DIGEST)}.${about.seed}`) {
    faults.add("fault_other");
  }
  /** @type {State} */
  const state = {
    place: new Map(),
    world: 0,
    day: 1,
    direct: false,
    step: "",
    hidden: [],
    large: false,
  };
  state.world = wholeIn(parts.get("world"), 0, 99, faults, 0);
  state.day = wholeIn(parts.get("day"), 1, about.horizon, faults, 1);
  for (const part of (parts.get("set") ?? "").split(",").filter(Boolean)) {
    const [path, value] = cut(part, ":");
    const number = numbers.find((one) => one.path === path);
    const wanted = NUMBER.test(value) ? Number(value) : Number.NaN;
    const isOnce = !state.place.has(path);
    const fits = number && isOnce && wanted >= number.low && wanted <= number.high;
    if (fits) state.place.set(path, wanted);
    else faults.add("fault_link");
  }
  state.direct = isView && !parts.has("step");
  state.step = state.direct ? SANDBOX : (parts.get("step") ?? "");
  state.hidden = (parts.get("hide") ?? "").split(",").filter(Boolean);
  if (![...state.hidden, state.step].every((one) => !one || STEPS.includes(one))) {
    faults.add("fault_link");
    state.hidden = state.hidden.filter((one) => STEPS.includes(one));
    state.step = STEPS.includes(state.step) ? state.step : "";
  }
  state.large = parts.get("project") === "1";
  return { state, faults };
}

/**
 * A text in two at the first sign.
 *
 * @param {string} text
 * @param {string} sign
 */
function cut(text, sign) {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * @param {string | undefined} text
 * @param {number} low
 * @param {number} high
 * @param {Set<string>} faults
 * @param {number} otherwise
 */
function wholeIn(text, low, high, faults, otherwise) {
  if (text === undefined) return otherwise;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  faults.add("fault_link");
  return otherwise;
}
