// A game in words: sim/narration/play.py, for a page.

import { DATA, dateOf, HORIZON, LOCALE, list, outcomeName, percent, say } from "../page/data.js";
import { classify } from "../page/statistics.js";
import { newsOf } from "../story/events.js";
import { languageOf } from "../story/language.js";
import { PLAY, stopOf } from "./game.js";
import { RoleNews } from "./news.js";

/** @import { Game } from "./game.js" */
/** @import { GrowingSample } from "../page/sample.js" */
/** @import { Position, Role, Stop } from "./types.js" */

const SOME_OUTRAGE = 0.3; // assumed, as in Python
const HIGH_OUTRAGE = 1;
const FIRM = 0.5;
const MOST_HIDDEN = 8;
const COMPARED = 100; // worlds with which a game is compared
const { header, extras, kinds } = DATA.telling.decisions;
const HEAD_LENGTH = Object.keys(header).length;
const { names } = DATA.telling;
const LANGUAGE = languageOf(LOCALE, (key, values) => say(key, values));
const NEWS_OF_ROLE = new RoleNews(DATA.telling, LANGUAGE);

/** A text of the game by its key. @type {(key: string, values?: Record<string, string | number>) => string} */
export const told = (key, values) => NEWS_OF_ROLE.begin(say(`play.${key}`, values));

/** @param {number} kind @param {number} option */
export const optionWord = (kind, option) => kinds[kind].options[option];

/** @param {number} kind @param {number} option */
export const optionName = (kind, option) => say(`vocabulary.options.${optionWord(kind, option)}`);

/** Whom a decision is about. @param {Stop} stop */
export function aboutWords({ kind, about }) {
  const table = kinds[kind].about;
  if (!table || table === "sides" || about < 0) return "";
  if (table !== "relations") return names[table][about];
  return list(DATA.telling.stage.relations[about].map((state) => names.states[state]));
}

/** What a choice is called. @param {Stop} stop @param {number} choice */
export function choiceName({ kind, options, taken }, choice) {
  if (choice) return optionName(kind, options[choice - 1]);
  return say("play.choice_left", { option: optionName(kind, taken) });
}

/** The day of a role's last stop before the one at which a game stands. @param {Position} position */
function lastDay({ stops, choices }) {
  const { role } = stops[choices.length];
  const before = stops.slice(0, choices.length).filter((one) => one.role === role);
  return before[before.length - 1]?.day ?? 1;
}

/**
 * Which stop this is, and why.
 *
 * @param {Game} game
 * @param {Position} position
 */
export function headingWords({ roles }, position) {
  const stop = /** @type {Stop} */ (stopOf(position));
  const values = {
    stop: String(position.choices.length + 1),
    n: stop.day,
    date: dateOf(stop.day),
  };
  const who = told("decides", { who: roles[stop.role].name });
  return [`${told("stop", values)} ${who}`, told(`reasons.${stop.reason}`)];
}

/**
 * What happened since the role's last stop, as it may know it: a heading, and lines.
 *
 * @param {Game} game
 * @param {Position} position
 * @returns {[string, string[]] | null}
 */
export function sinceWords({ roles }, position) {
  const stop = /** @type {Stop} */ (stopOf(position));
  const first = lastDay(position);
  if (first >= stop.day) return null;
  const role = roles[stop.role];
  const { lines, small, more, dead } = NEWS_OF_ROLE.of(position.log, role, first, stop.day);
  const said = lines.map(({ text }) => text);
  if (!said.length) said.push(told("nothing"));
  if (more) said.push(told("more", { n: more }));
  if (small) said.push(told("small", { n: small }));
  if (role.kind === "states") said.push(told("own_dead", { n: dead }));
  return [told("since", { day: first }), said];
}

/**
 * @typedef {object} Order
 * @property {Stop} stop
 * @property {number} option
 * @property {string} state - key of its words
 * @property {number} day - when that came, 0 if it did not
 * @property {number} [by] - the option that replaced it
 */

/**
 * What became of an order by the morning of a day: sim/replication/orders.py.
 *
 * @param {Game} game
 * @param {Position} position
 * @param {Stop} stop
 * @param {number} option
 * @param {number} until
 * @returns {Promise<Order>}
 */
async function orderOf(game, position, stop, option, until) {
  /** @type {{rank: number, order: Order}[]} */
  const found = [];
  const put = (
    /** @type {number} */ rank,
    /** @type {string} */ state,
    /** @type {number} */ day,
    /** @type {number} */ by = -1,
  ) => found.push({ rank, order: { stop, option, state, day, by } });
  for (const row of position.log) {
    const day = row["day"];
    if (day < stop.day || day >= until) continue;
    const [a, b] = [row["actor"], row["target"]];
    const ours = a === stop.actor && b === stop.about;
    if (!ours && !(a === stop.about && b === stop.actor)) continue;
    const { word } = DATA.telling.events[row["kind"]];
    const same = ours && row["action"] === option;
    if (same && (word === "act" || word === "posture")) {
      put(0, day > stop.day ? "carried_out" : "done", day);
    } else if (word === "posture") put(1, "war", day);
    else if (word === "ceasefire") put(2, "ceasefire", day);
  }
  const { ledger } = position.whole;
  for (let at = 0; at < ledger.length; at += ledger[at]) {
    const word = (/** @type {string} */ name) => ledger[at + header[name]];
    const same =
      word("kind") === stop.kind && word("actor") === stop.actor && word("about") === stop.about;
    const [day, taken] = [word("day"), word("taken")];
    if (same && day > stop.day && day < until && taken !== option) put(-1, "replaced", day, taken);
  }
  found.sort((x, y) => x.order.day - y.order.day || x.rank - y.rank);
  if (found.length) return found[0].order;
  const block = new BigInt64Array((await game.blockBefore(position, until)).buffer);
  const waits = Number(block[PLAY.orders[stop.actor][stop.about]]) === option;
  return { stop, option, state: waits ? "under_way" : "dropped", day: 0 };
}

/**
 * The orders of a role of which something came on some days, or nothing yet.
 *
 * @param {Game} game
 * @param {Position} position
 * @param {number} role
 * @param {number} from
 * @param {number} until
 */
export async function orderLines(game, position, role, from, until) {
  const lines = [];
  for (const [k, choice] of position.choices.entries()) {
    const stop = position.stops[k];
    const option = stop.options[choice - 1];
    const isOrder = stop.kind === PLAY.rule.kinds["action"] && PLAY.rule.ordered.includes(option);
    if (!choice || stop.role !== role || !isOrder || stop.day >= until) continue;
    const { state, day, by } = await orderOf(game, position, stop, option, until);
    if (day > 0 && day < from) continue;
    const values = { n: day - stop.day, by: by === undefined || by < 0 ? "" : optionName(0, by) };
    lines.push(
      told("order", {
        day: stop.day,
        option: optionName(stop.kind, option),
        about: aboutWords(stop),
        state: say(`play.states.${state}`, values),
      }),
    );
  }
  return lines;
}

/**
 * The orders of the role that decides, since its last stop or under way.
 *
 * @param {Game} game
 * @param {Position} position
 */
export const ordersNow = (game, position) => {
  const stop = /** @type {Stop} */ (stopOf(position));
  return orderLines(game, position, stop.role, lastDay(position), stop.day);
};

/** @param {number} value */
const levelOf = (value) =>
  value >= HIGH_OUTRAGE ? "high" : value >= SOME_OUTRAGE ? "some" : "low";

/**
 * What the role believes of the other, by its own table.
 *
 * @param {Position} position
 */
export function beliefLines(position) {
  const stop = /** @type {Stop} */ (stopOf(position));
  const kind = kinds[stop.kind];
  if (kind.actor !== "states") return [told("belief_none")];
  const about = aboutWords(stop);
  const { ledger } = position.whole;
  const known = Object.fromEntries(
    extras.slice(0, kind.extras).map((name, k) => [name, ledger[stop.at + HEAD_LENGTH + k]]),
  );
  const lines = [];
  const harbours = PLAY.harbours.some(([a, b]) => a === stop.actor && b === stop.about);
  if ("believed_complicity" in known && kind.about === "states" && harbours) {
    const share = percent(known["believed_complicity"]);
    lines.push(told("belief_harbour", { about, share }));
  }
  if ("outrage" in known) {
    lines.push(told(`belief_outrage.${levelOf(known["outrage"])}`, { about }));
    lines.push(told(`belief_weariness.${levelOf(known["weariness"])}`));
    const quality = known["ceasefire"];
    const level = quality <= 0 ? "none" : quality >= FIRM ? "firm" : "weak";
    lines.push(told(`belief_ceasefire.${level}`, { about }));
  }
  return lines;
}

/**
 * The options of a stop, each with its name and a plain sentence; the first leaves it to the model.
 *
 * @param {Stop} stop
 * @returns {{choice: number, name: string, meaning: string}[]}
 */
export function optionLines({ kind, options, own, taken }) {
  const stands = taken !== own;
  const key = stands ? "leave_order" : "leave";
  const leave = {
    choice: 0,
    name: told(key),
    meaning: told(`${key}_said`, { option: optionName(kind, taken) }),
  };
  const named = options.map((option, k) => ({
    choice: k + 1,
    name: optionName(kind, option),
    meaning: say(`play.options.${optionWord(kind, option)}`),
  }));
  return [...named, leave];
}

/**
 * What the model's own would do here, and how likely it finds each option.
 *
 * @param {Game} game
 * @param {Position} position
 */
export function ownLines({ roles }, position) {
  const stop = /** @type {Stop} */ (stopOf(position));
  const { ledger } = position.whole;
  const kind = kinds[stop.kind];
  const values = { who: roles[stop.role].name, option: optionName(stop.kind, stop.own) };
  const lines = [told("own", values)];
  const policy = ledger[stop.at + header["policy"]];
  if (policy !== PLAY.quantal) {
    const word = PLAY.policies[policy] ?? "";
    return [...lines, told("own_policy", { policy: say(`vocabulary.policies.${word}`) })];
  }
  const [n, m] = [kind.options.length, kind.terms.length];
  const at = stop.at + HEAD_LENGTH + kind.extras + m + n + n * m + n;
  const shares = stop.options.map((option) =>
    say("play.own_share", {
      option: optionName(stop.kind, option),
      share: percent(ledger[at + option]),
    }),
  );
  return [...lines, told("own_draw", { list: list(shares) })];
}

/**
 * What comes of the worlds from this morning.
 *
 * @param {GrowingSample} sample
 * @param {Stop} stop
 * @param {number} choice
 */
export function worldsWords(sample, stop, choice) {
  const counts = DATA.outcomes.map(() => 0);
  let fine = 0;
  for (let k = 0; k < sample.n; k++) {
    if (sample.outcome[k] >= -1) fine += 1;
    if (sample.outcome[k] >= 0) counts[sample.outcome[k]] += 1;
  }
  const parts = counts
    .map((count, k) => ({ count, k }))
    .filter(({ count }) => count)
    .sort((a, b) => b.count - a.count)
    .map(({ count, k }) =>
      say("play.world_share", { outcome: outcomeName(k), share: percent(count / fine) }),
    );
  const values = { runs: sample.n, list: list(parts) };
  if (!choice) return told("worlds", values);
  return told("worlds_with", { ...values, option: choiceName(stop, choice) });
}

/** All that was reported in a game, the largest news of each day first. @param {Position} position */
export const gameNews = ({ log }) => newsOf(log, DATA.telling, LANGUAGE);

/** What a game came to. @param {Position} position */
export function gameResult({ whole }) {
  const { measures } = whole.rows;
  const value = (/** @type {string} */ name) => measures[DATA.measures.indexOf(name)] ?? 0;
  return {
    outcome: classify(measures, DATA.outcomes),
    rung: measures[DATA.highest],
    dead: measures[DATA.deaths[0]],
    value,
  };
}

/**
 * How a game ended, in parts: each a heading, which may be empty, and lines.
 *
 * @param {Game} game
 * @param {Position} position
 * @param {GrowingSample | null} others - the first hundred worlds, if they may be shown
 * @returns {Promise<[string, string[]][]>}
 */
export async function endParts(game, position, others) {
  const { outcome, rung, dead, value } = gameResult(position);
  const meaning = outcome < 0 ? "" : (DATA.meanings[outcome]?.[1] ?? "");
  const name = DATA.rungs[rung]?.name ?? "";
  const day = value("max_rung_day") || 0;
  const ended = [
    say("narration.ending.outcome", { outcome: outcomeName(outcome), meaning }),
    say("narration.ending.highest", { rung, name, day }),
    say("narration.ending.dead", { n: dead, list: list(deadOfSides(value)) }),
  ];
  if (others) ended.push(...amongLines(others, outcome, rung, dead));
  const choices = position.choices.map((choice, k) => {
    const stop = position.stops[k];
    const who = game.roles[stop.role].name;
    return told("choice_line", { day: stop.day, who, option: choiceName(stop, choice) });
  });
  const orders = [];
  for (const role of game.roles.keys()) {
    orders.push(...(await orderLines(game, position, role, 1, HORIZON + 1)));
  }
  return [
    ["", ended],
    [told("choices"), choices],
    [told("orders"), orders],
    [told("truth"), truthLines(value)],
    [told("hidden"), hiddenLines(game.roles, position, value)],
  ];
}

/** @param {(name: string) => number} value */
function deadOfSides(value) {
  const { ids } = DATA.telling;
  const states = ids.states.flatMap((id, k) => [
    say("narration.news.dead_security", {
      n: value(`deaths_${id}_security`),
      state: names.states[k],
    }),
    say("narration.news.dead_civilians_of", {
      n: value(`deaths_${id}_civilian`),
      state: names.states[k],
    }),
  ]);
  const groups = ids.groups.map((id, k) =>
    say("narration.ending.fighters", { n: value(`deaths_${id}`), group: names.groups[k] }),
  );
  return [...states, ...groups];
}

/**
 * @param {GrowingSample} others
 * @param {number} outcome
 * @param {number} rung
 * @param {number} dead
 */
function amongLines(others, outcome, rung, dead) {
  let [same, high, deadly, fine] = [0, 0, 0, 0];
  const runs = Math.min(COMPARED, others.n);
  for (let k = 0; k < runs; k++) {
    if (others.status(k)) continue;
    const measures = others.measures(k);
    fine += 1;
    same += Number(others.outcome[k] === outcome);
    high += Number(measures[DATA.highest] >= rung);
    deadly += Number(measures[DATA.deaths[0]] >= dead);
  }
  return [
    say("narration.ending.others", { n: same, runs }),
    told("among", { n: high, runs: fine }),
    told("among_dead", { n: deadly, runs: fine }),
  ];
}

/** @param {(name: string) => number} value */
const truthLines = (value) =>
  DATA.telling.ids.states.map((id, k) =>
    told("truth_line", {
      state: names.states[k],
      claimed: value(`claimed_by_${id}`),
      admitted: value(`admitted_by_${id}`),
      dead: value(`deaths_${id}_security`),
    }),
  );

/**
 * What the players could not see: hidden acts, and what the others believed at the end.
 *
 * @param {Role[]} roles
 * @param {Position} position
 * @param {(name: string) => number} value
 */
function hiddenLines(roles, { log }, value) {
  const acts = NEWS_OF_ROLE.hidden(log, roles);
  const lines = acts.slice(0, MOST_HIDDEN).map((line) => told("news_line", line));
  if (acts.length > MOST_HIDDEN) lines.push(told("more", { n: acts.length - MOST_HIDDEN }));
  const { states } = DATA.telling.ids;
  for (const [me, other] of PLAY.harbours) {
    if (roles.some(({ kind, row }) => kind === "states" && row === me)) continue;
    const share = percent(value(`belief_end_${states[me]}_${states[other]}`));
    const line = told("hidden_belief", {
      state: names.states[me],
      about: names.states[other],
      share,
    });
    if (!lines.includes(line)) lines.push(line);
  }
  return lines.length ? lines : [told("hidden_none")];
}
