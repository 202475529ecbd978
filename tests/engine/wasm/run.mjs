// Run a batch of replications in WebAssembly: node run.mjs engine.wasm image.json image.bin out.bin
//
// image.json: {world, batch: [[offset, rows, columns], ...]}; the tables are in image.bin at their
// offsets. out.bin is the same after `run_all`.
import { readFileSync, writeFileSync } from "node:fs";

const [wasm, head, body, out] = process.argv.slice(2);
const { world, batch } = JSON.parse(readFileSync(head, "utf8"));
const bytes = readFileSync(body);
const { exports: engine } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {});

const PAGE = 65536;
const aligned = (address) => Math.ceil(address / 16) * 16;
const base = aligned(engine.__heap_base.value);
const descriptors = aligned(base + bytes.length);
const results = descriptors + 8 * 3 * (world.length + batch.length);
const missing = results + 64 - engine.memory.buffer.byteLength;
if (missing > 0) engine.memory.grow(Math.ceil(missing / PAGE));

new Uint8Array(engine.memory.buffer).set(bytes, base);
const words = new BigInt64Array(engine.memory.buffer);
let at = descriptors / 8;
for (const [offset, rows, columns] of [...world, ...batch]) {
  for (const word of [base + offset, rows, columns]) words[at++] = BigInt(word);
}
const batchAt = descriptors + 8 * 3 * world.length;
const code = engine.run_all(results, results + 16, BigInt(descriptors), BigInt(batchAt));
if (code !== 0 && code !== -2) {
  console.error(`run_all returned ${code}`);
  process.exit(1);
}
writeFileSync(out, new Uint8Array(engine.memory.buffer, base, bytes.length));
