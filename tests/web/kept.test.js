// What was stored on a device comes back; what was edited is left out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nothingKept, readKept } from "../../sim/classroom/scripts/page/kept.js";

const KINDS = 3;
const TRIALS = [2, 0];
const read = (value) =>
  readKept(typeof value === "string" ? value : JSON.stringify(value), KINDS, TRIALS);
const whole = {
  tokens: [10, 5, 5],
  state: "locked",
  seen: true,
  late: false,
  opened: 10,
  hundred: true,
  codes: ["ABC-DEF"],
  hands: [3, 0, 1],
  guesses: [[1, -1], null],
};

test("it comes back as it was", () => assert.deepEqual(read(whole), whole));

test("without storage nothing has happened", () => {
  assert.deepEqual(readKept(null, KINDS, TRIALS), nothingKept(KINDS, TRIALS));
});

for (const text of ["", "{", "[]", "null", "7", '"x"', "{}", "a".repeat(30_000)]) {
  test(`not what was written: ${text.slice(0, 6)}`, () =>
    assert.deepEqual(read(text), nothingKept(KINDS, TRIALS)));
}

for (const [what, change, wanted] of [
  ["too many tokens", { tokens: [21, 0, 0] }, { tokens: [0, 0, 0], state: "open" }],
  ["tokens below nothing", { tokens: [25, -5, 0] }, { tokens: [0, 0, 0], state: "open" }],
  ["parts of a token", { tokens: [10.5, 5, 4.5] }, { tokens: [0, 0, 0], state: "open" }],
  ["a bet of another scenario", { tokens: [10, 10] }, { tokens: [0, 0, 0], state: "open" }],
  ["locked before all is handed out", { tokens: [5, 5, 5] }, { state: "open" }],
  ["a state that is none", { state: "<b>" }, { state: "open" }],
  ["more worlds than are sealed", { opened: 99 }, { opened: 0, hundred: false }],
  ["all before the ten", { opened: 9 }, { hundred: false }],
  ["opened before a bet", { state: "open", seen: false }, { opened: 0, hundred: false }],
  ["hands without end", { hands: [1e9, 0, 0] }, { hands: [0, 0, 0] }],
  ["codes that are no texts", { codes: [7, "A", null, "x".repeat(99)] }, { codes: ["A"] }],
  ["guesses that are none", { guesses: [[1, 7], []] }, { guesses: [null, []] }],
  ["a truth that is a text", { seen: "yes" }, { seen: false }],
]) {
  test(`edited: ${what}`, () => {
    const found = read({ ...whole, ...change });
    for (const [key, value] of Object.entries(wanted)) assert.deepEqual(found[key], value, key);
  });
}

test("not more codes than a school has pupils in a hall", () => {
  assert.equal(read({ ...whole, codes: Array(500).fill("A") }).codes.length, 100);
});
