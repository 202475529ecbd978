// A link restores what it says; what of it cannot be used is left out and named.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, MOST_LETTERS, readAddress } from "../../sim/classroom/scripts/page/address.js";

const about = { id: "x", digest: "0123456789abcdef", seed: "18446744073709551615", horizon: 90 };
const numbers = [
  { path: "states.a.resolve", low: 0, high: 1 },
  { path: "rules.b", low: -5, high: 5 },
];
const data = { about, numbers };
const place = new Map([
  ["states.a.resolve", 0.35],
  ["rules.b", -1e-7],
]);

const read = (hash) => {
  const { state, faults } = readAddress(hash, data);
  return { ...state, place: [...state.place], faults: [...faults] };
};

test("a link restores levers, world and day", () => {
  const found = read(addressOf(about, place, 17, 40));
  const sandbox = { direct: true, step: "sandbox", hidden: [], large: false };
  assert.deepEqual(found, { place: [...place], world: 17, day: 40, ...sandbox, faults: [] });
});

test("a link restores the step, what is hidden and the large letters", () => {
  const lesson = { step: "levers", hidden: ["bet", "play"], large: true };
  const { step, hidden, large, direct, faults } = read(addressOf(about, place, 17, 40, lesson));
  assert.deepEqual({ step, hidden, large }, lesson);
  assert.deepEqual([direct, faults], [false, []]);
});

test("a lesson may be written by hand", () => {
  const { step, hidden, direct, faults } = read("#step=story&hide=bet");
  assert.deepEqual([step, hidden, direct, faults], ["story", ["bet"], false, []]);
});

test("a step that is not there opens the first one", () => {
  const { step, hidden, faults } = read("#step=answer&hide=bet,markup");
  assert.deepEqual([step, hidden, faults], ["", ["bet"], ["fault_link"]]);
});

test("no link says nothing", () => {
  assert.equal(readAddress("", data), null);
  assert.equal(readAddress("#", data), null);
});

const start = addressOf(about, new Map(), 0, 1);

for (const [what, hash] of [
  ["a part twice", `${start}&world=0`],
  ["a lever that is not there", `${start}&set=states.b.resolve:0.5`],
  ["a value out of range", `${start}&set=states.a.resolve:7`],
  ["a value that is no number", `${start}&set=states.a.resolve:Infinity`],
  ["a value in another base", `${start}&set=states.a.resolve:0x1`],
  ["a world that is not there", start.replace("world=0", "world=100")],
  ["a day that is not there", start.replace("day=1", "day=91")],
  ["a day that is no number", start.replace("day=1", "day=-1")],
  ["a key that is not known", `${start}&x=1`],
  ["no scenario", "#world=3"],
  ["markup", "#<img src=x onerror=alert(1)>"],
  ["a very long text", `${start}&set=${"a".repeat(MOST_LETTERS)}`],
]) {
  test(`an edited link: ${what}`, () => {
    const found = read(hash);
    assert.ok(found.faults.includes("fault_link"));
    assert.deepEqual(found.place, []);
    assert.ok(found.world <= 99 && found.day >= 1 && found.day <= 90);
  });
}

test("a link of another scenario, version or seed is named", () => {
  for (const of of ["y.0123456789ab.18446744073709551615", "x.0123456789ac.18446744073709551615"]) {
    assert.deepEqual(read(`#of=${of}&set=rules.b:2`).faults, ["fault_other"]);
  }
});

test("a lever that a link names twice is named, and its first value used", () => {
  const found = read(`${start}&set=states.a.resolve:0.2,states.a.resolve:0.7`);
  assert.deepEqual(found.place, [["states.a.resolve", 0.2]]);
  assert.deepEqual(found.faults, ["fault_link"]);
});

test("what is fine of a link is used", () => {
  const found = read(`${start}&set=rules.b:2,states.a.resolve:9`);
  assert.deepEqual(found.place, [["rules.b", 2]]);
});
