// The games of a class in one picture: each beside the hundred worlds, by its highest rung.

import { byId, html, svg } from "../common/dom.js";
import { DATA, INK, list, outcomeName, say, whole } from "../page/data.js";
import { endMark, icon } from "../page/marks.js";
import { Fault } from "../page/unpack.js";
import { readCode } from "./code.js";
import { gameOf } from "./game.js";
import { gameResult, told } from "./tell.js";

/** @import { ClassPage } from "../page/types.js" */

const MOST_CODES = 60; // of one class
const BASE_WORLDS = 100;
const WIDTH_OF_PICTURE = 360;
const BAND_OF_PICTURE = 54; // height of a rung
const BAR_FROM = 12;
const MOST_BAR = 330; // width of a hundred worlds
const MARK_STEP = 17;

/** @typedef {{code: string, roles: string, outcome: number, rung: number, dead: number}} Played */

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
    byId("game-picture", SVGSVGElement).replaceChildren(...this.#marks(games, worlds));
    byId("game-table")
      .querySelector("tbody")
      ?.replaceChildren(...games.map(tableRow));
  }

  /** @param {Played[]} games @param {number} worlds */
  #marks(games, worlds) {
    const top = DATA.rungs.length - 1;
    const height = DATA.rungs.length * BAND_OF_PICTURE;
    byId("game-picture", SVGSVGElement).setAttribute(
      "viewBox",
      `0 0 ${WIDTH_OF_PICTURE} ${height}`,
    );
    const sample = this.page.worlds();
    return DATA.rungs.flatMap(({ name, colour }, rung) => {
      const y = (top - rung) * BAND_OF_PICTURE;
      let count = 0;
      for (let k = 0; k < worlds; k++) {
        if (!sample.status(k) && sample.measures(k)[DATA.highest] === rung) count += 1;
      }
      const here = games.filter((game) => game.rung === rung);
      const wide = (MOST_BAR * count) / BASE_WORLDS;
      const text = { x: BAR_FROM, y: y + 14, "font-size": 13, fill: INK };
      const amount = count ? ` (${whole(count)})` : "";
      return [
        svg("rect", { x: 0, y: y + 1, width: 5, height: BAND_OF_PICTURE - 2, fill: colour }),
        svg("rect", { x: BAR_FROM, y: y + 20, width: wide, height: 10, fill: "#c9cdd3" }),
        svg("text", text, `${rung} ${name}${amount}`),
        ...here.map((game, k) => {
          const { d, fill } = endMark(game.outcome);
          const x = BAR_FROM + 7 + (k % 20) * MARK_STEP;
          const at = `translate(${x} ${y + 40 + Math.floor(k / 20) * 9})`;
          const look = { d, fill, stroke: INK, "stroke-width": 0.8, transform: at };
          return svg("path", look, svg("title", {}, game.code));
        }),
      ];
    });
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
