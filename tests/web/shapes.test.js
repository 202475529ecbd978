// Marks and arrows of the map, colours.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TONES, toneOf } from "../../sim/classroom/scripts/common/tones.js";
import { isDark, RUNG_TONES } from "../../sim/classroom/scripts/replay/colours.js";
import { arrow, burst, diamond, square, wedge } from "../../sim/classroom/scripts/replay/shapes.js";

const corners = (points) => points.split(" ").map((corner) => corner.split(",").map(Number));

test("each mark has its corners around its place", () => {
  assert.deepEqual(corners(square(10, 20, 5)), [
    [5, 15],
    [15, 15],
    [15, 25],
    [5, 25],
  ]);
  assert.equal(corners(wedge(10, 20, 5)).length, 3);
  assert.equal(corners(diamond(10, 20, 5)).length, 4);
  assert.equal(corners(burst(10, 20, 5)).length, 16);
});

test("a straight arrow runs from rim to rim", () => {
  const { line, head } = arrow({ x: 0, y: 0 }, { x: 100, y: 0 }, 10, 0, 8);
  assert.equal(line, "M10.0 0.0Q44.0 0.0 78.0 0.0");
  assert.deepEqual(corners(head)[0], [90, 0]);
});

test("an arrow by air bows out", () => {
  const { line } = arrow({ x: 0, y: 0 }, { x: 100, y: 0 }, 10, 0.22, 8);
  assert.equal(line, "M10.0 0.0Q44.0 -22.0 78.0 0.0");
});

test("an arrow between two things at one place has no holes in its numbers", () => {
  const { line } = arrow({ x: 5, y: 5 }, { x: 5, y: 5 }, 10, 0.22, 8);
  assert.doesNotMatch(line, /NaN/);
});

test("letters are white on dark rungs and black on light ones", () => {
  assert.deepEqual(RUNG_TONES.map(isDark), [false, false, false, false, true, true, true, true]);
});

test("colours of actors start again after the last", () => {
  assert.equal(toneOf(TONES.length), TONES[0]);
  assert.equal(toneOf(undefined), TONES[0]);
});
