// What sim/classroom/sandbox.py puts into a page, and what passes between its modules.

import type { Engine } from "../engine/memory.js";
import type { Layout, Rows, WordChange } from "../engine/types.js";
import type { Telling } from "../story/types.js";
import type { Pool } from "./pool.js";
import type { GrowingSample, Start } from "./sample.js";

export interface Bounds {
  at_least?: number | null;
  at_most?: number | null;
  above?: number | null;
  below?: number | null;
  never?: boolean | null;
}

export interface Outcome {
  name: string;
  colour: string;
  conditions: [measure: number, bounds: Bounds][];
}

/** A number of the scenario that a lever can move. */
export interface ScenarioNumber {
  path: string;
  word: number;
  value: number;
  unit: string;
  low: number;
  high: number;
  help: string;
  label?: string;
  source?: string;
  assumed?: string;
  drawn?: string; // the distribution from which each replication draws it
}

/** What a thing to try asks to watch: an outcome, the mean of a measure, or its share in a range. */
export interface Watched {
  label: string;
  outcome?: number;
  measure?: number;
  within?: [low: number, high: number];
}

export interface Preset {
  label: string;
  do: string;
  set: Record<string, number>;
  watch: Watched[];
}

export interface PageData {
  about: {
    id: string;
    title: string;
    digest: string;
    release: string;
    horizon: number;
    seed: string;
    called: string; // the scenario, as commands name it
    settings: string[]; // with which the page was made: path=value
  };
  layout: Layout;
  most: number; // replications whose drawn inputs are in the page
  measures: string[];
  outcomes: Outcome[];
  times: { measure: number; label: string }[];
  deaths: number[];
  highest: number;
  rungs: { name: string; colour: string }[];
  levers: string[];
  numbers: ScenarioNumber[];
  presets: Preset[];
  telling: Telling;
  doctrines: DoctrineData | null; // of a scenario in which two states have a relation
}

/** What sim/classroom/doctrines.py puts into a page. */
export interface DoctrineData {
  worlds: number; // in each cell
  sure: number; // quantile of Student for all differences of two doctrines together
  one: number; // the same for one interval
  colours: string[]; // light to dark
  states: { name: string; title: string }[]; // two
  list: {
    name: string;
    title: string;
    sentence: string;
    face: string; // the path of a drawing
    settings: Record<string, string | number>[]; // by path, for each state
    changes: WordChange[][]; // the same as words of the world
  }[];
  measures: { name: string; at: number; label: string; unit: string }[];
}

export interface Packed {
  text: string;
  sha256: string;
}

/** Where levers stand: values by path of those that were moved. */
export type Place = ReadonlyMap<string, number>;

/** What a command sets, by path: numbers, and words such as policies. */
export type Settings = ReadonlyMap<string, number | string>;

export type Range = [low: number, high: number];

/** Replications of one place of the levers, or futures; `n` of them are computed. */
export interface Sample {
  n: number;
  rows: Rows;
  outcome: Int8Array; // number of the outcome, -1 for none, -2 where the replication failed
}

/** What a part of the page gets when it starts: see scripts/play/main.js, scripts/doctrines/main.js. */
export interface ClassPage {
  data: PageData;
  say(key: string, values?: Record<string, string | number>): string; // `play.title`: from the root
  pool: Pool; // workers that hold the engine
  inputs: Float64Array; // drawn for the first `data.most` replications
  worlds(): GrowingSample; // as they are; computed while the page is open
  sample(start: Start, most?: number): GrowingSample; // other worlds: levers, futures of a past
  engine(): Engine; // in the page itself: computes at once, and keeps the page waiting
  step(): string; // that is shown
  isSealed(): boolean; // whether a bet is still to come: then nothing of the answer may be shown
  goTo(step: string): void;
  onStep(follower: (step: string) => void): void;
  tellFault(error: unknown): void; // one sentence at the top of the page
  changed(): void; // a slot was filled or emptied: the steps are written anew
}

declare global {
  interface Window {
    sandbox: {
      n(): number;
      nBase(): number;
      again(count: number): Promise<void>; // computes replications in the page itself, to be timed
    };
  }
}
