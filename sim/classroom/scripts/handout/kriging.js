// Surfaces through computed points: the formulas of sim/stats/kriging.py; a test holds both equal.

/** @import { Kernel, Place } from "./types.js" */

const ROOT5 = Math.sqrt(5);

/**
 * Correlation of two places: Matérn's with smoothness 5/2.
 *
 * @param {Place} a
 * @param {Place} b
 * @param {readonly number[]} lengths - along each slider
 * @returns {number}
 */
export function correlation(a, b, lengths) {
  let squares = 0;
  for (let k = 0; k < a.length; k++) squares += ((a[k] - b[k]) / lengths[k]) ** 2;
  const distance = Math.sqrt(squares);
  return (1 + ROOT5 * distance + (5 * squares) / 3) * Math.exp(-ROOT5 * distance);
}

/**
 * Lower Cholesky factor of the correlations of the points, with the nugget on their diagonal.
 *
 * @param {readonly Place[]} points
 * @param {Kernel} kernel
 * @returns {Float64Array[]}
 */
export function choleskyFactor(points, { lengths, nugget }) {
  const factor = points.map(() => new Float64Array(points.length));
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = correlation(points[i], points[j], lengths) + (i === j ? nugget : 0);
      for (let k = 0; k < j; k++) rest -= factor[i][k] * factor[j][k];
      factor[i][j] = i === j ? Math.sqrt(rest) : rest / factor[j][j];
    }
  }
  return factor;
}

/**
 * Solve (factor factorᵀ) x = right.
 *
 * @param {readonly Float64Array[]} factor - lower triangular
 * @param {ArrayLike<number>} right
 * @returns {Float64Array}
 */
export function solve(factor, right) {
  const x = Float64Array.from(right);
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i][k] * x[k];
    x[i] /= factor[i][i];
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] -= factor[k][i] * x[k];
    x[i] /= factor[i][i];
  }
  return x;
}

/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 * @returns {number}
 */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * @param {Iterable<number>} values
 * @returns {number}
 */
export function total(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/**
 * Shares from their square roots, whose squares need not add up to one.
 *
 * @param {readonly number[]} roots
 * @returns {number[]}
 */
export function sharesOf(roots) {
  const squares = roots.map((root) => Math.max(0, root) ** 2);
  const sum = total(squares) || 1;
  return squares.map((square) => square / sum);
}

/** One kernel through one or more columns of values (a row a point). */
export class Surface {
  /**
   * @param {readonly Place[]} points
   * @param {Kernel} kernel
   * @param {readonly number[][]} values
   */
  constructor(points, kernel, values) {
    this.points = points;
    this.lengths = kernel.lengths;
    this.variance = kernel.variance ?? [];
    this.values = values;
    this.factor = choleskyFactor(points, kernel);
    this.ones = solve(this.factor, new Float64Array(points.length).fill(1));
    this.weight = total(this.ones);
    this.mean = values[0].map(
      (_, k) => total(values.map((row, i) => this.ones[i] * row[k])) / this.weight,
    );
  }

  /**
   * Correlations of a place with the points, and the weights that they give the points.
   *
   * @param {Place} x
   */
  weights(x) {
    const near = Float64Array.from(this.points, (point) => correlation(x, point, this.lengths));
    return { near, weights: solve(this.factor, near) };
  }

  /**
   * Values and their standard errors at a place.
   *
   * @param {Place} x
   * @returns {{values: number[], errors: number[]}}
   */
  at(x) {
    const { near, weights } = this.weights(x);
    const values = this.mean.map(
      (mean, k) => mean + total(this.values.map((row, i) => weights[i] * (row[k] - mean))),
    );
    const unknown = 1 - dot(weights, near) + (1 - total(weights)) ** 2 / this.weight;
    const errors = this.variance.map((variance) => Math.sqrt(Math.max(0, unknown) * variance));
    return { values, errors };
  }

  /**
   * Standard error of the difference between two places, in units of a column's spread.
   *
   * @param {Place} x
   * @param {Place} y
   * @returns {number}
   */
  errorBetween(x, y) {
    const a = this.weights(x);
    const b = this.weights(y);
    const near = a.near.map((one, i) => one - b.near[i]);
    const weights = a.weights.map((one, i) => one - b.weights[i]);
    const bias = total(weights) ** 2 / this.weight;
    const square = 2 - 2 * correlation(x, y, this.lengths) - dot(weights, near) + bias;
    return Math.sqrt(Math.max(0, square));
  }
}
