// The map of the story: whose ground is where, places, borders and crossings, before the first day.

import { byId, styled, svg } from "../common/dom.js";
import { GROUNDS, toneOf } from "../common/tones.js";
import { boxAround, collisions, nextTo, outside } from "../replay/labels.js";
import { diamond } from "../replay/shapes.js";
import { DATA, INK, list, say } from "./data.js";

/** @import { Box } from "../replay/labels.js" */

const SCENE = DATA.telling.scene;
const PLACES = SCENE.sectors;
const SMALLER = [1, 0.85, 0.72]; // letters of a name
const BRUSH = document.createElement("canvas").getContext("2d");

/** How long a name is in bold letters. @param {string} name @param {number} size */
function widthOfName(name, size) {
  if (!BRUSH) return name.length * size * 0.6;
  BRUSH.font = `700 ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return BRUSH.measureText(name).width;
}

/** Draw it once. */
export function drawGroundOfStory() {
  const small = matchMedia("(max-width: 40rem)").matches;
  const map = byId("ground", SVGSVGElement);
  map.setAttribute("viewBox", `0 0 ${SCENE.wide} ${SCENE.high}`);
  const crossings = SCENE.borders.filter(({ crossing }) => crossing).map(crossingOf);
  /** @type {Box[]} */
  const taken = PLACES.map((place) => boxAround(place, SCENE.radius * 0.8));
  taken.push(...crossings.map((one) => boxAround(one, one.radius)));
  map.replaceChildren(
    ...SCENE.grounds.flatMap((links, state) =>
      links.map(([a, b]) =>
        line(a, b, {
          stroke: GROUNDS[state % GROUNDS.length],
          "stroke-width": SCENE.ground,
          "stroke-linecap": "round",
        }),
      ),
    ),
    ...SCENE.borders.map(({ a, b }) =>
      line(a, b, { stroke: INK, "stroke-width": 2, "stroke-dasharray": "6 4" }),
    ),
    ...crossings.map(({ x, y, radius }) =>
      svg("polygon", {
        points: diamond(x, y, radius),
        fill: "#fff",
        stroke: INK,
        "stroke-width": 3,
      }),
    ),
    ...PLACES.map(({ x, y, state, capital }) =>
      svg("circle", {
        cx: x,
        cy: y,
        r: capital ? SCENE.radius * 0.8 : SCENE.radius * 0.5,
        fill: capital ? toneOf(state) : "#fff",
        stroke: toneOf(state),
        "stroke-width": 5,
      }),
    ),
    ...namesOfPlaces(small, taken),
    ...DATA.telling.stage.states.flatMap((name, state) => nameOfState(name, state, small, taken)),
    ...(SCENE.few && !small
      ? crossings.flatMap((one) => nameAt(one, one.radius + 5, 22, taken))
      : []),
  );
  map.setAttribute("aria-label", inWords());
}

/**
 * @param {number} a
 * @param {number} b
 * @param {Record<string, string | number>} look
 */
const line = (a, b, look) =>
  svg("line", {
    x1: PLACES[a].x,
    y1: PLACES[a].y,
    x2: PLACES[b].x + 0.1, // a line without length is not drawn
    y2: PLACES[b].y,
    ...look,
  });

/** @param {typeof SCENE.borders[number]} border */
const crossingOf = ({ a, b, crossing }) => ({
  x: (PLACES[a].x + PLACES[b].x) / 2,
  y: (PLACES[a].y + PLACES[b].y) / 2,
  radius: SCENE.few ? 13 : 9,
  name: crossing,
});

/**
 * @param {boolean} small
 * @param {Box[]} taken
 */
function namesOfPlaces(small, taken) {
  const named = PLACES.filter(({ capital }) => SCENE.few || capital);
  return named.flatMap((place) => nameAt(place, SCENE.radius * 0.9, small ? 36 : 24, taken));
}

/**
 * @param {{x: number, y: number, name: string}} thing
 * @param {number} gap
 * @param {number} size
 * @param {Box[]} taken - the name's own box is added
 */
function nameAt(thing, gap, size, taken) {
  // long names take smaller letters before they cover each other
  const tries = SMALLER.map((share) => {
    const letters = size * share;
    const length = widthOfName(thing.name, letters);
    return { letters, box: nextTo(thing, gap, length, letters, taken, SCENE) };
  });
  const free = tries.find(({ box }) => !collisions(box, taken, SCENE));
  if (!free && !SCENE.few) return [];
  const { letters, box } = free ?? tries[tries.length - 1];
  taken.push(box);
  return [nameText(thing.name, box, letters)];
}

/**
 * @param {string} name
 * @param {{x: number, y: number}} at
 * @param {number} size
 */
const nameText = (name, { x, y }, size) =>
  svg("text", { x: x.toFixed(1), y: y.toFixed(1), "font-size": size, class: "place" }, name);

/**
 * @param {string} name
 * @param {number} state
 * @param {boolean} small
 * @param {Box[]} taken
 */
function nameOfState(name, state, small, taken) {
  const own = PLACES.filter((place) => place.state === state);
  if (!own.length) return [];
  const size = small ? 46 : 34;
  const length = widthOfName(name, size);
  const box = outside(own, PLACES, SCENE.ground, length, size, taken, SCENE);
  taken.push(box);
  return [styled(nameText(name, box, size), { fill: toneOf(state) })];
}

/** What a screen reader is told of the map. */
function inWords() {
  const states = DATA.telling.stage.states.map((name, state) =>
    say("path.story.places_of", {
      name,
      places: list(PLACES.filter((place) => place.state === state).map((place) => place.name)),
    }),
  );
  return [say("path.story.map"), ...states].join(" ");
}
