// Sentences by key, with values and plurals.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Words } from "../../sim/classroom/scripts/common/words.js";

const POLISH = {
  locale: "pl",
  "classroom.replay.play": "Start",
  "common.play": "not this one",
  "common.model": "Model",
  "common.counts.dead": { one: "{n} ofiara", few: "{n} ofiary", many: "{n} ofiar", other: "{n}" },
  "classroom.replay.toward": "{who} – {whom}",
  "vocabulary.rungs.0": "spokój",
};
const words = new Words(POLISH, "replay", (value) => `<${value}>`);

test("a page's own words come before the common ones", () => {
  assert.equal(words.say("play"), "Start");
  assert.equal(words.say("model"), "Model");
  assert.equal(words.say("nowhere"), "nowhere");
});

test("a number takes the plural form of the language", () => {
  const said = [1, 2, 5, 22].map((n) => words.say("common.counts.dead", { n }));
  assert.deepEqual(said, ["<1> ofiara", "<2> ofiary", "<5> ofiar", "<22> ofiary"]);
});

test("values are put in by name, and a place without a value stays", () => {
  assert.equal(words.say("toward", { who: "A", whom: "B" }), "A – B");
  assert.equal(words.say("toward", { who: "A" }), "A – {whom}");
});

test("a value that looks like a place is not filled again", () => {
  assert.equal(words.say("toward", { who: "{whom}", whom: "B" }), "{whom} – B");
});

test("a code without a word is said otherwise", () => {
  assert.equal(words.term("rungs", 0, "calm"), "spokój");
  assert.equal(words.term("rungs", 7, "war"), "war");
});

test("a name is joined to the word before it as the language wants it", () => {
  const french = new Words(
    {
      locale: "fr",
      joins: { "de |le ": "du ", "de |O": "d’O" },
      "classroom.replay.of": "fin de {who}",
      "classroom.replay.mode": "mode {who}",
    },
    "replay",
    String,
  );
  assert.equal(french.say("of", { who: "le Westmark" }), "fin du Westmark");
  assert.equal(french.say("of", { who: "Oman" }), "fin d’Oman");
  assert.equal(french.say("of", { who: "l’Eastmark" }), "fin de l’Eastmark");
  assert.equal(french.say("mode", { who: "le Westmark" }), "mode le Westmark");
});
