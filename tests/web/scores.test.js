// What a bet is worth, against answers worked out by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brier,
  calibration,
  meanBrier,
  pointsOf,
  sharesAmong,
  standing,
  together,
  wayToBest,
} from "../../sim/classroom/scripts/page/scores.js";
import { near } from "./near.js";

test("the score of one world: sure and right 0, sure and wrong 2", () => {
  assert.equal(brier([1, 0], 0), 0);
  assert.equal(brier([1, 0], 1), 2);
  near(brier([0.7, 0.2, 0.1], 0), 0.09 + 0.04 + 0.01);
});

test("an end that no bet names has had the share 0", () => {
  assert.equal(brier([1, 0], -1), 2);
  near(brier([0.5, 0.5], -1), 1.5);
});

test("points run from 0 to 100", () => {
  assert.deepEqual([0, 1, 2].map(pointsOf), [100, 50, 0]);
});

test("no bet on the worlds beats the shares that came, and honesty pays", () => {
  const outcomes = [0, 0, 0, 1, 1, 2, 0, 1, 0, 0];
  const best = meanBrier(sharesAmong(outcomes, 3), outcomes);
  near(best, 1 - (0.36 + 0.09 + 0.01));
  for (const bet of [
    [1, 0, 0],
    [0.7, 0.3, 0],
    [0.5, 0.3, 0.2],
    [1 / 3, 1 / 3, 1 / 3],
  ]) {
    assert.ok(meanBrier(bet, outcomes) > best);
  }
});

test("a bet stands between all equal and the best possible one, or below", () => {
  const outcomes = [0, 0, 0, 1];
  const good = standing([0.75, 0.25], outcomes);
  near(wayToBest(good) ?? Number.NaN, 1);
  near(wayToBest(standing([0.5, 0.5], outcomes)) ?? Number.NaN, 0);
  assert.ok((wayToBest(standing([0, 1], outcomes)) ?? 0) < 0);
  assert.equal(wayToBest(standing([0.9, 0.1], [0, 1])), null);
});

test("a class is the mean of its bets, a hand is a bet on one end", () => {
  assert.equal(together([], [0, 0]), null);
  const two = together([[0.5, 0.5]], [0, 1]);
  assert.deepEqual(two, { shares: [0.25, 0.75], people: 2 });
});

test("a dot of the calibration pools ten questions at least", () => {
  const bet = [0.3, 0.3, 0.4];
  assert.deepEqual(calibration(Array(4).fill(bet), [0.2, 0.4, 0.4]), []); // eight of 0.3
  const [dot, ...others] = calibration(Array(5).fill(bet), [0.2, 0.4, 0.4]);
  assert.deepEqual(others, []); // five of 0.4 are too few
  assert.equal(dot.n, 10);
  near(dot.said, 0.3);
  near(dot.came, 0.3);
});
