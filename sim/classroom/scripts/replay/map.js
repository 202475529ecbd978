// The schematic map: sectors, borders and crossings, and what happens there on the day.

import { byId, html, svg } from "../common/dom.js";
import { GROUNDS, toneOf } from "../common/tones.js";
import { day } from "./clock.js";
import { GREY, INK, PAPER } from "./colours.js";
import { DATA, percent, REPLAY, SECTORS, say, whole } from "./data.js";
import { drawLegend } from "./legend.js";
import { drawNames } from "./names.js";
import { arrow, burst, diamond, square, wedge } from "./shapes.js";

/** @import { ActorNumber, Border, News, Sector, SectorNumber } from "./types.js" */

const RADIUS = DATA.map.radius;
const MOST_FIGHTERS = Math.max(1, ...REPLAY.map.fighters.map((days) => Math.max(0, ...days)));
const PULSE = { stroke: PAPER, "stroke-width": 2, class: "pulse" };
const acts = svg("g");
const marks = svg("g");
const names = svg("g");
/** @type {{fighters: SVGCircleElement, held: SVGCircleElement}[]} */
const spots = [];
/** @type {{sign: SVGPolygonElement, bar: SVGPathElement, pair: number}[]} */
const gates = [];
/** @type {import("./names.js").Crossing[]} */
const crossings = [];

/** Draw what stays the same on all days. */
export function drawMap() {
  const map = byId("map", SVGSVGElement);
  map.setAttribute("viewBox", `0 0 ${DATA.map.wide} ${DATA.map.high}`);
  map.append(
    ...DATA.map.grounds.flatMap(drawGround),
    ...DATA.map.borders.map(drawBorder),
    ...DATA.map.borders.filter(({ crossing }) => crossing).map(drawCrossing),
    ...SECTORS.map(drawSector),
    acts,
    marks,
    names,
  );
  byId("places").append(...SECTORS.map(({ name }, k) => html("option", { value: k }, name)));
  byId("places").addEventListener("change", describePlace);
  byId("signs", HTMLDetailsElement).open = !matchMedia("(max-width: 60rem)").matches;
  drawLegend(crossings.length > 0);
}

/**
 * @param {[SectorNumber, SectorNumber][]} links
 * @param {number} state
 */
function drawGround(links, state) {
  return links.map(([a, b]) =>
    svg("line", {
      ...between(a, b),
      x2: SECTORS[b].x + 0.1, // a line without length is not drawn
      stroke: GROUNDS[state % GROUNDS.length],
      "stroke-width": DATA.map.ground,
      "stroke-linecap": "round",
    }),
  );
}

/** @param {Border} border */
const drawBorder = ({ a, b }) =>
  svg("line", { ...between(a, b), stroke: INK, "stroke-width": 2, "stroke-dasharray": "6 4" });

/**
 * @param {SectorNumber} a
 * @param {SectorNumber} b
 */
const between = (a, b) => ({
  x1: SECTORS[a].x,
  y1: SECTORS[a].y,
  x2: SECTORS[b].x,
  y2: SECTORS[b].y,
});

/** @param {Border} border */
function drawCrossing({ a, b, crossing: name, pair }) {
  const { x1, y1, x2, y2 } = between(a, b);
  const [x, y, radius] = [(x1 + x2) / 2, (y1 + y2) / 2, DATA.map.few ? 13 : 9];
  const points = diamond(x, y, radius);
  const sign = svg("polygon", { points, stroke: INK, "stroke-width": 2.5 });
  const d = `M${x - radius / 2} ${y}h${radius}`;
  const bar = svg("path", { d, stroke: PAPER, "stroke-width": 3 });
  crossings.push({ x, y, radius, name });
  gates.push({ sign, bar, pair });
  return svg("g", {}, svg("title", {}, name), sign, bar);
}

/**
 * @param {Sector} sector
 * @param {SectorNumber} k
 */
function drawSector({ x, y, name, title, capital }, k) {
  const at = { cx: x, cy: y };
  const ring = { fill: "none", stroke: INK, "stroke-width": 6, "stroke-dasharray": "5 4" };
  const fighters = svg("circle", { ...at, r: 0, fill: GREY });
  const held = svg("circle", { ...at, r: RADIUS + 4, ...ring });
  const seat = { r: 5, fill: INK, stroke: PAPER, "stroke-width": 2 };
  spots.push({ fighters, held });
  const group = svg(
    "g",
    { class: "spot" },
    svg("title", {}, title || name),
    svg("circle", { ...at, r: RADIUS, fill: PAPER, stroke: INK, "stroke-width": 2 }),
    fighters,
    held,
    capital ? svg("circle", { ...at, ...seat }) : null,
  );
  group.addEventListener("click", () => {
    byId("places", HTMLSelectElement).value = String(k);
    describePlace();
  });
  return group;
}

/** Write the numbers of the place that was chosen. */
function describePlace() {
  const k = Number(byId("places", HTMLSelectElement).value);
  byId("sector").textContent =
    k < 0
      ? ""
      : say("sector_line", {
          state: DATA.states[SECTORS[k].state],
          fighters: whole(REPLAY.map.fighters[k][day]),
          control: percent(REPLAY.map.control[k][day]),
          garrison: SECTORS[k].garrison,
        });
}

/** Draw fighters, closed crossings, acts and names of the day that is shown. */
export function drawMapOfDay() {
  spots.forEach(({ fighters, held }, k) => {
    const share = REPLAY.map.fighters[k][day] / MOST_FIGHTERS;
    fighters.setAttribute("r", (Math.sqrt(share) * (RADIUS - 3)).toFixed(1));
    held.style.display = REPLAY.map.control[k][day] >= 0.5 ? "" : "none";
  });
  for (const { sign, bar, pair } of gates) {
    const closed = pair >= 0 && REPLAY.map.closed[pair][day] > 0;
    sign.setAttribute("fill", closed ? INK : PAPER);
    bar.style.display = closed ? "" : "none";
  }
  drawNames(names, crossings, drawActs());
  describePlace();
}

/** Draw the acts of the day; gives the sectors whose names they call for. */
function drawActs() {
  /** @type {Set<SectorNumber>} */
  const inNews = new Set();
  const marksAt = SECTORS.map(() => 0); // marks of one sector stand beside each other
  acts.replaceChildren();
  marks.replaceChildren();
  for (const news of REPLAY.newsByDay[day]) {
    for (const k of news.s ?? []) {
      if (!news.small) inNews.add(k);
      if (news.k === "act" || news.k === "clash") {
        drawAct(news, k);
      } else if (news.k === "attack" || news.k === "operation") {
        marks.append(drawMark(news, SECTORS[k], marksAt[k]));
        marksAt[k] += 1;
      } else {
        inNews.add(k);
      }
    }
  }
  return inNews;
}

/**
 * An act of a state: an arrow from its nearest sector, and the mark of a strike.
 *
 * @param {News} news
 * @param {SectorNumber} k
 */
function drawAct(news, k) {
  const byAir = DATA.strikes.includes(news.act ?? -1);
  const fill = toneOf(news.a);
  const from = nearestOf(news.a, k);
  if (from >= 0)
    acts.append(...drawArrow(SECTORS[from], SECTORS[k], fill, byAir, 3 + (news.r ?? 0)));
  if (byAir) {
    const { x, y } = SECTORS[k];
    marks.append(svg("polygon", { points: wedge(x, y, 12), fill, ...PULSE }));
  }
}

/**
 * @param {News} news
 * @param {Sector} sector
 * @param {number} n - marks that are there already
 */
function drawMark(news, sector, n) {
  const radius = 9 + Math.min(16, 2.4 * Math.sqrt(news.n));
  const angle = -0.8 + 0.9 * n;
  const x = sector.x + RADIUS * 0.8 * Math.cos(angle);
  const y = sector.y + RADIUS * 0.8 * Math.sin(angle);
  const points = news.k === "attack" ? burst(x, y, radius) : square(x, y, radius * 0.62);
  return svg("polygon", { points, fill: toneOf(news.a), ...PULSE });
}

/**
 * The sector of a state that is nearest to a place, -1 if it has no other.
 *
 * @param {ActorNumber} state
 * @param {SectorNumber} k
 */
function nearestOf(state, k) {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  SECTORS.forEach((sector, n) => {
    const gap = Math.hypot(sector.x - SECTORS[k].x, sector.y - SECTORS[k].y);
    if (sector.state !== state || n === k || gap >= least) return;
    [best, least] = [n, gap];
  });
  return best;
}

/**
 * @param {Sector} from
 * @param {Sector} to
 * @param {string} colour
 * @param {boolean} byAir - such an arrow bows out and is dashed
 * @param {number} width
 */
function drawArrow(from, to, colour, byAir, width) {
  const { line: d, head: points } = arrow(from, to, RADIUS, byAir ? 0.22 : 0, 10 + width);
  const dashes = byAir ? "10 6" : null;
  return [
    svg("path", { d, fill: "none", stroke: PAPER, "stroke-width": width + 5 }),
    svg("path", {
      d,
      fill: "none",
      stroke: colour,
      "stroke-width": width,
      "stroke-dasharray": dashes,
    }),
    svg("polygon", { points, fill: colour, stroke: PAPER, "stroke-width": 2 }),
  ];
}
