// The charts of the stocks, the timeline of the rungs, and the pointer to the day in both.

import { byId, html, styled, svg } from "../common/dom.js";
import { TONES, toneOf } from "../common/tones.js";
import { day } from "./clock.js";
import { CEASEFIRE, DASHES, INK, PAPER, RUNG_TONES } from "./colours.js";
import { DATA, hundredths, nameOf, percent, REPLAY, say, whole } from "./data.js";
import { ceasefireQuality, stretches } from "./decode.js";

/** @import { Chart, DecodedLine } from "./types.js" */

const HIGH = 80; // of a chart, in its own units; a day is one unit wide
const WHOLE_NUMBERS = ["fighters", "dead"];
const UNSCALED = { "vector-effect": "non-scaling-stroke" };
const HEADROOM = 1.05; // above the largest value

/** @type {SVGLineElement[]} */
const pointers = [];
/** @type {{chart: Chart<DecodedLine>, line: DecodedLine, output: HTMLElement}[]} */
const outputs = [];

/** @param {string} [label] - what it shows; a drawing without one is decoration */
function sheet(label) {
  const role = label ? "img" : null;
  const viewBox = `0 0 ${DATA.days} ${HIGH}`;
  return svg("svg", { viewBox, preserveAspectRatio: "none", role, "aria-label": label });
}

/** @param {SVGSVGElement} drawing */
function addPointer(drawing) {
  for (const [stroke, width] of [
    [PAPER, 7],
    ["#00558a", 4],
  ]) {
    const line = svg("line", { y1: 0, y2: HIGH, stroke, "stroke-width": width, ...UNSCALED });
    drawing.append(line);
    pointers.push(line);
  }
}

/** Shade the days before the release. @param {SVGSVGElement} drawing */
function shadePast(drawing) {
  if (REPLAY.release < 0) return;
  drawing.prepend(
    svg("rect", { x: 0, y: 0, width: REPLAY.release + 1, height: HIGH, fill: "#dcdcdc" }),
  );
}

/** Draw the rungs and the ceasefires of all days. */
export function drawTimeline() {
  const { release } = REPLAY;
  const drawing = sheet();
  shadePast(drawing);
  drawing.append(...rungStretches(), ...ceasefireStretches());
  if (release >= 0) {
    const x = release + 1;
    drawing.append(
      svg("line", { x1: x, x2: x, y1: 0, y2: HIGH, stroke: INK, "stroke-width": 2, ...UNSCALED }),
    );
  }
  addPointer(drawing);
  byId("line").append(drawing);
  const share = (100 * Math.max(0, release + 1)) / DATA.days;
  styled(byId("reported"), { flex: `0 0 ${share.toFixed(2)}%` });
  if (release < 3) byId("reported").textContent = "";
}

function rungStretches() {
  return stretches(REPLAY.rung).map(({ from, to, value: rung }) => {
    const height = 6 + (rung * (HIGH - 16)) / 7;
    return svg("rect", {
      x: from,
      y: HIGH - 10 - height,
      width: to - from,
      height,
      fill: RUNG_TONES[rung],
      stroke: rung ? "none" : "#9a9a9a",
      "stroke-width": 0.5,
      ...UNSCALED,
    });
  });
}

function ceasefireStretches() {
  return DATA.relations.flatMap((_, relation) => {
    const held = Array.from(
      { length: DATA.days },
      (__, k) => ceasefireQuality(REPLAY, relation, k) > 0,
    );
    return stretches(held)
      .filter(({ value }) => value)
      .map(({ from, to }) =>
        svg("rect", { x: from, y: HIGH - 8, width: to - from, height: 8, fill: CEASEFIRE }),
      );
  });
}

/**
 * A value of a chart in words.
 *
 * @param {Chart<DecodedLine>} chart
 * @param {number} value
 */
function valueInWords({ key }, value) {
  if (WHOLE_NUMBERS.includes(key)) return whole(value);
  return key === "belief" ? percent(value) : hundredths(value);
}

/** @param {DecodedLine} line */
function lineName({ name, a, b, pair }) {
  if (name) return say(`line_${name}`);
  if (b === undefined) return nameOf(a);
  if (pair) return `${nameOf(a)} – ${nameOf(b)}`;
  return say("toward", { who: nameOf(a), whom: nameOf(b) });
}

/** Draw all charts. */
export function drawCharts() {
  byId("charts").append(...REPLAY.charts.map(drawChart));
}

/** @param {Chart<DecodedLine>} chart */
function drawChart(chart) {
  const largest = Math.max(0.001, ...chart.lines.map(({ values }) => Math.max(...values)));
  const top = chart.top || largest * HEADROOM;
  const title = say(`chart_${chart.key}`);
  const drawing = sheet(title);
  shadePast(drawing);
  const entries = chart.lines.map((line, k) => {
    const look = {
      stroke: lineColour(line, k),
      "stroke-dasharray": DASHES[k % DASHES.length] || null,
    };
    drawing.append(drawLine(line, top, look));
    return legendEntry(chart, line, look);
  });
  addPointer(drawing);
  const plot = html(
    "div",
    { class: "plot" },
    drawing,
    html("span", { class: "top" }, valueInWords(chart, top)),
    html("span", { class: "zero" }, "0"),
  );
  return html("div", { class: "chart" }, html("h3", {}, title), plot, html("ul", {}, ...entries));
}

/**
 * @param {DecodedLine} line
 * @param {number} k
 */
function lineColour(line, k) {
  if (line.pair) return CEASEFIRE;
  return line.name ? TONES[6 - k * 5] : toneOf(line.a);
}

/**
 * @param {DecodedLine} line
 * @param {number} top
 * @param {Record<string, string | null>} look
 */
function drawLine({ values }, top, look) {
  const steps = values.map((value, k) => {
    const y = HIGH - 2 - ((HIGH - 4) * value) / top;
    return `${k ? "L" : "M"}${k + 0.5} ${y.toFixed(1)}`;
  });
  const shape = { d: steps.join(""), fill: "none", "stroke-width": 3, "stroke-linejoin": "round" };
  return svg("path", { ...shape, ...UNSCALED, ...look });
}

/**
 * @param {Chart<DecodedLine>} chart
 * @param {DecodedLine} line
 * @param {Record<string, string | null>} look
 */
function legendEntry(chart, line, look) {
  const output = html("b");
  outputs.push({ chart, line, output });
  const sample = svg(
    "svg",
    { viewBox: "0 0 30 10", "aria-hidden": "true" },
    svg("path", { d: "M0 5h30", "stroke-width": 5, ...look }),
  );
  return html("li", {}, sample, html("span", {}, lineName(line)), output);
}

/** Point to the day that is shown, and write its values. */
export function drawChartsOfDay() {
  for (const pointer of pointers) {
    pointer.setAttribute("x1", String(day + 0.5));
    pointer.setAttribute("x2", String(day + 0.5));
  }
  for (const { chart, line, output } of outputs) {
    output.textContent = valueInWords(chart, line.values[day]);
  }
}
