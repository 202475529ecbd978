// What is estimated in a tournament, as sim/studies/tournament has it; a test holds it.

import { FAILED } from "../page/statistics.js";

/**
 * @typedef {object} Mean
 * @property {number} n - values that there are
 * @property {number} value - NaN if there are none
 * @property {number} error - standard error; NaN with fewer than two
 */

/**
 * The mean of the values that are no NaN.
 *
 * @param {ArrayLike<number>} values
 * @returns {Mean}
 */
export function meanOf(values) {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const n = known.length;
  const value = n ? known.reduce((sum, one) => sum + one, 0) / n : Number.NaN;
  const squares = known.reduce((sum, one) => sum + (one - value) ** 2, 0);
  return { n, value, error: n > 1 ? Math.sqrt(squares / (n * (n - 1))) : Number.NaN };
}

/**
 * The number of a typical world: of those with the most frequent outcome the lower median.
 *
 * @param {ArrayLike<number>} outcomes - by world; those that failed are left out
 * @param {ArrayLike<number>} values - by world
 * @returns {{world: number, outcome: number, count: number} | null}
 */
export function typicalWorld(outcomes, values) {
  /** @type {Map<number, number[]>} */
  const worlds = new Map();
  for (let k = 0; k < outcomes.length; k++) {
    if (outcomes[k] === FAILED) continue;
    worlds.set(outcomes[k], [...(worlds.get(outcomes[k]) ?? []), k]);
  }
  let [outcome, among] = [Number.NaN, /** @type {number[]} */ ([])];
  for (const [one, found] of worlds)
    if (found.length > among.length) [outcome, among] = [one, found];
  if (!among.length) return null;
  const known = among.filter((k) => !Number.isNaN(values[k]));
  known.sort((a, b) => values[a] - values[b] || a - b);
  const world = known.length ? known[(known.length - 1) >> 1] : among[0];
  return { world, outcome, count: among.length };
}

/**
 * The mean of each strategy over all opponents, each state in turn, in each world.
 *
 * @param {Float64Array[][]} cells - by the strategy of the first state, of the second, and world
 * @returns {Float64Array[]} by strategy and world
 */
export const overOpponents = (cells) =>
  cells.map((row, d) =>
    row[d].map((_, world) => {
      let sum = 0;
      for (let k = 0; k < cells.length; k++) sum += cells[d][k][world] + cells[k][d][world];
      return sum / (2 * cells.length);
    }),
  );

/**
 * Which strategies have the lowest and the highest mean, and how far they are apart.
 *
 * @param {Float64Array[]} rows - by strategy and world
 * @param {number} quantile - of Student's distribution, for all pairs of strategies together
 */
export function extremes(rows, quantile) {
  const means = rows.map((row) => meanOf(row).value);
  const low = means.indexOf(Math.min(...means));
  const high = means.indexOf(Math.max(...means));
  const gap = meanOf(rows[high].map((value, world) => value - rows[low][world]));
  const half = quantile * gap.error;
  const sure = gap.n > 1 && gap.value - half > 0;
  return { means, low, high, sure, gap: gap.value, range: [gap.value - half, gap.value + half] };
}

/**
 * A number with as many digits as are worth reading; halves go to the even digit, as in Python.
 *
 * @param {number} value
 */
export function rounded(value) {
  const size = Math.abs(value);
  if (size > 0 && size < 1) return Number(value.toPrecision(2));
  const unit = size >= 100 ? 1 : 10;
  const below = Math.floor(value * unit);
  const rest = value * unit - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  return (below + Number(up)) / unit;
}
