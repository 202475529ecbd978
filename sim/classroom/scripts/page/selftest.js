// #self-test=200: the SHA-256 of the measures of that many replications, to compare with `run`.

import { sha256 } from "../common/sha256.js";
import { Engine } from "../engine/memory.js";
import { DATA, SEED } from "./data.js";

const NAN = 0x7ff8000000000000n;
const REQUEST = /^#self-test=(\d{1,4})$/;

/**
 * How many replications the address asks for, 0 if it does not.
 *
 * @param {string} hash
 * @param {number} most
 */
export const testWanted = (hash, most) => Math.min(most, Number(REQUEST.exec(hash)?.[1] ?? 0));

/**
 * The bits of measures, as sim/ensemble/bits.py has them.
 *
 * @param {Float64Array} measures
 */
export function bitsOf(measures) {
  const view = new DataView(new ArrayBuffer(8 * measures.length));
  measures.forEach((value, k) => {
    if (Number.isNaN(value)) view.setBigUint64(8 * k, NAN, true);
    else view.setFloat64(8 * k, value, true);
  });
  return sha256(new Uint8Array(view.buffer));
}

/**
 * The bits of the first replications, computed in this page.
 *
 * @param {WebAssembly.Module} module
 * @param {Uint8Array} image
 * @param {Float64Array} inputs
 * @param {number} count
 */
export function selfTest(module, image, inputs, count) {
  const engine = new Engine(module, image, DATA.layout);
  const rows = engine.run({
    seed: SEED,
    first: 0n,
    count,
    changes: [],
    inputs: inputs.slice(0, count * DATA.layout.slots.length),
  });
  return bitsOf(rows.measures);
}
