// The games of a class in one picture: each beside the hundred worlds, by its highest rung.

import { byId, html } from "../common/dom.js";
import { DATA, list, outcomeName, say, whole } from "../page/data.js";
import { icon } from "../page/marks.js";
import { Fault } from "../page/unpack.js";
import { drawAmong } from "./among.js";
import { readCode } from "./code.js";
import { gameOf } from "./game.js";
import { gameResult, told } from "./tell.js";

/** @import { ClassPage } from "../page/types.js" */
/** @import { Played } from "./types.js" */

const MOST_CODES = 60; // of one class
const BASE_WORLDS = 100;

/** The teacher's picture. */
export class Collector {
  /** @type {Map<string, Played>} */
  #games = new Map();
  #busy = false;

  /** @param {ClassPage} page */
  constructor(page) {
    this.page = page;
  }

  listen() {
    byId("game-add").addEventListener("click", () => {
      this.#add().catch((error) => this.page.tellFault(error));
    });
    byId("game-clear").addEventListener("click", () => {
      this.#games.clear();
      byId("game-codes", HTMLTextAreaElement).value = "";
      byId("game-bad").replaceChildren();
      this.#draw();
    });
  }

  async #add() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const text = byId("game-codes", HTMLTextAreaElement).value;
      const lines = [...new Set(text.split(/[\n,;]+/).map((line) => line.trim()))].filter(Boolean);
      const bad = [];
      for (const line of lines.slice(0, MOST_CODES)) {
        try {
          await this.#read(line);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          bad.push([line.slice(0, 40), say(error.key, error.values)]);
        }
      }
      byId("game-bad").replaceChildren(
        ...bad.map(([code, why]) => html("li", {}, say("play.page.class_bad", { code, why }))),
      );
      if (!this.page.isSealed()) await this.page.worlds().grow(BASE_WORLDS, () => {});
      this.#draw();
    } finally {
      this.#busy = false;
    }
  }

  /** @param {string} line */
  async #read(line) {
    const { game, position } = await gameOf(this.page, readCode(line));
    const { outcome, rung, dead } = gameResult(position);
    const code = game.code(position);
    if (this.#games.size >= MOST_CODES) return;
    const roles = list(game.roles.map(({ name }) => name));
    this.#games.set(code, { code, roles, outcome, rung, dead });
  }

  #draw() {
    const games = [...this.#games.values()];
    const some = games.length > 0;
    byId("game-figure").hidden = byId("game-scroll").hidden = !some;
    const counts = new Map();
    for (const { outcome } of games) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const parts = [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([outcome, n]) => `${outcomeName(outcome)} ${whole(n)}`);
    byId("game-count").textContent = some
      ? say("play.page.class_said", { n: games.length, list: list(parts) })
      : "";
    const worlds = this.page.isSealed() ? 0 : Math.min(BASE_WORLDS, this.page.worlds().n);
    byId("game-figure-h").textContent = told("page.class_picture", { runs: worlds });
    drawAmong(byId("game-picture", SVGSVGElement), games, this.page.worlds(), worlds);
    byId("game-table")
      .querySelector("tbody")
      ?.replaceChildren(...games.map(tableRow));
  }
}

/** @param {Played} game */
const tableRow = ({ code, roles, outcome, rung, dead }) =>
  html(
    "tr",
    {},
    html("th", { scope: "row" }, code),
    html("td", { dir: "auto" }, roles),
    html("td", {}, markOf(outcome), " ", outcomeName(outcome)),
    html("td", {}, `${rung} ${DATA.rungs[rung]?.name ?? ""}`),
    html("td", {}, whole(dead)),
  );

/** @param {number} outcome */
function markOf(outcome) {
  const mark = icon(outcome);
  mark.setAttribute("width", "16");
  mark.setAttribute("height", "16");
  return mark;
}
