// Columns by day from the blocks of a replication: the recipes of sim/classroom/columns.py.

/** @import { Recipe } from "./types.js" */

/** Round to the nearest whole number, a half to the even one. @param {number} value */
export function roundEven(value) {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest === 0.5) return low % 2 === 0 ? low : low + 1;
  return Math.round(value);
}

/**
 * What is not a number counts as 0, and what is infinite as the largest.
 *
 * @param {number} value
 */
function finite(value) {
  if (Number.isNaN(value)) return 0;
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/** The blocks of a replication, day by day. */
export class Days {
  /**
   * @param {BigUint64Array} blocks
   * @param {number} words - of a block
   */
  constructor(blocks, words) {
    this.real = new Float64Array(blocks.buffer, blocks.byteOffset, blocks.length);
    this.whole = new BigInt64Array(blocks.buffer, blocks.byteOffset, blocks.length);
    this.words = words;
    this.count = blocks.length / words;
  }

  /**
   * A value of a day.
   *
   * @param {Recipe} recipe
   * @param {number} day - index
   */
  value({ done, at }, day) {
    const from = day * this.words;
    if (!at.length) return 0;
    if (done === "share") return 1 / (1 + Math.exp(-this.real[from + at[0]]));
    if (done === "any") return Number(at.some((word) => this.real[from + word] > 0));
    if (done === "product") return this.real[from + at[0]] * Number(this.whole[from + at[1]]);
    return at.reduce((sum, word) => sum + this.real[from + word], 0);
  }

  /**
   * A column: the first value, then differences, in units of 1 / scale.
   *
   * @param {Recipe} recipe
   * @returns {number[]}
   */
  column(recipe) {
    let before = 0;
    return Array.from({ length: this.count }, (_, day) => {
      const value = roundEven(finite(this.value(recipe, day)) * recipe.scale);
      const change = value - before;
      before = value;
      return change;
    });
  }
}
