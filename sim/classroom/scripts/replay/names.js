// Names on the map find their places one after the other: capitals, states, crossings, the news.

import { styled, svg } from "../common/dom.js";
import { toneOf } from "../common/tones.js";
import { DATA, SECTORS } from "./data.js";
import { boxAround, collisions, nextTo, outside } from "./labels.js";
import { showReasons } from "./reasons.js";

/** @import { Box, Label } from "./labels.js" */
/** @import { SectorNumber } from "./types.js" */
/** @typedef {{x: number, y: number, radius: number, name: string}} Crossing */

const RADIUS_OF_SECTOR = DATA.map.radius;
const PEN = document.createElement("canvas").getContext("2d");
const phone = matchMedia("(max-width: 36rem)");

/**
 * Length of a text in bold letters.
 *
 * @param {string} text
 * @param {number} size
 */
function lengthOf(text, size) {
  if (!PEN) return text.length * size * 0.6;
  PEN.font = `700 ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return PEN.measureText(text).width;
}

/**
 * Draw the names of a day.
 *
 * @param {SVGGElement} layer
 * @param {Crossing[]} crossings
 * @param {Set<SectorNumber>} inNews - sectors that are named today
 */
export function drawNames(layer, crossings, inNews) {
  const small = phone.matches;
  const taken = SECTORS.map((sector) => boxAround(sector, RADIUS_OF_SECTOR * 0.7));
  taken.push(...crossings.map((crossing) => boxAround(crossing, crossing.radius)));
  layer.replaceChildren();
  /** @param {SectorNumber} k */
  const nameSector = (k) => {
    const hot = inNews.has(k);
    const size = (small ? 34 : 21) + (hot ? 3 : 0);
    const gap = RADIUS_OF_SECTOR + 6;
    layer.append(...nameText(SECTORS[k], gap, size, hot ? "name hot" : "name", taken));
  };
  const always = SECTORS.map((_, k) => k).filter(
    (k) => DATA.map.few || (SECTORS[k].capital && !small),
  );
  always.forEach(nameSector);
  layer.append(...DATA.states.flatMap((name, state) => stateText(name, state, small, taken)));
  if (DATA.map.few && !small) {
    for (const crossing of crossings) {
      layer.append(...nameText(crossing, crossing.radius + 5, 18, "crossing", taken));
    }
  }
  for (const k of inNews) if (!always.includes(k)) nameSector(k);
}

/**
 * The name of a thing; nothing where there is no room, since the news have it too.
 *
 * @param {{x: number, y: number, name: string}} thing
 * @param {number} gap
 * @param {number} size
 * @param {string} look
 * @param {Box[]} taken - the name's own box is added
 */
function nameText(thing, gap, size, look, taken) {
  const label = nextTo(thing, gap, lengthOf(thing.name, size), size, taken, DATA.map);
  if (!DATA.map.few && collisions(label, taken, DATA.map)) return [];
  taken.push(label);
  return [svg("text", { ...placed(label), class: look }, thing.name)];
}

/**
 * The name of a state on its outer side; it is there every day, so other names make way for it.
 *
 * @param {string} name
 * @param {number} state
 * @param {boolean} small
 * @param {Box[]} taken
 */
function stateText(name, state, small, taken) {
  const own = SECTORS.filter((sector) => sector.state === state);
  if (!own.length) return [];
  const size = small ? 44 : 30;
  const length = lengthOf(`● ${name}`, size);
  const label = outside(own, SECTORS, DATA.map.ground, length, size, taken, DATA.map);
  taken.push(label);
  const dot = styled(svg("tspan", {}, "● "), { fill: toneOf(state) });
  const text = svg("text", { ...placed(label), class: "state" }, dot, name);
  text.addEventListener("click", () => showReasons(state));
  return [text];
}

/** @param {Label} label */
const placed = ({ x, y }) => ({ x: x.toFixed(1), y: y.toFixed(1) });
