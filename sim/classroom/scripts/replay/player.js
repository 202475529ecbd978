// Time: buttons, slider, keys, fingers and a clock move the day.

import { byId } from "../common/dom.js";
import { day, showDay } from "./clock.js";
import { DATA, dateOf, MIRRORED, REPLAY, say } from "./data.js";
import { nextEventful } from "./decode.js";

const TRIANGLE = "M5 3v14l12-7z";
const BARS = "M4 3h4v14H4zM12 3h4v14h-4z";
const SHORTEST_SWIPE = 40; // CSS pixels
const SWIPE_AREAS = ["place", "now", "ladder"];
let timer = 0;

/**
 * Stop playing and go some days on or back.
 *
 * @param {number} days
 */
export function step(days) {
  pause();
  showDay(day + days);
}

/** @param {1 | -1} direction */
function stepToNews(direction) {
  const next = nextEventful(REPLAY.eventful, day, direction);
  if (next < 0) return;
  pause();
  showDay(next);
}

function pause() {
  if (!timer) return;
  clearTimeout(timer);
  timer = 0;
  drawPlayButton();
}

function play() {
  if (day === REPLAY.last) showDay(0);
  schedule();
  drawPlayButton();
}

function schedule() {
  const perSecond = Number(byId("speed", HTMLSelectElement).value);
  timer = setTimeout(tick, 1000 / perSecond);
}

function tick() {
  showDay(day + 1, false);
  if (day < REPLAY.last) {
    schedule();
  } else {
    timer = 0;
    drawPlayButton();
  }
}

const toggle = () => (timer ? pause() : play());

function drawPlayButton() {
  const button = byId("play");
  const word = say(timer ? "pause" : "play");
  button.querySelector("path")?.setAttribute("d", timer ? BARS : TRIANGLE);
  const label = button.querySelector("span");
  if (label) label.textContent = word;
  button.setAttribute("aria-label", word);
  button.title = word;
}

/**
 * Put slider and buttons where the day is.
 *
 * @param {boolean} byHand
 */
export function drawControls(byHand) {
  const slider = byId("slider", HTMLInputElement);
  const rung = REPLAY.rung[day];
  slider.value = String(day);
  const rungInWords = say("rung", { n: rung, name: DATA.rungs[rung] });
  slider.setAttribute("aria-valuetext", `${dateOf(day)}, ${rungInWords}`);
  const atStart = day === 0;
  const atEnd = day === REPLAY.last;
  const off = {
    first: atStart,
    before: atStart,
    after: atEnd,
    next: nextEventful(REPLAY.eventful, day, 1) < 0,
    last: atEnd,
  };
  for (const [id, disabled] of Object.entries(off)) {
    byId(id).setAttribute("aria-disabled", String(disabled));
  }
  // while it plays, a screen reader would never come to an end
  for (const id of ["items", "reasons"]) {
    byId(id).setAttribute("aria-live", byHand ? "polite" : "off");
  }
}

/** Listen to buttons, slider, keys and fingers. */
export function listen() {
  byId("slider").setAttribute("max", String(REPLAY.last));
  const buttons = {
    first: () => step(-DATA.days),
    before: () => step(-1),
    play: toggle,
    after: () => step(1),
    next: () => stepToNews(1),
    last: () => step(DATA.days),
  };
  for (const [id, act] of Object.entries(buttons)) byId(id).addEventListener("click", act);
  const slider = byId("slider", HTMLInputElement);
  slider.addEventListener("input", () => {
    pause();
    showDay(Number(slider.value));
  });
  addEventListener("keydown", onKey);
  SWIPE_AREAS.map((id) => byId(id)).forEach(listenToSwipes);
}

/** @type {Record<string, (event: KeyboardEvent) => void>} */
const KEYS = {
  [MIRRORED ? "ArrowLeft" : "ArrowRight"]: ({ shiftKey }) => (shiftKey ? stepToNews(1) : step(1)),
  [MIRRORED ? "ArrowRight" : "ArrowLeft"]: ({ shiftKey }) => (shiftKey ? stepToNews(-1) : step(-1)),
  Home: () => step(-DATA.days),
  End: () => step(DATA.days),
  " ": toggle,
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.altKey || event.metaKey || isTakenByTarget(event)) return;
  event.preventDefault();
  act(event);
}

/**
 * Whether the element with the focus has a use of its own for a key.
 *
 * @param {KeyboardEvent} event
 */
function isTakenByTarget({ key, target }) {
  if (target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return target.type !== "range";
  return key === " " && target instanceof HTMLElement && target.matches("button, a, summary");
}

/** @param {HTMLElement} area */
function listenToSwipes(area) {
  /** @type {Touch | null} */
  let start = null;
  area.addEventListener(
    "touchstart",
    ({ touches }) => {
      start = touches.length === 1 ? touches[0] : null;
    },
    { passive: true },
  );
  area.addEventListener("touchend", ({ changedTouches: [end] }) => {
    if (!start) return;
    const dx = end.clientX - start.clientX;
    const dy = end.clientY - start.clientY;
    const sideways = Math.abs(dx) > SHORTEST_SWIPE && Math.abs(dx) > 2 * Math.abs(dy);
    if (sideways) step(dx < 0 !== MIRRORED ? 1 : -1);
    start = null;
  });
}
