// Colours of at least 3:1 on white (Paul Tol; Okabe and Ito), and dashes for who sees no colour.

export const INK = "#1b1b1b";
export const PAPER = "#fff";
export const GREY = "#8c8c8c";
export const CEASEFIRE = "#00795a";
export const DASHES = ["", "9 4", "3 3", "12 3 3 3", "6 2", "2 5", "1 3", "14 6"];
export const RUNG_TONES = [
  "#edf1f4",
  "#f6d543",
  "#fca108",
  "#ef6e21",
  "#ce4347",
  "#9a2865",
  "#62146e",
  "#290b55",
];
export const SHADES = [
  "#cfe2f3",
  "#fde2c4",
  "#d5ead8",
  "#f0d7e6",
  "#efe6b8",
  "#ddd8f0",
  "#e2e2e2",
  "#c9ece9",
  "#f6d3cd",
];

/**
 * Whether white letters can be read on a colour.
 *
 * @param {string} colour - such as #290b55
 */
export function isDark(colour) {
  const [red, green, blue] = [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
