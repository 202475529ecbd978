// The emblem of an actor: its kind as a shape, its colour, its first letters.

import { all, svg } from "../common/dom.js";
import { toneOf } from "../common/tones.js";
import { DATA } from "./data.js";

const SHIELD = "M4,4H44V24C44,36 34,43 24,46C14,43 4,36 4,24Z"; // a state
const FLAME = "M24,2L32,12L45,14L38,25L42,39L28,37L18,46L13,34L2,28L11,18L12,6Z"; // a group
const RING = "M24,3a21,21 0 1,0 0.01,0Z"; // a mediator
/** @type {Record<string, string>} */
const OUTLINES = { state: SHIELD, group: FLAME, mediator: RING };
const MOST_INITIALS = 4;
const SIZES = [19, 19, 19, 12, 10]; // of the letters, by their number: as many as fit into a flame

/** The first letters of the words of a name, or the first ones of a single word. @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  if (words.length > 1)
    return words
      .map(([first]) => first.toUpperCase())
      .join("")
      .slice(0, MOST_INITIALS);
  const [word = "?"] = words;
  return word === word.toUpperCase() ? word.slice(0, MOST_INITIALS) : word.slice(0, 1);
}

/**
 * The emblem of an actor.
 *
 * @param {number} actor - as events number them
 */
export function emblem(actor) {
  const { kind, name } = DATA.telling.stage.actors[actor];
  const letters = initials(name);
  return svg(
    "svg",
    { viewBox: "0 0 48 48", class: "emblem", "aria-hidden": "true" },
    svg("path", {
      d: OUTLINES[kind] ?? RING,
      fill: toneOf(actor),
      "data-tone": actor,
    }),
    svg(
      "text",
      {
        x: 24,
        y: 24,
        "dominant-baseline": "central",
        "text-anchor": "middle",
        "font-size": SIZES[letters.length],
        "font-weight": 700,
        fill: "#ffffff",
        "data-on": `[data-tone="${actor}"]`,
      },
      letters,
    ),
  );
}

/** Put the emblems where the page asks for them. */
export function drawEmblems() {
  for (const place of all("[data-emblem]")) {
    place.replaceChildren(emblem(Number(place.dataset["emblem"])));
  }
}
