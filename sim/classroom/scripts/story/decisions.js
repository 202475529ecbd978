// The ledger of a replication as decisions: sim/replication/ledger.py and sim/classroom/reasons.py.
// What came before each by the scenario's own rule: sim/narration/by_rule.py.

import { roundEven } from "./columns.js";
import { NOBODY } from "./writer.js";

/** @import { Decisions, OptionCode } from "../replay/types.js" */
/** @import { DecisionKind, DecisionRow, LogRow, Telling } from "./types.js" */

/**
 * @typedef {object} Choice
 * @property {DecisionKind} kind
 * @property {Record<string, number>} head
 * @property {number[]} extras
 * @property {OptionCode[]} options
 * @property {number} [delay]
 * @property {number} [own] - which of the scenario's own actions it was
 */

/**
 * Choices in the order in which they were made.
 *
 * @param {Float64Array} words
 * @param {Telling} telling
 * @returns {Choice[]}
 */
function choices(words, telling) {
  const { header, kinds } = telling.decisions;
  const width = Object.keys(header).length;
  const found = [];
  for (let at = 0; at < words.length; at += words[at]) {
    const head = Object.fromEntries(
      Object.entries(header).map(([name, k]) => [name, words[at + k]]),
    );
    const kind = kinds[head["kind"]];
    const from = at + width;
    const extras = Array.from(words.subarray(from, from + kind.extras));
    const options = optionsAt(words, from + kind.extras, kind, telling.decisions);
    found.push({ kind, head, extras, options });
  }
  return found;
}

/**
 * Each option: its probability and its terms in steps, or why it was barred.
 *
 * @param {Float64Array} words
 * @param {number} from - weights, barred, table, utility, probability
 * @param {DecisionKind} kind
 * @param {Telling["decisions"]} decisions
 * @returns {OptionCode[]}
 */
function optionsAt(words, from, { options, terms }, { fine, barred: reasons }) {
  const [n, m] = [options.length, terms.length];
  const barred = from + m;
  const table = barred + n;
  const probability = table + n * m + n;
  return options.map((_, a) => {
    const reason = words[barred + a];
    if (reason) return reasons[reason] ?? "";
    const worth = terms.map((__, k) =>
      roundEven(fine * (words[table + a * m + k] * words[from + k])),
    );
    while (worth.length && worth[worth.length - 1] === 0) worth.pop();
    return [roundEven(fine * words[probability + a]), ...worth];
  });
}

/**
 * How many days later each order was carried out, and as which of the scenario's own actions. What
 * the file made happen carries out no order.
 *
 * @param {Choice[]} found
 * @param {LogRow[]} log
 * @param {number} horizon
 * @param {Telling} telling
 */
function addDelays(found, log, horizon, telling) {
  /** @type {Map<string, LogRow[]>} */
  const acts = new Map();
  for (const row of log) {
    if (row["scripted"]) continue;
    if (!["act", "posture"].includes(telling.events[row["kind"]].word)) continue;
    const key = `${row["actor"]} ${row["target"]} ${row["action"]}`;
    acts.set(key, [...(acts.get(key) ?? []), row]);
  }
  /** @type {Map<string, number>} */
  const until = new Map();
  for (const choice of [...found].reverse()) {
    if (!choice.kind.delayed) continue;
    const { day, actor, about, taken } = choice.head;
    const pair = `${actor} ${about}`;
    const last = until.get(pair) ?? horizon + 1;
    const done = (acts.get(`${pair} ${taken}`) ?? []).find(
      (row) => day <= row["day"] && row["day"] < Math.max(last, day + 1),
    );
    if (done) {
      choice.delay = done["day"] - day;
      // an option of its own says by its name which it is
      if (!telling.actions[taken]?.own) choice.own = done["value"];
    }
    until.set(pair, day);
  }
}

/**
 * The actor of the page that a choice belongs to, and whom it is about.
 *
 * @param {Choice} choice
 * @param {Telling} telling
 * @returns {[number, string]}
 */
function whoAndAbout({ kind, head: { actor, about } }, { ids }) {
  if (kind.actor === "borders") {
    const sides = ids.guards[actor];
    return [sides[about], ids.states[sides[1 - about]]];
  }
  const before = {
    states: 0,
    groups: ids.states.length,
    mediators: ids.states.length + ids.groups.length,
  };
  const who = before[kind.actor] + actor;
  if (!kind.about || kind.about === "sides" || about === NOBODY) return [who, ""];
  return [who, ids[kind.about][about]];
}

/**
 * What came by the scenario's own rule, as rows of day and number; where a flow ends, its number
 * alone.
 *
 * @param {LogRow[]} log
 * @param {Telling} telling
 */
function ruleRows(log, { events, happenings }) {
  return log.flatMap((row) => {
    const { word } = events[row["kind"]];
    if (word === "happening") return [{ day: row["day"], number: row["action"], ends: false }];
    if (word !== "flow_begin" && word !== "flow_end") return [];
    const number = happenings.length + row["action"];
    return [{ day: row["day"], number, ends: word === "flow_end" }];
  });
}

/**
 * The latest of them that concern those whom a decision is about.
 *
 * @param {ReturnType<typeof ruleRows>} rows
 * @param {Choice} choice
 * @param {Telling} telling
 * @returns {[number, number][]}
 */
function causesOf(rows, choice, telling) {
  const { most, everybody, names } = telling.parties;
  const sides = new Set([everybody, ...sidesOf(choice, telling)]);
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const { day, number, ends } of rows) {
    if (day > choice.head["day"] || !names[number].some((name) => sides.has(name))) continue;
    if (ends) found.delete(number);
    else found.set(number, day);
  }
  return [...found]
    .map(([number, day]) => /** @type {[number, number]} */ ([day, number]))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .slice(-most);
}

/**
 * Names of who decides, and of whom it is about.
 *
 * @param {Choice} choice
 * @param {Telling} telling
 * @returns {string[]}
 */
function sidesOf({ kind, head: { actor, about } }, { ids, stage }) {
  if (kind.actor === "borders") return ids.guards[actor].map((state) => ids.states[state]);
  const own = ids[kind.actor][actor];
  if (!kind.about || kind.about === "sides" || about === NOBODY) return [own];
  if (kind.about !== "relations") return [own, ids[kind.about][about]];
  return [own, ...stage.relations[about].map((state) => ids.states[state])];
}

/** Three decimals, a half to the even one. @param {number} value */
const thousandths = (value) => {
  const steps = value * 1000;
  if (Math.abs(steps % 1) === 0.5) return roundEven(steps) / 1000;
  return Number(value.toFixed(3));
};

/**
 * The decisions as a replay carries them.
 *
 * @param {Float64Array} words - of the ledger
 * @param {LogRow[]} log
 * @param {number} horizon
 * @param {Telling} telling
 * @returns {Decisions}
 */
export function decisionsOf(words, log, horizon, telling) {
  const { fine, quiet, extras: names } = telling.decisions;
  const found = choices(words, telling);
  addDelays(found, log, horizon, telling);
  const ruled = ruleRows(log, telling);
  /** @type {Decisions["kinds"]} */
  const kinds = {};
  /** @type {DecisionRow[]} */
  const rows = [];
  for (const choice of found) {
    const { kind, head, extras, options, delay, own } = choice;
    if (quiet[kind.word] === kind.options[head["taken"]]) continue;
    kinds[kind.word] ??= { options: kind.options, terms: kind.terms };
    const [a, to] = whoAndAbout(choice, telling);
    const causes = ruled.length ? causesOf(ruled, choice, telling) : [];
    const [believed, haven] = [names.indexOf("believed_complicity"), names.indexOf("haven")];
    rows.push({
      d: head["day"],
      a,
      k: kind.word,
      to,
      c: head["taken"],
      o: options,
      u: roundEven(head["draw"] * fine * 10),
      ...(extras.length ? { b: { complicity: thousandths(extras[believed]) } } : {}),
      ...(extras.length ? { x: { haven: thousandths(extras[haven]) } } : {}),
      ...(own ? { w: own } : {}),
      ...(delay ? { l: delay } : {}),
      ...(causes.length ? { r: causes } : {}),
    });
  }
  return { scale: fine, kinds, rows };
}
