// A hundred futures of a world from one morning, with a choice forced if wanted: what `fork` does.

import { byId, html } from "../common/dom.js";
import { changesInWords, countOutcomes, drawBars } from "./bars.js";
import { day } from "./calendar.js";
import { DATA, dateOf, HORIZON, list, outcomeName, percent, SEED, say, term } from "./data.js";
import { commandWords, quoted } from "./keep.js";
import { Ladder, WORLDS } from "./ladder.js";
import { GrowingSample } from "./sample.js";
import { wholeWorld } from "./story.js";
import { Fault } from "./unpack.js";

/** @import { Rows } from "../engine/types.js" */
/** @import { ForcibleQuestion } from "../story/types.js" */
/** @import { Pool } from "./pool.js" */
/** @import { Place } from "./types.js" */

const FIRST_FUTURE = 1n << 62n; // future n has the draws of this replication and n
const FORCE = DATA.telling.force;
const UNFORCED = -1; // no choice is forced

/**
 * @typedef {object} Morning
 * @property {number} world
 * @property {number} day
 * @property {Place} place
 * @property {GrowingSample} sample - of which the world is one
 */

/** The futures that are shown. */
export class Futures {
  /** @type {Morning | null} */
  #morning = null;
  /** @type {BigUint64Array} */
  #block = new BigUint64Array();
  /** @type {GrowingSample | null} */
  #plain = null;
  /** @type {GrowingSample | null} */
  #shown = null;
  #turn = 0; // of the calls that are under way, the last one is shown

  /** @param {Pool} pool */
  constructor(pool) {
    this.pool = pool;
    const picture = byId("fork").querySelector("svg");
    if (!picture) throw new Error("no drawing of the futures");
    this.ladder = new Ladder(picture, byId("fork-said"), () => {});
    this.#fillWho();
  }

  #fillWho() {
    const options = FORCE.questions.map((question, k) =>
      html("option", { value: k }, whoInWords(question)),
    );
    const nobody = html("option", { value: UNFORCED }, say("force_nobody"));
    const who = byId("force-who", HTMLSelectElement);
    who.replaceChildren(nobody, ...options);
    who.addEventListener("change", () => this.#fillWhat());
    this.#fillWhat();
  }

  #fillWhat() {
    const question = FORCE.questions[Number(byId("force-who", HTMLSelectElement).value)];
    const what = byId("force-what", HTMLSelectElement);
    what.disabled = !question;
    what.replaceChildren(
      ...(question?.options ?? []).map((word, k) =>
        html("option", { value: k }, term("options", word)),
      ),
    );
  }

  /**
   * Begin anew from a morning.
   *
   * @param {Morning} morning
   */
  async begin(morning) {
    const { world, day, sample } = morning;
    this.#morning = morning;
    this.#plain = this.#shown = null;
    byId("futures").hidden = false;
    byId("futures-from").textContent = say("futures_from", {
      world: String(world),
      day,
      date: dateOf(day),
    });
    byId("futures-h").focus();
    const whole = await wholeWorld(this.pool, sample, world);
    if (whole.rows.status[0] !== 0n) throw new Fault("world_failed", { n: String(world) });
    const { words, history } = DATA.layout;
    const at = (history + day - 2) * words;
    this.#block = whole.blocks.slice(at, at + words);
    await this.run();
  }

  /** Draw the futures on a day. @param {number} on - or on their first, if that is later */
  draw(on) {
    if (this.#shown && this.#morning) {
      this.ladder.draw(this.#shown, Math.max(on, this.#morning.day), -1);
    }
  }

  /** Run the futures with the choice that is asked for. */
  async run() {
    const morning = this.#morning;
    if (!morning) return;
    this.#turn += 1;
    const turn = this.#turn;
    const choice = Number(byId("force-who", HTMLSelectElement).value);
    const question = FORCE.questions[choice];
    const option = Number(byId("force-what", HTMLSelectElement).value);
    this.#plain ??= this.#start(morning, this.#block);
    const plain = this.#plain;
    await plain.grow(WORLDS, () => {});
    const forced = question
      ? this.#start(morning, forcedBlock(this.#block, question, option))
      : null;
    await forced?.grow(WORLDS, () => {});
    if (turn !== this.#turn) return;
    const command = commandWords(
      "fork",
      morning.place,
      "--base",
      futureWords(morning, question, option),
    );
    byId("fork-command").textContent = command;
    if (forced && question && (await this.#refuse(forced, question, option))) return;
    this.#show(morning, forced ?? plain, forced ? plain : null);
  }

  /**
   * @param {Morning} morning
   * @param {GrowingSample} shown
   * @param {GrowingSample | null} plain - the same futures without the choice
   */
  #show({ sample }, shown, plain) {
    this.#shown = shown;
    this.draw(day);
    drawBars(byId("fork-bars"), shown, plain ?? sample);
    if (plain) {
      const n = shown.extra.reduce((sum, day) => sum + Number(day > 0n), 0);
      byId("fork-changes").textContent =
        `${changesInWords(shown, plain)} ${say("fork_once", { n })}`;
      return;
    }
    const { counts, fine } = countOutcomes(shown);
    const all = countOutcomes(sample);
    const most = counts.indexOf(Math.max(...counts));
    byId("fork-changes").textContent = say("fork_against", {
      n: fine,
      outcome: outcomeName(most),
      share: percent(fine ? counts[most] / fine : 0),
      base: percent(all.fine ? all.counts[most] / all.fine : 0),
    });
  }

  /**
   * @param {Morning} morning
   * @param {BigUint64Array} block
   */
  #start({ world, day, sample }, block) {
    return new GrowingSample(
      this.pool,
      sample.inputs,
      {
        changes: [],
        urgent: true,
        past: { block, day },
        first: FIRST_FUTURE,
        before: daysOf(sample.rows, world),
        extra: FORCE.row["day"],
      },
      WORLDS,
    );
  }

  /**
   * Say what was on offer if the choice was barred; gives whether it was.
   *
   * @param {GrowingSample} sample
   * @param {ForcibleQuestion} question
   * @param {number} option
   */
  async #refuse(sample, question, option) {
    const barred = Array.from({ length: sample.n }, (_, k) => k).filter(
      (k) => sample.status(k) === FORCE.barred,
    );
    if (!barred.length || !this.#morning) return false;
    const { failedDay } = sample.rows;
    const first = barred.reduce((a, b) => (failedDay[b] < failedDay[a] ? b : a));
    const block = forcedBlock(this.#block, question, option);
    const whole = await this.pool.whole(
      {
        seed: SEED,
        first: FIRST_FUTURE + BigInt(first),
        count: 1,
        changes: [],
        past: { block, day: this.#morning.day },
      },
      false,
    );
    const { words } = DATA.layout;
    const mask = Number(whole.blocks[whole.blocks.length - words + FORCE.row["available"]]);
    const open = question.options
      .filter((_, k) => (mask >> k) & 1)
      .map((word) => term("options", word));
    byId("fork-changes").textContent = say("fork_barred", {
      who: whoInWords(question),
      options: list(open),
    });
    byId("fork-bars").replaceChildren();
    this.#shown = null;
    return true;
  }
}

/**
 * The name of an actor; of a border command, which is no actor, its id as words.
 *
 * @param {string} id
 */
function nameOf(id) {
  const actor = DATA.telling.stage.actors.find((one) => one.id.endsWith(`.${id}`));
  return actor ? actor.name : id.replace(/_/g, " ");
}

/** @param {ForcibleQuestion} question */
function whoInWords({ who, kind }) {
  const name = who.split(">").map(nameOf).join(" → ");
  return say("fact", { name, value: term("kinds", DATA.telling.decisions.kinds[kind].word) });
}

/**
 * @param {Morning} morning
 * @param {ForcibleQuestion | undefined} question
 * @param {number} option
 */
function futureWords({ world, day }, question, option) {
  const force = question ? ` --force ${quoted(`${question.who}=${question.options[option]}`)}` : "";
  return `--replication ${world} --day ${day} --runs ${WORLDS}${force}`;
}

/**
 * A block in which a choice is forced.
 *
 * @param {BigUint64Array} block
 * @param {ForcibleQuestion} question
 * @param {number} option
 */
export function forcedBlock(block, { kind, actor, about }, option) {
  const copy = block.slice();
  const words = new BigInt64Array(copy.buffer);
  words[FORCE.count] = 1n;
  const row = { kind, actor, about, option, since: 0, open: 1, stands: 0, day: 0, available: 0 };
  for (const [name, value] of Object.entries(row)) words[FORCE.row[name]] = BigInt(value);
  return copy;
}

/**
 * The days of one replication.
 *
 * @param {Rows} rows
 * @param {number} k
 * @returns {Rows}
 */
function daysOf(rows, k) {
  const [from, to] = [k * HORIZON, (k + 1) * HORIZON];
  return {
    ...rows,
    rung: rows.rung.slice(from, to),
    deaths: rows.deaths.slice(from, to),
    interstate: rows.interstate.slice(from, to),
  };
}
