// Everything that a replay shows, from a replication that was computed in the page.

import { Days } from "./columns.js";
import { decisionsOf } from "./decisions.js";
import { logRows, newsOf } from "./events.js";

/** @import { Whole } from "../engine/types.js" */
/** @import { Telling } from "./types.js" */
/** @import { Language } from "./writer.js" */

/**
 * The content of a replay, as sim/classroom/replay.py makes it, but for what it says about itself.
 *
 * @param {Whole} whole
 * @param {Telling} telling
 * @param {Language} language
 * @param {{words: number, horizon: number}} sizes - of a block, and days after the release
 */
export function storyContent(whole, telling, language, { words, horizon }) {
  const days = new Days(whole.blocks, words);
  const log = logRows(whole.events, telling.fields);
  const { rung, charts, map } = telling.days;
  return {
    first: telling.first,
    days: days.count,
    ...telling.stage,
    rung: days.column(rung),
    charts: charts.map((chart) => ({
      ...chart,
      lines: chart.lines.map(({ column, ...about }) => ({
        ...about,
        scale: column.scale,
        v: days.column(column),
      })),
    })),
    map: {
      ...telling.scene,
      fighters: map.fighters.map((one) => days.column(one)),
      control: map.control.map((one) => days.column(one)),
      closed: map.closed.map((one) => days.column(one)),
    },
    news: newsOf(log, telling, language),
    why: decisionsOf(whole.ledger, log, horizon, telling),
  };
}
