// What passes between the page and the workers that hold the engine.

/** Where a table lies in the image of a world: name, first byte, rows, columns. */
export type TablePlace = [name: string, offset: number, rows: number, columns: number];

/** How the engine lays out its tables; see sim/classroom/engine_image.py. */
export interface Layout {
  world: TablePlace[]; // in the order of the descriptor
  batch: [name: string, bytes: number][]; // the same of a batch, with the size of an element
  words: number; // of the block
  event: number; // words of an event of the log
  slots: number[]; // words of the numbers that are drawn
  places: number[]; // words of the measures
  horizon: number;
  window: number;
  history: number; // days of history, the day of the release included
  arithmetic: number; // the status of a replication that divides by zero or the like
  clock: Record<string, number>; // words of the clock's fields
}

/** A word of the block and the number that it takes. */
export type WordChange = [word: number, value: number];

/** A past from which futures go on, and its first day. */
export interface Past {
  block: BigUint64Array;
  day: number;
}

/** Replications, or futures if there is a past: those with the random streams from `first` on. */
export interface Batch {
  seed: bigint;
  first: bigint;
  count: number;
  changes: WordChange[];
  past?: Past | undefined;
  inputs?: Float64Array | undefined; // of these replications, row by row
  places?: number[] | undefined; // words to read in place of the measures
}

/** The results of replications, row by row. */
export interface Rows {
  measures: Float64Array;
  rung: Int8Array;
  deaths: Int32Array;
  interstate: Int32Array;
  status: BigInt64Array;
  failedDay: BigInt64Array;
}

/** One replication in full: blocks by day, events of the log, words of the ledger. */
export interface Whole {
  rows: Rows;
  blocks: BigUint64Array;
  events: BigInt64Array;
  ledger: Float64Array;
}

/** What a worker is asked; `id` comes back with the answer. */
export type Question =
  | { kind: "start"; id: number; module: WebAssembly.Module; image: Uint8Array; layout: Layout }
  | { kind: "run"; id: number; batch: Batch }
  | { kind: "whole"; id: number; batch: Batch; ledger: boolean };

export type Reply =
  | { id: number; rows: Rows; took: number } // milliseconds
  | { id: number; whole: Whole }
  | { id: number; ready: true }
  | { id: number; fault: string };
