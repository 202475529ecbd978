// The days of a replay from the differences that the page carries.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  accumulate,
  ceasefireQuality,
  dayOfAddress,
  decode,
  nextEventful,
  stretches,
} from "../../sim/classroom/scripts/replay/decode.js";

const line = (v, more = {}) => ({ scale: 1, v, ...more });
const news = (d, more = {}) => ({ d, k: "act", a: 0, w: "", m: "", n: 0, ...more });
const DATA = {
  about: { release: "2000-03-13", horizon: 3 },
  first: -1,
  days: 4,
  actors: [],
  rung: [0, 2, 0, -1],
  charts: [
    { key: "dead", top: null, lines: [line([5, -2, 1, 0]), line([0, 1, 0, 0])] },
    { key: "ceasefire", top: 1, lines: [line([0, 0, 50, 0], { scale: 100 })] },
  ],
  map: { fighters: [[10, -1, 0, 0]], control: [[50, 0, 0, 0]], closed: [[0, 1, 0, 0]] },
  news: [news(-1, { small: 1 }), news(1), news(2), news(99)],
  rungs: [],
  strikes: [],
  relations: [[0, 1]],
  states: [],
};
const replay = decode(DATA);

test("differences add up, in units of the scale", () => {
  assert.deepEqual(accumulate([5, -2, 0, 1]), [5, 3, 3, 4]);
  assert.deepEqual(accumulate([50, 25], 100), [0.5, 0.75]);
});

test("the release lies on the day before day 1, and the dead count from there on", () => {
  assert.equal(replay.release, 1);
  assert.equal(replay.last, 3);
  assert.deepEqual(replay.deadSoFar, [
    [0, 0, 4, 8],
    [0, 0, 1, 2],
  ]);
});

test("rungs, fighters, control and crossings have a value a day", () => {
  assert.deepEqual(replay.rung, [0, 2, 2, 1]);
  assert.deepEqual(replay.map.fighters, [[10, 9, 9, 9]]);
  assert.deepEqual(replay.map.control, [[0.5, 0.5, 0.5, 0.5]]);
  assert.deepEqual(replay.map.closed, [[0, 1, 1, 1]]);
});

test("news stand on their day, and those outside are left out", () => {
  assert.deepEqual(
    replay.newsByDay.map((day) => day.length),
    [1, 0, 1, 1],
  );
  assert.deepEqual(replay.eventful, [false, false, true, true]);
});

test("a ceasefire has its quality on its days, and none where there is no relation", () => {
  assert.equal(ceasefireQuality(replay, 0, 1), 0);
  assert.equal(ceasefireQuality(replay, 0, 2), 0.5);
  assert.equal(ceasefireQuality(replay, 7, 2), 0);
});

test("the next day with news is found on both sides, and none beyond the last", () => {
  assert.equal(nextEventful(replay.eventful, 0, 1), 2);
  assert.equal(nextEventful(replay.eventful, 3, -1), 2);
  assert.equal(nextEventful(replay.eventful, 3, 1), -1);
  assert.equal(nextEventful(replay.eventful, 2, -1), -1);
});

test("days of one value in a row are one stretch", () => {
  assert.deepEqual(stretches([1, 1, 0, 1]), [
    { from: 0, to: 2, value: 1 },
    { from: 2, to: 3, value: 0 },
    { from: 3, to: 4, value: 1 },
  ]);
  assert.deepEqual(stretches([]), []);
});

test("an address names a day counted from the release, or none", () => {
  assert.equal(dayOfAddress("#day=2", -1), 3);
  assert.equal(dayOfAddress("#day=-1", -1), 0);
  assert.equal(dayOfAddress("", -1), null);
  assert.equal(dayOfAddress("#day=x", -1), null);
});

test("a replay without the dead and without ceasefires is decoded too", () => {
  const bare = decode({ ...DATA, charts: [] });
  assert.deepEqual(bare.deadSoFar, []);
  assert.equal(ceasefireQuality(bare, 0, 0), 0);
});
