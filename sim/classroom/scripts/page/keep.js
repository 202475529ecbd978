// What can be taken away: the command, a table, a picture, a link.

import { byId, svg } from "../common/dom.js";
import { DATA, outcomeName, say } from "./data.js";
import { qrModules } from "./qr.js";

/** @import { GrowingSample } from "./sample.js" */
/** @import { Place, Settings } from "./types.js" */

const SCALE = 2; // pixels of a picture for one unit of the drawing
const QUIET = 4; // modules around a QR code
const MARGIN = 16;
const HEAD = 92;
const RISKY = /^[=+\-@\t\r]/; // a spreadsheet would take the text for a formula

/**
 * A word as a shell takes it.
 *
 * @param {string} word
 */
export const quoted = (word) =>
  /^[\w@%+=:,./>-]+$/.test(word) && !word.includes(">") ? word : `'${word.replace(/'/g, `'"'"'`)}'`;

/**
 * A command on the scenario with the levers where they stand.
 *
 * @param {string} command
 * @param {Settings} place
 * @param {string} option - with which the command sets a number from the first day on
 * @param {string} rest - its other options
 */
export function commandWords(command, place, option, rest) {
  const { called, settings, seed } = DATA.about;
  const levers = [...place].map(([path, value]) => `${path}=${value}`);
  const others = settings.filter((one) => !place.has(one.split("=")[0]));
  const words = [...others, ...levers].map((one) => ` ${option} ${quoted(one)}`).join("");
  return `python run_sim.py ${command} ${quoted(called)}${words} --seed ${seed} ${rest}`;
}

/**
 * The command that computes what is seen.
 *
 * @param {Place} place
 * @param {number} n
 */
export const commandOf = (place, n) => commandWords("run", place, "--set", `--runs ${n}`);

/** @param {string} text */
function cell(text) {
  const safe = RISKY.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/**
 * A row for each replication of some samples.
 *
 * @param {{name: string, sample: GrowingSample}[]} samples
 */
export function tableOf(samples) {
  const head = ["levers", "replication", "outcome", ...DATA.measures];
  const rows = samples.flatMap(({ name, sample }) =>
    Array.from({ length: sample.n }, (_, k) => [
      cell(name),
      String(k),
      cell(sample.outcome[k] < 0 ? "" : DATA.outcomes[sample.outcome[k]].name),
      ...Array.from(sample.measures(k), (value) => (Number.isNaN(value) ? "" : String(value))),
    ]),
  );
  return [head.map(cell), ...rows]
    .map((row) => row.join(","))
    .join("\n")
    .concat("\n");
}

/**
 * Hand a file to the reader.
 *
 * @param {string} name
 * @param {Blob} content
 */
export function save(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * A copy of a drawing that needs no style sheet.
 *
 * @param {SVGSVGElement} picture
 */
function standalone(picture) {
  const copy = /** @type {SVGSVGElement} */ (picture.cloneNode(true));
  for (const mark of copy.querySelectorAll(".dot")) {
    if (!(mark instanceof SVGElement)) continue;
    const place = /translate\(([-\d.]+)px, ?([-\d.]+)px\)/.exec(mark.style.transform);
    if (place) mark.setAttribute("transform", `translate(${place[1]} ${place[2]})`);
    mark.removeAttribute("style");
  }
  copy.setAttribute("font-family", "sans-serif");
  return copy;
}

/**
 * Drawings beside each other with a heading, as one picture.
 *
 * @param {SVGSVGElement[]} pictures
 * @param {string[]} titles
 * @param {string} foot
 * @returns {Promise<Blob | null>}
 */
export async function pictureOf(pictures, titles, foot) {
  const boxes = pictures.map((one) => one.viewBox.baseVal);
  const wide = boxes.reduce((sum, box) => sum + box.width + MARGIN, MARGIN);
  const high = Math.max(...boxes.map(({ height }) => height)) + HEAD + 2 * MARGIN;
  const sheet = svg("svg", {
    viewBox: `0 0 ${wide} ${high}`,
    width: wide * SCALE,
    height: high * SCALE,
  });
  const line = { x: MARGIN, "font-family": "sans-serif", fill: "#1b1b1b" };
  sheet.append(
    svg("rect", { width: wide, height: high, fill: "#ffffff" }),
    svg("text", { ...line, y: 26, "font-size": 18, "font-weight": 700 }, DATA.about.title),
    svg("text", { ...line, y: 48, "font-size": 12 }, say("common.model")),
    svg("text", { ...line, y: high - 8, "font-size": 11 }, foot),
  );
  let x = MARGIN;
  pictures.forEach((picture, k) => {
    sheet.append(
      svg("text", { ...line, x, y: 78, "font-size": 15, "font-weight": 700 }, titles[k]),
    );
    const copy = standalone(picture);
    const { width, height } = boxes[k];
    for (const [name, value] of Object.entries({ x, y: HEAD, width, height })) {
      copy.setAttribute(name, String(value));
    }
    sheet.append(copy);
    x += width + MARGIN;
  });
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(sheet))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = wide * SCALE;
  canvas.height = high * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/**
 * What is said of a world.
 *
 * @param {GrowingSample} sample
 * @param {number} world
 */
export function worldInWords(sample, world) {
  if (world >= sample.n) return "";
  const measures = sample.measures(world);
  if (sample.status(world)) return say("world_failed", { n: String(world) });
  return say("world_said", {
    n: measures[DATA.deaths[0]],
    world: String(world),
    outcome: outcomeName(sample.outcome[world]),
    between: measures[DATA.deaths[1]],
    rung: DATA.rungs[measures[DATA.highest]]?.name ?? "",
  });
}

/**
 * Copy a text, or select it where that is not allowed.
 *
 * @param {string} text
 * @param {HTMLElement} place - that shows it
 */
export async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    byId("copied").textContent = say("copied");
  } catch {
    const range = document.createRange();
    range.selectNodeContents(place);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    if (place instanceof HTMLInputElement) place.select();
    byId("copied").textContent = say("not_copied");
  }
}

/**
 * Draw a code; gives whether the text fits.
 *
 * @param {SVGSVGElement} picture
 * @param {string} text
 */
export function drawQr(picture, text) {
  const modules = qrModules(text);
  if (!modules) {
    picture.replaceChildren();
    return false;
  }
  const size = modules.length + 2 * QUIET;
  const d = modules.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
  picture.replaceChildren(
    svg("rect", { width: size, height: size, fill: "#ffffff" }),
    svg("path", { d: d.join(""), fill: "#000000" }),
  );
  return true;
}
