// The place of the sliders and the way back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../sim/classroom/scripts/handout/history.js";

test("all moves of one slider in a row are one step back", () => {
  const history = new History([0.5, 0.5]);
  history.move(0, 0.6);
  history.move(0, 0.7);
  history.move(1, 0.1);
  assert.deepEqual(history.place, [0.7, 0.1]);
  history.undo();
  assert.deepEqual(history.place, [0.7, 0.5]);
  history.undo();
  assert.deepEqual(history.place, [0.5, 0.5]);
  assert.ok(!history.canUndo);
});

test("a slider that was let go starts a new step", () => {
  const history = new History([0.5]);
  history.move(0, 0.6);
  history.release();
  history.move(0, 0.7);
  history.undo();
  assert.deepEqual(history.place, [0.6]);
});

test("going where one is adds no step, and undo at the start does nothing", () => {
  const history = new History([0.5]);
  history.go([0.5]);
  assert.ok(!history.canUndo);
  history.undo();
  assert.deepEqual(history.place, [0.5]);
  history.go([0]);
  assert.ok(history.canUndo && !history.isHome);
  history.go(history.home);
  assert.ok(history.isHome);
});
