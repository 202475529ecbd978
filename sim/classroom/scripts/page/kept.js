// What a lesson keeps on the device, so that a reload loses nothing; what is read is not trusted.

import { TOKENS } from "./betcodes.js";

export const SEALED = 10; // worlds that are opened one by one
export const MOST_BETS = 100;
export const MOST_HANDS = 500;
const MOST_STORED = 20_000; // letters
const STATES = ["open", "locked", "skipped"];

/**
 * @typedef {object} Kept
 * @property {number[]} tokens - on each outcome
 * @property {string} state - of the bet: open, locked or skipped
 * @property {boolean} seen - whether the answer has been in sight
 * @property {boolean} late - whether the bet was made after that
 * @property {number} opened - of the sealed worlds
 * @property {boolean} hundred - whether all hundred are shown
 * @property {string[]} codes - of the class
 * @property {number[]} hands - raised for each outcome
 * @property {(number[] | null)[]} guesses - of each thing to try, once it was looked at
 */

/**
 * Nothing has happened yet.
 *
 * @param {number} kinds - of outcomes
 * @param {number[]} trials - numbers to guess in each thing to try
 * @returns {Kept}
 */
export const nothingKept = (kinds, trials) => ({
  tokens: Array.from({ length: kinds }, () => 0),
  state: "open",
  seen: false,
  late: false,
  opened: 0,
  hundred: false,
  codes: [],
  hands: Array.from({ length: kinds }, () => 0),
  guesses: trials.map(() => null),
});

/**
 * Whole numbers of a range, as many as asked for.
 *
 * @param {unknown} value
 * @param {number} count
 * @param {number} low
 * @param {number} high
 * @returns {value is number[]}
 */
const areWhole = (value, count, low, high) =>
  Array.isArray(value) &&
  value.length === count &&
  value.every((one) => Number.isInteger(one) && one >= low && one <= high);

/** @param {number[]} numbers */
const sumOf = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

/**
 * What a stored text says; what of it cannot be is left out, and nothing of it is trusted.
 *
 * @param {string | null} text
 * @param {number} kinds
 * @param {number[]} trials
 * @returns {Kept}
 */
export function readKept(text, kinds, trials) {
  const kept = nothingKept(kinds, trials);
  const found = parsed(text);
  if (!found) return kept;
  const { tokens, state, opened, codes, hands, guesses } = found;
  if (areWhole(tokens, kinds, 0, TOKENS) && sumOf(tokens) <= TOKENS) kept.tokens = tokens;
  if (typeof state === "string" && STATES.includes(state)) kept.state = state;
  // a bet that does not sum to all is not locked
  if (kept.state === "locked" && sumOf(kept.tokens) !== TOKENS) kept.state = "open";
  kept.seen = found["seen"] === true;
  kept.late = found["late"] === true;
  const isOpen = kept.state !== "open" || kept.seen;
  if (isOpen && areWhole([opened], 1, 0, SEALED)) kept.opened = Number(opened);
  kept.hundred = kept.opened === SEALED && found["hundred"] === true;
  if (Array.isArray(codes)) {
    kept.codes = codes.filter((one) => typeof one === "string" && one.length < 40);
    kept.codes.length = Math.min(kept.codes.length, MOST_BETS);
  }
  if (areWhole(hands, kinds, 0, MOST_HANDS)) kept.hands = hands;
  if (Array.isArray(guesses) && guesses.length === trials.length) {
    kept.guesses = trials.map((count, k) =>
      areWhole(guesses[k], count, -1, 1) ? guesses[k] : null,
    );
  }
  return kept;
}

/**
 * @param {string | null} text
 * @returns {Record<string, any> | null}
 */
function parsed(text) {
  if (!text || text.length > MOST_STORED) return null;
  try {
    const found = JSON.parse(text);
    return found && typeof found === "object" && !Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}
