// What sim/classroom/sandbox.py puts into a page, and what passes between its modules.

import type { Layout, Rows } from "../engine/types.js";
import type { Telling } from "../story/types.js";

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

export interface Preset {
  label: string;
  do: string;
  set: Record<string, number>;
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
}

export interface Packed {
  text: string;
  sha256: string;
}

/** Where levers stand: values by path of those that were moved. */
export type Place = ReadonlyMap<string, number>;

export type Range = [low: number, high: number];

/** Replications of one place of the levers, or futures; `n` of them are computed. */
export interface Sample {
  n: number;
  rows: Rows;
  outcome: Int8Array; // number of the outcome, -1 for none, -2 where the replication failed
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
