// SHA-256 of the pages is that of Node.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sha256 } from "../../sim/classroom/scripts/common/sha256.js";

test("every length around a block has the digest that Node gives it", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, k) => (k * 37 + length) % 256);
    assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"));
  }
});

test("a part of a buffer is read as such", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, k) => k % 251);
  const part = bytes.subarray(7, 150);
  assert.equal(sha256(part), createHash("sha256").update(part).digest("hex"));
});
