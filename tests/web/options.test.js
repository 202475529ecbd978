// Options of a decision from their steps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isFree, optionsOf, pull, strongest } from "../../sim/classroom/scripts/replay/options.js";

test("an option is free with share and terms, or barred with a reason", () => {
  const [hold, raid, war] = optionsOf(
    [[300], [700, 80, -20], "no troops"],
    ["hold", "raid", "war"],
    1000,
  );
  assert.deepEqual(hold, { name: "hold", code: 0, barred: null, share: 0.3, worth: [] });
  assert.deepEqual(raid.worth, [0.08, -0.02]);
  assert.deepEqual(war, { name: "war", code: 2, barred: "no troops", share: 0, worth: [] });
  assert.deepEqual([hold, raid, war].map(isFree), [true, true, false]);
});

test("an option that was barred without a reason is barred", () => {
  assert.ok(!isFree(optionsOf([""], ["war"], 1000)[0]));
});

test("terms pull to both sides", () => {
  assert.equal(pull([0.5, -0.2, 0.25], 1), 0.75);
  assert.equal(pull([0.5, -0.2, 0.25], -1), 0.2);
  assert.equal(pull([], 1), 0);
});

test("the three strongest terms are named, negligible ones never", () => {
  assert.deepEqual(strongest([0.1, -0.9, 0.004, 0.5, 0.2]), [
    [1, -0.9],
    [3, 0.5],
    [4, 0.2],
  ]);
  assert.deepEqual(strongest([0.004]), []);
});
