// The whole class: bets by their codes, or a show of hands, and whether they say as often as it comes.

import { byId, html, svg } from "../common/dom.js";
import { betOf, codesIn, TOKENS } from "./betcodes.js";
import { DATA, INK, list, outcomeName, percent, say } from "./data.js";
import { MOST_BETS, MOST_HANDS } from "./kept.js";
import { icon } from "./marks.js";
import { KEPT, keep, WORLDS_HERE } from "./notebook.js";
import { calibration, FEWEST_QUESTIONS, sharesAmong, together } from "./scores.js";

const SIDE = 240; // of the picture
const MARGIN_OF_PICTURE = 34;
const MOST_BAD = 8; // codes that are named when they cannot be read
/** @type {(() => void)[]} */
const crowdListeners = [];

/** Have something done when the class's bets change. @param {() => void} listener */
export function onCrowd(listener) {
  crowdListeners.push(listener);
}

/** The bets of the codes, as shares. */
const betsOfCodes = () =>
  KEPT.codes.flatMap((code) => {
    const tokens = betOf(code, DATA.outcomes.length, WORLDS_HERE);
    return tokens ? [tokens.map((one) => one / TOKENS)] : [];
  });

/** The bet of the class as one; null if there is none. */
export const crowdBet = () => together(betsOfCodes(), KEPT.hands);

/** Read the codes that were typed. */
function readCodes() {
  const typed = codesIn(byId("codes", HTMLTextAreaElement).value).slice(0, MOST_BETS);
  const bad = typed.filter((code) => !betOf(code, DATA.outcomes.length, WORLDS_HERE));
  KEPT.codes = typed.filter((code) => !bad.includes(code));
  const said = [say("path.class.codes_read", { n: KEPT.codes.length })];
  if (bad.length) {
    said.push(say("path.class.codes_bad", { n: bad.length, codes: list(bad.slice(0, MOST_BAD)) }));
  }
  const twice = KEPT.codes.length - new Set(KEPT.codes.map((code) => code.toUpperCase())).size;
  if (twice) said.push(say("path.class.codes_twice", { n: twice }));
  byId("codes-said").textContent = said.join(" ");
  changed();
}

/** @param {number} outcome @param {string} text */
function raise(outcome, text) {
  const hands = /^\d{1,3}$/.test(text) ? Math.min(MOST_HANDS, Number(text)) : 0;
  KEPT.hands = KEPT.hands.map((one, k) => (k === outcome ? hands : one));
  changed();
}

function changed() {
  keep();
  drawCrowd();
  for (const listener of crowdListeners) listener();
}

function drawCrowd() {
  const crowd = crowdBet();
  const rows = DATA.outcomes.map((_, k) =>
    html(
      "li",
      {},
      html(
        "p",
        {},
        icon(k),
        html("bdi", {}, outcomeName(k)),
        html("strong", {}, percent(crowd?.shares[k] ?? 0)),
      ),
    ),
  );
  byId("class-bet").replaceChildren(...(crowd ? rows : []));
  byId("class-said").textContent = crowd
    ? say("path.class.together", { n: crowd.people })
    : say("path.class.nobody");
}

/**
 * What was said against what came; nothing where too little is pooled, and the reason why.
 *
 * @param {number[]} ends - outcomes of the worlds
 */
export function drawCalibration(ends) {
  const bets = betsOfCodes();
  const dots = ends.length ? calibration(bets, sharesAmong(ends, DATA.outcomes.length)) : [];
  byId("calibration-said").textContent = dots.length
    ? dots.map(dotInWords).join(" ")
    : say("path.class.calibration_few", { n: FEWEST_QUESTIONS });
  const picture = byId("calibration", SVGSVGElement);
  picture.toggleAttribute("hidden", !dots.length);
  const at = (/** @type {number} */ share) =>
    MARGIN_OF_PICTURE + share * (SIDE - MARGIN_OF_PICTURE - 12);
  const up = (/** @type {number} */ share) => SIDE - at(share);
  const frame = svg("path", {
    d: `M${at(0)},${up(1)}V${up(0)}H${at(1)}M${at(0)},${up(0)}L${at(1)},${up(1)}`,
    fill: "none",
    stroke: INK,
    "stroke-dasharray": "4 3",
  });
  const marks = dots.map(({ said, came }) =>
    svg("circle", { cx: at(said), cy: up(came), r: 6, fill: "#00558a", stroke: "#fff" }),
  );
  const text = { fill: INK, "font-size": 12 };
  picture.replaceChildren(
    frame,
    ...marks,
    svg(
      "text",
      { ...text, x: at(0.5), y: SIDE - 6, "text-anchor": "middle" },
      say("path.class.axis_said"),
    ),
    svg("text", { ...text, x: at(0) + 4, y: up(1) + 4 }, say("path.class.axis_came")),
  );
}

/** @param {{said: number, came: number, n: number}} dot */
const dotInWords = ({ said, came, n }) =>
  say("path.class.dot", { n, said: percent(said), came: percent(came) });

/** Start the panel. */
export function startCrowd() {
  const codes = byId("codes", HTMLTextAreaElement);
  codes.value = KEPT.codes.join("\n");
  codes.addEventListener("input", readCodes);
  const rows = DATA.outcomes.map((_, k) => {
    const id = `hands-${k}`;
    const input = html("input", {
      type: "number",
      id,
      min: 0,
      max: MOST_HANDS,
      inputmode: "numeric",
      value: KEPT.hands[k] || "",
    });
    input.addEventListener("input", () => raise(k, input.value));
    return html(
      "li",
      {},
      html("label", { for: id }, icon(k), html("bdi", {}, outcomeName(k))),
      input,
    );
  });
  byId("hands-up").replaceChildren(...rows);
  drawCrowd();
}
