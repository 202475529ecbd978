// What the handout carries, and its words.

import { readJson } from "../common/dom.js";
import { Words } from "../common/words.js";

/** @import { HandoutData, Range } from "./types.js" */

/** @type {HandoutData} */
export const DATA = readJson("data");
const TEXTS = readJson("say");
const LOCALE = TEXTS.locale;

const WHOLE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const PRECISE = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });
const PERCENT = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 });
const LIST = new Intl.ListFormat(LOCALE);
const WORDS = new Words(TEXTS, "handout", WHOLE.format);

/** @type {Words["say"]} */
export const say = (key, values) => WORDS.say(key, values);

/** @param {string} name */
export const outcomeName = (name) => WORDS.term("outcomes", name, name);

/** @param {number} rung */
export const rungName = (rung) =>
  `${rung} ${WORDS.term("rungs", rung, DATA.rungs.names[rung] ?? "")}`;

/** @param {number} value */
export const whole = (value) => WHOLE.format(value);

/** @param {number} value */
export const precise = (value) => PRECISE.format(value);

/**
 * A number in words: three digits, and no decimals from a hundred on.
 *
 * @param {number} value
 */
export const figure = (value) => (Math.abs(value) >= 100 ? WHOLE : PRECISE).format(value);

/**
 * A share in words: with a decimal where a whole percentage would say never or always.
 *
 * @param {number} share
 */
export function percent(share) {
  const extreme = (share > 0 && share < 0.01) || (share > 0.99 && share < 1);
  return (extreme ? TENTHS : PERCENT).format(share);
}

/** @param {string[]} names */
export const list = (names) => LIST.format(names);

/**
 * An interval in words.
 *
 * @param {Range} range
 * @param {(value: number) => string} format
 */
export const between = ([low, high], format) => say("to", { low: format(low), high: format(high) });
