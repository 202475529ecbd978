// Colours of actors and of the grounds of states, at least 3:1 on white (Paul Tol; Okabe and Ito).

export const TONES = [
  "#0072b2",
  "#d55e00",
  "#00795a",
  "#a8447c",
  "#8a6d00",
  "#5b4da0",
  "#1b1b1b",
  "#6b6b6b",
];
export const GROUNDS = ["#e3ebf4", "#f6eddb", "#e3efe0", "#f3e6f0", "#ececec"];

/**
 * The colour of an actor.
 *
 * @param {number | undefined} actor
 */
export const toneOf = (actor) => TONES[(actor ?? 0) % TONES.length];
