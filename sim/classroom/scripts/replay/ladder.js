// The ladder of rungs, and the heading of the day: date, chips, deaths so far.

import { byId, html, styled } from "../common/dom.js";
import { day } from "./clock.js";
import { INK, isDark, PAPER, RUNG_TONES } from "./colours.js";
import { DATA, dateOf, hundredths, nameOf, REPLAY, say } from "./data.js";
import { ceasefireQuality } from "./decode.js";

/** Draw the rungs, lowest first. */
export function drawLadder() {
  const rungs = DATA.rungs.map((name, rung) => {
    const background = RUNG_TONES[rung];
    const number = html("span", {}, String(rung));
    const entry = html("li", {}, number, html("span", { class: "word" }, name));
    return styled(entry, { background, color: isDark(background) ? PAPER : INK });
  });
  byId("rungs").append(...rungs);
}

/** Mark the rung of the day that is shown. */
export function drawRungOfDay() {
  const rung = REPLAY.rung[day];
  [...byId("rungs").children].forEach((entry, k) => {
    entry.classList.toggle("off", k > rung);
    entry.classList.toggle("on", k === rung);
    if (k === rung) entry.setAttribute("aria-current", "true");
    else entry.removeAttribute("aria-current");
  });
  byId("rung").textContent = say("rung", { n: rung, name: DATA.rungs[rung] });
}

/** Write the date, what holds on it, and the dead so far. */
export function drawHeading() {
  const released = day > REPLAY.release;
  const [all, between] = REPLAY.deadSoFar;
  byId("date").textContent = dateOf(day);
  byId("toll").textContent = released ? say("toll", { n: all[day], between: between[day] }) : "";
  const chips = [dayChip(released), ...DATA.relations.flatMap(relationChips)];
  byId("chips").replaceChildren(
    ...chips.map(([kind, text]) => html("span", { class: `chip ${kind}` }, text)),
  );
}

/** @param {boolean} released */
function dayChip(released) {
  if (!released) return ["past", say("chip_past")];
  return ["", say("chip_day", { n: day + DATA.first, all: DATA.about.horizon })];
}

/**
 * @param {[number, number]} states
 * @param {number} relation
 * @returns {string[][]}
 */
function relationChips([a, b], relation) {
  const pair = DATA.relations.length > 1 ? ` (${nameOf(a)} – ${nameOf(b)})` : "";
  const quality = ceasefireQuality(REPLAY, relation, day);
  const chips = [];
  if (quality > 0) {
    chips.push(["peace", say("chip_ceasefire", { quality: hundredths(quality) }) + pair]);
  }
  if (REPLAY.map.closed[relation][day] > 0) chips.push(["shut", say("chip_closed") + pair]);
  return chips;
}
