// Replications of one place of the levers, or futures of a past, computed step by step.

import { DATA, HORIZON, SEED, WIDTH } from "./data.js";
import { classify, FAILED } from "./statistics.js";

/** @import { Past, Rows, WordChange } from "../engine/types.js" */
/** @import { Pool } from "./pool.js" */
/** @import { Sample } from "./types.js" */

const INPUTS = DATA.layout.slots.length;
const SLICE = 24; // milliseconds of work in a task, so that a lever need not wait
const FEWEST = 4;

/**
 * @typedef {object} Start
 * @property {WordChange[]} changes
 * @property {boolean} [urgent] - goes before what is not
 * @property {Past} [past]
 * @property {bigint} [first] - the random stream of the first
 * @property {Rows} [before] - what the days before the past have, of one replication
 * @property {number} [extra] - one more word to read at the end of each
 */

/** @implements {Sample} */
export class GrowingSample {
  n = 0;
  #asked = 0;
  /** @type {Map<number, number>} */
  #sizes = new Map(); // of the tasks that are done, by their first replication
  wanted = true;

  /**
   * @param {Pool} pool
   * @param {Float64Array} inputs - of all replications
   * @param {Start} start
   * @param {number} most
   */
  constructor(pool, inputs, start, most) {
    this.pool = pool;
    this.inputs = inputs;
    this.start = start;
    this.most = most;
    this.first = start.first ?? 0n;
    this.outcome = new Int8Array(most);
    this.extra = new BigInt64Array(start.extra === undefined ? 0 : most);
    /** @type {Rows} */
    this.rows = {
      measures: new Float64Array(most * WIDTH),
      rung: new Int8Array(most * HORIZON),
      deaths: new Int32Array(most * HORIZON),
      interstate: new Int32Array(most * HORIZON),
      status: new BigInt64Array(most),
      failedDay: new BigInt64Array(most),
    };
  }

  /** Nobody waits for it any more. */
  drop() {
    this.wanted = false;
  }

  /**
   * Compute replications until there are `target`; tells each time when there are more.
   *
   * @param {number} target
   * @param {() => void} tell
   * @returns {Promise<void>}
   */
  async grow(target, tell) {
    const goal = Math.min(target, this.most);
    const tasks = [];
    while (this.#asked < goal) {
      const size = Math.max(FEWEST, Math.round(SLICE / this.pool.pace));
      const count = Math.min(size, goal - this.#asked);
      tasks.push(this.#ask(this.#asked, count, tell));
      this.#asked += count;
    }
    await Promise.all(tasks);
  }

  /**
   * @param {number} at
   * @param {number} count
   * @param {() => void} tell
   */
  async #ask(at, count, tell) {
    const { changes, past, extra } = this.start;
    const batch = {
      seed: SEED,
      first: this.first + BigInt(at),
      count,
      changes,
      past,
      places: extra === undefined ? undefined : [...DATA.layout.places, extra],
      inputs: past ? undefined : this.inputs.slice(at * INPUTS, (at + count) * INPUTS),
    };
    const { urgent = false } = this.start;
    const rows = await this.pool.run({ batch, urgent, wanted: () => this.wanted });
    if (!rows || !this.wanted) return;
    this.#put(at, count, rows);
    tell();
  }

  /**
   * @param {number} at
   * @param {number} count
   * @param {Rows} rows
   */
  #put(at, count, rows) {
    const own = this.rows;
    const measures = this.start.extra === undefined ? rows.measures : this.#split(at, count, rows);
    own.measures.set(measures, at * WIDTH);
    own.status.set(rows.status, at);
    own.failedDay.set(rows.failedDay, at);
    for (const name of /** @type {const} */ (["rung", "deaths", "interstate"])) {
      own[name].set(rows[name], at * HORIZON);
      const before = this.start.before;
      if (!before || !this.start.past) continue;
      const days = before[name].subarray(0, this.start.past.day - 1);
      for (let k = at; k < at + count; k++) own[name].set(days, k * HORIZON);
    }
    for (let k = at; k < at + count; k++) {
      this.outcome[k] = own.status[k] === 0n ? classify(this.measures(k), DATA.outcomes) : FAILED;
    }
    this.#sizes.set(at, count);
    // those count that have none missing before them, so that n replications are the first n
    for (let next = this.#sizes.get(this.n); next; next = this.#sizes.get(this.n)) this.n += next;
  }

  /**
   * The measures alone, with the extra word put aside.
   *
   * @param {number} at
   * @param {number} count
   * @param {Rows} rows
   */
  #split(at, count, { measures }) {
    const found = new Float64Array(count * WIDTH);
    const bits = new BigInt64Array(measures.buffer);
    for (let k = 0; k < count; k++) {
      const from = k * (WIDTH + 1);
      found.set(measures.subarray(from, from + WIDTH), k * WIDTH);
      this.extra[at + k] = Number.isNaN(measures[from + WIDTH]) ? 0n : bits[from + WIDTH];
    }
    return found;
  }

  /** Why a replication failed, 0 if it did not. @param {number} k */
  status(k) {
    return Number(this.rows.status[k]);
  }

  /** The measures of a replication. @param {number} k */
  measures(k) {
    return this.rows.measures.subarray(k * WIDTH, (k + 1) * WIDTH);
  }

  /**
   * The rung of a replication at the end of a day.
   *
   * @param {number} k
   * @param {number} day - from 0, the day of the release
   */
  rung(k, day) {
    return day < 1 ? 0 : this.rows.rung[k * HORIZON + day - 1];
  }
}
