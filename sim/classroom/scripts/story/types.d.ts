// What sim/classroom/telling.py puts into a page, to tell a replication that the page has computed.

import type { Chart, Claim, DecisionRow, News, Picture, ReplayData } from "../replay/types.js";

export interface Recipe {
  done: "sum" | "share" | "any" | "product";
  at: number[];
  scale: number;
}

export interface EventKind {
  word: string;
  sentence: string;
  joined: boolean;
  claimed: boolean;
  routine: boolean;
  weight: number; // how large a piece of news it is, in dead
  actions: string[]; // words of its action, by number
  rungs: number[]; // rungs of its action, if it is on the ladder
}

/** A reported event, as the file tells it. */
export interface Report {
  number: number;
  day: number;
  kind: number;
  actor: number;
  target: number;
  action: number;
  sectors: number[];
  what: string;
  more: string;
  dead: number;
  militants: number;
  unstated: ("own" | "security" | "civilians" | "militants")[];
  quality: boolean; // the rules draw it
  target_open: boolean; // the rules draw what is attacked
  claims: Claim[];
}

export interface DecisionKind {
  word: string;
  options: string[];
  terms: string[];
  actor: "states" | "groups" | "mediators" | "borders";
  about: "" | "states" | "groups" | "relations" | "sides";
  extras: number;
  delayed: boolean;
}

export interface ForcibleQuestion {
  kind: number;
  actor: number;
  about: number;
  who: string;
  options: string[];
}

export interface Telling {
  first: number;
  stage: Pick<
    ReplayData,
    "actors" | "rungs" | "relations" | "states" | "strikes" | "rule" | "flows" | "own"
  >;
  scene: Omit<Picture, "fighters" | "control" | "closed">;
  days: {
    rung: Recipe;
    charts: Chart<{ column: Recipe }>[];
    map: { fighters: Recipe[]; control: Recipe[]; closed: Recipe[] };
  };
  fields: [name: string, kind: "i" | "f"][];
  names: Record<"states" | "groups" | "mediators" | "sectors", string[]>;
  ids: Record<"states" | "groups" | "mediators" | "relations" | "borders", string[]> & {
    guards: [number, number][]; // states of both sides of each border
  };
  events: EventKind[];
  actions: { word: string; kills: boolean; hunts: boolean; own: boolean }[];
  targets: string[];
  collapses: Record<string, number>;
  drops: string[]; // why an order was given up; from the last on, a reason that bars is added
  rung_weight: number; // what a rung adds to the weight of news
  // numbers that the file changes: what stands before, path, value unless it is drawn
  changes: [head: string, path: string, stated: number | null][];
  happenings: string[]; // labels of what may happen by the scenario's own rule
  flows: string[]; // labels of support and sanctions
  own_acts: string[]; // what the actor does in the scenario's own acts
  // whom each event and then each flow of the scenario's own rule concerns
  parties: { most: number; everybody: string; names: string[][] };
  dated: number; // events of the file that have a day; the others are numbered on from there
  reports: Report[];
  history: number; // events of the file
  least: number;
  decisions: {
    fine: number;
    quiet: Record<string, string>; // options that are no news, by kind
    header: Record<string, number>;
    extras: string[];
    barred: string[];
    kinds: DecisionKind[];
  };
  failures: string[];
  force: {
    questions: ForcibleQuestion[];
    count: number; // the word that says how many choices are forced
    row: Record<string, number>; // words of the first of them
    barred: number; // the status of a replication that could not do what it was forced to
  };
}

/** A row of the log. */
export type LogRow = Record<string, number>;

export type { DecisionRow, News };
