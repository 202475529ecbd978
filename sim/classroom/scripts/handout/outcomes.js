// Outcomes as bars, numbers as a table, and what differs from the scenario as it is.

import { byId, html, styled } from "../common/dom.js";
import { between, DATA, figure, list, outcomeName, percent, say } from "./data.js";

/** @import { Model } from "./model.js" */
/** @import { Outcome, Place, Shown } from "./types.js" */

const NOTICEABLE = 0.01; // changes of a share below this are not named
const MOST_NAMED = 3;

/** @param {number} share */
const width = (share) => `${100 * share}%`;

/**
 * Draw a bar for each outcome, with its interval and a mark where the scenario is.
 *
 * @param {Shown} now
 * @param {Shown} before
 */
export function drawBars(now, before) {
  byId("bars").replaceChildren(...DATA.outcomes.map((outcome, k) => bar(outcome, k, now, before)));
  byId("strip").replaceChildren(
    ...DATA.outcomes.map(({ colour }, k) =>
      styled(html("i"), { "inline-size": width(now.shares[k]), background: colour }),
    ),
  );
}

/**
 * @param {Outcome} outcome
 * @param {number} k
 * @param {Shown} now
 * @param {Shown} before
 */
function bar({ name, colour }, k, now, before) {
  const [low, high] = now.ranges[k];
  const drawing = html(
    "span",
    { class: "bar", "aria-hidden": "true" },
    styled(html("i"), { "inline-size": width(now.shares[k]), background: colour }),
    styled(html("u"), { "inset-inline-start": width(before.shares[k]) }),
    styled(html("b"), { "inset-inline-start": width(low), "inline-size": width(high - low) }),
  );
  const text = html(
    "p",
    {},
    html("bdi", {}, outcomeName(name)),
    html("strong", {}, percent(now.shares[k])),
    html("span", { class: "small" }, between(now.ranges[k], percent)),
  );
  return html("li", {}, text, drawing);
}

/**
 * Fill the table of numbers.
 *
 * @param {Shown} now
 * @param {Shown} before
 */
export function drawNumbers(now, before) {
  const rows = DATA.numbers.map(({ label, unit, share }, k) => {
    const format = share ? percent : figure;
    const { value, range } = now.numbers[k];
    return html(
      "tr",
      {},
      html("th", { scope: "row", dir: "auto" }, unit ? `${label} (${unit})` : label),
      cell("as_it_is", format(before.numbers[k].value)),
      cell("now", html("strong", {}, format(value))),
      cell("interval", between(range, format)),
    );
  });
  byId("numbers").replaceChildren(...rows);
}

/**
 * @param {string} key - of the column's heading, which a narrow screen shows in each cell
 * @param {Node | string} content
 */
export const cell = (key, content) =>
  html("td", { class: "figure", "data-label": say(key) }, content);

/**
 * The outcomes that changed most, those alone that the surfaces can tell apart, in one sentence.
 *
 * @param {Model} model
 * @param {Place} x
 * @param {Place} home
 * @param {Shown} now
 * @param {Shown} before
 * @returns {string}
 */
export function changes(model, x, home, now, before) {
  const clear = DATA.outcomes
    .map(({ name }, k) => ({ k, name, from: before.shares[k], to: now.shares[k] }))
    .filter(({ k, from, to }) => Math.abs(to - from) >= NOTICEABLE && model.differs(k, x, home))
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
    .slice(0, MOST_NAMED);
  if (!clear.length) return say("unclear");
  const parts = clear.map(({ name, from, to }) =>
    say(to > from ? "rises" : "falls", {
      outcome: outcomeName(name),
      from: percent(from),
      to: percent(to),
    }),
  );
  return say("against", { changes: list(parts) });
}
