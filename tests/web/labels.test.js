// Places for names on the map.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxAround,
  cheapest,
  collisions,
  labelAt,
  nextTo,
  outside,
} from "../../sim/classroom/scripts/replay/labels.js";

const PICTURE = { wide: 1000, high: 700 };

test("a label near the edge is pushed inside", () => {
  const label = labelAt(10, 300, 100, 20, PICTURE);
  assert.equal(label.left, 4);
  assert.equal(label.x, 54);
  assert.equal(labelAt(500, 300, 100, 20, PICTURE).x, 500);
});

test("covered boxes are counted, and leaving the picture counts as two", () => {
  const label = labelAt(500, 300, 100, 20, PICTURE);
  const taken = [boxAround({ x: 460, y: 295 }, 10), boxAround({ x: 700, y: 300 }, 10)];
  assert.equal(collisions(label, taken, PICTURE), 1);
  assert.equal(collisions(labelAt(500, 5, 100, 20, PICTURE), [], PICTURE), 2);
});

test("the first of the cheapest is taken", () => {
  assert.equal(
    cheapest(["b", "a", "a2"], (word) => word.charCodeAt(0)),
    "a",
  );
});

test("a name stands below its thing, and above where below is taken", () => {
  const thing = { x: 500, y: 300 };
  const below = nextTo(thing, 30, 100, 20, [], PICTURE);
  assert.ok(below.y > 300 && below.x === 500);
  const above = nextTo(thing, 30, 100, 20, [boxAround({ x: 500, y: 346 }, 20)], PICTURE);
  assert.ok(above.y < 300 && above.x === 500);
});

test("the name of a state stands on the side away from the middle", () => {
  const west = [{ x: 200, y: 350 }];
  const east = [{ x: 800, y: 350 }];
  const sectors = [...west, ...east];
  assert.ok(outside(west, sectors, 60, 100, 30, [], PICTURE).x < 200);
  assert.ok(outside(east, sectors, 60, 100, 30, [], PICTURE).x > 800);
});
