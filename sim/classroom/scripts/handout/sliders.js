// Sliders, the strips of computed points under them, and the presets.

import { byId, html, svg } from "../common/dom.js";
import { DATA, figure, say } from "./data.js";

/** @import { Lever, Place, Shown } from "./types.js" */

export const STEPS = 100; // of a slider
const PLAIN = ["1", "share", "probability", "ratio"]; // units that a number shows by itself
const MIRRORED = document.documentElement.dir === "rtl";

/**
 * The value of a slider in words.
 *
 * @param {Lever} lever
 * @param {number} share - of its length
 */
function valueInWords({ low, high, unit }, share) {
  const value = low + share * (high - low);
  const text = figure(Math.abs(value) < 1e-12 ? 0 : value);
  return PLAIN.includes(unit) ? text : `${text} ${unit}`;
}

/**
 * Make the sliders.
 *
 * @param {Place} home
 * @param {(k: number, share: number) => void} onMove
 * @param {() => void} onRelease
 */
export function makeSliders(home, onMove, onRelease) {
  const rows = DATA.levers.map((lever, k) => {
    const id = `lever-${k}`;
    const input = html("input", { type: "range", id, min: 0, max: STEPS, step: 1 });
    input.addEventListener("input", () => onMove(k, Number(input.value) / STEPS));
    input.addEventListener("blur", onRelease);
    const strip = svg("svg", {
      id: `strip-${k}`,
      viewBox: "0 0 300 20",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    const about = say(lever.uncertain ? "median" : "home", { value: valueInWords(lever, home[k]) });
    return html(
      "div",
      { class: "lever" },
      html("label", { for: id, dir: "auto" }, lever.label),
      html("output", { for: id, id: `out-${k}` }),
      input,
      strip,
      html("span", { class: "small" }, about),
    );
  });
  byId("sliders").replaceChildren(...rows);
}

/**
 * Put the sliders where they stand, and their values into words.
 *
 * @param {Place} place
 * @param {Place} home
 */
export function showSliders(place, home) {
  DATA.levers.forEach((lever, k) => {
    const input = byId(`lever-${k}`, HTMLInputElement);
    const text = valueInWords(lever, place[k]);
    const atHome = Math.abs(place[k] - home[k]) < 1e-6;
    input.value = String(Math.round(place[k] * STEPS));
    input.setAttribute("aria-valuetext", atHome ? `${text}, ${say("default")}` : text);
    byId(`out-${k}`).textContent = text;
  });
}

/**
 * Mark under each slider the computed points, the nearest of them, and the scenario.
 *
 * @param {Shown} now
 */
export function drawStrips(now) {
  /** @param {number} share */
  const xOf = (share) => 2 + 296 * (MIRRORED ? 1 - share : share);
  DATA.levers.forEach((_, k) => {
    const home = xOf(DATA.points[0][k]);
    const ticks = DATA.points.map((point) => {
      const x = xOf(point[k]);
      return svg("line", { x1: x, x2: x, y1: 9, y2: 17, class: "tick" });
    });
    byId(`strip-${k}`, SVGSVGElement).replaceChildren(
      ...ticks,
      svg("circle", { cx: xOf(DATA.points[now.nearest][k]), cy: 13, r: 5, class: "near" }),
      svg("path", { d: `M${home - 6},0 L${home + 6},0 L${home},8 Z`, class: "home" }),
    );
  });
}

/**
 * Make a button for each preset.
 *
 * @param {(place: Place, text: string) => void} onChoice
 */
export function makePresets(onChoice) {
  const buttons = DATA.presets.map((preset, k) => {
    const button = html("button", { type: "button", dir: "auto", "data-preset": k }, preset.label);
    button.addEventListener("click", () => onChoice(DATA.points[preset.point], preset.do));
    return button;
  });
  byId("presets").replaceChildren(...buttons);
}
