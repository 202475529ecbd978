// The turning points of a game from its futures: sim/narration/turning_points.py, and no other rule.

/** @import { TurningRule } from "./types.js" */

/**
 * @typedef {object} Move
 * @property {number} day
 * @property {number} outcome - that moved most
 * @property {number} before - its share in the morning
 * @property {number} after - and that of the next morning
 * @property {number} error - the standard error of the difference
 */

/**
 * The chance that a standard normal number lies further from 0 than this, on either side; to a
 * ten-millionth of itself (Press and others 1992, Numerical Recipes in C, section 6.2).
 *
 * @param {number} z - not below 0
 */
export function twoSided(z) {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277,
  ].reduceRight((sum, one) => sum * t + one, 0);
  return t * Math.exp(-x * x + series);
}

/**
 * @param {ArrayLike<number>} came - outcome of each future
 * @param {number} k
 */
function countOf(came, k) {
  let n = 0;
  for (let i = 0; i < came.length; i++) n += Number(came[i] === k);
  return n;
}

/**
 * How the share of an outcome moved from one morning to the next, future by future.
 *
 * @param {ArrayLike<number>} first
 * @param {ArrayLike<number>} next
 * @param {number} day
 * @param {number} k - the outcome
 */
function moveOf(first, next, day, k) {
  const n = first.length;
  let [gained, lost] = [0, 0];
  for (let i = 0; i < n; i++) {
    gained += Number(next[i] === k && first[i] !== k);
    lost += Number(first[i] === k && next[i] !== k);
  }
  const size = (gained - lost) / n;
  // at least one future in doubt: where none differs, the error is not known to be 0
  const spread = n > 1 ? (gained + lost - n * size * size) / (n - 1) : 1;
  const error = Math.sqrt(Math.max(spread, 1 / n) / n);
  const before = countOf(first, k) / n;
  return { day, outcome: k, before, after: countOf(next, k) / n, error, size };
}

/**
 * The turning points, the days that may be one with more futures, and the largest standard error of
 * a share.
 *
 * @param {ArrayLike<number>[]} came - by morning, the outcome of each future; the last is what came
 * @param {number} outcomes - how many there are
 * @param {TurningRule} rule
 * @returns {{moves: Move[], near: number[], error: number}}
 */
export function turningOf(came, outcomes, { floor, level, doubt }) {
  const names = Array.from({ length: outcomes }, (_, k) => k);
  const days = came.slice(1).map((next, d) => names.map((k) => moveOf(came[d], next, d + 1, k)));
  const all = days.flat().map((one) => ({ one, p: twoSided(Math.abs(one.size) / one.error) }));
  all.sort((a, b) => a.p - b.p);
  const failed = all.findIndex(({ p }, rank) => p > level / (all.length - rank));
  const real = new Set(all.slice(0, failed < 0 ? all.length : failed).map(({ one }) => one));
  /** @param {typeof days[0]} some */
  const largest = (some) =>
    some.reduce((best, one) => (Math.abs(one.size) > Math.abs(best.size) ? one : best));
  const counted = days.map((some) =>
    some.filter((one) => real.has(one) && Math.abs(one.size) > floor - 1e-9),
  );
  const near = days.flatMap((some, d) => {
    const { day, size, error } = largest(some);
    const reach = Math.abs(size) >= floor || Math.abs(Math.abs(size) - floor) < doubt * error;
    return !counted[d].length && size !== 0 && reach ? [day] : [];
  });
  const moves = counted.filter((some) => some.length).map(largest);
  const doubtful = moves.filter(
    ({ size, error }) => Math.abs(Math.abs(size) - floor) < doubt * error,
  );
  const error = Math.max(
    ...came.flatMap((some) =>
      names.map((k) => {
        const share = countOf(some, k) / some.length;
        return Math.sqrt((share * (1 - share)) / some.length);
      }),
    ),
  );
  const both = [...near, ...doubtful.map(({ day }) => day)].sort((a, b) => a - b);
  return { moves: moves.map(({ size: _, ...move }) => move), near: both, error };
}
