// Click an actor: what it could do today, what spoke for and against it, and how the draw fell.

import { all, byId, html, styled } from "../common/dom.js";
import { toneOf } from "../common/tones.js";
import { day } from "./clock.js";
import { DATA, dateOf, nameOf, nameOfId, REPLAY, say } from "./data.js";
import { decisionBox } from "./decision.js";
import { step } from "./player.js";

/** @import { ActorNumber, DecisionRow, News } from "./types.js" */

const NOBODY = -1;
/** @type {ActorNumber} */
let actorInView = NOBODY;

/** @type {Map<string, DecisionRow[]>} */
const decisions = new Map();
for (const row of DATA.why?.rows ?? []) {
  const key = `${row.a} ${row.d}`;
  const rows = [...(decisions.get(key) ?? []), row];
  decisions.set(
    key,
    rows.sort((p, q) => Number(p.k === "command") - Number(q.k === "command")),
  );
}

/**
 * The decisions of an actor on a day, those of the capital before those of border commands.
 *
 * @param {ActorNumber} actor
 * @param {number} date - days from the release
 * @returns {DecisionRow[]}
 */
const decisionsOf = (actor, date) => decisions.get(`${actor} ${date}`) ?? [];

/** Make the buttons of the actors work. */
export function drawActors() {
  for (const button of all(".actor")) {
    const actor = Number(button.dataset["actor"]);
    styled(button, { "--tone": toneOf(actor) });
    button.addEventListener("click", () => showReasons(actor));
  }
}

/**
 * Show the reasons of an actor, or hide them if they are shown.
 *
 * @param {ActorNumber} actor
 */
export function showReasons(actor) {
  actorInView = actorInView === actor ? NOBODY : actor;
  for (const button of all(".actor")) {
    const pressed = Number(button.dataset["actor"]) === actorInView;
    button.setAttribute("aria-pressed", String(pressed));
  }
  drawReasons();
  if (actorInView !== NOBODY) byId("why").scrollIntoView({ block: "nearest", behavior: "auto" });
}

/** Write down the decisions of the actor in view on the day that is shown. */
export function drawReasons() {
  const place = byId("reasons");
  if (actorInView === NOBODY) {
    place.replaceChildren();
    return;
  }
  const rows = decisionsOf(actorInView, day + DATA.first);
  const open = [...place.querySelectorAll("details[open]")].map((box) =>
    box.getAttribute("data-kind"),
  );
  const who = nameOf(actorInView);
  const boxes = rows.map((row, k) => decisionBox(row, k === 0 || open.includes(row.k)));
  place.replaceChildren(
    html("h3", {}, say("why_of", { who, date: dateOf(day) })),
    ...(boxes.length ? boxes : [html("p", {}, say(silence()))]),
    ...linkToNext(place),
  );
}

/** The key of the sentence for a day without a decision. */
function silence() {
  const scripted = day <= REPLAY.release && DATA.actors[actorInView].kind !== "group";
  return scripted ? "why_scripted" : "why_none";
}

/**
 * A button that leads to the actor's next decision, if there is one.
 *
 * @param {HTMLElement} place
 */
function linkToNext(place) {
  let next = day + 1;
  while (next <= REPLAY.last && !decisionsOf(actorInView, next + DATA.first).length) next++;
  if (next > REPLAY.last) return [];
  const button = html("button", { type: "button" }, say("why_next", { date: dateOf(next) }));
  button.addEventListener("click", () => {
    step(next - day);
    place.querySelector("summary")?.focus();
  });
  return [html("p", {}, button)];
}

/**
 * The day on which it was decided to do what the news report: that of the latest order for it, and
 * today for a border command.
 *
 * @param {News} news
 * @returns {number | null} days from the release
 */
function decidedOn(news) {
  if (news.k === "clash") {
    const ordered = decisionsOf(news.a, news.d).some(({ k }) => k === "command");
    return ordered ? news.d : null;
  }
  if (news.k !== "act" && news.k !== "posture") return null;
  for (let date = news.d; date > 0; date--) {
    const order = decisionsOf(news.a, date).find((row) => row.k === "action" && isAbout(row, news));
    if (order && order.c === news.act) return date;
  }
  return null;
}

/**
 * @param {DecisionRow} row
 * @param {News} news
 */
const isAbout = (row, news) => DATA.states.length < 3 || nameOfId(row.to) === nameOf(news.t);

/**
 * A button that leads from news to the decision behind them, null where there is none.
 *
 * @param {News} news
 */
export function reasonsButton(news) {
  const date = decidedOn(news);
  if (date === null) return null;
  const today = date === news.d;
  const text = today ? say("because") : say("because_on", { date: dateOf(date - DATA.first) });
  const button = html("button", { type: "button", class: "because" }, text);
  button.addEventListener("click", () => {
    if (!today) step(date - DATA.first - day);
    if (actorInView !== news.a) showReasons(news.a);
    byId("why").scrollIntoView({ block: "start", behavior: "auto" });
    const [actor] = all(`.actor[data-actor="${news.a}"]`);
    actor?.focus({ preventScroll: true });
  });
  return button;
}
