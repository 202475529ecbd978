// A bet as a short code that can be read out: twenty tokens on the outcomes, and a check.

import { sha256 } from "../common/sha256.js";

export const TOKENS = 20; // that a bet hands out; each stands for five worlds of a hundred
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O, U
const BITS = 5; // of a letter
const CHECK = 2; // letters
const LONGEST_CODE = 40;

/** Ways to choose. @param {number} n @param {number} k */
function ways(n, k) {
  let found = 1n;
  for (let j = 1; j <= k; j++) found = (found * BigInt(n - k + j)) / BigInt(j);
  return found;
}

/** Ways to hand out tokens to so many outcomes. @param {number} tokens @param {number} kinds */
const handings = (tokens, kinds) =>
  kinds < 1 ? BigInt(!tokens) : ways(tokens + kinds - 1, kinds - 1);

/** Letters that the number of a bet needs. @param {number} kinds */
function lengthOfNumber(kinds) {
  let letters = 1;
  while (1n << BigInt(BITS * letters) < handings(TOKENS, kinds)) letters += 1;
  return letters;
}

/**
 * The place of a bet among all bets. @param {number[]} bet
 */
function numberOf(bet) {
  let [left, place] = [TOKENS, 0n];
  bet.forEach((tokens, k) => {
    const kinds = bet.length - k - 1;
    for (let fewer = 0; fewer < tokens; fewer++) place += handings(left - fewer, kinds);
    left -= tokens;
  });
  return place;
}

/**
 * The bet at a place, null where there is none.
 *
 * @param {bigint} place
 * @param {number} kinds
 */
function betAt(place, kinds) {
  if (place >= handings(TOKENS, kinds)) return null;
  let [left, rest] = [TOKENS, place];
  return Array.from({ length: kinds }, (_, k) => {
    let tokens = 0;
    while (tokens < left && rest >= handings(left - tokens, kinds - k - 1)) {
      rest -= handings(left - tokens, kinds - k - 1);
      tokens += 1;
    }
    left -= tokens;
    return tokens;
  });
}

/** Two letters that tell a slip of the tongue, and a code of other worlds. @param {string} number @param {string} worlds */
function checkOfBet(number, worlds) {
  const digest = sha256(new TextEncoder().encode(`${worlds} ${number}`));
  const value = Number.parseInt(digest.slice(0, 4), 16);
  return LETTERS[value % 32] + LETTERS[(value >> BITS) % 32];
}

/**
 * The code of a bet.
 *
 * @param {number[]} bet - tokens on each outcome
 * @param {string} worlds - scenario, digest and seed: a code is good for these alone
 */
export function codeOfBet(bet, worlds) {
  let place = numberOf(bet);
  let number = "";
  for (let k = lengthOfNumber(bet.length); k > 0; k--) {
    number = LETTERS[Number(place % 32n)] + number;
    place /= 32n;
  }
  const code = number + checkOfBet(number, worlds);
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)}-${code.slice(half)}`;
}

/**
 * The bet of a code, as it was heard or typed; null if it is none of these worlds.
 *
 * @param {string} text
 * @param {number} kinds
 * @param {string} worlds
 */
export function betOf(text, kinds, worlds) {
  if (text.length > LONGEST_CODE) return null;
  const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const code = plain.replace(/O/g, "0").replace(/[IL]/g, "1");
  const length = lengthOfNumber(kinds);
  const number = code.slice(0, length);
  if (code.length !== length + CHECK || [...code].some((one) => !LETTERS.includes(one)))
    return null;
  if (code.slice(length) !== checkOfBet(number, worlds)) return null;
  const place = [...number].reduce((sum, one) => sum * 32n + BigInt(LETTERS.indexOf(one)), 0n);
  return betAt(place, kinds);
}

/**
 * Codes in a text, one a line or with spaces or commas between them.
 *
 * @param {string} text
 */
export const codesIn = (text) => text.split(/[\s,;]+/).filter(Boolean);
