// The bet: a hundred worlds handed out to the outcomes, in tokens of five, then locked.

import { byId, html } from "../common/dom.js";
import { codeOfBet, TOKENS } from "./betcodes.js";
import { DATA, list, outcomeName, say } from "./data.js";
import { drawQr } from "./keep.js";
import { icon } from "./marks.js";
import { KEPT, keep, WORLDS_HERE } from "./notebook.js";
import { drawSteps, goTo, isSealed, onStep, seal, unseal } from "./steps.js";

const EACH = 100 / TOKENS; // worlds that a token stands for
/** @type {number[][]} */
const past = [];
/** @type {(() => void)[]} */
const listeners = [];

/** Have something done when a bet is locked, or opened again. @param {() => void} listener */
export function onBet(listener) {
  listeners.push(listener);
}

/** Note that the answer has been in sight. */
export function markSeen() {
  if (KEPT.seen) return;
  KEPT.seen = true;
  keep();
}

/** The bet as shares; null if none is locked. */
export const betShares = () =>
  KEPT.state === "locked" ? KEPT.tokens.map((tokens) => tokens / TOKENS) : null;

const left = () => TOKENS - KEPT.tokens.reduce((sum, one) => sum + one, 0);

/**
 * Put a number of tokens on an outcome, no more than there are.
 *
 * @param {number} outcome
 * @param {number} wanted
 */
function put(outcome, wanted) {
  if (KEPT.state !== "open") return;
  const most = KEPT.tokens[outcome] + left();
  const tokens = Math.max(0, Math.min(most, Math.round(wanted)));
  if (tokens === KEPT.tokens[outcome]) return drawBet();
  change(KEPT.tokens.map((one, k) => (k === outcome ? tokens : one)));
}

/** @param {number[]} tokens */
function change(tokens) {
  past.push(KEPT.tokens);
  KEPT.tokens = tokens;
  keep();
  drawBet();
}

/** Hand out what is left, one by one, to those that have fewest. */
function spread() {
  const tokens = [...KEPT.tokens];
  for (let k = left(); k > 0; k--) tokens[tokens.indexOf(Math.min(...tokens))] += 1;
  change(tokens);
}

/** A row for each outcome: fewer, slider, more. */
function makeRows() {
  const rows = DATA.outcomes.map((_, k) => {
    const name = outcomeName(k);
    const id = `bet-${k}`;
    const slider = html("input", { type: "range", id, min: 0, max: TOKENS, step: 1 });
    slider.addEventListener("input", () => put(k, Number(slider.value)));
    const [fewer, more] = [
      { sign: "−", by: -1, key: "path.bet.fewer" },
      { sign: "+", by: 1, key: "path.bet.more" },
    ].map(({ sign, by, key }) => {
      const button = html("button", { type: "button", "aria-label": say(key, { name }) }, sign);
      button.addEventListener("click", () => put(k, KEPT.tokens[k] + by));
      return button;
    });
    return html(
      "li",
      {},
      html("label", { for: id }, icon(k), html("bdi", {}, name)),
      html("output", { for: id, id: `bet-${k}-said` }),
      fewer,
      slider,
      more,
    );
  });
  byId("bet-rows").replaceChildren(...rows);
}

/** Show the bet as it stands. */
function drawBet() {
  const open = KEPT.state === "open";
  DATA.outcomes.forEach((_, k) => {
    const slider = byId(`bet-${k}`, HTMLInputElement);
    const worlds = KEPT.tokens[k] * EACH;
    slider.value = String(KEPT.tokens[k]);
    slider.setAttribute("aria-valuetext", say("path.bet.worlds", { n: worlds }));
    const said = byId(`bet-${k}-said`);
    said.textContent = String(worlds);
    said.toggleAttribute("data-none", worlds === 0);
  });
  const rest = left();
  byId("bet-left").textContent = rest
    ? say("path.bet.left", { n: rest * EACH })
    : say("path.bet.full");
  byId("bet-undo", HTMLButtonElement).disabled = !past.length;
  byId("bet-spread", HTMLButtonElement).disabled = rest === 0;
  byId("bet-lock", HTMLButtonElement).disabled = rest > 0;
  byId("bet-open").hidden = !open;
  byId("bet-locked").hidden = KEPT.state !== "locked";
  byId("bet-skipped").hidden = KEPT.state !== "skipped";
  if (KEPT.state === "locked") drawLocked();
}

/** The bet in one sentence. */
export function betInWords() {
  const parts = DATA.outcomes
    .map((_, k) => ({ k, worlds: KEPT.tokens[k] * EACH }))
    .filter(({ worlds }) => worlds > 0)
    .sort((a, b) => b.worlds - a.worlds)
    .map(({ k, worlds }) => say("path.bet.part", { n: worlds, name: outcomeName(k) }));
  return say("path.bet.sentence", { parts: list(parts) });
}

function drawLocked() {
  const code = codeOfBet(KEPT.tokens, WORLDS_HERE);
  byId("bet-sentence").textContent = betInWords();
  byId("bet-late").hidden = !KEPT.late;
  byId("bet-code").textContent = code;
  drawQr(byId("bet-qr", SVGSVGElement), code);
}

function lock() {
  if (left() || KEPT.state !== "open") return;
  KEPT.state = "locked";
  KEPT.late = KEPT.seen;
  past.length = 0;
  keep();
  drawBet();
  unseal();
  tell();
  byId("bet-locked-h").focus();
}

/** Bet anew: before the answer was seen it goes out of sight again; after that the new bet says so. */
function betAgain() {
  KEPT.state = "open";
  keep();
  drawBet();
  if (!KEPT.seen) seal();
  tell();
  byId("bet-0").focus();
}

function skipBet() {
  KEPT.state = "skipped";
  keep();
  drawBet();
  unseal();
  tell();
  goTo("worlds");
}

function tell() {
  for (const listener of listeners) listener();
}

/** Start the step. */
export function startBet() {
  makeRows();
  drawBet();
  byId("bet-undo").addEventListener("click", () => {
    KEPT.tokens = past.pop() ?? KEPT.tokens;
    keep();
    drawBet();
  });
  byId("bet-spread").addEventListener("click", spread);
  byId("bet-lock").addEventListener("click", lock);
  for (const id of ["bet-again", "bet-after-all"]) byId(id).addEventListener("click", betAgain);
  byId("bet-skip").addEventListener("click", skipBet);
  onStep((step) => {
    const sealedStill = step === "worlds" && KEPT.opened === 0; // nothing is open there yet
    if (!isSealed() && !["story", "bet"].includes(step) && !sealedStill) markSeen();
  });
  if (KEPT.state !== "open" || KEPT.seen) unseal();
  drawSteps();
}
