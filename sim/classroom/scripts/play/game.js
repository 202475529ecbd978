// A game in the page: sim/replication/play.py. It is a replication with choices forced at its stops.

import { sha256 } from "../common/sha256.js";
import { DATA, HORIZON, SEED } from "../page/data.js";
import { GrowingSample } from "../page/sample.js";
import { Fault } from "../page/unpack.js";
import { logRows } from "../story/events.js";
import { codeOf } from "./code.js";
import { stopsOf } from "./stops.js";

/** @import { ClassPage } from "../page/types.js" */
/** @import { ForcedRow, GameCode, Position, Role, Stop } from "./types.js" */

export const PLAY = DATA.play;
export const FUTURE_STREAM = 1n << 62n; // future n has the draws of this replication and n
const { force } = DATA.telling;
const WORDS_OF_BLOCK = DATA.layout.words;

/**
 * A copy of a block with forced choices in its rows from `first` on.
 *
 * @param {BigUint64Array} block
 * @param {ForcedRow[]} rows
 * @param {number} first
 */
function withForcedRows(block, rows, first) {
  const copy = block.slice();
  const words = new BigInt64Array(copy.buffer);
  words[force.count] = BigInt(first + rows.length);
  rows.forEach((row, k) => {
    const values = { ...row, open: 1, stands: Number(row.since > 0), day: 0, available: 0 };
    for (const [name, value] of Object.entries(values)) {
      words[force.row[name] + PLAY.stride * (first + k)] = BigInt(value);
    }
  });
  return copy;
}

/**
 * A block without the choices that were made after its day: a morning knows no later one
 * (`Game.as_fork` in sim/replication/play.py).
 *
 * @param {BigUint64Array} block
 * @param {Position} position
 */
export function withoutLaterChoices(block, { rows }) {
  const copy = block.slice();
  const words = new BigInt64Array(copy.buffer);
  rows.forEach((_, k) => {
    if (words[force.row["day"] + PLAY.stride * k] !== 0n) return;
    for (const name of ["open", "stands"]) words[force.row[name] + PLAY.stride * k] = 0n;
  });
  return copy;
}

/** A replication that is played. */
export class Game {
  /** @type {Map<string, Promise<Position>>} */
  #positions = new Map();
  /** @type {Promise<BigUint64Array> | null} */
  #start = null;

  /**
   * @param {ClassPage} page
   * @param {number} replication
   * @param {Role[]} roles - in the order of the scenario
   */
  constructor(page, replication, roles) {
    this.page = page;
    this.replication = replication;
    this.roles = roles;
  }

  /** The block on the eve of the first day, as the replication has it. */
  #eve() {
    this.#start ??= (async () => {
      const { replication, page } = this;
      const width = DATA.layout.slots.length;
      if (replication >= DATA.most) throw new Fault("play.page.fault_game");
      const inputs = page.inputs.slice(replication * width, (replication + 1) * width);
      const batch = { seed: SEED, first: BigInt(replication), count: 1, changes: [], inputs };
      const { blocks, rows } = await page.pool.whole(batch, false);
      if (rows.status[0] !== 0n) throw new Fault("play.page.fault_failed");
      const at = (DATA.layout.history - 1) * WORDS_OF_BLOCK;
      return blocks.slice(at, at + WORDS_OF_BLOCK);
    })();
    return this.#start;
  }

  /**
   * The game after some choices.
   *
   * @param {number[]} choices
   * @returns {Promise<Position>}
   */
  position(choices) {
    const key = choices.join(" ");
    const known = this.#positions.get(key);
    if (known) return known;
    const made = this.#play([...choices]);
    this.#positions.set(key, made);
    return made;
  }

  /**
   * @param {number[]} choices
   * @returns {Promise<Position>}
   */
  async #play(choices) {
    /** @type {ForcedRow[]} */
    const rows = [];
    if (choices.length) {
      const before = await this.position(choices.slice(0, -1));
      const choice = choices[choices.length - 1];
      const stop = before.stops[before.choices.length];
      if (!stop || !Number.isInteger(choice) || choice < 0 || choice > stop.options.length) {
        throw new Fault("play.page.fault_game");
      }
      rows.push(...before.rows, ...(choice ? [forcedRow(stop, choice)] : []));
    }
    const past = { block: withForcedRows(await this.#eve(), rows, 0), day: 1 };
    const batch = { seed: SEED, first: BigInt(this.replication), count: 1, changes: [], past };
    const whole = await this.page.pool.whole(batch, true);
    if (whole.rows.status[0] !== 0n) throw new Fault("play.page.fault_failed");
    const log = logRows(whole.events, DATA.telling.fields);
    const stops = stopsOf(whole.ledger, log, this.roles, PLAY.rule, DATA.telling, HORIZON);
    return { choices, whole, log, stops, rows };
  }

  /**
   * The block at the end of the day before.
   *
   * @param {Position} position
   * @param {number} day
   */
  async blockBefore({ whole }, day) {
    if (day === 1) return this.#eve();
    return whole.blocks.slice((day - 2) * WORDS_OF_BLOCK, (day - 1) * WORDS_OF_BLOCK);
  }

  /**
   * Futures from the morning of the stop; an option is chosen there, or it is left to the model.
   *
   * @param {Position} position
   * @param {number} count
   * @param {number} choice
   */
  async futures(position, count, choice) {
    const stop = position.stops[position.choices.length];
    let block = await this.blockBefore(position, stop.day);
    if (choice) block = withForcedRows(block, [forcedRow(stop, choice)], position.rows.length);
    const past = { block, day: stop.day };
    const start = { changes: [], urgent: true, past, first: FUTURE_STREAM };
    const sample = new GrowingSample(this.page.pool, this.page.inputs, start, count);
    await sample.grow(count, () => {});
    return sample;
  }

  /** The code of a game as far as it was played. @param {Position} position */
  code({ choices, stops }) {
    return codeOf(
      {
        fingerprint: PLAY.fingerprint,
        seed: SEED,
        replication: BigInt(this.replication),
        roles: this.roles.reduce((sum, role) => sum + (1n << BigInt(PLAY.roles.indexOf(role))), 0n),
      },
      choices.map((choice, k) => ({ choice, answers: stops[k].options.length + 1 })),
    );
  }
}

/**
 * @param {Stop} stop
 * @param {number} choice - from 1
 * @returns {ForcedRow}
 */
const forcedRow = ({ kind, actor, about, options, day }, choice) => ({
  kind,
  actor,
  about,
  option: options[choice - 1],
  since: day,
});

/** The stop at which a game stands; null if it is over. @param {Position} position */
export const stopOf = ({ stops, choices }) => stops[choices.length] ?? null;

/**
 * The game of a code and its choices.
 *
 * @param {ClassPage} page
 * @param {GameCode} code
 */
export async function gameOf(page, { fingerprint, seed, replication, roles, choices }) {
  if (fingerprint !== PLAY.fingerprint) throw new Fault("play.page.fault_scenario");
  if (seed !== SEED) {
    throw new Fault("play.page.fault_seed", { given: String(seed), held: String(SEED) });
  }
  const played = PLAY.roles.filter((_, k) => (roles >> BigInt(k)) & 1n);
  const tooMany = roles >> BigInt(PLAY.roles.length) || played.length > PLAY.rule.roles;
  if (tooMany || replication >= BigInt(DATA.most)) throw new Fault("play.page.fault_game");
  const game = new Game(page, Number(replication), played);
  /** @type {number[]} */
  const made = [];
  let rest = choices;
  while (rest > 1n) {
    const stop = stopOf(await game.position(made));
    if (!stop) throw new Fault("play.page.fault_game");
    const answers = BigInt(stop.options.length + 1);
    made.push(Number(rest % answers));
    rest /= answers;
  }
  if (rest !== 1n) throw new Fault("play.page.fault_game");
  return { game, position: await game.position(made) };
}

const WANTED_STOPS = 8;
const SEARCHED = 20;

/**
 * The first world in which the roles are asked often enough, or the one with most of their stops.
 *
 * @param {ClassPage} page
 * @param {Role[]} roles
 */
export async function bestGame(page, roles) {
  let best = new Game(page, 0, roles);
  let most = -1;
  for (let replication = 0; replication < Math.min(SEARCHED, DATA.most); replication++) {
    const game = new Game(page, replication, roles);
    const count = (await game.position([]).catch(() => null))?.stops.length ?? -1;
    if (count >= WANTED_STOPS) return game;
    if (count > most) [best, most] = [game, count];
  }
  return best;
}

/** SHA-256 of all words of all days, as `replay CODE` prints it. @param {Position} position */
export function daysDigest({ whole }) {
  const words = whole.blocks.slice();
  for (let at = PLAY.ledger; at < words.length; at += WORDS_OF_BLOCK) words[at] = 0n;
  return sha256(new Uint8Array(words.buffer));
}
