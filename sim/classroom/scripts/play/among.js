// Where games fall among the hundred worlds: by the highest rung of each.

import { svg } from "../common/dom.js";
import { DATA, INK, whole } from "../page/data.js";
import { endMark } from "../page/marks.js";

/** @import { GrowingSample } from "../page/sample.js" */
/** @import { Played } from "./types.js" */

const WIDTH_OF_PICTURE = 360;
const BAND_OF_PICTURE = 54; // height of a rung
const BAR_FROM = 12;
const MOST_BAR = 330; // width of all worlds
const MARKS_IN_LINE = 20;
const MARK_STEP = 17;
const MARK_LINE = 9;

/**
 * A bar for the worlds of each rung, and below it a mark for each game.
 *
 * @param {SVGSVGElement} picture
 * @param {Played[]} games
 * @param {GrowingSample | null} sample
 * @param {number} worlds - the first of the sample, none if they may not be seen
 */
export function drawAmong(picture, games, sample, worlds) {
  const top = DATA.rungs.length - 1;
  const height = DATA.rungs.length * BAND_OF_PICTURE;
  picture.setAttribute("viewBox", `0 0 ${WIDTH_OF_PICTURE} ${height}`);
  const counts = DATA.rungs.map(() => 0);
  for (let k = 0; sample && k < worlds; k++) {
    if (!sample.status(k)) counts[sample.measures(k)[DATA.highest]] += 1;
  }
  const bands = DATA.rungs.flatMap(({ name, colour }, rung) => {
    const y = (top - rung) * BAND_OF_PICTURE;
    const wide = worlds ? (MOST_BAR * counts[rung]) / worlds : 0;
    const text = { x: BAR_FROM, y: y + 14, "font-size": 13, fill: INK };
    const amount = counts[rung] ? ` (${whole(counts[rung])})` : "";
    return [
      svg("rect", { x: 0, y: y + 1, width: 5, height: BAND_OF_PICTURE - 2, fill: colour }),
      svg("rect", { x: BAR_FROM, y: y + 20, width: wide, height: 10, fill: "#c9cdd3" }),
      svg("text", text, `${rung} ${name}${amount}`),
      ...games
        .filter((game) => game.rung === rung)
        .map(({ outcome, code }, k) => {
          const { d, fill } = endMark(outcome);
          const x = BAR_FROM + 7 + (k % MARKS_IN_LINE) * MARK_STEP;
          const at = `translate(${x} ${y + 40 + Math.floor(k / MARKS_IN_LINE) * MARK_LINE})`;
          const look = { d, fill, stroke: INK, "stroke-width": 0.8, transform: at };
          return svg("path", look, svg("title", {}, code));
        }),
    ];
  });
  picture.replaceChildren(...bands);
}
