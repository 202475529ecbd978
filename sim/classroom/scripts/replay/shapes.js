// Corners of the marks on the map, and the curve of an arrow.

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function burst(x, y, r) {
  const corners = Array.from({ length: 16 }, (_, k) => {
    const radius = k % 2 ? r * 0.5 : r;
    const angle = (Math.PI * k) / 8;
    const [dx, dy] = [radius * Math.sin(angle), radius * Math.cos(angle)];
    return `${(x + dx).toFixed(1)},${(y - dy).toFixed(1)}`;
  });
  return corners.join(" ");
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export const square = (x, y, r) =>
  `${x - r},${y - r} ${x + r},${y - r} ${x + r},${y + r} ${x - r},${y + r}`;

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export const wedge = (x, y, r) => `${x - r},${y - r} ${x + r},${y - r} ${x},${y + r}`;

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export const diamond = (x, y, r) => `${x},${y - r} ${x + r},${y} ${x},${y + r} ${x - r},${y}`;

/**
 * An arrow from one circle to another: its line, and the corners of its head.
 *
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {number} radius - of the circles
 * @param {number} bend - how far the line bows out, as a share of its length
 * @param {number} size - of the head
 * @returns {{line: string, head: string}}
 */
export function arrow(from, to, radius, bend, size) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [x1, y1] = [from.x + ux * radius, from.y + uy * radius];
  const [x2, y2] = [to.x - ux * (radius + 12), to.y - uy * (radius + 12)];
  const bow = bend * length;
  const [cx, cy] = [(x1 + x2) / 2 + uy * bow, (y1 + y2) / 2 - ux * bow];
  const angle = Math.atan2(y2 - cy, x2 - cx);
  /**
   * @param {number} turn
   * @param {number} r
   */
  const corner = (turn, r) =>
    place(x2 + r * Math.cos(angle + turn), y2 + r * Math.sin(angle + turn), ",");
  return {
    line: `M${place(x1, y1)}Q${place(cx, cy)} ${place(x2, y2)}`,
    head: [corner(0, size + 4), corner(2.4, size), corner(-2.4, size)].join(" "),
  };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} [between]
 */
const place = (x, y, between = " ") => `${x.toFixed(1)}${between}${y.toFixed(1)}`;
