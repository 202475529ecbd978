// The cells of a tournament: for every ordered pair of doctrines the same worlds, run by the engine.

import { wilson } from "../page/statistics.js";
import { meanOf, overOpponents } from "./means.js";

/** @import { GrowingSample } from "../page/sample.js" */
/** @import { ClassPage, DoctrineData } from "../page/types.js" */
/**
 * @typedef {object} Target
 * @property {string} name - as commands have it
 * @property {string} label
 * @property {string} unit - empty where the number says it
 * @property {number} at - among the measures; -1 for an outcome
 * @property {number} outcome - its number; -1 for a measure
 */
/** @typedef {{n: number, value: number, low: number, high: number}} Found */

const CELL_GOALS = [4, 20]; // worlds that every cell has before any gets more

/** Every ordered pair of doctrines. */
export class Cells {
  /** @type {GrowingSample[][]} */
  #samples;
  isDone = false;

  /**
   * @param {ClassPage} page
   * @param {DoctrineData} data
   */
  constructor(page, data) {
    this.data = data;
    this.worlds = data.worlds;
    this.size = data.list.length;
    this.#samples = data.list.map((first) =>
      data.list.map((second) =>
        page.sample({ changes: [...first.changes[0], ...second.changes[1]] }, data.worlds),
      ),
    );
  }

  /**
   * Run what is missing, a round of all cells at a time.
   *
   * @param {() => void} tell - when there is more
   */
  async run(tell) {
    for (const goal of [...CELL_GOALS, this.worlds]) {
      await Promise.all(this.#samples.flat().map((sample) => sample.grow(goal, tell)));
    }
    this.isDone = true;
    tell();
  }

  /** Worlds that are computed, in all cells. */
  get done() {
    return this.#samples.flat().reduce((sum, { n }) => sum + n, 0);
  }

  /**
   * The worlds of a cell.
   *
   * @param {number} a - doctrine of the first state
   * @param {number} b - of the second
   */
  sample(a, b) {
    return this.#samples[a][b];
  }

  /**
   * What is compared, by world: NaN where it failed.
   *
   * @param {number} a
   * @param {number} b
   * @param {Target} target
   */
  values(a, b, { at, outcome }) {
    const sample = this.#samples[a][b];
    return Float64Array.from({ length: sample.n }, (_, k) => {
      if (sample.status(k)) return Number.NaN;
      return at < 0 ? Number(sample.outcome[k] === outcome) : sample.measures(k)[at];
    });
  }

  /**
   * The mean or share of a cell with its interval.
   *
   * @param {number} a
   * @param {number} b
   * @param {Target} target
   * @returns {Found}
   */
  found(a, b, target) {
    const { n, value, error } = meanOf(this.values(a, b, target));
    if (target.at < 0) {
      const [low, high] = wilson(value, n);
      return { n, value, low, high };
    }
    const half = error > 0 ? this.data.one * error : Number.NaN;
    return { n, value, low: value - half, high: value + half };
  }

  /** The means over all opponents, by doctrine and world. @param {Target} target */
  overall(target) {
    const range = [...Array(this.size).keys()];
    return overOpponents(range.map((a) => range.map((b) => this.values(a, b, target))));
  }
}
