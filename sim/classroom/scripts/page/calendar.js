// The day that is shown: play, pause, scrub.

import { byId } from "../common/dom.js";
import { dateOf, say } from "./data.js";

/** @type {((playing: boolean) => void)[]} */
const drawings = [];
let timer = 0;
let last = 1;
export let day = 1; // days from the release

/** Have something drawn whenever another day is shown. @param {(playing: boolean) => void} drawing */
export function onDay(drawing) {
  drawings.push(drawing);
}

/**
 * Show a day.
 *
 * @param {number} wanted
 * @param {boolean} [playing]
 */
export function setDay(wanted, playing = false) {
  day = Math.min(last, Math.max(1, Math.round(wanted)));
  const input = byId("day", HTMLInputElement);
  input.value = String(day);
  const text = say("day_of", { n: day, date: dateOf(day) });
  input.setAttribute("aria-valuetext", text);
  byId("date").textContent = text;
  for (const drawing of drawings) drawing(playing);
}

export function pause() {
  clearTimeout(timer);
  if (!timer) return;
  timer = 0;
  byId("play").textContent = say("play");
  setDay(day);
}

function tick() {
  setDay(day + 1, true);
  if (day < last) schedule();
  else pause();
}

function schedule() {
  const perSecond = Number(byId("speed", HTMLSelectElement).value);
  timer = window.setTimeout(tick, 1000 / perSecond);
}

/** Play from the day that is shown. */
export function startPlaying() {
  if (timer) return;
  if (day === last) setDay(1);
  byId("play").textContent = say("pause");
  schedule();
}

/** Listen to button and slider. @param {number} horizon */
export function startClock(horizon) {
  last = horizon;
  const input = byId("day", HTMLInputElement);
  input.addEventListener("input", () => {
    pause();
    setDay(Number(input.value));
  });
  byId("play").addEventListener("click", () => (timer ? pause() : startPlaying()));
  setDay(1);
}
