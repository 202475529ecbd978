// Surfaces through points; tests/browser holds them equal to Python's on a real handout.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choleskyFactor,
  correlation,
  Surface,
  sharesOf,
  solve,
  total,
} from "../../sim/classroom/scripts/handout/kriging.js";
import { near } from "./near.js";

const POINTS = [[0], [0.4], [1]];
const EXACT = { lengths: [0.5], nugget: 0, variance: [4] };
const VALUES = [[1], [3], [2]];

test("a place is wholly correlated with itself, and less with places further away", () => {
  assert.equal(correlation([0.3, 0.7], [0.3, 0.7], [1, 2]), 1);
  const far = [0.1, 0.2, 0.5, 1].map((x) => correlation([0], [x], [0.5]));
  assert.deepEqual(
    far,
    [...far].sort((a, b) => b - a),
  );
});

test("the correlation is that of Matérn with smoothness 5/2", () => {
  const r = Math.sqrt(5) * 2; // two lengths apart
  near(correlation([0], [1], [0.5]), (1 + r + (r * r) / 3) * Math.exp(-r));
});

test("a factor times its transpose gives the correlations and the nugget back", () => {
  const kernel = { lengths: [0.5], nugget: 0.1 };
  const factor = choleskyFactor(POINTS, kernel);
  for (const [i, a] of POINTS.entries()) {
    for (const [j, b] of POINTS.entries()) {
      const product = total(factor[i].map((value, k) => value * factor[j][k]));
      near(product, correlation(a, b, kernel.lengths) + (i === j ? 0.1 : 0));
    }
  }
});

test("solving undoes the product of a factor and its transpose", () => {
  // [[2, 0], [1, 3]] times its transpose is [[4, 2], [2, 10]]; times [1, 2] that is [8, 22]
  const factor = [Float64Array.of(2, 0), Float64Array.of(1, 3)];
  const [x, y] = solve(factor, [8, 22]);
  near(x, 1);
  near(y, 2);
});

test("without a nugget the surface runs through its points, and is certain there", () => {
  const surface = new Surface(POINTS, EXACT, VALUES);
  POINTS.forEach((point, i) => {
    const { values, errors } = surface.at(point);
    near(values[0], VALUES[i][0], 1e-9);
    near(errors[0], 0, 1e-6);
  });
  assert.ok(surface.at([0.7]).errors[0] > 0.01);
});

test("far from all points the surface goes back to its mean", () => {
  const surface = new Surface(POINTS, { lengths: [0.01], nugget: 0, variance: [4] }, VALUES);
  near(surface.at([0.7]).values[0], 2, 1e-9);
});

test("there is no error between a place and itself", () => {
  const surface = new Surface(POINTS, EXACT, VALUES);
  assert.equal(surface.errorBetween([0.3], [0.3]), 0);
  assert.ok(surface.errorBetween([0.2], [0.7]) > 0);
});

test("shares from roots add up to one, and a negative root counts as none", () => {
  assert.deepEqual(sharesOf([2, 1, -3]), [0.8, 0.2, 0]);
  assert.deepEqual(sharesOf([0, -1]), [0, 0]);
});
