// Looking back: what was bet and what came, and which change moved most.

import { byId, html } from "../common/dom.js";
import { changeInWords } from "./bars.js";
import { betShares, onBet } from "./bet.js";
import { crowdBet, drawCalibration, onCrowd } from "./crowd.js";
import { DATA, outcomeName, percent, say } from "./data.js";
import { triedOnes } from "./guess.js";
import { icon } from "./marks.js";
import { KEPT } from "./notebook.js";
import { sharesAmong } from "./scores.js";
import { endsOf, onClimb } from "./sealed.js";
import { isSealed, onStep } from "./steps.js";

const ALL_WORLDS = 100;

/** Bets beside what came. */
function drawTable() {
  const ends = endsOf(ALL_WORLDS);
  const came = sharesAmong(ends, DATA.outcomes.length);
  const columns = [
    { title: "path.debrief.mine", shares: betShares() },
    { title: "path.debrief.class", shares: crowdBet()?.shares ?? null },
    { title: "path.debrief.came", shares: KEPT.hundred ? came : null },
  ].flatMap(({ title, shares }) => (shares ? [{ title, shares }] : []));
  const head = columns.map(({ title }) =>
    html("th", { scope: "col", class: "figure" }, say(title)),
  );
  const rows = DATA.outcomes.map((_, k) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, icon(k), " ", html("bdi", {}, outcomeName(k))),
      ...columns.map(({ shares }) => html("td", { class: "figure" }, percent(shares[k]))),
    ),
  );
  const corner = html("th", { scope: "col" }, say("path.debrief.end"));
  byId("bet-table").replaceChildren(
    html("thead", {}, html("tr", {}, corner, ...head)),
    html("tbody", {}, ...rows),
  );
  byId("bet-table").hidden = columns.length === 0;
  byId("bet-missing").textContent = KEPT.hundred ? "" : say("path.debrief.not_all");
  drawCalibration(KEPT.hundred ? ends : []);
}

/** What each thing tried moved, the largest first. */
async function drawTried() {
  const place = byId("tried");
  const found = await triedOnes();
  const lines = found.map(({ label, most }) =>
    html(
      "li",
      { dir: "auto" },
      say("fact", {
        name: label,
        value: most ? changeInWords(most) : say("path.debrief.nothing_moved"),
      }),
    ),
  );
  place.replaceChildren(...lines);
  byId("tried-said").textContent = say(
    lines.length ? "path.debrief.tried" : "path.debrief.none_tried",
  );
}

/** Start the step. @param {(error: unknown) => void} tellFault */
export function startDebrief(tellFault) {
  const draw = () => {
    if (isSealed()) return;
    drawTable();
  };
  onBet(draw);
  onCrowd(draw);
  onClimb(draw);
  onStep((step) => {
    if (step !== "debrief" || isSealed()) return;
    drawTable();
    drawTried().catch(tellFault);
  });
}
