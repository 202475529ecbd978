// Ten sealed worlds, opened one by one, then all hundred; and what the bet was worth.

import { byId, html, svg } from "../common/dom.js";
import { betShares, markSeen, onBet } from "./bet.js";
import { setDay, startPlaying } from "./calendar.js";
import { crowdBet, onCrowd } from "./crowd.js";
import { DATA, HORIZON, INK, outcomeName, STILL, say, whole } from "./data.js";
import { SEALED } from "./kept.js";
import { icon } from "./marks.js";
import { KEPT, keep } from "./notebook.js";
import { standing, wayToBest } from "./scores.js";
import { FAILED } from "./statistics.js";
import { isSealed, onStep, onUnseal } from "./steps.js";

/** @import { GrowingSample } from "./sample.js" */

const ALL = 100;
const WIDTH_OF_RULER = 400;

/** @typedef {{worlds: () => GrowingSample, watch: (world: number) => void}} Source */

/** @type {Source} */
let source;
/** @type {(() => void)[]} */
const climbers = [];

/** Have something done when all hundred are shown. @param {() => void} listener */
export function onClimb(listener) {
  climbers.push(listener);
}

/** How the first worlds ended, without those that failed. @param {number} n */
export function endsOf(n) {
  const sample = source.worlds();
  return Array.from(sample.outcome.slice(0, Math.min(n, sample.n))).filter((one) => one !== FAILED);
}

/** Whether so many worlds are computed. @param {number} n */
const areThere = (n) => source.worlds().n >= n;

/** Draw what was opened. */
function drawSealed() {
  if (isSealed() || !areThere(ALL)) return;
  const cards = Array.from({ length: SEALED }, (_, world) => card(world));
  byId("sealed").replaceChildren(...cards);
  const done = KEPT.opened === SEALED;
  byId("sealed-next").hidden = done;
  byId("sealed-rest").hidden = done;
  byId("sealed-next").textContent = say("path.worlds.next", { world: String(KEPT.opened) });
  byId("hundred-box").hidden = !done;
  byId("hundred").hidden = KEPT.hundred;
  document.body.toggleAttribute("data-hundred", KEPT.hundred);
  drawScore("score-ten", KEPT.opened, "path.worlds.score_opened");
  byId("score-hundred").hidden = !KEPT.hundred;
  if (KEPT.hundred) drawScore("score-hundred", ALL, "path.worlds.score_hundred");
}

/** @param {number} world */
function card(world) {
  if (world >= KEPT.opened) {
    const name = html("strong", {}, say("path.worlds.world", { world: String(world) }));
    return html("li", { class: "shut" }, name, html("span", {}, say("path.worlds.shut")));
  }
  const sample = source.worlds();
  const outcome = sample.outcome[world];
  const failed = outcome === FAILED;
  const dead = sample.measures(world)[DATA.deaths[0]];
  const watch = html("button", { type: "button", "data-watch": world }, say("path.worlds.watch"));
  watch.setAttribute("aria-label", say("path.worlds.watch_named", { world: String(world) }));
  watch.addEventListener("click", () => source.watch(world));
  return html(
    "li",
    {},
    html("strong", {}, say("path.worlds.world", { world: String(world) })),
    html(
      "p",
      {},
      icon(outcome),
      html("bdi", {}, failed ? say("path.worlds.failed") : outcomeName(outcome)),
    ),
    failed ? null : html("span", { class: "small" }, say("common.counts.dead", { n: dead })),
    watch,
  );
}

/** @param {number} count */
function openMore(count) {
  if (isSealed() || !areThere(SEALED)) return;
  KEPT.opened = Math.min(SEALED, KEPT.opened + count);
  keep();
  markSeen();
  drawSealed();
  const last = KEPT.opened - 1;
  const outcome = source.worlds().outcome[last];
  const how = outcome === FAILED ? say("path.worlds.failed") : outcomeName(outcome);
  byId("sealed-said").textContent =
    count > 1
      ? say("path.worlds.all_open", { n: SEALED })
      : say("path.worlds.said", { world: String(last), outcome: how });
  if (KEPT.opened === SEALED) byId("hundred").focus();
}

/**
 * The points of the bet on the first worlds, beside all equal and the best possible bet.
 *
 * @param {string} id
 * @param {number} n
 * @param {string} key - of its first sentence
 */
function drawScore(id, n, key) {
  const place = byId(id);
  const ends = endsOf(n);
  const own = betShares();
  const crowd = crowdBet();
  place.replaceChildren();
  if (!ends.length || (!own && !crowd)) return;
  const bets = [
    { who: "path.worlds.you", shares: own },
    { who: "path.worlds.class", shares: crowd?.shares },
  ].flatMap(({ who, shares }) => (shares ? [{ who, points: standing(shares, ends) }] : []));
  const { equal, best } = bets[0].points;
  place.append(
    html("h3", {}, say(key, { n: ends.length })),
    ruler([
      { label: say("path.worlds.equal"), points: equal },
      ...bets.map(({ who, points }) => ({ label: say(who), points: points.bet })),
      { label: say("path.worlds.best"), points: best },
    ]),
    ...bets.map(({ who, points }) =>
      html("p", {}, say("fact", { name: say(who), value: sentence(points) })),
    ),
  );
  if (own && KEPT.late) place.append(html("p", { class: "small" }, say("path.bet.late")));
}

/** What points mean. @param {{bet: number, equal: number, best: number}} points */
function sentence(points) {
  const { bet, equal, best } = points;
  const way = wayToBest(points);
  const known = { points: whole(bet), equal: whole(equal), best: whole(best) };
  if (way === null) return say("path.worlds.means_none", known);
  if (way < 0) return say("path.worlds.means_below", known);
  return say("path.worlds.means", { ...known, way: whole(100 * way) });
}

/** Points on a line from 0 to 100, and in words. @param {{label: string, points: number}[]} marks */
function ruler(marks) {
  const x = (/** @type {number} */ points) => 10 + (points / 100) * (WIDTH_OF_RULER - 20);
  const drawn = marks.flatMap(({ points }, k) => {
    const own = k > 0 && k < marks.length - 1;
    return [
      svg("path", {
        d: own ? `M${x(points)},20l-9,-16h18z` : `M${x(points)},6v28`,
        stroke: INK,
        "stroke-width": own ? 1 : 3,
        fill: k === 1 ? "#00558a" : "#d55e00",
      }),
    ];
  });
  const line = {
    x: 10,
    y: 20,
    width: WIDTH_OF_RULER - 20,
    height: 8,
    fill: "#dfe3e8",
    stroke: INK,
  };
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH_OF_RULER} 40`, class: "ruler", "aria-hidden": "true" },
    svg("rect", line),
    ...drawn,
  );
  const entries = marks.map(({ label, points }) =>
    html("li", {}, html("bdi", {}, label), " ", html("b", {}, whole(points))),
  );
  return html("div", { class: "points" }, picture, html("ul", {}, ...entries));
}

/** Show all hundred, and let them climb. */
function climb() {
  KEPT.hundred = true;
  keep();
  drawSealed();
  for (const listener of climbers) listener();
  byId("worlds-h").focus();
  byId("worlds").scrollIntoView({ block: "start" });
  if (STILL.matches) setDay(HORIZON);
  else {
    setDay(1);
    startPlaying();
  }
}

/**
 * Start the step.
 *
 * @param {Source} from
 */
export function startSealed(from) {
  source = from;
  byId("sealed-next").addEventListener("click", () => openMore(1));
  byId("sealed-rest").addEventListener("click", () => openMore(SEALED));
  byId("hundred").addEventListener("click", climb);
  onUnseal(drawSealed);
  onStep(drawSealed);
  onBet(drawSealed);
  onCrowd(drawSealed);
  drawSealed();
}

/** The first hundred worlds are there. */
export const showSealed = () => drawSealed();
