// The news of the day, with the claims of both sides beside the truth.

import { byId, html, styled } from "../common/dom.js";
import { toneOf } from "../common/tones.js";
import { day } from "./clock.js";
import { list, nameOf, REPLAY, say, whole } from "./data.js";
import { reasonsButton } from "./reasons.js";

/** @import { Claim, News } from "./types.js" */

const COUNTED = ["attack", "operation"]; // small news of these kinds are counted, not listed
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
  if (!items.children.length) items.append(html("p", { class: "besides" }, say("nothing")));
  byId("news").scrollTop = 0;
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
  return say(besides ? "narration.trace.besides" : "only_small", { list: list(parts), n: dead });
}

/**
 * Where a piece of news comes from: the file, or in the history the model; nothing afterwards.
 *
 * @param {News} news
 */
function originOf(news) {
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
  return styled(item, { "--tone": toneOf(news.a) });
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
