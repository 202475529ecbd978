// What a handout shows of any place of its sliders: counted where computed, interpolated between.

import { intervalOfRoot, wilson, Z95 } from "./intervals.js";
import { Surface, sharesOf } from "./kriging.js";

/** @import { HandoutData, Measure, Place, Range, Shown } from "./types.js" */

const PARTS = 10_000; // shares of rungs are carried in ten-thousandths

/**
 * Whether two places are one.
 *
 * @param {Place} a
 * @param {Place} b
 */
export const same = (a, b) => a.every((share, k) => Math.abs(share - b[k]) < 1e-6);

/**
 * Distance of two places: that of the slider that differs most.
 *
 * @param {Place} a
 * @param {Place} b
 */
export const distance = (a, b) => Math.max(...a.map((share, k) => Math.abs(share - b[k])));

/**
 * @param {Range} range
 * @param {number} value
 * @returns {Range}
 */
const including = ([low, high], value) => [Math.min(low, value), Math.max(high, value)];

/** The surfaces of a handout. */
export class Model {
  /** @type {Surface | undefined} */
  #rungs;

  /** @param {HandoutData} data */
  constructor(data) {
    const { points, n } = data;
    this.data = data;
    this.fewest = Math.min(...n);
    this.outcomes = data.outcomes.map(
      ({ surface, counts }) =>
        new Surface(
          points,
          surface,
          counts.map((count, i) => [Math.sqrt(count / n[i])]),
        ),
    );
    this.numbers = data.numbers.map(
      ({ surface, value, share }) =>
        new Surface(
          points,
          surface,
          value.map((v) => (share ? [Math.sqrt(v), Math.sqrt(1 - v)] : [Math.log1p(v)])),
        ),
    );
  }

  /**
   * Everything that is shown of a place.
   *
   * @param {Place} x
   * @returns {Shown}
   */
  at(x) {
    const { points, n, outcomes } = this.data;
    const here = points.findIndex((point) => same(point, x));
    const gaps = points.map((point) => distance(point, x));
    const far = Math.min(...gaps);
    const nearest = gaps.indexOf(far);
    const roots = this.outcomes.map((surface) => surface.at(x));
    const smooth = sharesOf(roots.map(({ values }) => values[0]));
    const shares = here < 0 ? smooth : outcomes.map(({ counts }) => counts[here] / n[here]);
    /** @type {Range[]} */
    const ranges = roots.map(({ values, errors }, k) =>
      here < 0
        ? including(intervalOfRoot(values[0], errors[0], this.fewest), shares[k])
        : wilson(shares[k], n[here]),
    );
    const numbers = this.data.numbers.map((measure, k) =>
      here < 0 ? this.#interpolated(measure, k, x, nearest) : this.#counted(measure, here),
    );
    return { here, nearest, far, smooth, shares, ranges, numbers };
  }

  /**
   * A number at a computed point.
   *
   * @param {Measure} measure
   * @param {number} here
   * @returns {{value: number, range: Range}}
   */
  #counted({ value, error, share }, here) {
    const mean = value[here];
    const half = Z95 * error[here];
    const range = share ? wilson(mean, this.data.n[here]) : [Math.max(0, mean - half), mean + half];
    return { value: mean, range: /** @type {Range} */ (range) };
  }

  /**
   * A number between the points.
   *
   * @param {Measure} measure
   * @param {number} k - its place among the numbers
   * @param {Place} x
   * @param {number} nearest - the nearest computed point, whose random error it takes
   * @returns {{value: number, range: Range}}
   */
  #interpolated(measure, k, x, nearest) {
    const { values, errors } = this.numbers[k].at(x);
    if (measure.share) {
      const value = sharesOf(values)[0];
      return { value, range: including(intervalOfRoot(values[0], errors[0], this.fewest), value) };
    }
    const random = measure.error[nearest] / (1 + measure.value[nearest]);
    const half = Z95 * Math.hypot(errors[0], random);
    const [low, value, high] = [values[0] - half, values[0], values[0] + half].map(Math.expm1);
    return { value: Math.max(0, value), range: [Math.max(0, low), high] };
  }

  /**
   * Shares of the rungs on the days that are drawn, a row a day.
   *
   * @param {Place} x
   * @returns {number[][]}
   */
  rungsAt(x) {
    const { points, rungs } = this.data;
    const here = points.findIndex((point) => same(point, x));
    /** @param {number[]} row */
    const roots = (row) => row.map((part) => Math.sqrt(part / PARTS));
    if (here < 0) this.#rungs ??= new Surface(points, rungs.surface, rungs.parts.map(roots));
    const flat = here < 0 ? (this.#rungs?.at(x).values ?? []) : roots(rungs.parts[here]);
    const width = rungs.names.length;
    return rungs.days.map((_, day) => sharesOf(flat.slice(day * width, (day + 1) * width)));
  }

  /**
   * Whether an outcome differs between two places by more than the surface's error.
   *
   * The random draws are the same at both places, so their error is no part of the difference.
   *
   * @param {number} k - which outcome
   * @param {Place} x
   * @param {Place} y
   */
  differs(k, x, y) {
    const surface = this.outcomes[k];
    const change = surface.at(x).values[0] - surface.at(y).values[0];
    return Math.abs(change) > Z95 * Math.sqrt(surface.variance[0]) * surface.errorBetween(x, y);
  }
}
