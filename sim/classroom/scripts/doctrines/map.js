// The heat map of a tournament: a grid of cells that keys and fingers reach, and a table beside it.

import { byId, html, styled, svg } from "../common/dom.js";

/** @import { DoctrineData } from "../page/types.js" */

const DARK = 0.179; // luminance on which black and white are read equally well
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** How light a colour is, from 0 to 1 (WCAG 2). @param {string} colour */
function luminance(colour) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} face */
const faceOf = (face) =>
  svg(
    "svg",
    { class: "face", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: face }),
  );

/** The grid of every pair, with one cell that is chosen. */
export class HeatMap {
  /** @type {HTMLButtonElement[][]} */
  #cells = [];
  /** @type {[number, number]} */
  #at = [0, 0];

  /**
   * @param {DoctrineData} data
   * @param {(again: boolean) => void} onChoice - `again` if the cell was chosen before
   */
  constructor(data, onChoice) {
    this.data = data;
    this.onChoice = onChoice;
    this.place = byId("doctrine-map");
    /** @type {[number, number] | null} */
    this.chosen = null;
  }

  /**
   * Make the grid.
   *
   * @param {(state: string, name: string) => string} label - of a head for those who cannot see it
   */
  make(label) {
    const { list, states } = this.data;
    /** @type {(k: number, side: 0 | 1) => HTMLElement} */
    const head = (k, side) =>
      html(
        "th",
        {
          scope: side ? "col" : "row",
          role: side ? "columnheader" : "rowheader",
          "aria-label": label(states[side].title, list[k].title),
        },
        faceOf(list[k].face),
        html("span", {}, list[k].title),
      );
    this.#cells = list.map((_, a) => list.map((__, b) => this.#makeCell(a, b)));
    const rows = list.map((_, a) =>
      html(
        "tr",
        { role: "row" },
        head(a, 0),
        ...this.#cells[a].map((cell) => html("td", { role: "gridcell" }, cell)),
      ),
    );
    const top = html(
      "tr",
      { role: "row" },
      html("td", { role: "gridcell" }),
      ...list.map((_, b) => head(b, 1)),
    );
    this.place.replaceChildren(
      html("thead", { role: "rowgroup" }, top),
      html("tbody", { role: "rowgroup" }, ...rows),
    );
    this.place.addEventListener("keydown", (event) => this.#move(event));
  }

  /**
   * @param {number} a
   * @param {number} b
   */
  #makeCell(a, b) {
    const tabindex = a + b ? -1 : 0; // the grid is one stop of the Tab key
    const cell = html("button", { type: "button", tabindex, "data-cell": `${a},${b}` });
    cell.addEventListener("click", () => {
      const again = this.chosen?.[0] === a && this.chosen[1] === b;
      this.#go(a, b);
      this.choose(a, b);
      this.onChoice(again);
    });
    return cell;
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const last = this.#cells.length - 1;
    const [a, b] = this.#at;
    const step = ARROWS[event.key];
    if (step)
      this.#go(Math.min(last, Math.max(0, a + step[0])), Math.min(last, Math.max(0, b + step[1])));
    else if (event.key === "Home") this.#go(a, 0);
    else if (event.key === "End") this.#go(a, last);
    else return;
    event.preventDefault();
    this.#cells[this.#at[0]][this.#at[1]].focus();
  }

  /**
   * @param {number} a
   * @param {number} b
   */
  #go(a, b) {
    this.#cells[this.#at[0]][this.#at[1]].tabIndex = -1;
    this.#at = [a, b];
    this.#cells[a][b].tabIndex = 0;
  }

  /**
   * Mark a cell.
   *
   * @param {number} a
   * @param {number} b
   */
  choose(a, b) {
    this.chosen = [a, b];
    for (const [i, row] of this.#cells.entries())
      for (const [j, cell] of row.entries())
        cell.setAttribute("aria-pressed", String(i === a && j === b));
  }

  /**
   * Draw the values.
   *
   * @param {number[][]} values - NaN where there is none yet
   * @param {(value: number) => string} text - of a value
   * @param {(a: number, b: number) => string} label - of a cell for those who cannot see it
   * @param {number} least - of the darkest colour
   */
  draw(values, text, label, least) {
    const { colours } = this.data;
    const top = Math.max(least, ...values.flat().filter((value) => !Number.isNaN(value)));
    for (const [a, row] of this.#cells.entries()) {
      for (const [b, cell] of row.entries()) {
        const value = values[a][b];
        const isThere = !Number.isNaN(value);
        const step =
          isThere && top > 0 ? Math.round((Math.max(0, value) / top) * (colours.length - 1)) : 0;
        const colour = isThere ? colours[step] : "#ffffff";
        const ink = luminance(colour) > DARK ? "#000000" : "#ffffff";
        styled(cell, { background: colour, color: ink });
        const shown = isThere ? text(value) : "";
        if (cell.textContent !== shown) cell.textContent = shown;
        cell.setAttribute("aria-label", label(a, b));
      }
    }
    byId("doctrine-scale").replaceChildren(
      ...colours.map((colour) => styled(html("i"), { background: colour })),
      ` 0 – ${text(top)}`,
    );
  }
}

/**
 * The table beside the map: every number with its interval, as texts.
 *
 * @param {DoctrineData} data
 * @param {string} corner
 * @param {(a: number, b: number) => string} cell
 */
export function drawDoctrineNumbers(data, corner, cell) {
  const heads = data.list.map(({ title }) => html("th", { scope: "col" }, title));
  const rows = data.list.map(({ title }, a) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, title),
      ...data.list.map((_, b) => html("td", {}, cell(a, b))),
    ),
  );
  byId("doctrine-numbers").replaceChildren(
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, corner), ...heads)),
    html("tbody", {}, ...rows),
  );
}
