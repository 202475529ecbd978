// Options of a decision, from the steps in which the page carries them.

/** @import { OptionCode } from "./types.js" */

/**
 * @typedef {object} Option
 * @property {string} name
 * @property {number} code - its place in the list of options
 * @property {string | null} barred - the reason, null if it was free
 * @property {number} share - its probability
 * @property {number[]} worth - what each term adds
 */
/** @typedef {Option & {barred: null}} Free */

const NEGLIGIBLE = 0.005; // terms below this are not named
const MOST_NAMED = 3;

/**
 * @param {OptionCode[]} codes
 * @param {string[]} names
 * @param {number} scale - steps of 1 / scale
 * @returns {Option[]}
 */
export function optionsOf(codes, names, scale) {
  return codes.map((steps, code) => {
    const name = names[code];
    if (typeof steps === "string") return { name, code, barred: steps, share: 0, worth: [] };
    const [share, ...worth] = steps.map((value) => value / scale);
    return { name, code, barred: null, share, worth };
  });
}

/**
 * @param {Option} option
 * @returns {option is Free}
 */
export const isFree = (option) => option.barred === null;

/**
 * The sum of the terms that speak for an option, or of those that speak against it.
 *
 * @param {number[]} worth
 * @param {1 | -1} sign
 */
export const pull = (worth, sign) => worth.reduce((sum, v) => sum + Math.max(0, v * sign), 0);

/**
 * The strongest terms of an option: number of the term and what it adds.
 *
 * @param {number[]} worth
 * @returns {[number, number][]}
 */
export function strongest(worth) {
  return worth
    .map((value, k) => /** @type {[number, number]} */ ([k, value]))
    .filter(([, value]) => Math.abs(value) >= NEGLIGIBLE)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
    .slice(0, MOST_NAMED);
}
