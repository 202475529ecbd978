// What the page carries, its words, and how it writes numbers.

import { readJson } from "../common/dom.js";
import { Words } from "../common/words.js";

/** @import { PageData, Range, ScenarioNumber } from "./types.js" */

/** @type {PageData} */
export const DATA = readJson("data");
export const SEED = BigInt(DATA.about.seed);
export const HORIZON = DATA.about.horizon;
export const WIDTH = DATA.measures.length;
export const INK = "#1b1b1b";
export const GREY = "#999999";
export const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const TEXTS = readJson("say");
export const LOCALE = TEXTS.locale;
const PLAIN = ["1", "share", "probability", "ratio"]; // units that a number shows by itself
const WHOLE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const PRECISE = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 4 });
const ROUGH = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 2 });
const PERCENT = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 });
const POINTS = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const LIST = new Intl.ListFormat(LOCALE);
const DATE = new Intl.DateTimeFormat(LOCALE, {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const WORDS = new Words(TEXTS, "page", WHOLE.format);

/** @type {Words["say"]} */
export const say = (key, values) => WORDS.say(key, values);

/**
 * @param {string} section
 * @param {string | number} code
 */
export const term = (section, code) => WORDS.term(section, code, String(code).replace(/_/g, " "));

/** @param {number} outcome - its number, or -1 for none of them */
export const outcomeName = (outcome) =>
  outcome < 0 ? say("no_outcome") : term("outcomes", DATA.outcomes[outcome].name);

/** @param {number} value */
export const whole = (value) => WHOLE.format(value);

/** @param {number} value */
export const figure = (value) => (Math.abs(value) >= 1000 ? WHOLE : PRECISE).format(value);

/** A mean, no finer than a class needs it. @param {number} value */
export const rough = (value) => (Math.abs(value) >= 100 ? WHOLE : ROUGH).format(value);

/**
 * A share in words: with a decimal where a whole percentage would say never or always.
 *
 * @param {number} share
 */
export function percent(share) {
  const extreme = (share > 0 && share < 0.01) || (share > 0.99 && share < 1);
  return (extreme ? TENTHS : PERCENT).format(share);
}

/** A difference of shares in percentage points. @param {number} share */
export const points = (share) => POINTS.format(Math.round(1000 * share) / 10);

/** @param {string[]} names */
export const list = (names) => LIST.format(names);

/**
 * An interval in words.
 *
 * @param {Range} range
 * @param {(value: number) => string} format
 */
export const between = ([low, high], format) => say("to", { low: format(low), high: format(high) });

/** @type {Map<string, ScenarioNumber>} */
export const NUMBERS = new Map(DATA.numbers.map((one) => [one.path, one]));

/** The name of a number: its label, or its path in words. @param {ScenarioNumber} number */
export const numberName = (number) => number.label ?? number.path.replace(/[._]/g, " ");

/**
 * A value of a number with its unit.
 *
 * @param {ScenarioNumber} number
 * @param {number} value
 */
export const withUnit = ({ unit }, value) =>
  PLAIN.includes(unit) ? figure(value) : `${figure(value)} ${unit}`;

/** The date of a day in words. @param {number} day - days from the release */
export function dateOf(day) {
  const [year, month, date] = DATA.about.release.split("-").map(Number);
  return DATE.format(new Date(Date.UTC(year, month - 1, date + day)));
}
