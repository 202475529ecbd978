// Places for names on the map, one after the other, where they cover nothing.

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
/** @typedef {Box & {x: number, y: number}} Label */
/** @typedef {{wide: number, high: number}} Size */

const AT_SIDES = 4; // at the sides of the picture
const OUTSIDE = 2; // as bad as covering two others

/**
 * The box of a text whose baseline is centred on a place, pushed inside the picture's width.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} length - of the text
 * @param {number} size - of its letters
 * @param {Size} picture
 * @returns {Label}
 */
export function labelAt(x, y, length, size, picture) {
  const half = length / 2;
  const inside = Math.min(Math.max(x, half + AT_SIDES), picture.wide - half - AT_SIDES);
  return {
    left: inside - half,
    top: y - size * 0.85,
    right: inside + half,
    bottom: y + size * 0.25,
    x: inside,
    y,
  };
}

/**
 * How many boxes a label covers; leaving the picture counts too.
 *
 * @param {Box} label
 * @param {Box[]} taken
 * @param {Size} picture
 */
export function collisions(label, taken, picture) {
  const covered = taken.filter(
    (box) =>
      label.left < box.right &&
      label.right > box.left &&
      label.top < box.bottom &&
      label.bottom > box.top,
  );
  return covered.length + (label.top < 0 || label.bottom > picture.high ? OUTSIDE : 0);
}

/**
 * The first of the cheapest.
 *
 * @template T
 * @param {T[]} choices
 * @param {(choice: T, k: number) => number} cost
 * @returns {T}
 */
export function cheapest(choices, cost) {
  const costs = choices.map(cost);
  return choices[costs.indexOf(Math.min(...costs))];
}

/**
 * The box around a circle, or a part of it.
 *
 * @param {{x: number, y: number}} centre
 * @param {number} radius
 * @returns {Box}
 */
export const boxAround = ({ x, y }, radius) => ({
  left: x - radius,
  top: y - radius,
  right: x + radius,
  bottom: y + radius,
});

/**
 * The best place for the name of a thing: below, above, beside, or at a corner of it.
 *
 * @param {{x: number, y: number}} thing
 * @param {number} gap - between the thing's centre and its name
 * @param {number} length
 * @param {number} size
 * @param {Box[]} taken
 * @param {Size} picture
 * @returns {Label}
 */
export function nextTo(thing, gap, length, size, taken, picture) {
  const side = gap + length / 2;
  const offsets = [
    [0, gap + size * 0.8],
    [0, -gap],
    [side, size * 0.35],
    [-side, size * 0.35],
    [side, gap],
    [-side, gap],
    [side, -gap * 0.6],
    [-side, -gap * 0.6],
  ];
  const labels = offsets.map(([dx, dy]) =>
    labelAt(thing.x + dx, thing.y + dy, length, size, picture),
  );
  return cheapest(labels, (label, k) => {
    const pushed = label.x === thing.x + offsets[k][0] ? 0 : 0.5;
    return collisions(label, taken, picture) + k / 100 + pushed;
  });
}

/**
 * The best place for the name of a state: on the outer side of its ground.
 *
 * @param {{x: number, y: number}[]} own - sectors of the state
 * @param {{x: number, y: number}[]} sectors - all of them
 * @param {number} ground - width of a state's ground
 * @param {number} length
 * @param {number} size
 * @param {Box[]} taken
 * @param {Size} picture
 * @returns {Label}
 */
export function outside(own, sectors, ground, length, size, taken, picture) {
  const middle = centreOf(sectors);
  const centre = centreOf(own);
  const far = Math.hypot(centre.x - middle.x, centre.y - middle.y) || 1;
  const [ux, uy] = [(centre.x - middle.x) / far, (centre.y - middle.y) / far];
  const directions = [
    [ux, uy],
    [0, -1],
    [0, 1],
    [Math.sign(ux) || 1, 0],
  ];
  const spots = own.flatMap((sector) =>
    directions.map(([dx, dy]) => {
      const x = sector.x + dx * (ground / 2 + 8 + (Math.abs(dx) * length) / 2);
      const y = sector.y + dy * (ground / 2 + 12) + size * 0.35 * (1 + dy);
      const outward = (sector.x - middle.x) * ux + (sector.y - middle.y) * uy;
      return { x, outward, label: labelAt(x, y, length, size, picture) };
    }),
  );
  return cheapest(spots, ({ x, outward, label }) => {
    const pushed = label.x === x ? 0 : 300;
    return collisions(label, taken, picture) * 1000 + pushed - outward;
  }).label;
}

/** @param {{x: number, y: number}[]} places */
function centreOf(places) {
  let [x, y] = [0, 0];
  for (const place of places) {
    x += place.x / places.length;
    y += place.y / places.length;
  }
  return { x, y };
}
