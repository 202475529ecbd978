// A game kept on the device: its code alone, which is checked like any other when it is read.

import { DATA } from "../page/data.js";
import { MOST_SIGNS } from "./code.js";

const KEY = `escalation-game-${DATA.about.id}-${DATA.about.digest.slice(0, 12)}-${DATA.about.seed}`;

/** The code that is kept, null if there is none or the device keeps nothing. */
export function savedCode() {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? null : text.slice(0, 2 * MOST_SIGNS);
  } catch {
    return null;
  }
}

/** @param {string} code */
export function saveCode(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // a device that keeps nothing plays all the same
  }
}

export function forgetCode() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // see above
  }
}
