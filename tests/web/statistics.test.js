// Estimates of a page are those of sim/stats; tests/classroom/test_sandbox.py compares more.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  classify,
  meets,
  pairedShares,
  quantile,
  wilson,
} from "../../sim/classroom/scripts/page/statistics.js";
import { near } from "./near.js";

test("a bound holds, or does not", () => {
  assert.equal(meets(3, { at_least: 3, at_most: 3 }), true);
  assert.equal(meets(3, { above: 3 }), false);
  assert.equal(meets(2, { below: 3 }), true);
  assert.equal(meets(Number.NaN, { at_least: 0 }), false);
});

test("what never came meets never alone", () => {
  assert.equal(meets(Number.NaN, { never: true }), true);
  assert.equal(meets(5, { never: true }), false);
  assert.equal(meets(5, { never: false }), true);
});

test("the first outcome whose conditions all hold counts", () => {
  const outcomes = [
    {
      name: "both",
      colour: "",
      conditions: [
        [0, { at_least: 1 }],
        [1, { at_least: 1 }],
      ],
    },
    { name: "one", colour: "", conditions: [[0, { at_least: 1 }]] },
  ];
  assert.equal(classify([1, 1], outcomes), 0);
  assert.equal(classify([1, 0], outcomes), 1);
  assert.equal(classify([0, 0], outcomes), -1);
});

test("an interval of a share is Wilson's", () => {
  const [low, high] = wilson(0.3, 100);
  near(low, 0.21894886, 1e-6);
  near(high, 0.39584855, 1e-6);
  assert.deepEqual(wilson(0, 0), [0, 1]);
  assert.equal(wilson(0, 50)[0], 0);
});

test("an interval of a difference of pairs is Bonett and Price's", () => {
  const { value, range } = pairedShares(12, 4, 100);
  near(value, 0.08, 1e-12);
  near(range[0], -0.0016588853525351943, 1e-9);
  near(range[1], 0.1585216304505744, 1e-9);
});

test("a quantile lies between two values", () => {
  assert.equal(quantile([1, 2, 3, 4, 5], 0.5), 3);
  near(quantile([0, 10], 0.05), 0.5, 1e-12);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});
