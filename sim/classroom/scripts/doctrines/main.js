// Doctrines: what fills the slot `#doctrines-slot` of the page (templates/doctrines.html.j2).

import { byId, html } from "../common/dom.js";
import { figure, outcomeName, percent } from "../page/data.js";
import { commandWords, save, tableOf } from "../page/keep.js";
import { openStory } from "../page/story.js";
import { Cells } from "./cells.js";
import { drawDoctrineNumbers, HeatMap } from "./map.js";
import { extremes, rounded, typicalWorld } from "./means.js";

/** @import { ClassPage, DoctrineData } from "../page/types.js" */
/** @import { Target } from "./cells.js" */

const LEAST_SHARE = 0.25; // that is darkest at the least, so that rare outcomes stay pale

/**
 * Start this part of the page; an empty slot is not shown.
 *
 * @param {ClassPage} page
 */
export function startDoctrines(page) {
  if (page.data.doctrines) new DoctrinePart(page, page.data.doctrines).open();
}

class DoctrinePart {
  /** @type {Cells | null} */
  #cells = null;
  #due = false;

  /**
   * @param {ClassPage} page
   * @param {DoctrineData} data
   */
  constructor(page, data) {
    this.page = page;
    this.data = data;
    this.targets = targetsOf(page, data);
    this.target = this.targets[0];
    this.map = new HeatMap(data, (again) => this.#choose(again));
  }

  /** @param {string} key @param {Record<string, string | number>} [values] */
  #say(key, values) {
    return this.page.say(`doctrines.page.${key}`, values);
  }

  /** Show the empty map; it fills as soon as it is in view. */
  open() {
    this.map.make((state, name) => this.#say("row", { state, name }));
    const choice = byId("doctrine-measure", HTMLSelectElement);
    choice.replaceChildren(
      ...this.targets.map(({ label }, k) => html("option", { value: k }, label)),
    );
    choice.addEventListener("change", () => {
      this.target = this.targets[Number(choice.value)];
      this.#draw();
    });
    byId("doctrine-watch").addEventListener("click", () => this.#watch());
    byId("doctrine-csv").addEventListener("click", () => this.#save());
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#fill();
    });
    seen.observe(byId("doctrine-map"));
    this.#draw();
  }

  /** Compute what is missing, unless a bet is still to come. */
  #fill() {
    if (this.#cells || this.page.isSealed()) return;
    this.#cells = new Cells(this.page, this.data);
    this.#cells.run(() => this.#drawSoon()).catch(this.page.tellFault);
  }

  #drawSoon() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#draw();
    });
  }

  /** @param {number} value */
  #text(value) {
    if (Number.isNaN(value)) return "–";
    return this.target.at < 0 ? percent(value) : figure(rounded(value));
  }

  /** @param {number} a @param {number} b */
  #found(a, b) {
    return (
      this.#cells?.found(a, b, this.target) ?? {
        n: 0,
        value: Number.NaN,
        low: Number.NaN,
        high: Number.NaN,
      }
    );
  }

  /** The two states and what they choose by. @param {number} a @param {number} b */
  #pair(a, b) {
    const [first, second] = this.data.states.map(({ title }) => title);
    return { first, one: this.data.list[a].title, second, other: this.data.list[b].title };
  }

  #draw() {
    const { list } = this.data;
    const found = list.map((_, a) => list.map((__, b) => this.#found(a, b)));
    this.map.draw(
      found.map((row) => row.map(({ value }) => value)),
      (value) => this.#text(value),
      (a, b) =>
        this.#say("cell_label", { ...this.#pair(a, b), value: this.#text(found[a][b].value) }),
      this.target.at < 0 ? LEAST_SHARE : 0,
    );
    drawDoctrineNumbers(this.data, byId("doctrine-axes").textContent ?? "", (a, b) => {
      const { value, low, high } = found[a][b];
      const [middle, from, to] = [value, low, high].map((one) => this.#text(one));
      return this.#say("interval", { value: middle, low: from, high: to });
    });
    const all = list.length ** 2 * this.data.worlds;
    const done = this.#cells?.done ?? 0;
    byId("doctrine-progress").textContent = done < all ? this.#say("progress", { done, all }) : "";
    byId("doctrine-csv", HTMLButtonElement).disabled = !this.#cells?.isDone;
    this.#drawSentences();
  }

  #drawSentences() {
    const said = this.#cells?.isDone ? this.#overall() : this.#cells ? this.#say("computing") : "";
    write("doctrine-said", said);
    if (this.map.chosen) write("doctrine-cell", this.#cellInWords(...this.map.chosen));
    byId("doctrine-command").textContent = this.#command();
  }

  /** The one sentence of what is seen. */
  #overall() {
    const rows = this.#cells?.overall(this.target) ?? [];
    const { means, low, high, sure, gap, range } = extremes(rows, this.data.sure);
    return this.#say(sure ? "sure" : "unsure", {
      name: this.target.label,
      low: this.data.list[low].title,
      least: this.#text(means[low]),
      high: this.data.list[high].title,
      most: this.#text(means[high]),
      gap: this.#text(gap),
      from: this.#text(range[0]),
      to: this.#text(range[1]),
    });
  }

  /** A typical world of a cell, null while there is none. @param {number} a @param {number} b */
  #typical(a, b) {
    if (!this.#cells) return null;
    const sample = this.#cells.sample(a, b);
    const values = this.#cells.values(a, b, this.target);
    return typicalWorld(sample.outcome.subarray(0, sample.n), values);
  }

  /** @param {number} a @param {number} b */
  #cellInWords(a, b) {
    const typical = this.#typical(a, b);
    byId("doctrine-watch", HTMLButtonElement).disabled = !typical;
    if (!typical) return this.#say("cell_empty", this.#pair(a, b));
    const { n, value, low, high } = this.#found(a, b);
    return this.#say("cell", {
      ...this.#pair(a, b),
      name: this.target.label,
      value: this.#text(value),
      low: this.#text(low),
      high: this.#text(high),
      outcome: outcomeName(typical.outcome),
      k: typical.count,
      n,
      world: String(typical.world),
    });
  }

  /** @param {boolean} again - whether the cell was chosen before: then its world is opened */
  #choose(again) {
    this.#fill();
    this.#drawSentences();
    if (again) this.#watch();
  }

  /** Open a typical world of the chosen cell, by the page's own door. */
  #watch() {
    const [a, b] = this.map.chosen ?? [0, 0];
    const typical = this.#typical(a, b);
    if (!this.#cells || !typical) return;
    const place = new Map(Object.entries(this.#settings(a, b)));
    const { world } = typical;
    const title = this.#say("story", { ...this.#pair(a, b), world: String(world) });
    // the futures of the page go on from the worlds of its levers, and this is none of them
    const onward = byId("replay-here");
    onward.hidden = true;
    byId("replay").addEventListener(
      "close",
      () => {
        onward.hidden = false;
      },
      { once: true },
    );
    openStory(this.page.pool, this.#cells.sample(a, b), { world, day: 0, place })
      .then(() => write("replay-h", title))
      .catch(this.page.tellFault);
  }

  /** @param {number} a @param {number} b */
  #settings(a, b) {
    return { ...this.data.list[a].settings[0], ...this.data.list[b].settings[1] };
  }

  /** The command with the same numbers. */
  #command() {
    const [first, second] = this.data.states.map(({ name }) => name);
    const { name } = this.target;
    const measure = /^\w+$/.test(name) ? name : `'${name.replace(/'/g, `'"'"'`)}'`;
    const rest = `--between ${first} --and ${second} --measure ${measure} --runs ${this.data.worlds}`;
    return commandWords("tournament", new Map(), "--set", rest);
  }

  /** Every world of every cell as a table. */
  #save() {
    const cells = this.#cells;
    if (!cells) return;
    const samples = this.data.list.flatMap((first, a) =>
      this.data.list.map((second, b) => ({
        name: `${first.name} ${second.name}`,
        sample: cells.sample(a, b),
      })),
    );
    const text = tableOf(samples).replace(/^levers/, "pair");
    save(`${this.page.data.about.id}_tournament.csv`, new Blob([text], { type: "text/csv" }));
  }
}

/**
 * What can be compared: the measures of the page, then the share of each outcome.
 *
 * @param {ClassPage} page
 * @param {DoctrineData} data
 * @returns {Target[]}
 */
function targetsOf(page, data) {
  const measures = data.measures.map(({ name, at, label, unit }) => ({
    name,
    at,
    outcome: -1,
    label: unit ? `${label} (${unit})` : label,
    unit,
  }));
  const outcomes = page.data.outcomes.map(({ name }, outcome) => ({
    name,
    at: -1,
    outcome,
    label: page.say("doctrines.page.share", { name: outcomeName(outcome) }),
    unit: "",
  }));
  return [...measures, ...outcomes];
}

/** Write a text where another stands. @param {string} id @param {string} text */
function write(id, text) {
  const place = byId(id);
  if (place.textContent !== text) place.textContent = text;
}
