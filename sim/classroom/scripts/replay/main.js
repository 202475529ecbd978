// A replay: one day is shown, by all drawings at once.

import { byId } from "../common/dom.js";
import { drawCharts, drawChartsOfDay, drawTimeline } from "./charts.js";
import { day, everyDay, showDay } from "./clock.js";
import { DATA, dateOf, REPLAY } from "./data.js";
import { dayOfAddress } from "./decode.js";
import { drawHeading, drawLadder, drawRungOfDay } from "./ladder.js";
import { drawMap, drawMapOfDay } from "./map.js";
import { drawNews } from "./news.js";
import { drawControls, listen, step } from "./player.js";
import { drawActors, drawReasons } from "./reasons.js";

/** The day that the address names, else the last one before the release. */
function dayWanted() {
  return dayOfAddress(location.hash, DATA.first) ?? Math.max(0, REPLAY.release);
}

byId("release").textContent = dateOf(REPLAY.release);
drawMap();
drawLadder();
drawTimeline();
drawCharts();
drawActors();
listen();
byId("small").addEventListener("change", drawNews);
everyDay(
  drawControls,
  drawHeading,
  drawMapOfDay,
  drawRungOfDay,
  drawNews,
  drawChartsOfDay,
  drawReasons,
);
addEventListener("hashchange", () => step(dayWanted() - day));
showDay(dayWanted());
