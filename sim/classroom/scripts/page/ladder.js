// A hundred worlds on the ladder: each keeps its place in its row and moves up and down alone.

import { styled, svg } from "../common/dom.js";
import { DATA, HORIZON, INK, list, say, whole } from "./data.js";
import { endMark, wayMark } from "./marks.js";
import { FAILED } from "./statistics.js";

/** @import { GrowingSample } from "./sample.js" */

export const WORLDS = 100;
const WIDE = 360;
const BAND = 62; // height of a rung
const ACROSS = 25; // worlds in a line
const FIRST_WORLD = 12; // of the lines of worlds
const STEP = 14; // between worlds in a line
const LINE = 10.6; // between lines
const FIRST_LINE = 23; // of a band
const EDGE_OF_BAND = 5; // of a band, in the colour of its rung
const REACH = 14; // how far a finger may miss a world
const TOP = DATA.rungs.length - 1;

const FROM_RIGHT = document.documentElement.dir === "rtl";

/** Where something stands from the side on which a line begins. @param {number} x */
const fromStart = (x) => (FROM_RIGHT ? WIDE - x : x);

/** @param {number} rung */
const bandOf = (rung) => (TOP - rung) * BAND;

/** Where a world stands. @param {number} world @param {number} rung */
const placeOf = (world, rung) => ({
  x: fromStart(FIRST_WORLD + (world % ACROSS) * STEP),
  y: bandOf(rung) + FIRST_LINE + Math.floor(world / ACROSS) * LINE,
});

/** The drawing of the first hundred worlds of a sample. */
export class Ladder {
  /** @type {SVGPathElement[]} */
  #dots = [];
  /** @type {SVGTextElement[]} */
  #counts = [];
  #rungs = new Int8Array(WORLDS).fill(-1);
  #looks = Array.from({ length: WORLDS }, () => "");

  /**
   * @param {SVGSVGElement} picture
   * @param {Element} said - what a screen reader is told
   * @param {(world: number) => void} onChoice
   */
  constructor(picture, said, onChoice) {
    this.picture = picture;
    this.said = said;
    const bands = DATA.rungs.flatMap(({ name, colour }, rung) => this.#band(name, colour, rung));
    this.#dots = Array.from({ length: WORLDS }, () =>
      svg("path", { class: "dot", stroke: INK, "stroke-width": 0.8, visibility: "hidden" }),
    );
    this.ring = svg("circle", { class: "dot", r: 8, fill: "none", stroke: INK, "stroke-width": 2 });
    picture.replaceChildren(...bands, ...this.#dots, this.ring);
    picture.addEventListener("click", (event) => {
      const world = this.#worldAt(event);
      if (world >= 0) onChoice(world);
    });
  }

  /**
   * @param {string} name
   * @param {string} colour
   * @param {number} rung
   */
  #band(name, colour, rung) {
    const y = bandOf(rung);
    const count = svg("text", {
      x: fromStart(WIDE - 6),
      y: y + 13,
      "text-anchor": "end",
      "font-size": 13,
      "font-weight": 700,
      fill: INK,
    });
    this.#counts.push(count);
    return [
      svg("rect", { x: 0, y: y + 1, width: WIDE, height: BAND - 2, fill: "#f4f5f7" }),
      svg("rect", {
        x: FROM_RIGHT ? WIDE - EDGE_OF_BAND : 0,
        y: y + 1,
        width: EDGE_OF_BAND,
        height: BAND - 2,
        fill: colour,
        stroke: INK,
        "stroke-width": 0.5,
      }),
      svg(
        "text",
        { x: fromStart(FIRST_WORLD), y: y + 13, "font-size": 13, fill: INK },
        `${rung} ${name}`,
      ),
      count,
    ];
  }

  /**
   * The world nearest to a click, -1 if there is none near.
   *
   * @param {MouseEvent} event
   */
  #worldAt(event) {
    const matrix = this.picture.getScreenCTM();
    if (!matrix) return -1;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    let best = -1;
    let least = REACH;
    this.#rungs.forEach((rung, world) => {
      if (rung < 0) return;
      const place = placeOf(world, rung);
      const gap = Math.hypot(place.x - x, place.y - y);
      if (gap < least) [best, least] = [world, gap];
    });
    return best;
  }

  /**
   * Draw a day.
   *
   * @param {GrowingSample} sample
   * @param {number} day - days from the release, at least 1
   * @param {number} chosen - the world in view
   */
  draw(sample, day, chosen) {
    const counts = DATA.rungs.map(() => 0);
    for (let world = 0; world < WORLDS; world++) {
      const there = world < sample.n;
      const rung = there ? sample.rung(world, day) : -1;
      if (there) counts[rung] += 1;
      this.#move(world, rung, there ? this.#look(sample.outcome[world], rung, day) : null);
    }
    this.#counts.forEach((text, rung) => {
      text.textContent = counts[rung] ? whole(counts[rung]) : "";
    });
    const rung = this.#rungs[chosen] ?? -1;
    this.ring.setAttribute("visibility", rung < 0 ? "hidden" : "visible");
    if (rung >= 0) this.#put(this.ring, chosen, rung);
    this.said.textContent = rungsInWords(counts);
  }

  /**
   * @param {number} outcome
   * @param {number} rung
   * @param {number} day
   */
  #look(outcome, rung, day) {
    return day >= HORIZON || outcome === FAILED ? endMark(outcome) : wayMark(rung);
  }

  /**
   * @param {number} world
   * @param {number} rung
   * @param {{d: string, fill: string} | null} look
   */
  #move(world, rung, look) {
    const dot = this.#dots[world];
    const name = look ? look.fill + look.d : "";
    if (this.#looks[world] !== name) {
      this.#looks[world] = name;
      dot.setAttribute("visibility", look ? "visible" : "hidden");
      if (look) {
        dot.setAttribute("d", look.d);
        dot.setAttribute("fill", look.fill);
      }
    }
    if (this.#rungs[world] === rung) return;
    this.#rungs[world] = rung;
    if (rung >= 0) this.#put(dot, world, rung);
  }

  /**
   * @param {SVGElement} mark
   * @param {number} world
   * @param {number} rung
   */
  #put(mark, world, rung) {
    const { x, y } = placeOf(world, rung);
    styled(mark, { transform: `translate(${x}px,${y}px)` });
  }
}

/**
 * How many worlds are on each rung, in one sentence.
 *
 * @param {number[]} counts
 */
export function rungsInWords(counts) {
  const parts = counts.flatMap((n, rung) =>
    n ? [say("on_rung", { n, rung: DATA.rungs[rung].name })] : [],
  );
  return list(parts.reverse());
}
