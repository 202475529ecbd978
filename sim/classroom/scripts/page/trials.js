// Things to try: the same worlds with and without a change, and what it did to what is watched.

import { meets, pairedShares, Z95 } from "./statistics.js";

/** @import { Range, Sample, Watched } from "./types.js" */

/**
 * The watched number of a world, NaN where it failed; a time that never came is in no range.
 *
 * @param {Watched} watch
 * @param {ArrayLike<number>} measures
 * @param {number} outcome - below -1 where the world failed
 */
export function watched({ outcome: wanted, measure, within }, measures, outcome) {
  if (outcome < -1) return Number.NaN;
  if (wanted !== undefined) return Number(outcome === wanted);
  const value = measures[measure ?? 0];
  if (!within) return value;
  return Number(meets(value, { at_least: within[0], at_most: within[1] }));
}

/** Whether a watched number is a share of worlds. @param {Watched} watch */
export const isShare = ({ outcome, within }) => outcome !== undefined || within !== undefined;

/**
 * The mean difference of pairs with its 95 % interval: of means by the normal law, which is near
 * enough to Student's for hundreds of pairs; of shares as Bonett and Price have it.
 *
 * @param {number[]} before
 * @param {number[]} after
 * @param {boolean} share
 * @returns {{value: number, range: Range, n: number, before: number, after: number}}
 */
export function pairedChange(before, after, share) {
  const pairs = before.flatMap((one, k) =>
    Number.isNaN(one) || Number.isNaN(after[k]) ? [] : [[one, after[k]]],
  );
  const n = pairs.length;
  const means = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side], 0) / n);
  const [mean, other] = means;
  if (share) {
    const gained = pairs.filter(([a, b]) => b > a).length;
    const lost = pairs.filter(([a, b]) => b < a).length;
    return { ...pairedShares(gained, lost, n), n, before: mean, after: other };
  }
  const value = other - mean;
  const squares = pairs.reduce((sum, [a, b]) => sum + (b - a - value) ** 2, 0);
  const half = n > 1 ? Z95 * Math.sqrt(squares / (n - 1) / n) : Number.POSITIVE_INFINITY;
  return { value, range: [value - half, value + half], n, before: mean, after: other };
}

/** 1 if it clearly rose, -1 if it clearly fell, 0 if the pairs do not tell. @param {{range: Range}} change */
export const direction = ({ range: [low, high] }) => (low > 0 ? 1 : high < 0 ? -1 : 0);

/**
 * What a change did to what is watched.
 *
 * @param {Watched} watch
 * @param {Sample} base
 * @param {Sample} now
 */
export function changeOf(watch, base, now) {
  const n = Math.min(base.n, now.n);
  const width = base.rows.measures.length / base.outcome.length;
  const [before, after] = [base, now].map(({ rows, outcome }) =>
    Array.from({ length: n }, (_, k) =>
      watched(watch, rows.measures.subarray(k * width, (k + 1) * width), outcome[k]),
    ),
  );
  return pairedChange(before, after, isShare(watch));
}
