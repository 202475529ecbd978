// Intervals of shares against values worked out elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { intervalOfRoot, wilson } from "../../sim/classroom/scripts/handout/intervals.js";
import { near } from "./near.js";

test("Wilson's interval of 8 in 10 is that of SciPy", () => {
  const [low, high] = wilson(0.8, 10); // scipy.stats.binomtest(8, 10) gives the same
  near(low, 0.4902, 5e-5);
  near(high, 0.9433, 5e-5);
});

test("at none and at all it is two-sided too", () => {
  const [none, some] = wilson(0, 100); // scipy.stats.binomtest(0, 100) gives the same
  assert.equal(none, 0);
  near(some, 0.036993, 1e-6);
  near(wilson(1, 100)[0], 1 - 0.036993, 1e-6);
  assert.equal(wilson(1, 100)[1], 1);
});

test("the interval of a root contains its share and grows with the surface's error", () => {
  const [low, high] = intervalOfRoot(0.5, 0, 400);
  assert.ok(low < 0.25 && high > 0.25);
  const [lower, higher] = intervalOfRoot(0.5, 0.1, 400);
  assert.ok(lower < low && higher > high);
});

test("the interval of a root stays between 0 and 1", () => {
  assert.equal(intervalOfRoot(0.01, 0.1, 40)[0], 0);
  assert.equal(intervalOfRoot(0.99, 0.1, 40)[1], 1);
});
