// The compiled engine and its memory: tables are put into it, replications run, results read.

/** @import { Batch, Layout, Rows, Whole } from "./types.js" */

const PAGE = 65536; // bytes by which a memory grows
const WORD = 8;
const DONE = [0, -2]; // what a compiled function returns if it did not fail
const LOG_ROWS = 4096;
const LEDGER_WORDS = 1 << 20;
const LOG_GROWTH = 4;

/**
 * @typedef {object} Entries
 * @property {WebAssembly.Memory} memory
 * @property {WebAssembly.Global} __heap_base
 * @property {(result: number, error: number, world: bigint, batch: bigint) => number} run_all
 */
/** @typedef {Record<string, {at: number, rows: number, columns: number}>} Tables */

/** @param {number} address */
const aligned = (address) => Math.ceil(address / 16) * 16;

/** The engine, ready to run one scenario. */
export class Engine {
  /** @type {number} */
  #free;

  /**
   * @param {WebAssembly.Module} module
   * @param {Uint8Array} image - of a world on its first day
   * @param {Layout} layout
   */
  constructor(module, image, layout) {
    const instance = new WebAssembly.Instance(module, {});
    this.entries = /** @type {Entries} */ (/** @type {unknown} */ (instance.exports));
    this.layout = layout;
    this.#free = aligned(this.entries.__heap_base.value);
    this.base = this.#reserve(image.length);
    new Uint8Array(this.entries.memory.buffer).set(image, this.base);
    this.start = this.#free; // what lies behind it is used anew by each batch
    this.template = new BigUint64Array(this.entries.memory.buffer, this.base, layout.words).slice();
  }

  /**
   * Room for some bytes, from a whole word on.
   *
   * @param {number} bytes
   */
  #reserve(bytes) {
    const at = this.#free;
    const end = aligned(at + bytes);
    const { memory } = this.entries;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    this.#free = end;
    return at;
  }

  /**
   * Run replications or futures; one that fails by its arithmetic is found by running each alone.
   *
   * @param {Batch} batch
   * @returns {Rows}
   */
  run(batch) {
    const tables = this.#prepare(batch, 0, []);
    if (this.#call()) return this.#rows(tables);
    if (batch.count === 1) return this.#failed(tables);
    const singles = Array.from({ length: batch.count }, (_, k) =>
      this.run({
        ...batch,
        first: batch.first + BigInt(k),
        count: 1,
        inputs: batch.inputs && this.#inputsOf(batch, k),
      }),
    );
    return joinRows(singles);
  }

  /**
   * Run one replication or future and keep all of it; again, with more room, if that overflows.
   *
   * @param {Batch} batch - of one
   * @param {boolean} ledger - whether to keep its decisions
   * @param {{log: number, ledger: number}} [room]
   * @returns {Whole}
   */
  whole(batch, ledger, room = { log: LOG_ROWS, ledger: ledger ? LEDGER_WORDS : 0 }) {
    const { horizon, history, words, event } = this.layout;
    const firstDay = batch.past ? batch.past.day : 1 - history;
    const tables = this.#prepare(batch, horizon + 1 - firstDay, [
      ["world.log", room.log, event * WORD],
      ["world.ledger", room.ledger, WORD],
    ]);
    const fine = this.#call();
    const rows = fine ? this.#rows(tables) : this.#failed(tables);
    const { buffer } = this.entries.memory;
    const clock = new BigInt64Array(buffer, this.base, words);
    const [events, length] = [
      this.#clock("log_length", clock),
      this.#clock("ledger_length", clock),
    ];
    if (events > room.log || (ledger && length > room.ledger)) {
      const more = { log: Math.max(room.log, LOG_GROWTH * events), ledger: room.ledger };
      if (ledger) more.ledger = Math.max(room.ledger, length);
      return this.whole(batch, ledger, more);
    }
    let days = horizon + 1 - firstDay;
    if (rows.status[0] !== 0n) days = Math.max(1, this.#clock("day", clock) - firstDay + 1);
    const blocks = new BigUint64Array(buffer, tables["blocks"].at, days * words).slice();
    if (rows.status[0] !== 0n) {
      blocks.set(new BigUint64Array(buffer, this.base, words), (days - 1) * words);
    }
    return {
      rows,
      blocks,
      events: new BigInt64Array(buffer, tables["world.log"].at, events * event).slice(),
      ledger: new Float64Array(buffer, tables["world.ledger"].at, ledger ? length : 0).slice(),
    };
  }

  /**
   * @param {string} field
   * @param {BigInt64Array} clock
   */
  #clock(field, clock) {
    return Number(clock[this.layout.clock[field]]);
  }

  /**
   * @param {Batch} batch
   * @param {number} k
   */
  #inputsOf({ inputs, count }, k) {
    const width = (inputs?.length ?? 0) / count;
    return inputs?.subarray(k * width, (k + 1) * width);
  }

  /**
   * Put the tables of a batch and the two descriptors behind the image.
   *
   * @param {Batch} batch
   * @param {number} days - of which the block is kept
   * @param {[name: string, rows: number, bytes: number][]} own - the world's with other room
   * @returns {Tables}
   */
  #prepare(batch, days, own) {
    const { layout } = this;
    const { world, horizon, words } = layout;
    this.#free = this.start;
    const kept = this.#kept(batch);
    const places = batch.places ?? layout.places;
    /** @type {Record<string, [rows: number, columns: number]>} */
    const shapes = {
      settings: [1, 1],
      eve: [words, 1],
      inputs: [batch.count, kept.length],
      slots: [kept.length, 1],
      places: [places.length, 1],
      measures: [batch.count, places.length],
      rung: [batch.count, horizon],
      deaths: [batch.count, horizon],
      interstate: [batch.count, horizon],
      status: [batch.count, 1],
      failed_day: [batch.count, 1],
      blocks: [days, words],
    };
    /** @type {Tables} */
    const tables = {};
    for (const [name, bytes] of layout.batch) {
      const [rows, columns] = shapes[name];
      tables[name] = { at: this.#reserve(rows * columns * bytes), rows, columns };
    }
    for (const [name, rows, bytes] of own) {
      tables[name] = { at: this.#reserve(rows * bytes), rows, columns: 1 };
    }
    this.descriptors = this.#reserve(WORD * 3 * (world.length + layout.batch.length));
    this.results = this.#reserve(64);
    this.#write(batch, tables, kept, places);
    return tables;
  }

  /**
   * The drawn numbers that a batch still draws: those that no change has fixed.
   *
   * @param {Batch} batch
   */
  #kept({ changes, past }) {
    if (past) return [];
    const fixed = new Set(changes.map(([word]) => word));
    return this.layout.slots.map((_, k) => k).filter((k) => !fixed.has(this.layout.slots[k]));
  }

  /**
   * @param {Batch} batch
   * @param {Tables} tables
   * @param {number[]} kept
   * @param {number[]} places
   */
  #write(batch, tables, kept, places) {
    const { layout, entries } = this;
    const { buffer } = entries.memory;
    const firstDay = batch.past ? batch.past.day : 1 - layout.history;
    new Uint8Array(buffer).fill(0, tables["measures"].at, this.#free);
    new BigUint64Array(buffer, tables["settings"].at, 2).set([batch.seed, batch.first]);
    new BigInt64Array(buffer, tables["settings"].at + 2 * WORD, 4).set(
      [firstDay, batch.past ? 1 : 0, layout.horizon, layout.window].map(BigInt),
    );
    const eve = new BigUint64Array(buffer, tables["eve"].at, layout.words);
    eve.set(batch.past?.block ?? this.template);
    const numbers = new Float64Array(buffer, tables["eve"].at, layout.words);
    for (const [word, value] of batch.changes) numbers[word] = value;
    const width = layout.slots.length;
    const inputs = new Float64Array(buffer, tables["inputs"].at, batch.count * kept.length);
    for (let r = 0; r < batch.count; r++) {
      kept.forEach((k, n) => {
        inputs[r * kept.length + n] = batch.inputs?.[r * width + k] ?? Number.NaN;
      });
    }
    new BigInt64Array(buffer, tables["slots"].at, kept.length).set(
      kept.map((k) => BigInt(layout.slots[k])),
    );
    new BigInt64Array(buffer, tables["places"].at, places.length).set(places.map(BigInt));
    new Float64Array(buffer, tables["measures"].at, batch.count * places.length).fill(Number.NaN);
    const words = new BigInt64Array(buffer, this.descriptors, this.#descriptorLength());
    const rows = layout.world.map(
      ([name, offset, n, m]) =>
        tables[`world.${name}`] ?? { at: this.base + offset, rows: n, columns: m },
    );
    const all = [...rows, ...layout.batch.map(([name]) => tables[name])];
    words.set(all.flatMap(({ at, rows: n, columns: m }) => [at, n, m].map(BigInt)));
  }

  #descriptorLength() {
    return 3 * (this.layout.world.length + this.layout.batch.length);
  }

  /** Run the batch that is prepared; gives whether its arithmetic held. */
  #call() {
    const world = BigInt(this.descriptors ?? 0);
    const batch = world + BigInt(WORD * 3 * this.layout.world.length);
    const results = this.results ?? 0;
    return DONE.includes(this.entries.run_all(results, results + 16, world, batch));
  }

  /**
   * @param {Tables} tables
   * @returns {Rows}
   */
  #rows(tables) {
    const { buffer } = this.entries.memory;
    const { measures, rung, deaths, interstate, status, failed_day: failed } = tables;
    return {
      measures: new Float64Array(buffer, measures.at, measures.rows * measures.columns).slice(),
      rung: new Int8Array(buffer, rung.at, rung.rows * rung.columns).slice(),
      deaths: new Int32Array(buffer, deaths.at, deaths.rows * deaths.columns).slice(),
      interstate: new Int32Array(buffer, interstate.at, deaths.rows * deaths.columns).slice(),
      status: new BigInt64Array(buffer, status.at, status.rows).slice(),
      failedDay: new BigInt64Array(buffer, failed.at, failed.rows).slice(),
    };
  }

  /**
   * The results of one that failed by its arithmetic.
   *
   * @param {Tables} tables
   */
  #failed(tables) {
    const rows = this.#rows(tables);
    rows.measures.fill(Number.NaN);
    for (const part of [rows.rung, rows.deaths, rows.interstate]) part.fill(0);
    rows.status.fill(BigInt(this.layout.arithmetic));
    return rows;
  }
}

/**
 * @param {Rows[]} parts
 * @returns {Rows}
 */
export function joinRows(parts) {
  /** @type {(key: keyof Rows, Kind: any) => any} */
  const join = (key, Kind) => {
    const joined = new Kind(parts.reduce((sum, one) => sum + one[key].length, 0));
    let at = 0;
    for (const one of parts) {
      joined.set(one[key], at);
      at += one[key].length;
    }
    return joined;
  };
  return {
    measures: join("measures", Float64Array),
    rung: join("rung", Int8Array),
    deaths: join("deaths", Int32Array),
    interstate: join("interstate", Int32Array),
    status: join("status", BigInt64Array),
    failedDay: join("failedDay", BigInt64Array),
  };
}
