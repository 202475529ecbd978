// The notebook of this device: what was bet, opened and tried, kept where the browser allows it.

import { DATA } from "./data.js";
import { readKept } from "./kept.js";

/** The worlds of this page, by scenario, digest and seed: codes and notes are good for these. */
export const WORLDS_HERE = `${DATA.about.id}.${DATA.about.digest.slice(0, 12)}.${DATA.about.seed}`;
const PLACE = `escalation.${WORLDS_HERE}`;

/** The text that was stored; none where a browser keeps nothing for a file. */
function stored() {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}

export const KEPT = readKept(
  stored(),
  DATA.outcomes.length,
  DATA.presets.map(({ watch }) => watch.length),
);

/** Write it down. */
export function keep() {
  try {
    localStorage.setItem(PLACE, JSON.stringify(KEPT));
  } catch {
    // the lesson goes on without it
  }
}

/** Forget all of it, as for the next class. */
export function forget() {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // nothing was kept
  }
}
