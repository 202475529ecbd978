// What a handout shows of a place: counted at computed points, interpolated between them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { wilson, Z95 } from "../../sim/classroom/scripts/handout/intervals.js";
import { distance, Model, same } from "../../sim/classroom/scripts/handout/model.js";
import { near } from "./near.js";

const SURFACE = { lengths: [0.6], nugget: 0.001, variance: [0.01] };
const FAULT = { error: 0, largest: 0, chance: 0, held: 1 };
const POINTS = [[0], [0.5], [1]];
const DATA = {
  horizon: 10,
  levers: [],
  presets: [],
  points: POINTS,
  n: [100, 100, 100],
  outcomes: [
    { name: "peace", colour: "", counts: [80, 50, 20], surface: SURFACE, fault: FAULT },
    { name: "war", colour: "", counts: [20, 50, 80], surface: SURFACE, fault: FAULT },
  ],
  numbers: [
    {
      label: "dead",
      unit: "",
      share: false,
      value: [10, 20, 40],
      error: [1, 2, 4],
      surface: SURFACE,
      fault: FAULT,
    },
    {
      label: "early",
      unit: "",
      share: true,
      value: [0.1, 0.2, 0.3],
      error: [0, 0, 0],
      surface: SURFACE,
      fault: FAULT,
    },
  ],
  rungs: {
    days: [5, 10],
    names: ["calm", "war"],
    colours: ["", ""],
    parts: [
      [10_000, 0, 5000, 5000],
      [5000, 5000, 5000, 5000],
      [0, 10_000, 5000, 5000],
    ],
    surface: { lengths: [0.6], nugget: 0.001 },
  },
};
const model = new Model(DATA);

test("a computed point shows its counts with their own intervals", () => {
  const shown = model.at([0.5]);
  assert.equal(shown.here, 1);
  assert.equal(shown.far, 0);
  assert.deepEqual(shown.shares, [0.5, 0.5]);
  assert.deepEqual(shown.ranges[0], wilson(0.5, 100));
  assert.deepEqual(shown.numbers[0], { value: 20, range: [20 - 2 * Z95, 20 + 2 * Z95] });
  assert.deepEqual(shown.numbers[1], { value: 0.2, range: wilson(0.2, 100) });
});

test("between points the shares lie between theirs, add up to one and have wider intervals", () => {
  const shown = model.at([0.3]);
  assert.equal(shown.here, -1);
  assert.equal(shown.nearest, 1);
  near(shown.far, 0.2);
  near(shown.shares[0] + shown.shares[1], 1);
  assert.ok(shown.shares[0] > 0.5 && shown.shares[0] < 0.8);
  assert.ok(shown.numbers[0].value > 10 && shown.numbers[0].value < 20);
  shown.ranges.forEach(([low, high], k) => {
    assert.ok(low < shown.shares[k] && shown.shares[k] < high);
  });
});

test("rungs by day are carried at points and interpolated between", () => {
  assert.deepEqual(model.rungsAt([0]), [
    [1, 0],
    [0.5, 0.5],
  ]);
  const [first] = model.rungsAt([0.3]);
  near(first[0] + first[1], 1);
  assert.ok(first[0] > 0.5 && first[0] < 1);
});

test("far places differ, and no place differs from itself", () => {
  assert.ok(model.differs(0, [0], [1]));
  assert.ok(!model.differs(0, [0.3], [0.3]));
});

test("places are the same but for rounding", () => {
  assert.ok(same([0.1 + 0.2], [0.3]));
  assert.ok(!same([0.3], [0.301]));
  assert.equal(distance([0, 1], [0.25, 0.5]), 0.5);
});
