// What the page carries is checked and unpacked.

import { sha256 } from "../common/sha256.js";

/** @import { Packed } from "./types.js" */

/** Something that the page cannot do, by the key of the sentence that says so. */
export class Fault extends Error {
  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/**
 * Bytes from text in base64 that was packed with gzip.
 *
 * @param {Packed} part
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function unpack({ text, sha256: checksum }) {
  if (sha256(new TextEncoder().encode(text)) !== checksum) throw new Fault("fault_changed");
  if (typeof DecompressionStream === "undefined") throw new Fault("fault_old");
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
