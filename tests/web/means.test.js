// The estimates of a tournament; tests/classroom/test_page_doctrines.py compares whole tournaments.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  extremes,
  meanOf,
  overOpponents,
  rounded,
  typicalWorld,
} from "../../sim/classroom/scripts/doctrines/means.js";

const FAILED = -2;

test("a mean leaves out what is not known, and has the error of a mean", () => {
  const { n, value, error } = meanOf([1, Number.NaN, 3, 5]);
  assert.deepEqual([n, value], [3, 3]);
  assert.ok(Math.abs(error - 2 / Math.sqrt(3)) < 1e-12);
  assert.ok(Number.isNaN(meanOf([1]).error));
  assert.ok(Number.isNaN(meanOf([]).value));
});

test("a typical world ends as most do, and is the lower median of those", () => {
  const cases = [
    [[0, 1, 1], [1, 3, 2], 2],
    [[1, 0, 0, 1], [9, 3, 2, 8], 3], // as frequent: the one that comes first
    [[FAILED, 0], [Number.NaN, 1], 1],
    [[0, 0, 0], [2, 2, 2], 1],
    [[0, 0], [Number.NaN, Number.NaN], 0],
    [[-1, -1, 0], [1, 2, 3], 0], // none of the outcomes is an end too
  ];
  for (const [outcomes, values, world] of cases)
    assert.equal(typicalWorld(outcomes, values)?.world, world);
  assert.equal(typicalWorld([FAILED], [Number.NaN]), null);
});

test("means over opponents are taken in each world", () => {
  const cells = [0, 1].map((a) => [0, 1].map((b) => Float64Array.of(10 * a + b, 100)));
  const rows = overOpponents(cells);
  assert.deepEqual([...rows[0]], [(0 + 1 + 0 + 10) / 4, 100]);
  assert.deepEqual([...rows[1]], [(10 + 11 + 1 + 11) / 4, 100]);
});

test("what may be chance is not called a difference", () => {
  const low = Float64Array.of(1, 2, 3, 4);
  const high = low.map((value, k) => value + 1 + 0.1 * (k % 2));
  const clear = extremes([high, low], 3);
  assert.deepEqual([clear.low, clear.high, clear.sure], [1, 0, true]);
  const noise = extremes([Float64Array.of(5, 1, 4, 0), Float64Array.of(0, 4, 1, 4)], 3);
  assert.equal(noise.sure, false);
});

test("numbers are rounded as on the command line", () => {
  const pairs = [
    [7460.5, 7460],
    [7461.5, 7462],
    [1.25, 1.2],
    [1.35, 1.4],
    [0.126, 0.13],
    [0, 0],
    [-2.25, -2.2],
  ];
  for (const [value, shown] of pairs) assert.equal(rounded(value), shown);
});
