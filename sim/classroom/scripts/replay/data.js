// What the replay carries, and its words.

import { readJson } from "../common/dom.js";
import { Words } from "../common/words.js";
import { decode } from "./decode.js";

/** @import { ReplayData } from "./types.js" */

/** @type {ReplayData} */
export const DATA = readJson("data");
export const REPLAY = decode(DATA);
export const SECTORS = DATA.map.sectors;
export const MIRRORED = document.documentElement.dir === "rtl";

const TEXTS = readJson("say");
const LOCALE = TEXTS.locale;
const TWO_DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const NUMBER = new Intl.NumberFormat(LOCALE);
const HUNDREDTHS = new Intl.NumberFormat(LOCALE, TWO_DIGITS);
const SIGNED = new Intl.NumberFormat(LOCALE, { ...TWO_DIGITS, signDisplay: "exceptZero" });
const PERCENT = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const LIST = new Intl.ListFormat(LOCALE);
const DATE = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const WORDS = new Words(TEXTS, "replay", NUMBER.format);

/** @type {Words["say"]} */
export const say = (key, values) => WORDS.say(key, values);

/**
 * A name of the model in words; as it stands, without underscores, where there are none.
 *
 * @param {string} section - of the vocabulary
 * @param {string} name
 */
export const term = (section, name) => WORDS.term(section, name, plain(name));

/** @param {string} name */
export const plain = (name) => name.replace(/_/g, " ");

/** @param {number} value */
export const whole = (value) => NUMBER.format(Math.round(value));

/** @param {number} value */
export const hundredths = (value) => HUNDREDTHS.format(value);

/** @param {number} value */
export const signed = (value) => SIGNED.format(value);

/** @param {number} share */
export const percent = (share) => PERCENT.format(share);

/** @param {string[]} names */
export const list = (names) => LIST.format(names);

/**
 * The date of a day in words.
 *
 * @param {number} day - index
 */
export function dateOf(day) {
  const [year, month, date] = DATA.about.release.split("-").map(Number);
  return DATE.format(new Date(Date.UTC(year, month - 1, date + day + DATA.first)));
}

/** @param {number | undefined} actor */
export const nameOf = (actor) => DATA.actors[actor ?? -1]?.name ?? "";

/**
 * The name of an actor by its id, or by the end of it.
 *
 * @param {string} id
 */
export function nameOfId(id) {
  const actor = DATA.actors.find((one) => one.id === id || one.id.endsWith(`.${id}`));
  return actor ? actor.name : plain(id);
}
