// Estimates from replications, as sim/stats and sim/ensemble/outcomes.py have them; a test holds it.

/** @import { Bounds, Outcome, Range } from "./types.js" */

export const Z95 = 1.959963984540054; // of the normal distribution, two-sided
export const NONE = -1; // a replication that meets no outcome
export const FAILED = -2;

/**
 * @param {number} value - NaN where an event never happened
 * @param {Bounds} bounds
 */
export function meets(value, bounds) {
  if (Number.isNaN(value)) return bounds.never === true;
  if (bounds.never) return false;
  const { at_least: least, at_most: most, above, below } = bounds;
  return (
    (least == null || value >= least) &&
    (most == null || value <= most) &&
    (above == null || value > above) &&
    (below == null || value < below)
  );
}

/**
 * The outcome of a replication: the first whose conditions all hold.
 *
 * @param {ArrayLike<number>} measures
 * @param {Outcome[]} outcomes
 */
export const classify = (measures, outcomes) =>
  outcomes.findIndex(({ conditions }) => conditions.every(([k, b]) => meets(measures[k], b)));

/**
 * Wilson's interval of a share, two-sided for every count.
 *
 * @param {number} share
 * @param {number} n - replications
 * @returns {Range}
 */
export function wilson(share, n) {
  if (n === 0) return [0, 1];
  const z = Z95 ** 2;
  const centre = (share + z / (2 * n)) / (1 + z / n);
  const spread = Math.sqrt((share * (1 - share)) / n + z / (4 * n * n));
  const half = (Z95 * spread) / (1 + z / n);
  return [share <= 0 ? 0 : centre - half, share >= 1 ? 1 : centre + half];
}

/**
 * The difference of two shares of the same `n` pairs, and its interval (Bonett and Price 2012).
 *
 * @param {number} gained - pairs of which the second alone has what is counted
 * @param {number} lost - pairs of which the first alone has it
 * @param {number} n
 * @returns {{value: number, range: Range}}
 */
export function pairedShares(gained, lost, n) {
  const [up, down] = [(gained + 1) / (n + 2), (lost + 1) / (n + 2)];
  const half = Z95 * Math.sqrt((up + down - (up - down) ** 2) / (n + 2));
  const centre = up - down;
  return {
    value: n ? (gained - lost) / n : 0,
    range: [Math.max(centre - half, -1), Math.min(centre + half, 1)],
  };
}

/**
 * The value below which a share of some numbers lies; between two of them it is interpolated.
 *
 * @param {ArrayLike<number>} sorted
 * @param {number} share
 */
export function quantile(sorted, share) {
  if (!sorted.length) return Number.NaN;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
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
