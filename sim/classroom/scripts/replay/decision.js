// One decision: its options with their shares and terms, the random draw, beliefs and the truth.

import { html, styled, svg } from "../common/dom.js";
import { TONES } from "../common/tones.js";
import { INK, PAPER, SHADES } from "./colours.js";
import { DATA, hundredths, list, nameOf, nameOfId, percent, say, signed, term } from "./data.js";
import { isFree, optionsOf, pull, strongest } from "./options.js";

/** @import { Free, Option } from "./options.js" */
/** @import { DecisionRow } from "./types.js" */

const HALF = 100; // of the drawing of an option's terms
const LONGEST = 96;

/**
 * A decision as a box that opens.
 *
 * @param {DecisionRow} row
 * @param {boolean} open
 */
export function decisionBox(row, open) {
  const { kinds = {}, scale = 1 } = DATA.why ?? {};
  const { options: names, terms } = kinds[row.k];
  const options = optionsOf(row.o, names, scale);
  const free = options.filter(isFree);
  const chosen = options[row.c];
  const draw = row.u / scale / 10;
  const box = html(
    "details",
    { class: "choice", "data-kind": row.k },
    heading(row, chosen),
    html("p", {}, drawInWords(free.length, draw, chosen)),
    ...[ownAct(row, chosen), causes(row)].map((text) => text && html("p", {}, text)),
    ruler(free, chosen, draw),
    optionTable(row, free, chosen, terms),
    barredOptions(options),
    factTable(row),
  );
  box.open = open;
  return box;
}

/** @param {Option} option */
const optionName = ({ name }) => term("options", name);

/**
 * @param {DecisionRow} row
 * @param {Option} chosen
 */
function heading(row, chosen) {
  const about = row.to ? ` (${nameOfId(row.to)})` : "";
  const delay = row.l ? ` ${say("delay", { n: row.l })}` : "";
  const choice = html("b", {}, optionName(chosen));
  return html("summary", {}, `${term("kinds", row.k)}${about}: `, choice, delay);
}

/**
 * @param {number} n - options that were free
 * @param {number} draw
 * @param {Option} chosen
 */
function drawInWords(n, draw, chosen) {
  const share = percent(chosen.share);
  return say("drew", { n, draw: hundredths(draw), choice: optionName(chosen), share });
}

/**
 * Which of the scenario's own actions it was, null for none.
 *
 * @param {DecisionRow} row
 * @param {Option} chosen
 */
function ownAct({ w: own, a }, chosen) {
  const [label, does = ""] = DATA.own?.[(own ?? 0) - 1] ?? [];
  if (!label) return null;
  const values = { label, does, option: optionName(chosen), actor: nameOf(a) };
  return say("narration.own_rules.act", values);
}

/**
 * What the scenario's own rule had done before, null for nothing.
 *
 * @param {DecisionRow} row
 */
function causes({ r: rows }) {
  if (!rows) return null;
  const said = rows.map(([day, number]) => {
    const key = number < (DATA.flows ?? 0) ? "on" : "since";
    return say(`narration.own_rules.${key}`, { label: DATA.rule?.[number] ?? "", day });
  });
  return say("narration.own_rules.before", { causes: list(said) });
}

/** The colour of an option in the ruler of chance. @param {Option} option */
const shadeOf = ({ code }) => SHADES[code % SHADES.length];

/** What a colour stands for, in front of its name. @param {string} background */
const colourKey = (background) =>
  styled(html("span", { class: "key", "aria-hidden": "true" }), { background });

/**
 * Chance as a ruler from 0 to 1: each option has its share, the pin is the draw.
 *
 * @param {Free[]} free
 * @param {Option} chosen
 * @param {number} draw
 */
function ruler(free, chosen, draw) {
  const parts = free
    .filter(({ share }) => share > 0.002)
    .map((option) => {
      const name = option.share > 0.14 ? optionName(option) : "";
      const part = html("span", { class: option === chosen ? "fell" : null }, name);
      return styled(part, { flex: `${option.share} 0 0`, background: shadeOf(option) });
    });
  const pin = styled(html("i"), { "inset-inline-start": `${(100 * draw).toFixed(1)}%` });
  return html("div", { class: "strip", "aria-hidden": "true" }, html("div", {}, ...parts), pin);
}

/**
 * @param {DecisionRow} row
 * @param {Free[]} free
 * @param {Option} chosen
 * @param {string[]} terms
 */
function optionTable(row, free, chosen, terms) {
  const most = Math.max(
    0.01,
    ...free.map(({ worth }) => Math.max(pull(worth, 1), pull(worth, -1))),
  );
  const rows = [...free]
    .sort((a, b) => b.share - a.share)
    .map((option) => optionRow(option, option === chosen, terms, most));
  const table = html(
    "table",
    { class: "options" },
    html("thead", {}, headingRow(["option", "share", "worth"])),
    html("tbody", {}, ...rows),
  );
  const about = row.to ? ` (${nameOfId(row.to)})` : "";
  const label = `${nameOf(row.a)}, ${term("kinds", row.k)}${about}`; // of all on a page another
  const region = { class: "sheet", tabindex: 0, role: "region", "aria-label": label };
  return html("div", region, table);
}

/**
 * @param {Free} option
 * @param {boolean} isChoice
 * @param {string[]} terms
 * @param {number} most
 */
function optionRow(option, isChoice, terms, most) {
  const words = strongest(option.worth).flatMap(([k, value], n) => [
    n ? ", " : "",
    colourKey(TONES[k % TONES.length]),
    `${term("terms", terms[k])} ${signed(value)}`,
  ]);
  return html(
    "tr",
    { class: isChoice ? "chosen" : null },
    html(
      "th",
      { scope: "row" },
      colourKey(shadeOf(option)),
      optionName(option),
      isChoice ? " ✓" : "",
    ),
    html("td", { class: "share" }, percent(option.share)),
    html(
      "td",
      { class: "worth" },
      balance(option.worth, most),
      html("span", { class: "hint" }, ...words),
    ),
  );
}

/**
 * Terms as bars: what speaks for an option to the right, what speaks against it to the left.
 *
 * @param {number[]} worth
 * @param {number} most
 */
function balance(worth, most) {
  const axis = svg("line", { x1: HALF, x2: HALF, y1: 0, y2: 14, stroke: INK });
  let left = HALF;
  let right = HALF;
  const bars = worth.map((value, k) => {
    if (!value) return null;
    const width = (LONGEST * Math.abs(value)) / most;
    if (value < 0) left -= width;
    const x = value < 0 ? left : right;
    if (value > 0) right += width;
    const look = { fill: TONES[k % TONES.length], stroke: PAPER, "stroke-width": 0.6 };
    return svg("rect", { x, y: 2, width, height: 10, ...look });
  });
  const frame = { viewBox: "0 0 200 14", preserveAspectRatio: "none", "aria-hidden": "true" };
  return svg("svg", frame, axis, ...bars);
}

/** @param {Option[]} options */
function barredOptions(options) {
  const barred = options.filter((option) => !isFree(option));
  if (!barred.length) return null;
  const names = barred.map((option) =>
    option.barred ? `${optionName(option)} (${option.barred})` : optionName(option),
  );
  return html("p", { class: "facts" }, say("barred"), " ", names.join("; "));
}

/**
 * What the actor believed beside what is true.
 *
 * @param {DecisionRow} row
 */
function factTable({ b: believed = {}, x: truth = {} }) {
  const facts = Object.keys({ ...believed, ...truth });
  if (!facts.length) return null;
  const rows = facts.map((name) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, term("facts", name)),
      html("td", {}, factInWords(believed[name])),
      html("td", { class: "true" }, factInWords(truth[name])),
    ),
  );
  return html(
    "table",
    { class: "claims" },
    html("thead", {}, headingRow(["fact", "believed", "true"])),
    html("tbody", {}, ...rows),
  );
}

/** @param {number | undefined} value */
const factInWords = (value) => (value === undefined ? "–" : percent(value));

/** @param {string[]} keys */
const headingRow = (keys) =>
  html(
    "tr",
    {},
    ...keys.map((key) =>
      html("th", { scope: "col", class: key === "true" ? "true" : null }, say(`head_${key}`)),
    ),
  );
