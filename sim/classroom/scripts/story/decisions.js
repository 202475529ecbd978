// The ledger of a replication as decisions: sim/replication/ledger.py and sim/classroom/reasons.py.

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
 * How many days later each order was carried out.
 *
 * @param {Choice[]} found
 * @param {LogRow[]} log
 * @param {number} horizon
 * @param {Telling} telling
 */
function addDelays(found, log, horizon, telling) {
  /** @type {Map<string, number[]>} */
  const acts = new Map();
  for (const row of log) {
    if (!["act", "posture"].includes(telling.events[row["kind"]].word)) continue;
    const key = `${row["actor"]} ${row["target"]} ${row["action"]}`;
    acts.set(key, [...(acts.get(key) ?? []), row["day"]]);
  }
  /** @type {Map<string, number>} */
  const until = new Map();
  for (const choice of [...found].reverse()) {
    if (!choice.kind.delayed) continue;
    const { day, actor, about, taken } = choice.head;
    const pair = `${actor} ${about}`;
    const last = until.get(pair) ?? horizon + 1;
    const days = (acts.get(`${pair} ${taken}`) ?? []).filter(
      (one) => day <= one && one < Math.max(last, day + 1),
    );
    if (days.length) choice.delay = Math.min(...days) - day;
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
  /** @type {Decisions["kinds"]} */
  const kinds = {};
  /** @type {DecisionRow[]} */
  const rows = [];
  for (const choice of found) {
    const { kind, head, extras, options, delay } = choice;
    if (quiet[kind.word] === kind.options[head["taken"]]) continue;
    kinds[kind.word] ??= { options: kind.options, terms: kind.terms };
    const [a, to] = whoAndAbout(choice, telling);
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
      ...(delay ? { l: delay } : {}),
    });
  }
  return { scale: fine, kinds, rows };
}
