// A game's code: there and back, and every slip is a fault of its own.

import assert from "node:assert/strict";
import test from "node:test";
import { codeOf, readCode } from "../../sim/classroom/scripts/play/code.js";

const GAME = { fingerprint: "4RB0", seed: 7n, replication: 0n, roles: 2n };
const CHOICES = [
  { choice: 4, answers: 9 },
  { choice: 2, answers: 9 },
];
const CODE = "4RB07-02734-WY"; // as Python writes it

test("a code is that of Python, there and back", () => {
  assert.equal(codeOf(GAME, CHOICES), CODE);
  assert.deepEqual(readCode(" 4rbo7 o2734.wy"), { ...GAME, choices: 103n });
  const far = { ...GAME, seed: (1n << 64n) - 1n, replication: 123456789n };
  assert.deepEqual(readCode(codeOf(far, [])), { ...far, choices: 1n });
});

test("a slip is noticed", () => {
  const signs = CODE.replaceAll("-", "");
  for (let k = 0; k < signs.length; k++) {
    const other = signs[k] === "7" ? "8" : "7";
    const wrong = signs.slice(0, k) + other + signs.slice(k + 1);
    assert.throws(() => readCode(wrong), { key: "play.page.fault_check" });
    if (k && signs[k] !== signs[k - 1]) {
      const turned = signs.slice(0, k - 1) + signs[k] + signs[k - 1] + signs.slice(k + 1);
      assert.throws(() => readCode(turned), { key: "play.page.fault_check" });
    }
  }
});

test("what is no code is a fault and no more", () => {
  for (const text of ["", "U", "<img>", "0".repeat(1e6), "٣".repeat(20), "__proto__", "4RB0"]) {
    assert.throws(() => readCode(text), /play\.page\.fault_/);
  }
});
