// QR codes (ISO/IEC 18004), bytes alone, with the lowest level of error correction.

// by version, from 1: codewords of error correction in a block, and blocks
const CORRECTION = [
  7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26,
];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12];
const LEVEL = 1; // of error correction, as the format says it
const POLYNOMIAL = 0x11d; // of the field of 256 elements
const FORMAT = { generator: 0x537, mask: 0x5412 };
const VERSION = 0x1f25; // generator of the version's code
const BYTES = 4; // the mode

/**
 * A product in the field of 256 elements.
 *
 * @param {number} a
 * @param {number} b
 */
function product(a, b) {
  let found = 0;
  for (let bit = 7; bit >= 0; bit--) {
    found = (found << 1) ^ ((found >> 7) * POLYNOMIAL);
    found ^= ((b >> bit) & 1) * a;
  }
  return found;
}

/**
 * Codewords of error correction for some data (Reed and Solomon).
 *
 * @param {number[]} data
 * @param {number} count
 */
export function correction(data, count) {
  /** @type {number[]} */
  let generator = [1];
  let root = 1;
  for (let k = 0; k < count; k++) {
    const next = [...generator, 0];
    generator.forEach((one, n) => {
      next[n + 1] ^= product(one, root);
    });
    generator = next;
    root = product(root, 2);
  }
  const rest = [...data, ...Array(count).fill(0)];
  for (let k = 0; k < data.length; k++) {
    const factor = rest[k];
    generator.forEach((one, n) => {
      rest[k + n] ^= product(one, factor);
    });
  }
  return rest.slice(data.length);
}

/** Modules that can hold data. @param {number} version */
function room(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const marks = Math.floor(version / 7) + 2;
    modules -= (25 * marks - 10) * marks - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

/** @param {number} version */
const dataWords = (version) => room(version) - CORRECTION[version - 1] * BLOCKS[version - 1];

/**
 * All codewords of some bytes, in the order in which they are drawn.
 *
 * @param {Uint8Array} bytes
 * @param {number} version
 */
function codewords(bytes, version) {
  /** @type {number[]} */
  const bits = [];
  /** @type {(value: number, count: number) => void} */
  const put = (value, count) => {
    for (let k = count - 1; k >= 0; k--) bits.push((value >> k) & 1);
  };
  put(BYTES, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  const total = dataWords(version);
  put(0, Math.min(4, total * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = Array.from({ length: bits.length / 8 }, (_, k) =>
    Number.parseInt(bits.slice(8 * k, 8 * k + 8).join(""), 2),
  );
  for (let pad = 0xec; data.length < total; pad ^= 0xec ^ 0x11) data.push(pad);
  return interleaved(data, version);
}

/**
 * @param {number[]} data
 * @param {number} version
 */
function interleaved(data, version) {
  const [count, extra] = [BLOCKS[version - 1], CORRECTION[version - 1]];
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  let at = 0;
  const blocks = Array.from({ length: count }, (_, k) => {
    const size = short + Number(k >= count - longer);
    const part = data.slice(at, at + size);
    at += size;
    return { part, more: correction(part, extra) };
  });
  const found = [];
  for (let k = 0; k <= short; k++) {
    for (const { part } of blocks) if (k < part.length) found.push(part[k]);
  }
  for (let k = 0; k < extra; k++) for (const { more } of blocks) found.push(more[k]);
  return found;
}

/**
 * A code with its remainder: `data` shifted, then divided.
 *
 * @param {number} data
 * @param {number} generator
 * @param {number} bits - of the remainder
 */
function withRemainder(data, generator, bits) {
  let rest = data;
  for (let k = 0; k < bits; k++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator);
  return (data << bits) | rest;
}

/** A square of modules: dark or light, and whether a module is part of a pattern. */
class Sheet {
  /** @param {number} version */
  constructor(version) {
    this.version = version;
    this.size = 4 * version + 17;
    this.dark = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    this.fixed = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    this.#patterns();
  }

  /** @type {(x: number, y: number, dark: boolean) => void} */
  #fix(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.dark[y][x] = dark;
    this.fixed[y][x] = true;
  }

  #patterns() {
    const { size, version } = this;
    for (let k = 0; k < size; k++) {
      this.#fix(6, k, k % 2 === 0);
      this.#fix(k, 6, k % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4],
    ]) {
      this.#rings(x, y, 4, [0, 1, 3]);
    }
    const places = alignment(version);
    const last = places.length - 1;
    places.forEach((x, i) => {
      places.forEach((y, j) => {
        const corner = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
        if (!corner) this.#rings(x, y, 2, [0, 2]);
      });
    });
    this.format(0);
    if (version >= 7) this.#versionCode();
  }

  /** @type {(x: number, y: number, radius: number, dark: number[]) => void} */
  #rings(x, y, radius, dark) {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        this.#fix(x + dx, y + dy, dark.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  }

  /** @param {number} mask */
  format(mask) {
    const { size } = this;
    const code = withRemainder((LEVEL << 3) | mask, FORMAT.generator, 10) ^ FORMAT.mask;
    for (let k = 0; k < 15; k++) {
      const dark = ((code >> k) & 1) === 1;
      if (k < 6) this.#fix(8, k, dark);
      else if (k < 8) this.#fix(8, k + 1, dark);
      else if (k === 8) this.#fix(7, 8, dark);
      else this.#fix(14 - k, 8, dark);
      if (k < 8) this.#fix(size - 1 - k, 8, dark);
      else this.#fix(8, size - 15 + k, dark);
    }
    this.#fix(8, size - 8, true);
  }

  #versionCode() {
    const code = withRemainder(this.version, VERSION, 12);
    for (let k = 0; k < 18; k++) {
      const dark = ((code >> k) & 1) === 1;
      const [a, b] = [this.size - 11 + (k % 3), Math.floor(k / 3)];
      this.#fix(a, b, dark);
      this.#fix(b, a, dark);
    }
  }

  /** @param {number[]} words */
  fill(words) {
    let bit = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let k = 0; k < this.size; k++) {
        const up = ((right + 1) & 2) === 0;
        const y = up ? this.size - 1 - k : k;
        for (const x of [right, right - 1]) {
          if (this.fixed[y][x]) continue;
          this.dark[y][x] = ((words[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
          bit += 1;
        }
      }
    }
  }

  /** @param {number} mask */
  masked(mask) {
    const copy = this.dark.map((row, y) =>
      row.map((dark, x) => (this.fixed[y][x] ? dark : dark !== MASKS[mask](x, y))),
    );
    return copy;
  }
}

/** @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Middles of the small squares. @param {number} version */
function alignment(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((8 * version + 3 * count + 5) / (4 * count - 4)) * 2;
  const last = 4 * version + 10;
  return [6, ...Array.from({ length: count - 1 }, (_, k) => last - (count - 2 - k) * step)];
}

/**
 * How hard a code is to read: long runs, squares of one colour, and too much of one of them.
 *
 * @param {boolean[][]} dark
 */
function penalty(dark) {
  const size = dark.length;
  let sum = 0;
  const columns = dark.map((_, x) => dark.map((row) => row[x]));
  for (const line of [...dark, ...columns]) {
    let run = 1;
    for (let k = 1; k <= size; k++) {
      if (k < size && line[k] === line[k - 1]) {
        run += 1;
        continue;
      }
      if (run >= 5) sum += run - 2;
      run = 1;
    }
    const text = line.map(Number).join("");
    for (const finder of ["10111010000", "00001011101"]) {
      for (let at = text.indexOf(finder); at >= 0; at = text.indexOf(finder, at + 1)) sum += 40;
    }
  }
  for (let y = 1; y < size; y++) {
    for (let x = 1; x < size; x++) {
      const one = dark[y][x];
      if (dark[y][x - 1] === one && dark[y - 1][x] === one && dark[y - 1][x - 1] === one) sum += 3;
    }
  }
  const share = dark.flat().filter(Boolean).length / size ** 2;
  return sum + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}

/**
 * The modules of a code, dark or light; null if the text is too long.
 *
 * @param {string} text
 * @returns {boolean[][] | null}
 */
export function qrModules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = CORRECTION.findIndex((_, k) => {
    const head = k + 1 < 10 ? 2 : 3;
    return bytes.length + head <= dataWords(k + 1);
  });
  if (version < 0) return null;
  const sheet = new Sheet(version + 1);
  sheet.fill(codewords(bytes, version + 1));
  const tried = MASKS.map((_, mask) => {
    sheet.format(mask);
    return sheet.masked(mask);
  });
  return tried.reduce((a, b) => (penalty(b) < penalty(a) ? b : a));
}
