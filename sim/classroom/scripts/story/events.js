// The log of a replication as news: sim/narration/event_sentences.py, for rows in a page.

import { NOBODY, totalOf, Writer } from "./writer.js";

/** @import { LogRow, News, Report, Telling } from "./types.js" */
/** @import { Language } from "./writer.js" */

const DEAD = /** @type {const} */ ({
  own: "dead_own",
  security: "dead_security",
  civilians: "dead_civilians",
  militants: "dead_militants",
});
const UNIT = ["day", "kind", "actor", "target", "action", "group", "scripted"];

/**
 * Rows of a log from its words.
 *
 * @param {BigInt64Array} words
 * @param {Telling["fields"]} fields
 * @returns {LogRow[]}
 */
export function logRows(words, fields) {
  const real = new Float64Array(words.buffer, words.byteOffset, words.length);
  const width = fields.length;
  return Array.from({ length: words.length / width }, (_, row) =>
    Object.fromEntries(
      fields.map(([name, kind], k) => {
        const at = row * width + k;
        return [name, kind === "f" ? real[at] : Number(words[at])];
      }),
    ),
  );
}

/**
 * The news of a replication, day by day, the largest of each day first.
 *
 * @param {LogRow[]} log
 * @param {Telling} telling
 * @param {Language} language
 * @returns {News[]}
 */
export function newsOf(log, telling, language) {
  const writer = new Writer(telling, language);
  const first = log.length ? Math.min(...log.map((row) => row["day"])) : 1;
  /** @param {LogRow} row */
  const ofFile = (row) =>
    row["day"] <= 0 && row["scripted"] > 0 && row["scripted"] <= telling.history;
  const reports = telling.reports
    .filter(({ day }) => day >= first)
    .map((report) => {
      const rows = log.filter((row) => ofFile(row) && row["scripted"] === report.number + 1);
      return reportNews(report, rows, writer);
    });
  const happened = units(
    log.filter((row) => !ofFile(row)),
    telling,
  ).map((rows) => eventNews(rows, writer));
  const weights = Object.fromEntries(telling.events.map(({ word, weight }) => [word, weight]));
  /** @param {News} one */
  const weightOf = ({ k, r, n, mil }) =>
    weights[k] + telling.rung_weight * (r ?? 0) + n - (mil ?? 0);
  return [...reports, ...happened].sort((a, b) => a.d - b.d || weightOf(b) - weightOf(a));
}

/**
 * Rows that are one sentence each, in the order in which their sentences begin.
 *
 * @param {LogRow[]} rows
 * @param {Telling} telling
 */
function units(rows, telling) {
  /** @type {Map<string, LogRow[]>} */
  const found = new Map();
  rows.forEach((row, k) => {
    const alone = telling.events[row["kind"]].joined ? NOBODY : k;
    const key = [...UNIT.map((name) => row[name]), alone].join(" ");
    const unit = found.get(key);
    if (unit) unit.push(row);
    else found.set(key, [row]);
  });
  return [...found.values()];
}

/**
 * @param {Telling} telling
 * @param {number} kind
 * @param {number} action
 */
const rungOf = (telling, kind, action) => telling.events[kind].rungs[action] ?? NOBODY;

/** @param {LogRow[]} rows */
const deadOf = (rows) => Object.values(DEAD).reduce((sum, name) => sum + totalOf(rows, name), 0);

/** @param {LogRow[]} rows */
const sectorsOf = (rows) => [
  ...new Set(rows.map((row) => row["sector"]).filter((sector) => sector >= 0)),
];

/**
 * @param {LogRow[]} rows
 * @param {Writer} writer
 * @returns {News}
 */
function eventNews(rows, writer) {
  const { telling } = writer;
  const [row] = rows;
  const kind = telling.events[row["kind"]];
  const [what, aftermath] = writer.sentences(rows);
  return news(telling, row["kind"], {
    row,
    what,
    aftermath,
    dead: deadOf(rows),
    militants: totalOf(rows, "dead_militants"),
    sectors: sectorsOf(rows),
    filled: "",
    claims: kind.claimed ? writer.claims(rows) : [],
    scripted: row["scripted"] !== 0,
    rule: row["scripted"] > telling.dated,
  });
}

/**
 * A reported event; the dead are those of the replication.
 *
 * @param {Report} report
 * @param {LogRow[]} rows
 * @param {Writer} writer
 */
function reportNews(report, rows, writer) {
  return news(writer.telling, report.kind, {
    row: { ...report },
    what: report.what,
    aftermath: report.more,
    dead: rows.length ? deadOf(rows) : report.dead,
    militants: rows.length ? totalOf(rows, "dead_militants") : report.militants,
    sectors: report.sectors,
    filled: filledIn(report, rows, writer),
    claims: report.claims,
    scripted: true,
    rule: false,
  });
}

/**
 * @typedef {object} Facts
 * @property {Record<string, any>} row - day, actor, target, action
 * @property {string} what
 * @property {string} aftermath
 * @property {number} dead
 * @property {number} militants
 * @property {number[]} sectors
 * @property {string} filled
 * @property {NonNullable<News["c"]>} claims
 * @property {boolean} scripted
 * @property {boolean} rule - whether it happened by the scenario's own rule
 */

/**
 * One event, without what is plain.
 *
 * @param {Telling} telling
 * @param {number} kind
 * @param {Facts} facts
 * @returns {News}
 */
function news(
  telling,
  kind,
  { row, what, aftermath, dead, militants, sectors, filled, claims, scripted, rule },
) {
  const { word, routine } = telling.events[kind];
  const { day, actor, target, action } = row;
  const rung = rungOf(telling, kind, action);
  const small = routine && dead - militants < telling.least && !scripted;
  return {
    d: day,
    k: word,
    a: actor,
    w: what,
    m: aftermath,
    n: dead,
    ...(militants ? { mil: militants } : {}),
    ...(target >= 0 ? { t: target } : {}),
    ...(rung >= 0 ? { r: rung, act: action } : {}),
    ...(sectors.length ? { s: sectors } : {}),
    ...(filled ? { f: filled } : {}),
    ...(claims.length ? { c: claims } : {}),
    ...(small ? { small: /** @type {const} */ (1) } : {}),
    ...(scripted ? { scripted: /** @type {const} */ (1) } : {}),
    ...(rule ? { rule: /** @type {const} */ (1) } : {}),
  };
}

/**
 * What the rules drew of a reported event because the file does not say it.
 *
 * @param {Report} report
 * @param {LogRow[]} rows
 * @param {Writer} writer
 */
function filledIn(report, rows, writer) {
  const parts = rows.length ? unstatedDead(report, rows, writer) : [];
  for (const row of rows) {
    const { word } = writer.telling.events[row["kind"]];
    if (word === "ceasefire" && report.quality) parts.push(writer.quality(row["value"]));
    if (word === "attack" && report.target_open && row["action"] !== NOBODY) {
      const target = writer.term("targets", writer.telling.targets[row["action"]]);
      parts.push(writer.say("reported.target", { target }));
    }
  }
  return [...new Set(parts)].join(" ");
}

/**
 * @param {Report} report
 * @param {LogRow[]} rows
 * @param {Writer} writer
 */
function unstatedDead({ unstated }, rows, writer) {
  const [{ actor, target }] = rows;
  const who = writer.actor(actor);
  const whom = target === NOBODY ? who : writer.actor(target);
  /** @type {Record<string, [string, string]>} */
  const keys = {
    own: ["soldiers", who],
    security: ["security", whom],
    civilians: ["civilians_of", whom],
    militants: ["fighters", whom],
  };
  const counts = unstated.flatMap((name) => {
    const n = Math.trunc(totalOf(rows, DEAD[name]));
    const [key, state] = keys[name];
    return n ? [writer.say(`dead_${key}`, { n, state })] : [];
  });
  return counts.length ? [writer.say("dead", { dead: writer.list(counts) })] : [];
}
