// SHA-256 (FIPS 180-4). The browser's own is asked for only over https, and a class has none.

const PRIMES = Array.from({ length: 312 }, (_, k) => k).filter(
  (n) => n > 1 && !Array.from({ length: n }, (_, k) => k).some((k) => k > 1 && n % k === 0),
);

/**
 * The first 32 bits of the fraction of a number.
 *
 * @param {number} value
 */
const fraction = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;

const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(PRIMES.slice(0, 64), (prime) => fraction(Math.cbrt(prime)));
const BLOCK = 64; // bytes

/**
 * @param {number} word
 * @param {number} bits
 */
const turn = (word, bits) => (word >>> bits) | (word << (32 - bits));

/**
 * One block of 64 bytes into the state.
 *
 * @param {Int32Array} state - of 8 words
 * @param {DataView} bytes
 * @param {number} at
 * @param {Int32Array} words - room for 64
 */
function absorb(state, bytes, at, words) {
  for (let k = 0; k < 16; k++) words[k] = bytes.getInt32(at + 4 * k);
  for (let k = 16; k < 64; k++) {
    const [w, v] = [words[k - 15], words[k - 2]];
    const s = turn(w, 7) ^ turn(w, 18) ^ (w >>> 3);
    const t = turn(v, 17) ^ turn(v, 19) ^ (v >>> 10);
    words[k] = (words[k - 16] + s + words[k - 7] + t) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let k = 0; k < 64; k++) {
    const s = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s + ((e & f) ^ (~e & g)) + ROUNDS[k] + words[k]) | 0;
    const t = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (t + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, k) => {
    state[k] += word;
  });
}

/**
 * The digest of some bytes as 64 hexadecimal digits.
 *
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function sha256(bytes) {
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  const whole = bytes.length - (bytes.length % BLOCK);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < whole; at += BLOCK) absorb(state, view, at, words);
  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < BLOCK - 8 ? BLOCK : 2 * BLOCK);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  const end = new DataView(tail.buffer);
  end.setBigUint64(tail.length - 8, BigInt(bytes.length) * 8n);
  for (let at = 0; at < tail.length; at += BLOCK) absorb(state, end, at, words);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
