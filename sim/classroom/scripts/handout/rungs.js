// Rungs by day: the shares of the replications on each rung, one band upon the other.

import { byId, html, styled, svg } from "../common/dom.js";
import { DATA, percent, rungName, say, whole } from "./data.js";

const WIDE = 640;
const HIGH = 300;
const LEFT = 60;
const RIGHT = 26;
const TOP = 12;
const FOOT = 56;
const DAY_STEPS = [1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730];
const LONGEST_STEP = 1825;
const MOST_TICKS = 7;
const VISIBLE = 0.005; // shares below this are not named

/** @param {number} day */
const xOf = (day) => LEFT + ((WIDE - LEFT - RIGHT) * day) / DATA.horizon;

/** @param {number} share */
const yOf = (share) => HIGH - FOOT - (HIGH - FOOT - TOP) * share;

/**
 * Draw the bands, the axes and the legend.
 *
 * @param {number[][]} rows - shares of the rungs, a row a day
 */
export function drawRungs(rows) {
  const { names } = DATA.rungs;
  const end = rows[rows.length - 1];
  const visible = names
    .map((_, rung) => rung)
    .filter((rung) => rows.some((row) => row[rung] >= VISIBLE));
  const picture = byId("days", SVGSVGElement);
  picture.replaceChildren(...bands(rows), ...shareAxis(), ...dayAxis());
  const shares = visible.map((rung) => `${rungName(rung)} ${percent(end[rung])}`).reverse();
  picture.setAttribute(
    "aria-label",
    say("rungs_read", { day: DATA.horizon, shares: shares.join("; ") }),
  );
  byId("legend").replaceChildren(...visible.reverse().map((rung) => legendEntry(rung, end[rung])));
}

/** @param {number[][]} rows */
function bands(rows) {
  let floor = rows.map(() => 0);
  return DATA.rungs.names.map((_, rung) => {
    const roof = floor.map((low, day) => Math.min(1, low + rows[day][rung]));
    const corners = [...steps(roof), ...steps(floor).reverse()];
    const points = corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    floor = roof;
    return svg("polygon", { points, fill: DATA.rungs.colours[rung] });
  });
}

/**
 * Corners of a line of steps: a share holds from the day drawn before to its own day.
 *
 * @param {number[]} shares
 */
function steps(shares) {
  const { days } = DATA.rungs;
  return shares.flatMap((share, k) => [
    [xOf(k ? days[k - 1] : 0), yOf(share)],
    [xOf(days[k]), yOf(share)],
  ]);
}

function shareAxis() {
  return [0, 0.5, 1].flatMap((share) => [
    svg("line", { x1: LEFT - 5, x2: LEFT, y1: yOf(share), y2: yOf(share) }),
    label(LEFT - 8, yOf(share) + 5, percent(share), "end"),
  ]);
}

function dayAxis() {
  const last = DATA.horizon;
  const step = DAY_STEPS.find((days) => last / days <= MOST_TICKS) ?? LONGEST_STEP;
  const days = Array.from({ length: Math.floor(last / step) + 1 }, (_, k) => k * step);
  const ticks = days.flatMap((day) => [
    svg("line", { x1: xOf(day), x2: xOf(day), y1: yOf(0), y2: yOf(0) + 5 }),
    label(xOf(day), yOf(0) + 22, whole(day), "middle"),
  ]);
  return [...ticks, label((LEFT + WIDE - RIGHT) / 2, HIGH - 8, say("days_after"), "middle")];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {string} anchor
 */
const label = (x, y, text, anchor) => svg("text", { x, y, "text-anchor": anchor }, text);

/**
 * @param {number} rung
 * @param {number} share
 */
function legendEntry(rung, share) {
  const swatch = styled(html("i", { "aria-hidden": "true" }), {
    background: DATA.rungs.colours[rung],
  });
  return html(
    "li",
    {},
    swatch,
    `${rungName(rung)} `,
    html("span", { class: "small" }, percent(share)),
  );
}
