// What the signs on the map mean.

import { byId, html, styled, svg } from "../common/dom.js";
import { TONES, toneOf } from "../common/tones.js";
import { GREY, INK, PAPER } from "./colours.js";
import { DATA, say } from "./data.js";
import { burst, diamond, square, wedge } from "./shapes.js";

/** @param {...SVGElement} shapes */
const icon = (...shapes) => svg("svg", { viewBox: "0 0 30 24", "aria-hidden": "true" }, ...shapes);

/** @type {(attributes: Record<string, string | number>) => SVGElement} */
const polygon = (attributes) => svg("polygon", attributes);

/** @type {(attributes: Record<string, string | number>) => SVGElement} */
const path = (attributes) => svg("path", attributes);

/** @type {(attributes: Record<string, string | number>) => SVGElement} */
const circle = (attributes) => svg("circle", { cx: 15, cy: 12, ...attributes });

const attacker = TONES[DATA.states.length];
const [first, second] = TONES;

/** @type {[key: string, picture: SVGElement][]} */
const SIGNS = [
  ["attack", icon(polygon({ points: burst(15, 12, 12), fill: attacker, stroke: PAPER }))],
  [
    "strike",
    icon(
      path({
        d: "M2 20Q12 0 24 10",
        fill: "none",
        stroke: first,
        "stroke-width": 3,
        "stroke-dasharray": "5 3",
      }),
      polygon({ points: wedge(24, 14, 6), fill: first }),
    ),
  ],
  [
    "fight",
    icon(
      path({ d: "M1 12h20", stroke: second, "stroke-width": 4 }),
      polygon({ points: "19,4 30,12 19,20", fill: second }),
    ),
  ],
  ["operation", icon(polygon({ points: square(15, 12, 8), fill: first, stroke: PAPER }))],
  [
    "fighters",
    icon(
      circle({ r: 10, fill: PAPER, stroke: INK, "stroke-width": 1.5 }),
      circle({ r: 6, fill: GREY }),
    ),
  ],
  [
    "held",
    icon(circle({ r: 9, fill: PAPER, stroke: INK, "stroke-width": 4, "stroke-dasharray": "4 3" })),
  ],
];
/** @type {[key: string, picture: SVGElement][]} */
const CROSSING_SIGNS = [
  [
    "open",
    icon(polygon({ points: diamond(15, 12, 9), fill: PAPER, stroke: INK, "stroke-width": 2 })),
  ],
  [
    "closed",
    icon(
      polygon({ points: diamond(15, 12, 9), fill: INK, stroke: INK }),
      path({ d: "M11 12h8", stroke: PAPER, "stroke-width": 3 }),
    ),
  ],
];

/** @param {boolean} crossings - whether the map has any */
export function drawLegend(crossings) {
  const actors = DATA.actors.flatMap(({ kind, name }, k) => {
    if (kind === "mediator") return [];
    const dot = styled(html("span", { class: "dot", "aria-hidden": "true" }), {
      "--tone": toneOf(k),
    });
    return [html("li", { class: "whose" }, dot, name)];
  });
  const signs = [...SIGNS, ...(crossings ? CROSSING_SIGNS : [])].map(([key, picture]) =>
    html("li", {}, picture, say(`legend_${key}`)),
  );
  byId("legend").append(...actors, ...signs);
}
