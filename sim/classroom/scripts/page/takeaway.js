// Buttons that take something of the page away: command, link, table, picture.

import { byId } from "../common/dom.js";
import { day } from "./calendar.js";
import { DATA, say } from "./data.js";
import { commandOf, copy, pictureOf, save, tableOf } from "./keep.js";

/** @import { GrowingSample } from "./sample.js" */
/** @import { Place } from "./types.js" */

/**
 * Listen to the buttons.
 *
 * @param {() => {base: GrowingSample, now: GrowingSample | null, place: Place}} shown
 */
export function listenToTakeAway(shown) {
  const command = byId("command");
  byId("copy-command").addEventListener("click", () => copy(command.textContent ?? "", command));
  const link = byId("link", HTMLInputElement);
  byId("copy-link").addEventListener("click", () => copy(link.value, link));
  byId("csv").addEventListener("click", () => {
    const { base, now } = shown();
    const samples = [{ name: say("as_it_is"), sample: base }];
    if (now) samples.push({ name: say("with_levers"), sample: now });
    save(`${DATA.about.id}.csv`, new Blob([tableOf(samples)], { type: "text/csv" }));
  });
  byId("png").addEventListener("click", async () => {
    const { base, now, place } = shown();
    const ids = now ? ["base", "now"] : ["base"];
    const pictures = ids.map((id) => byId(id).querySelector("svg")).filter((one) => one !== null);
    const titles = ids.map((id) => byId(`${id}-h`).textContent ?? "");
    const foot = `${commandOf(place, (now ?? base).n)} · ${say("day_n", { n: day })}`;
    const picture = await pictureOf(pictures, titles, foot);
    if (picture) save(`${DATA.about.id}.png`, picture);
  });
}
