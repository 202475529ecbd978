// One world, day by day, by the drawing of a replay, in a window of its own over the page.

import { byId, readJson } from "../common/dom.js";
import { storyContent } from "../story/content.js";
import { languageOf } from "../story/language.js";
import { DATA, HORIZON, LOCALE, SEED, say } from "./data.js";
import { commandWords, worldInWords } from "./keep.js";
import { Fault, unpack } from "./unpack.js";

/** @import { Whole } from "../engine/types.js" */
/** @import { Pool } from "./pool.js" */
/** @import { GrowingSample } from "./sample.js" */
/** @import { Settings } from "./types.js" */

const MARKS = { data: "@@data@@", number: "@@number@@", command: "@@command@@" };
const FIRST = 100; // worlds that an end is compared with
/** @type {Promise<string> | null} */
let frame = null;
/** @type {number | null} */
let storyDay = null;

/** The page of a replay without its replication. */
const frameText = () => {
  frame ??= unpack(readJson("cargo").frame).then((bytes) => new TextDecoder().decode(bytes));
  return frame;
};

/**
 * A world in full, with its decisions.
 *
 * @param {Pool} pool
 * @param {GrowingSample} sample
 * @param {number} world
 * @returns {Promise<Whole>}
 */
export function wholeWorld(pool, sample, world) {
  const width = DATA.layout.slots.length;
  const { changes } = sample.start;
  const inputs = sample.inputs.slice(world * width, (world + 1) * width);
  return pool.whole({ seed: SEED, first: BigInt(world), count: 1, changes, inputs }, true);
}

/**
 * The page of the replay of a world.
 *
 * @param {Whole} whole
 * @param {number} world
 * @param {number} day - to open with
 * @param {Settings} place
 * @param {string[]} end - sentences on how it ended
 */
async function storyPage(whole, world, day, place, end) {
  const { words } = DATA.layout;
  const language = languageOf(LOCALE, (key, values) => say(key, values));
  const content = storyContent(whole, DATA.telling, language, { words, horizon: HORIZON });
  const { release, horizon } = DATA.about;
  const data = JSON.stringify({ ...content, about: { release, horizon }, day, end });
  const command = commandWords("replay", place, "--set", `--replication ${world}`);
  const text = await frameText();
  return text
    .replaceAll(MARKS.number, String(world))
    .replaceAll(MARKS.command, () => escaped(`${command} --out FILE.html`))
    .replace(`"${MARKS.data}"`, () => data.replace(/</g, "\\u003c"));
}

/**
 * How a world ended, and how many of the first hundred end so; nothing of one that failed.
 *
 * @param {GrowingSample} sample
 * @param {number} world
 */
function endOf(sample, world) {
  const said = worldInWords(sample, world);
  if (!said || sample.status(world)) return [];
  const runs = Math.min(sample.n, FIRST);
  const same = [...sample.outcome.slice(0, runs)].filter((one) => one === sample.outcome[world]);
  return [said, say("world_others", { n: same.length, runs })];
}

/** @param {string} text */
const escaped = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&#34;");

/**
 * Show a world day by day.
 *
 * @param {Pool} pool
 * @param {GrowingSample} sample
 * @param {{world: number, day: number, place: Settings}} what
 */
export async function openStory(pool, sample, { world, day, place }) {
  const overlay = byId("replay", HTMLDialogElement);
  const whole = await wholeWorld(pool, sample, world);
  if (!whole.blocks.length) throw new Fault("world_failed", { n: String(world) });
  const text = await storyPage(whole, world, day, place, endOf(sample, world));
  const key = place.size ? "story_levers" : "story_of";
  byId("replay-h").textContent = say(key, { world: String(world) });
  const story = byId("story", HTMLIFrameElement);
  storyDay = day;
  story.srcdoc = text;
  if (overlay.open) return;
  overlay.showModal();
  // so that the button back closes the story, and not the page
  history.pushState({ story: true }, "");
}

/** The day that the story shows, days from the release; null if none is open. */
export const dayOfStory = () => storyDay;

export function closeStory() {
  byId("replay", HTMLDialogElement).close();
}

/** Listen to the ways in which a story is closed. */
export function listenToStory() {
  const overlay = byId("replay", HTMLDialogElement);
  byId("close").addEventListener("click", closeStory);
  overlay.addEventListener("close", () => {
    byId("story", HTMLIFrameElement).removeAttribute("srcdoc");
    if (history.state?.story) history.back();
  });
  addEventListener("message", ({ data, source }) => {
    if (source !== byId("story", HTMLIFrameElement).contentWindow) return;
    if (data?.close) closeStory();
    else if (Number.isInteger(data?.day)) storyDay = data.day;
  });
  addEventListener("popstate", () => {
    if (overlay.open && !history.state?.story) closeStory();
  });
}
