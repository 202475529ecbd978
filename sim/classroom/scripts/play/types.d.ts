// What sim/classroom/play_page.py puts into a page, and what passes between the modules of a game.

import type { Whole } from "../engine/types.js";
import type { LogRow } from "../story/types.js";

/**
 * A role: `kind` the table, `row` in it, `id` of the scenario, `name` as a person says it; `bound` 1
 * for a state that has promised to stand with an ally, which keeps a stop for the call.
 */
export interface Role {
  kind: "states" | "groups" | "mediators";
  row: number;
  bound: number;
  id: string;
  name: string;
}

/** The numbers of the stop rule (sim/replication/stops.py). */
export interface StopRule {
  budget: number;
  roles: number; // at most in a game
  first: number;
  full: number;
  dead: number;
  late: number;
  war_apart: number;
  asked: number[]; // kinds of decision
  reasons: { word: string; full: number; gap: number }[];
  kinds: Record<string, number>; // of decisions, by word
  grave: number[]; // actions that are among the gravest
  once: number[]; // actions that are ordered and carried out
  raids: number[]; // actions from raids on
  ordered: number[]; // actions that are carried out later than they are ordered
}

/** What a turning point is (sim/narration/turning_points.py), and from how many futures. */
export interface TurningRule {
  runs: number; // futures of a morning
  floor: number;
  level: number;
  doubt: number;
  most: number; // days near the floor that are named
}

export interface PlayData {
  fingerprint: string;
  real: boolean;
  roles: Role[]; // in the order of a code's bits
  rule: StopRule;
  turning: TurningRule;
  stride: number; // words of a row of forced choices
  most: number; // rows of them
  ledger: number; // word of the clock that says how long the ledger is
  orders: number[][]; // words that hold the order of a state toward another
  harbours: [number, number][]; // a state, and one in which a group lives that fights it
  policies: Record<string, string>; // words of policies, by number of the ledger
  quantal: number; // the policy that weighs
}

export interface Stop {
  role: number;
  day: number;
  kind: number;
  actor: number;
  about: number;
  options: number[];
  own: number;
  taken: number;
  reason: string;
  at: number;
}

/** A game as far as it was played. */
export interface Position {
  choices: number[];
  whole: Whole;
  log: LogRow[];
  stops: Stop[];
  rows: ForcedRow[]; // choices that are forced
}

export interface ForcedRow {
  kind: number;
  actor: number;
  about: number;
  option: number;
  since: number;
}

export interface GameCode {
  fingerprint: string;
  seed: bigint;
  replication: bigint;
  roles: bigint;
  choices: bigint;
}

/** What a game came to. */
export interface Played {
  code: string;
  roles: string;
  outcome: number;
  rung: number;
  dead: number;
}
