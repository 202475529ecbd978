// The mark of a world: a circle on its way, at the end the shape and colour of its outcome.

import { html, svg } from "../common/dom.js";
import { DATA, GREY, INK } from "./data.js";
import { FAILED } from "./statistics.js";

const SIZE = 5; // radius, in units of the drawing

/**
 * A closed path through corners given in radii.
 *
 * @param {[number, number][]} corners
 */
const closed = (corners) =>
  `M${corners.map(([x, y]) => `${(x * SIZE).toFixed(2)},${(y * SIZE).toFixed(2)}`).join("L")}Z`;

/**
 * Corners on circles around the middle, the first at the top.
 *
 * @param {number} n
 * @param {number[]} radii - in turn
 */
const around = (n, radii) =>
  Array.from({ length: n }, (_, k) => {
    const angle = (2 * Math.PI * k) / n;
    const radius = radii[k % radii.length];
    return /** @type {[number, number]} */ ([radius * Math.sin(angle), -radius * Math.cos(angle)]);
  });

const CIRCLE = `M${-SIZE},0a${SIZE},${SIZE} 0 1,0 ${2 * SIZE},0a${SIZE},${SIZE} 0 1,0 ${-2 * SIZE},0Z`;
const SHAPES = [
  closed(around(4, [1.2])),
  closed(around(3, [1.2])),
  closed([
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ]),
  closed(around(10, [1.3, 0.55])),
  CIRCLE,
  closed(around(6, [1.1])),
  closed(around(3, [1.2]).map(([x, y]) => /** @type {[number, number]} */ ([x, -y]))),
  closed(around(8, [1.3, 0.45])),
];
const CROSS = closed(around(8, [1.3, 0.3]));

/**
 * How a world looks that has ended.
 *
 * @param {number} outcome
 */
export function endMark(outcome) {
  if (outcome === FAILED) return { d: CROSS, fill: INK };
  if (outcome < 0) return { d: CIRCLE, fill: GREY };
  return { d: SHAPES[outcome % SHAPES.length], fill: DATA.outcomes[outcome].colour };
}

/**
 * How a world looks on its way.
 *
 * @param {number} rung
 */
export const wayMark = (rung) => ({ d: CIRCLE, fill: DATA.rungs[rung].colour });

/**
 * The mark of an outcome as a small picture.
 *
 * @param {number} outcome
 */
export function icon(outcome) {
  const { d, fill } = endMark(outcome);
  const look = { d, fill, stroke: INK, "stroke-width": 0.8 };
  return svg("svg", { viewBox: "-7 -7 14 14", "aria-hidden": "true" }, svg("path", look));
}

/**
 * A mark with its name and what stands beside it.
 *
 * @param {number} outcome
 * @param {string} name
 * @param {string} beside
 */
export const legendEntry = (outcome, name, beside) =>
  html("li", {}, icon(outcome), html("bdi", {}, name), " ", html("b", {}, beside));
