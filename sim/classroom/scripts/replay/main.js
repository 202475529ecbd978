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

/** The day that the address or the page names, else the last one before the release. */
function dayWanted() {
  const named = DATA.day === undefined ? REPLAY.release : DATA.day - DATA.first;
  return dayOfAddress(location.hash, DATA.first) ?? Math.max(0, named);
}

/** A page that shows this one within itself is told the day, and when it should close it. */
function tellPageAround() {
  everyDay(() => parent.postMessage({ day: day + DATA.first }, "*"));
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") parent.postMessage({ close: true }, "*");
  });
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
if (parent !== window) tellPageAround();
addEventListener("hashchange", () => step(dayWanted() - day));
showDay(dayWanted());
