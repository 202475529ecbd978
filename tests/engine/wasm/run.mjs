// Run a batch by the engine as pages hold it: node run.mjs engine.wasm folder
//
// The folder holds layout.json, batch.json ({seed, first, count, changes, places, day}), world.bin,
// inputs.bin and, for futures, past.bin. Each table of the results is written to its own file; with
// `whole` in batch.json also blocks, events and ledger of the one replication.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../../../sim/classroom/scripts/engine/memory.js";

const [wasm, folder] = process.argv.slice(2);
const file = (name) => join(folder, name);
const json = (name) => JSON.parse(readFileSync(file(name), "utf8"));
const bytes = (name) => {
  const found = readFileSync(file(name));
  return found.buffer.slice(found.byteOffset, found.byteOffset + found.length);
};
const { seed, first, day, whole, ...rest } = json("batch.json");
const module = new WebAssembly.Module(readFileSync(wasm));
const engine = new Engine(module, new Uint8Array(bytes("world.bin")), json("layout.json"));
const batch = { ...rest, seed: BigInt(seed), first: BigInt(first) };
batch.inputs = new Float64Array(bytes("inputs.bin"));
if (existsSync(file("past.bin"))) {
  batch.past = { block: new BigUint64Array(bytes("past.bin")), day };
}
const results = whole ? engine.whole(batch, true) : { rows: engine.run(batch) };
const { rows, ...others } = results;
for (const [name, table] of Object.entries({ ...rows, ...others })) {
  writeFileSync(file(`${name}.out`), new Uint8Array(table.buffer));
}
