// A game as a code: sim/replication/game_code.py has what each sign means.

import { Fault } from "../page/unpack.js";

/** @import { GameCode } from "./types.js" */

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** @type {Record<string, string>} */
const MISREAD = { I: "1", L: "1", O: "0" };
const SIGN_BITS = 5n;
const SIGNS_IN_GROUP = 5;
const N_FINGERPRINT = 4;
const N_CHECK = 3;
const PRIME = 32749;
const GOES_ON = 16; // a sign of a number that is not its last
export const LEAST_SIGNS = N_FINGERPRINT + 4 + N_CHECK;
export const MOST_SIGNS = 120;
const MOST_SEED = (1n << 64n) - 1n;
const MOST_REPLICATION = (1n << 62n) - 1n;

/** @param {number[]} signs */
function checkOf(signs) {
  let [total, weight] = [0, 1];
  for (const sign of signs) {
    weight = (weight * 2) % PRIME;
    total = (total + (sign + 1) * weight) % PRIME;
  }
  return [total >> 10, (total >> 5) & 31, total & 31];
}

/** Signs of four bits each, the lowest first. @param {bigint} value */
function numberSigns(value) {
  const signs = [];
  let rest = value;
  while (rest >= 16n) {
    signs.push(GOES_ON + Number(rest % 16n));
    rest /= 16n;
  }
  return [...signs, Number(rest)];
}

/**
 * A number from the front of some signs; they are taken away.
 *
 * @param {number[]} signs
 */
function takeNumber(signs) {
  let [value, place] = [0n, 0n];
  for (let sign = signs.shift(); sign !== undefined; sign = signs.shift()) {
    value += BigInt(sign % GOES_ON) << place;
    if (sign < GOES_ON) {
      if (place && !sign) break;
      return value;
    }
    place += 4n;
  }
  throw new Fault("play.page.fault_game");
}

/** @param {number[]} signs */
function inGroups(signs) {
  const text = signs.map((sign) => SIGNS[sign]).join("");
  return (text.match(new RegExp(`.{1,${SIGNS_IN_GROUP}}`, "g")) ?? []).join("-");
}

/**
 * The code of a game.
 *
 * @param {Omit<GameCode, "choices">} game
 * @param {{choice: number, answers: number}[]} choices - each with the number of its answers
 */
export function codeOf({ fingerprint, seed, replication, roles }, choices) {
  let packed = 1n;
  for (const { choice, answers } of [...choices].reverse()) {
    packed = packed * BigInt(answers) + BigInt(choice);
  }
  const signs = [...fingerprint].map((sign) => SIGNS.indexOf(sign));
  for (const number of [seed, replication, roles]) signs.push(...numberSigns(number));
  for (let rest = packed; rest > 0n; rest >>= SIGN_BITS) signs.push(Number(rest & 31n));
  return inGroups([...signs, ...checkOf(signs)]);
}

/**
 * Read a code.
 *
 * @param {string} text
 * @returns {GameCode}
 */
export function readCode(text) {
  const plain = [
    ...text
      .slice(0, 4 * MOST_SIGNS)
      .replace(/[\s\-–—_.]+/g, "")
      .toUpperCase(),
  ].map((sign) => MISREAD[sign] ?? sign);
  const signs = plain.map((sign) => SIGNS.indexOf(sign));
  if (signs.includes(-1)) throw new Fault("play.page.fault_sign");
  if (signs.length < LEAST_SIGNS || signs.length > MOST_SIGNS) {
    throw new Fault("play.page.fault_length");
  }
  const body = signs.slice(0, -N_CHECK);
  if (checkOf(body).join() !== signs.slice(-N_CHECK).join()) {
    throw new Fault("play.page.fault_check");
  }
  const fingerprint = plain.slice(0, N_FINGERPRINT).join("");
  const rest = body.slice(N_FINGERPRINT);
  const [seed, replication, roles] = [takeNumber(rest), takeNumber(rest), takeNumber(rest)];
  const choices = rest.reduceRight((sum, sign) => (sum << SIGN_BITS) + BigInt(sign), 0n);
  const known = seed <= MOST_SEED && replication <= MOST_REPLICATION && roles > 0n;
  if (!known || !rest.length || rest[rest.length - 1] === 0 || choices < 1n) {
    throw new Fault("play.page.fault_game");
  }
  return { fingerprint, seed, replication, roles, choices };
}
