// The news of the day, with the claims of both sides beside the truth.

import { byId, html, styled } from "../common/dom.js";
import { toneOf } from "../common/tones.js";
import { day } from "./clock.js";
import { GREY } from "./colours.js";
import { DATA, list, nameOf, REPLAY, say, whole } from "./data.js";
import { reasonsButton } from "./reasons.js";

/** @import { Claim, News } from "./types.js" */

const COUNTED = ["attack", "operation"]; // small news of these kinds are counted, not listed
// what no side did alone, so that it has the colour of none
const OF_NOBODY = ["offer", "talks", "ceasefire", "ceasefire_end", "prolong", "change"];
const CLAIM_COLUMNS = ["who", "claims", "admits", "truth"];

/** Write down the news of the day that is shown. */
export function drawNews() {
  const news = REPLAY.newsByDay[day];
  const everything = byId("small", HTMLInputElement).checked;
  const listed = everything ? news : news.filter(({ small }) => !small);
  const items = byId("items");
  const rest = everything ? null : restInWords(news, listed.length > 0);
  items.replaceChildren(...listed.map(newsItem));
  if (rest) items.append(html("p", { class: "besides" }, rest));
  const ended = drawEnd();
  if (!items.children.length && !ended)
    items.append(html("p", { class: "besides" }, say("nothing")));
  byId("news").scrollTop = 0;
}

/** Say how it ended on the last day, and on no other. Whether it is said. */
function drawEnd() {
  const { end = [] } = DATA;
  const shown = day === REPLAY.last && end.length > 0;
  const card = byId("end");
  card.hidden = !shown;
  const lines = shown ? end.map((line) => html("p", {}, line)) : [];
  card.replaceChildren(...(shown ? [html("h3", {}, say("ended"))] : []), ...lines);
  return shown;
}

/**
 * The small news in one sentence, null without any.
 *
 * @param {News[]} news
 * @param {boolean} besides - whether there are others
 */
function restInWords(news, besides) {
  const small = news.filter((one) => one.small);
  const counts = COUNTED.map((kind) => ({ kind, n: small.filter(({ k }) => k === kind).length }));
  const parts = counts
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => say(`common.counts.small_${kind}`, { n }));
  if (!parts.length) return null;
  const dead = small.reduce((sum, { n }) => sum + n, 0);
  const militants = small.reduce((sum, { mil }) => sum + (mil ?? 0), 0);
  const key = militants ? "toll_militants" : "toll";
  const toll = say(`narration.trace.${key}`, { n: dead, militants });
  return say(besides ? "narration.trace.besides" : "only_small", { list: list(parts), toll });
}

/**
 * Where a piece of news comes from: the file, or in the history the model; nothing afterwards.
 *
 * @param {News} news
 */
function originOf(news) {
  if (news.rule) return "narration.trace.by_rule";
  if (day > REPLAY.release) return news.scripted ? "narration.trace.scripted" : null;
  return news.scripted ? "narration.trace.as_reported" : "narration.trace.filled_in";
}

/** @param {News} news */
function newsItem(news) {
  const origin = originOf(news);
  const mark = origin ? html("span", { class: "mark" }, ` ${say(origin)}`) : null;
  const filled = html("span", { class: "mark" }, ` ${say("narration.trace.filled_in")}`);
  const item = html(
    "div",
    { class: "item" },
    html("p", { class: "what" }, news.w, mark),
    news.m ? html("p", {}, news.m) : null,
    news.f ? html("p", {}, news.f, filled) : null,
    news.c ? claimTable(news.c) : null,
    reasonsButton(news),
  );
  return styled(item, { "--tone": OF_NOBODY.includes(news.k) ? GREY : toneOf(news.a) });
}

/** @param {Claim[]} claims */
function claimTable(claims) {
  const headings = CLAIM_COLUMNS.map((key) =>
    html("th", { scope: "col", class: key === "truth" ? "true" : null }, say(`claim_${key}`)),
  );
  return html(
    "table",
    { class: "claims" },
    html("thead", {}, html("tr", {}, ...headings)),
    html("tbody", {}, ...claims.map(claimRow)),
  );
}

/** @param {Claim} claim */
function claimRow([claimant, other, whom, claimed, admitted, truth]) {
  const about = say(`claim_${whom}`, { other: nameOf(other), who: nameOf(claimant) });
  return html(
    "tr",
    {},
    html("th", { scope: "row" }, about),
    html("td", {}, whole(claimed)),
    html("td", {}, admitted === null ? "–" : whole(admitted)),
    html("td", { class: "true" }, whole(truth)),
  );
}
