// Numbers that have to be equal but for rounding.

import assert from "node:assert/strict";

/**
 * @param {number} actual
 * @param {number} expected
 * @param {number} [tolerance]
 */
export function near(actual, expected, tolerance = 1e-12) {
  const gap = Math.abs(actual - expected);
  assert.ok(gap <= tolerance, `${actual} is ${gap} away from ${expected}`);
}
