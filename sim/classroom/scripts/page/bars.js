// Outcomes as bars with their intervals, and what the levers changed, in one sentence.

import { html, styled } from "../common/dom.js";
import { between, DATA, list, outcomeName, percent, points, say } from "./data.js";
import { icon } from "./marks.js";
import { NONE, pairedShares, wilson } from "./statistics.js";

/** @import { Range, Sample } from "./types.js" */

const MOST_NAMED = 2;
const width = (/** @type {number} */ share) => `${100 * share}%`;

/**
 * How many of the first replications end in each outcome, and how many did not fail.
 *
 * @param {Sample} sample
 * @param {number} [n] - how many of them
 */
export function countOutcomes(sample, n = sample.n) {
  const counts = DATA.outcomes.map(() => 0);
  let others = 0;
  for (let k = 0; k < n; k++) {
    const outcome = sample.outcome[k];
    if (outcome >= 0) counts[outcome] += 1;
    else if (outcome === NONE) others += 1;
  }
  return { counts, others, fine: others + counts.reduce((sum, one) => sum + one, 0) };
}

/**
 * Draw a bar for each outcome, with its interval and a mark where the other sample has it.
 *
 * @param {Element} place
 * @param {Sample} now
 * @param {Sample | null} before
 */
export function drawBars(place, now, before) {
  const { counts, fine } = countOutcomes(now);
  const other = before ? countOutcomes(before) : null;
  const bars = DATA.outcomes.map(({ colour }, k) => {
    const share = fine ? counts[k] / fine : 0;
    const range = wilson(share, fine);
    const drawing = html(
      "span",
      { class: "bar", "aria-hidden": "true" },
      styled(html("i"), { "inline-size": width(share), background: colour }),
      other?.fine
        ? styled(html("u"), { "inset-inline-start": width(other.counts[k] / other.fine) })
        : null,
      styled(html("b"), {
        "inset-inline-start": width(range[0]),
        "inline-size": width(range[1] - range[0]),
      }),
    );
    const text = html(
      "p",
      {},
      icon(k),
      html("bdi", {}, outcomeName(k)),
      html("strong", {}, percent(share)),
      html("span", { class: "small" }, between(range, percent)),
    );
    return html("li", {}, text, drawing);
  });
  place.replaceChildren(...bars);
}

/**
 * The outcomes whose shares changed most, each with its interval of pairs.
 *
 * @param {Sample} now
 * @param {Sample} before
 */
export function clearChanges(now, before) {
  const n = Math.min(now.n, before.n);
  const gained = DATA.outcomes.map(() => 0);
  const lost = DATA.outcomes.map(() => 0);
  let pairs = 0;
  for (let k = 0; k < n; k++) {
    const [a, b] = [before.outcome[k], now.outcome[k]];
    if (a < NONE || b < NONE) continue;
    pairs += 1;
    if (a === b) continue;
    if (b >= 0) gained[b] += 1;
    if (a >= 0) lost[a] += 1;
  }
  return DATA.outcomes
    .map((_, k) => ({ k, ...pairedShares(gained[k], lost[k], pairs), pairs }))
    .filter(({ range: [low, high] }) => low > 0 || high < 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/**
 * What changed, in one sentence.
 *
 * @param {Sample} now
 * @param {Sample} before
 */
export function changesInWords(now, before) {
  const found = clearChanges(now, before).slice(0, MOST_NAMED);
  const n = Math.min(now.n, before.n);
  if (!found.length) return say("unclear", { n });
  return say("changed", { changes: list(found.map(changeInWords)), n });
}

/** How much more or less often an outcome comes. @param {{k: number, value: number, range: Range}} change */
export const changeInWords = ({ k, value, range }) =>
  say(value > 0 ? "rises" : "falls", {
    outcome: outcomeName(k),
    value: points(Math.abs(value)),
    range: between(value > 0 ? range : [-range[1], -range[0]], points),
  });
