// The content of a replay as a page makes it: node tell.mjs folder
//
// The folder holds telling.json, say.json, sizes.json, blocks.bin, events.bin and ledger.bin; the
// content is printed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Words } from "../../sim/classroom/scripts/common/words.js";
import { storyContent } from "../../sim/classroom/scripts/story/content.js";
import { languageOf } from "../../sim/classroom/scripts/story/language.js";

const folder = process.argv[2];
const json = (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
const bytes = (name) => {
  const found = readFileSync(join(folder, `${name}.bin`));
  return found.buffer.slice(found.byteOffset, found.byteOffset + found.length);
};
const said = json("say");
const whole = {
  blocks: new BigUint64Array(bytes("blocks")),
  events: new BigInt64Array(bytes("events")),
  ledger: new Float64Array(bytes("ledger")),
};
const language = languageOf(said.locale, (key, values) =>
  new Words(said, "page", new Intl.NumberFormat(said.locale).format).say(key, values),
);
console.log(JSON.stringify(storyContent(whole, json("telling"), language, json("sizes"))));
