// What sim/classroom/handout.py puts into a handout.

export type Place = readonly number[]; // of the sliders, in shares of their lengths
export type Range = [low: number, high: number];

export interface Kernel {
  lengths: number[];
  nugget: number;
  variance?: number[];
}

export interface Fault {
  error: number;
  largest: number;
  chance: number;
  held: number;
}

export interface Lever {
  label: string;
  unit: string;
  low: number;
  high: number;
  uncertain: boolean;
}

export interface Outcome {
  name: string;
  colour: string;
  counts: number[];
  surface: Kernel;
  fault: Fault;
}

export interface Measure {
  label: string;
  unit: string;
  share: boolean;
  value: number[];
  error: number[];
  surface: Kernel;
  fault: Fault;
}

export interface Rungs {
  days: number[];
  names: string[];
  colours: string[];
  parts: number[][]; // in ten-thousandths: a row a point, days by rungs
  surface: Kernel;
}

export interface HandoutData {
  horizon: number;
  levers: Lever[];
  presets: { label: string; do: string; point: number }[];
  points: number[][];
  n: number[];
  outcomes: Outcome[];
  numbers: Measure[];
  rungs: Rungs;
}

/** Everything that is shown of one place. */
export interface Shown {
  here: number; // index of the computed point that it is, -1 if it lies between
  nearest: number; // index of the nearest computed point
  far: number; // distance to it, in shares of a slider's length
  smooth: number[];
  shares: number[];
  ranges: Range[];
  numbers: { value: number; range: Range }[];
}

declare global {
  interface Window {
    handout: {
      at(x: Place): Shown;
      rungsAt(x: Place): number[][];
      differs(k: number, x: Place, y: Place): boolean;
      place(): Place;
    };
  }
}
