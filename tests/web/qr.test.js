// QR codes: what a reader (ZXing-C++ 3.1.1) read as the same text, when the digests were written down.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { correction, qrModules } from "../../sim/classroom/scripts/page/qr.js";

const text = (length) =>
  "https://example.org/page.html#of=two_states.5d0bdf08ebad.7&world=17&day=60&set=a.b:0.4,"
    .repeat(20)
    .slice(0, length);
const digest = (modules) =>
  createHash("sha256")
    .update(modules.map((row) => row.map(Number).join("")).join("\n"))
    .digest("hex");

const READ = {
  14: "15767c4160ea8c95b0fa2b2d89398872e89fe35c5b1b554fda21ee9e7efcbb5c",
  90: "d2f278dbee22a512474312fbb491bb2d0a0b9a026d537bac7b3e2a97b0850cf0",
  200: "57617fd8845a674286b2ec4458a30ba27acea91f0ecafc634db6aebc97e4f166",
  400: "fa618557b2d13a9b8a4fd462af5fde9396acabad67a6502fb2bb5f1469ceb685",
  900: "c2cfef026f89b958c68a58634dc94d8833f1ad32632c49f0acaa008a51b2961f",
};

for (const [length, expected] of Object.entries(READ)) {
  test(`a code of ${length} letters is the one that was read`, () => {
    assert.equal(digest(qrModules(text(Number(length)))), expected);
  });
}

test("a code has three large squares and a quarter at least of each colour", () => {
  const modules = qrModules(text(40));
  const square = [0, 1, 2, 3, 4, 5, 6].map((k) => modules[0][k]);
  assert.deepEqual(square, Array(7).fill(true));
  const share = modules.flat().filter(Boolean).length / modules.length ** 2;
  assert.ok(share > 0.25 && share < 0.75);
});

test("a text that is too long has no code", () => {
  assert.equal(qrModules(text(1500)), null);
});

test("a codeword of data and correction is divided by the generator", () => {
  // the example of the standard's annex: 16 codewords of data, 10 of correction
  const data = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17];
  assert.deepEqual(correction(data, 10), [165, 36, 212, 193, 237, 54, 199, 135, 44, 85]);
});
