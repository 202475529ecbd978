// The part of a game's end that computes its turning points, if one asks for them.

import { byId, html } from "../common/dom.js";
import { DATA, HORIZON, LOCALE, list, outcomeName, percent, say } from "../page/data.js";
import { GrowingSample } from "../page/sample.js";
import { FUTURE_STREAM, PLAY, withoutLaterChoices } from "./game.js";
import { gameNews, gameResult } from "./tell.js";
import { turningOf } from "./turning.js";

/** @import { ClassPage } from "../page/types.js" */
/** @import { Game } from "./game.js" */
/** @import { Position } from "./types.js" */

const WHOLE_POINTS = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const TENTHS_OF_POINTS = new Intl.NumberFormat(LOCALE, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** The button, its progress, and what was found. */
export class TurningPart {
  #turn = 0; // of the searches, the last one is told
  /** @type {GrowingSample | null} */
  #sample = null;
  /** @type {[Game, Position] | null} */
  #of = null;

  /** @param {ClassPage} page */
  constructor(page) {
    this.page = page;
    byId("game-turning-find").addEventListener("click", () => this.#find());
    byId("game-turning-stop").addEventListener("click", () => this.stop());
  }

  /**
   * Offer it for a game that is over.
   *
   * @param {Game} game
   * @param {Position} position
   * @param {boolean} open - whether the page may show futures
   */
  offer(game, position, open) {
    this.stop();
    this.#of = [game, position];
    byId("game-turning").hidden = !open;
    byId("game-turning-said").replaceChildren();
  }

  /** Nobody waits for it any more. */
  stop() {
    this.#turn += 1;
    this.#sample?.drop();
    this.#sample = null;
    this.#busy(false);
    byId("game-turning-progress").textContent = "";
  }

  /** @param {boolean} busy */
  #busy(busy) {
    byId("game-turning-find").hidden = busy;
    byId("game-turning-stop").hidden = !busy;
  }

  async #find() {
    if (!this.#of) return;
    this.stop();
    const [game, position] = this.#of;
    const turn = this.#turn;
    this.#busy(true);
    try {
      const came = await this.#mornings(game, position, turn);
      if (!came) return;
      this.stop();
      byId("game-turning-said").replaceChildren(
        ...turningLines(position, came).map((line) => html("p", { dir: "auto" }, line)),
      );
    } catch (error) {
      this.stop();
      this.page.tellFault(error);
    }
  }

  /**
   * By morning, the outcome of each future, and what came; null if nobody waits any more.
   *
   * @param {Game} game
   * @param {Position} position
   * @param {number} turn
   */
  async #mornings(game, position, turn) {
    const { runs } = PLAY.turning;
    /** @type {ArrayLike<number>[]} */
    const came = [];
    for (let day = 1; day <= HORIZON; day++) {
      byId("game-turning-progress").textContent = say("play.page.turning_progress", {
        n: day,
        all: HORIZON,
      });
      const block = withoutLaterChoices(await game.blockBefore(position, day), position);
      const start = { changes: [], past: { block, day }, first: FUTURE_STREAM };
      const sample = new GrowingSample(this.page.pool, this.page.inputs, start, runs);
      this.#sample = sample;
      await sample.grow(runs, () => {});
      if (turn !== this.#turn) return null;
      came.push(sample.outcome);
    }
    const { outcome } = gameResult(position);
    return [...came, new Array(runs).fill(outcome)];
  }
}

/**
 * The turning points in words, as `replay CODE` says them: sim/narration/turning_words.py.
 *
 * @param {Position} position
 * @param {ArrayLike<number>[]} came
 */
function turningLines(position, came) {
  const rule = PLAY.turning;
  const { moves, near, error } = turningOf(came, DATA.outcomes.length, rule);
  const floor = WHOLE_POINTS.format(100 * rule.floor);
  const n = moves.length;
  const news = gameNews(position);
  const lines = [say(`narration.explain.${n ? "turns" : "no_turn"}`, { n, floor })];
  for (const { day, outcome, before, after } of moves) {
    const first = news.find((one) => one.d === day && !one.small);
    const mark = first?.rule ? `${say("narration.trace.by_rule")} ` : "";
    lines.push(
      say("narration.explain.move", {
        day,
        outcome: outcomeName(outcome),
        before: percent(before),
        after: percent(after),
        news: first ? mark + first.w : say("narration.explain.quiet_day"),
      }),
    );
  }
  lines.push(
    say("narration.explain.made_from", {
      n: rule.runs,
      error: TENTHS_OF_POINTS.format(100 * error),
    }),
  );
  if (near.length > rule.most) {
    lines.push(say("narration.explain.near_many", { n: near.length, floor }));
  } else if (near.length) {
    const days = list(near.map(String));
    lines.push(say("narration.explain.near", { n: near.length, days, floor }));
  }
  return lines;
}
