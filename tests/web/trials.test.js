// What a thing tried did, against answers worked out by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeOf,
  direction,
  pairedChange,
  watched,
} from "../../sim/classroom/scripts/page/trials.js";
import { near } from "./near.js";

test("a watched number is an outcome, a mean, or a share in a range", () => {
  const measures = [7, Number.NaN];
  assert.equal(watched({ label: "", outcome: 2 }, measures, 2), 1);
  assert.equal(watched({ label: "", outcome: 2 }, measures, -1), 0);
  assert.equal(watched({ label: "", measure: 0 }, measures, 2), 7);
  assert.equal(watched({ label: "", measure: 0, within: [0, 7] }, measures, 2), 1);
  assert.equal(watched({ label: "", measure: 1, within: [0, 7] }, measures, 2), 0);
});

test("a world that failed says nothing", () => {
  assert.ok(Number.isNaN(watched({ label: "", measure: 0 }, [7], -2)));
  assert.equal(pairedChange([1, Number.NaN, 3], [2, 2, 5], false).n, 2);
});

test("a mean difference and its interval", () => {
  const { value, range, before, after, n } = pairedChange([1, 2, 3, 4], [2, 4, 4, 6], false);
  assert.deepEqual([before, after, n], [2.5, 4, 4]);
  near(value, 1.5);
  const half = 1.959963984540054 * Math.sqrt(1 / 3 / 4); // the differences are 1, 2, 1, 2
  near(range[0], 1.5 - half);
  near(range[1], 1.5 + half);
  assert.equal(direction({ range }), 1);
});

test("where the interval has 0 in it, the pairs do not tell", () => {
  assert.equal(direction({ range: [-1, 2] }), 0);
  assert.equal(direction({ range: [-3, -1] }), -1);
  assert.equal(direction(pairedChange([1], [9], false)), 0);
});

test("the first worlds of both are paired", () => {
  const sample = (n, numbers) => ({
    n,
    outcome: new Int8Array(numbers.length),
    rows: { measures: Float64Array.from(numbers) },
  });
  const change = changeOf({ label: "", measure: 0 }, sample(3, [1, 1, 1]), sample(2, [3, 5, 99]));
  assert.deepEqual([change.n, change.value], [2, 3]);
});
