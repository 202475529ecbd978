// Which day is shown. What is drawn by day asks to be told when the day changes.

import { REPLAY } from "./data.js";

/** @type {((byHand: boolean) => void)[]} */
const drawings = [];

export let day = 0; // index of the day that is shown

/**
 * Have something drawn whenever another day is shown.
 *
 * @param {...(byHand: boolean) => void} draw
 */
export function everyDay(...draw) {
  drawings.push(...draw);
}

/**
 * Show a day.
 *
 * @param {number} index - a day before the first or after the last is the first or the last
 * @param {boolean} [byHand] - false while the replay plays by itself
 */
export function showDay(index, byHand = true) {
  day = Math.min(REPLAY.last, Math.max(0, Math.round(index)));
  for (const draw of drawings) draw(byHand);
}
