// Rungs by day, the fan of the dead, and the times of first events.

import { byId, html, styled, svg } from "../common/dom.js";
import { DATA, figure, HORIZON, INK, percent, say, WIDTH, whole } from "./data.js";
import { NONE, quantile } from "./statistics.js";

/** @import { Sample } from "./types.js" */

const DAY_STEPS = [1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730, 1825];
const MOST_TICKS = 7;
const MOST_DAYS = 31; // of the fan
const BANDS = [
  [0.05, 0.95],
  [0.25, 0.75],
];
const FAN_TONES = ["#cfe0ee", "#8fb8d9"];
const BLUE = "#00558a";
const AXIS = "#4d4d4d";

/**
 * @typedef {object} Frame
 * @property {number} wide
 * @property {number} high
 * @property {number} left
 * @property {number} foot
 */

/** @param {Frame} frame @param {number} day */
const xOf = ({ wide, left }, day) => left + ((wide - left - 14) * day) / HORIZON;

/** @param {Frame} frame @param {number} share */
const yOf = ({ high, foot }, share) => high - foot - (high - foot - 10) * share;

/**
 * @param {Frame} frame
 * @param {number} size - of the letters
 */
function dayAxis(frame, size) {
  const step = DAY_STEPS.find((days) => HORIZON / days <= MOST_TICKS) ?? HORIZON;
  const days = Array.from({ length: Math.floor(HORIZON / step) + 1 }, (_, k) => k * step);
  const y = yOf(frame, 0);
  const middle = (frame.left + frame.wide - 14) / 2;
  return [
    svg("line", { x1: frame.left, x2: frame.wide - 14, y1: y, y2: y, stroke: AXIS }),
    ...days.flatMap((day) => [
      svg("line", { x1: xOf(frame, day), x2: xOf(frame, day), y1: y, y2: y + 4, stroke: AXIS }),
      label(xOf(frame, day), y + size + 5, whole(day), "middle", size),
    ]),
    label(middle, frame.high - 5, say("days_after"), "middle", size),
  ];
}

/**
 * @param {Frame} frame
 * @param {(share: number) => string} format
 * @param {number} size
 */
function upAxis(frame, format, size) {
  return [0, 0.5, 1].flatMap((share) => {
    const y = yOf(frame, share);
    return [
      svg("line", { x1: frame.left - 4, x2: frame.left, y1: y, y2: y, stroke: AXIS }),
      label(frame.left - 7, y + size / 3, format(share), "end", size),
    ];
  });
}

/** @type {(x: number, y: number, text: string, anchor: string, size: number) => SVGTextElement} */
const label = (x, y, text, anchor, size) =>
  svg(
    "text",
    { x, y, "text-anchor": anchor, direction: "ltr", "font-size": size, fill: INK },
    text,
  );

/** @param {number[][]} corners */
const joined = (corners) => corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

/**
 * Shares of the rungs by day, a row a day.
 *
 * @param {Sample} sample
 * @returns {Float64Array[]}
 */
export function rungShares({ n, rows }) {
  const shares = Array.from({ length: HORIZON }, () => new Float64Array(DATA.rungs.length));
  for (let k = 0; k < n; k++) {
    for (let day = 0; day < HORIZON; day++) shares[day][rows.rung[k * HORIZON + day]] += 1 / n;
  }
  return shares;
}

/**
 * Bands of the rungs by day, one upon the other.
 *
 * @param {SVGSVGElement} picture
 * @param {Sample} sample
 */
export function drawRungs(picture, sample) {
  const frame = { wide: 480, high: 250, left: 62, foot: 50 };
  const shares = rungShares(sample);
  let floor = shares.map(() => 0);
  const bands = DATA.rungs.map(({ colour }, rung) => {
    const roof = floor.map((low, day) => Math.min(1, low + shares[day][rung]));
    const corners = [...steps(frame, roof), ...steps(frame, floor).reverse()];
    floor = roof;
    return svg("polygon", { points: joined(corners), fill: colour });
  });
  picture.replaceChildren(...bands, ...upAxis(frame, percent, 16), ...dayAxis(frame, 16));
  const last = shares[HORIZON - 1];
  const parts = DATA.rungs.flatMap(({ name }, rung) =>
    last[rung] >= 0.005 ? [`${rung} ${name} ${percent(last[rung])}`] : [],
  );
  picture.setAttribute("aria-label", say("rungs_read", { day: HORIZON, shares: parts.join("; ") }));
}

/**
 * Corners of a line of steps: day by day.
 *
 * @param {Frame} frame
 * @param {number[]} shares
 */
const steps = (frame, shares) =>
  shares.flatMap((share, day) => [
    [xOf(frame, day), yOf(frame, share)],
    [xOf(frame, day + 1), yOf(frame, share)],
  ]);

/** The names of the rungs with their colours. */
export function drawRungLegend() {
  const entries = DATA.rungs.map(({ name, colour }, rung) =>
    html(
      "li",
      {},
      styled(html("i", { "aria-hidden": "true" }), { background: colour }),
      `${rung} ${name}`,
    ),
  );
  byId("legend").replaceChildren(...entries.reverse());
}

/**
 * The dead since the release by day: quantiles on some days, a row a day.
 *
 * @param {Sample} sample
 */
export function deathQuantiles({ n, rows, outcome }) {
  const step = Math.max(1, Math.ceil(HORIZON / MOST_DAYS));
  const days = [];
  for (let day = HORIZON; day > 0; day -= step) days.unshift(day);
  const fine = Array.from({ length: n }, (_, k) => k).filter((k) => outcome[k] >= NONE);
  const sums = new Float64Array(n);
  let done = 0;
  return days.map((day) => {
    for (const k of fine) {
      for (let t = done; t < day; t++) sums[k] += rows.deaths[k * HORIZON + t];
    }
    done = day;
    const sorted = Float64Array.from(fine, (k) => sums[k]).sort();
    return { day, at: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(sorted, share)) };
  });
}

/**
 * The fan of the dead; dashes are the median as it is.
 *
 * @param {Sample} now
 * @param {Sample | null} before
 */
export function drawFan(now, before) {
  const picture = byId("fan", SVGSVGElement);
  const frame = { wide: 640, high: 260, left: 78, foot: 50 };
  const rows = deathQuantiles(now);
  const others = before ? deathQuantiles(before) : [];
  const top = Math.max(1, ...rows.map(({ at }) => at[4]), ...others.map(({ at }) => at[2])) * 1.05;
  /** @type {(day: number, value: number) => number[]} */
  const corner = (day, value) => [xOf(frame, day), yOf(frame, value / top)];
  const bands = BANDS.map((_, band) => {
    const up = rows.map(({ day, at }) => corner(day, at[4 - band]));
    const down = rows.map(({ day, at }) => corner(day, at[band])).reverse();
    return svg("polygon", {
      points: joined([corner(0, 0), ...up, ...down]),
      fill: FAN_TONES[band],
    });
  });
  /** @param {typeof rows} some */
  const median = (some) => joined([corner(0, 0), ...some.map(({ day, at }) => corner(day, at[2]))]);
  const line = { fill: "none", stroke: BLUE, "stroke-width": 3 };
  const dashes = { fill: "none", stroke: INK, "stroke-width": 2, "stroke-dasharray": "6 4" };
  picture.replaceChildren(
    ...bands,
    svg("polyline", { points: median(rows), ...line }),
    ...(others.length ? [svg("polyline", { points: median(others), ...dashes })] : []),
    ...upAxis(frame, (share) => figure(Math.round(share * top)), 16),
    ...dayAxis(frame, 16),
  );
  const end = rows[rows.length - 1].at;
  const said = say("fan_read", {
    day: HORIZON,
    median: whole(end[2]),
    low: whole(end[0]),
    high: whole(end[4]),
  });
  picture.setAttribute("aria-label", said);
}

/**
 * Share of replications in which an event has come, by day: corners of a line of steps.
 *
 * @param {Sample} sample
 * @param {number} measure
 */
export function shareByDay({ n, rows, outcome }, measure) {
  const counts = new Float64Array(HORIZON + 1);
  let fine = 0;
  for (let k = 0; k < n; k++) {
    if (outcome[k] < NONE) continue;
    fine += 1;
    const day = rows.measures[k * WIDTH + measure];
    if (day >= 0 && day <= HORIZON) counts[Math.round(day)] += 1;
  }
  let sum = 0;
  return Array.from(counts, (count) => {
    sum += count;
    return fine ? sum / fine : 0;
  });
}

/**
 * The share of worlds in which each first event has come, by day; dashes are as it is.
 *
 * @param {Sample} now
 * @param {Sample | null} before
 */
export function drawTimes(now, before) {
  const frame = { wide: 400, high: 200, left: 62, foot: 50 };
  const pictures = DATA.times.map(({ measure, label: name }) => {
    const shares = shareByDay(now, measure);
    const others = before ? shareByDay(before, measure) : null;
    /** @param {number[]} some */
    const line = (some) =>
      joined(
        some.flatMap((share, day) => [
          [xOf(frame, day), yOf(frame, share)],
          [xOf(frame, Math.min(HORIZON, day + 1)), yOf(frame, share)],
        ]),
      );
    const end = shares[HORIZON];
    const said = say("times_read", { what: name, share: percent(end), day: HORIZON });
    const picture = svg(
      "svg",
      {
        class: "chart",
        viewBox: `0 0 ${frame.wide} ${frame.high}`,
        role: "img",
        "aria-label": said,
      },
      svg("polyline", { points: line(shares), fill: "none", stroke: BLUE, "stroke-width": 3 }),
      others
        ? svg("polyline", {
            points: line(others),
            fill: "none",
            stroke: INK,
            "stroke-width": 2,
            "stroke-dasharray": "6 4",
          })
        : null,
      ...upAxis(frame, percent, 16),
      ...dayAxis(frame, 16),
    );
    const heading = html("figcaption", {}, say("fact", { name, value: percent(end) }));
    return html("figure", {}, heading, picture);
  });
  byId("times").replaceChildren(...pictures);
}
