// Intervals of 95 %.

/** @import { Range } from "./types.js" */

export const Z95 = 1.959963984540054; // of the normal distribution, two-sided

/**
 * Wilson's interval of a share, two-sided for every count, as in the tables of a run.
 *
 * @param {number} share
 * @param {number} n - replications
 * @returns {Range}
 */
export function wilson(share, n) {
  const z = Z95 ** 2;
  const centre = (share + z / (2 * n)) / (1 + z / n);
  const spread = Math.sqrt((share * (1 - share)) / n + z / (4 * n * n));
  const half = (Z95 * spread) / (1 + z / n);
  return [share <= 0 ? 0 : centre - half, share >= 1 ? 1 : centre + half];
}

/**
 * Interval of a share whose square root lies on a surface.
 *
 * Two errors add up: that of the surface, and that of `n` random draws, which is the same at all
 * points since a square root has the variance 1 / 4n.
 *
 * @param {number} root
 * @param {number} error - of the surface, one standard error
 * @param {number} n - replications
 * @returns {Range}
 */
export function intervalOfRoot(root, error, n) {
  const half = Z95 * Math.sqrt(error ** 2 + 1 / (4 * n));
  return [Math.max(0, root - half) ** 2, Math.min(1, Math.max(0, root + half)) ** 2];
}
