// What sim/classroom/replay.py puts into a replay. Numbers of actors are those of events: states,
// then groups, then mediators. Numbers of sectors, states and relations are their places in lists.

export type ActorNumber = number;
export type SectorNumber = number;

export interface Actor {
  id: string;
  kind: "state" | "group" | "mediator";
  name: string;
}

export interface Line {
  scale: number;
  v: number[]; // differences from day to day, in units of 1 / scale
  a?: ActorNumber; // whose it is
  b?: ActorNumber; // toward whom
  pair?: boolean; // it is of both
  name?: string; // key of a line that is nobody's
}

export interface Chart<L = Line> {
  key: string;
  top: number | null;
  lines: L[];
}

export interface Sector {
  name: string;
  title: string;
  state: number;
  capital: boolean;
  x: number;
  y: number;
  garrison: number;
}

export interface Border {
  a: SectorNumber;
  b: SectorNumber;
  crossing: string;
  pair: number; // the relation of its states, -1 if they have none
}

export interface Picture {
  wide: number;
  high: number;
  radius: number; // of a sector
  ground: number; // width of the ground of a state
  few: boolean; // there is room for all names
  sectors: Sector[];
  grounds: [SectorNumber, SectorNumber][][]; // by state
  borders: Border[];
  fighters: number[][]; // by sector
  control: number[][]; // by sector
  closed: number[][]; // by relation
}

/** What a claimant says of the dead: claimed, admitted by the other side, and the truth. */
export type Claim = [
  claimant: ActorNumber,
  other: ActorNumber,
  whom: string,
  claimed: number,
  admitted: number | null,
  truth: number,
];

export interface News {
  d: number; // days from the release
  k: string; // kind
  a: ActorNumber;
  w: string; // what happened, in words
  m: string; // what followed from it, in words
  n: number; // dead
  mil?: number; // militants among them
  f?: string; // what the model filled in of a reported event, in words
  t?: ActorNumber; // against whom
  r?: number; // rung
  act?: number; // action
  s?: SectorNumber[];
  c?: Claim[];
  small?: 1; // of everyday size
  scripted?: 1; // from the script
  rule?: 1; // by the scenario's own rule
}

/** Probability and terms of an option in steps, or the reason why it was barred. */
export type OptionCode = number[] | string;

export interface DecisionRow {
  d: number; // days from the release
  a: ActorNumber;
  k: string; // kind
  to: string; // about whom
  c: number; // the choice
  o: OptionCode[];
  u: number; // the random draw, in tenths of a step
  b?: Record<string, number>; // believed
  x?: Record<string, number>; // true
  l?: number; // days until it is carried out
  w?: number; // which of the scenario's own actions it was, counted from 1
  r?: [day: number, number: number][]; // what came before it by the scenario's own rule
}

export interface Decisions {
  scale: number;
  kinds: Record<string, { options: string[]; terms: string[] }>;
  rows: DecisionRow[];
}

export interface ReplayData {
  about: { release: string; horizon: number };
  first: number; // the first day, counted from the release
  day?: number; // with which it opens, days from the release
  days: number;
  actors: Actor[];
  rung: number[]; // differences from day to day
  charts: Chart[];
  map: Picture;
  news: News[];
  rungs: string[];
  relations: [ActorNumber, ActorNumber][];
  states: string[];
  strikes: number[]; // the actions that come by air
  rule?: string[]; // labels of the scenario's own events, then of its flows
  flows?: number; // where its flows begin in them
  own?: [label: string, does: string][]; // its own actions
  why?: Decisions;
  end?: string[]; // sentences on how it ended
}

export interface DecodedLine extends Line {
  values: number[]; // by day
}

/** A replay with a value for each day. */
export interface Replay {
  last: number; // index of the last day
  release: number; // index of the day before the release's first morning; -1 without a past
  rung: number[];
  charts: Chart<DecodedLine>[];
  map: Picture;
  newsByDay: News[][];
  eventful: boolean[]; // whether a day has news of more than everyday size
  deadSoFar: number[][]; // from the release on: of all, and of those between the states
}
