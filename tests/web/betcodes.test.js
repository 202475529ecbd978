// A bet as a code: there and back, slips of the tongue, strangers' texts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { betOf, codeOfBet, codesIn, TOKENS } from "../../sim/classroom/scripts/page/betcodes.js";

const WORLDS = "two_states.0123456789ab.7";

/** Bets on a number of outcomes, by a fixed rule. */
function bets(kinds) {
  const found = [];
  for (let k = 0; k < 40; k++) {
    const bet = Array.from({ length: kinds }, () => 0);
    for (let token = 0; token < TOKENS; token++)
      bet[((token * (k + 1) + (k * k) / 3) % kinds) | 0] += 1;
    found.push(bet);
  }
  return found;
}

for (const kinds of [1, 2, 5, 8, 12]) {
  test(`a bet on ${kinds} outcomes comes back`, () => {
    for (const bet of bets(kinds)) {
      const code = codeOfBet(bet, WORLDS);
      assert.deepEqual(betOf(code, kinds, WORLDS), bet);
      assert.match(code, /^[0-9A-Z]+-[0-9A-Z]+$/);
    }
  });
}

test("a bet on eight outcomes is read out in six letters", () => {
  const codes = bets(8).map((bet) => codeOfBet(bet, WORLDS));
  assert.deepEqual([...new Set(codes.map((code) => code.length))], [7]); // with a hyphen
});

test("a code is read as it is heard: small letters, spaces, O for 0, I for 1", () => {
  const bet = [20, 0, 0, 0, 0, 0, 0, 0];
  const code = codeOfBet(bet, WORLDS);
  const heard = code.toLowerCase().replace("-", "").replace(/0/g, "o").replace(/1/g, "i");
  assert.deepEqual(betOf(heard, 8, WORLDS), bet);
});

test("one wrong letter is noticed in nearly all cases", () => {
  const code = codeOfBet([5, 5, 5, 5, 0, 0, 0, 0], WORLDS).replace("-", "");
  let missed = 0;
  for (let k = 0; k < code.length; k++) {
    for (const letter of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") {
      if (letter === code[k]) continue;
      missed += Number(betOf(code.slice(0, k) + letter + code.slice(k + 1), 8, WORLDS) !== null);
    }
  }
  assert.ok(missed <= 2, `${missed} of 186 not noticed`);
});

test("a code of other worlds is refused", () => {
  const code = codeOfBet([5, 5, 5, 5, 0, 0, 0, 0], "two_states.0123456789ab.8");
  assert.equal(betOf(code, 8, WORLDS), null);
});

for (const text of [
  "",
  "-",
  "A",
  "ZZZZ-ZZ",
  "<img src=x onerror=alert(1)>",
  "9".repeat(9000),
  "😀😀😀😀😀😀",
]) {
  test(`no code: ${text.slice(0, 12)}`, () => assert.equal(betOf(text, 8, WORLDS), null));
}

test("codes stand one a line or beside each other", () => {
  assert.deepEqual(codesIn(" A-B\nC, D;E\t"), ["A-B", "C", "D", "E"]);
});
