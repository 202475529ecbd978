// Where a game stops: sim/replication/stops.py, to the last stop. Whole numbers from end to end.

/** @import { LogRow, Telling } from "../story/types.js" */
/** @import { Role, Stop, StopRule } from "./types.js" */

const NONE_YET = -1;

/** The stops that a role has left, in parts of which `horizon` are one stop. */
class Purse {
  /**
   * @param {number} horizon
   * @param {number} budget
   * @param {number} first - stops on the first day
   * @param {number} full - and at most, but for those
   */
  constructor(horizon, budget, first, full) {
    this.horizon = horizon;
    this.rate = budget - first;
    this.most = Math.max(first, full) * horizon;
    this.full = first * horizon;
    this.day = 0;
    /** @type {number | null} */
    this.last = null;
  }

  /**
   * Whether there is a stop for this reason, and `kept` are left after it; the purse fills up to
   * this day.
   *
   * @param {number} day
   * @param {{full: number, gap: number}} reason
   * @param {number} kept
   */
  allows(day, { full, gap }, kept) {
    this.full = Math.min(this.most, this.full + this.rate * (day - this.day));
    this.day = day;
    if (this.full < Math.max(1 + kept, full) * this.horizon) return false;
    return this.last === null || day - this.last >= gap;
  }

  /** @param {number} day */
  spend(day) {
    this.full -= this.horizon;
    this.last = day;
  }
}

/**
 * The dead of a state in an event, those that it counts itself.
 *
 * @param {Role} role
 * @param {LogRow} row
 * @param {string} kind
 */
export function ownDead(role, row, kind) {
  let dead = 0;
  if (row["actor"] === role.row && kind !== "attack") dead += Math.max(0, row["dead_own"]);
  if (row["target"] === role.row) {
    dead += Math.max(0, row["dead_security"]) + Math.max(0, row["dead_civilians"]);
  }
  return Math.trunc(dead);
}

/**
 * Whether an event is a reason to stop: of weight, and one that the role knows of.
 *
 * @param {Role} role
 * @param {LogRow} row
 * @param {string} kind
 * @param {StopRule} rule
 */
function concerns(role, row, kind, rule) {
  const state = role.kind === "states";
  const party = state && (row["actor"] === role.row || row["target"] === role.row);
  const mediator = role.kind === "mediators";
  if (["ceasefire", "ceasefire_end", "posture", "halt"].includes(kind)) return mediator || party;
  if (kind === "act") {
    const hit = mediator || (state && row["target"] === role.row);
    return hit && rule.raids.includes(row["action"]);
  }
  if (kind === "clash") return party && ownDead(role, row, kind) >= rule.dead;
  if (kind === "attack") {
    return state && row["target"] === role.row && ownDead(role, row, kind) >= rule.dead;
  }
  if (kind === "offensive" || kind === "offensive_end") return role.kind === "groups";
  return false;
}

/** What a role remembers between its decisions. */
class Watch {
  /** @type {Map<string, [day: number, taken: number]>} */
  #before = new Map();
  #asked = NONE_YET;

  /**
   * @param {Role} role
   * @param {number} number - of the role in the game
   * @param {Purse} purse
   * @param {Set<number>} struck - days on which something happened to it
   * @param {StopRule} rule
   */
  constructor(role, number, purse, struck, rule) {
    this.role = role;
    this.number = number;
    this.purse = purse;
    this.struck = [...struck];
    this.rule = rule;
  }

  /**
   * The stop at a decision of the role, or null.
   *
   * @param {Omit<Stop, "role" | "reason">} decision
   * @param {number} horizon
   * @returns {Stop | null}
   */
  stopAt(decision, horizon) {
    const { rule, purse } = this;
    const { day, kind, about, own, taken, options } = decision;
    const subject = `${kind} ${about}`;
    const before = this.#before.get(subject);
    this.#before.set(subject, [day, taken]);
    if (!rule.asked.includes(kind) || options.length < 2) return null;
    if (before?.[0] === day || day > horizon - rule.late) return null;
    const word = this.#reason(day, kind, own, before);
    const reason = rule.reasons.find((one) => one.word === word);
    const kept = kind === rule.kinds["join"] ? 0 : this.role.bound;
    if (!reason || !purse.allows(day, reason, kept)) return null;
    purse.spend(day);
    this.#asked = kind;
    return { ...decision, role: this.number, reason: word };
  }

  /**
   * @param {number} day
   * @param {number} kind
   * @param {number} own
   * @param {[day: number, taken: number] | undefined} before
   */
  #reason(day, kind, own, before) {
    const { kinds, grave, war_apart: apart } = this.rule;
    if (this.#asked === NONE_YET) return "first";
    const isWar = kind === kinds["war"] || kind === kinds["join"];
    if (kind === kinds["action"] && grave.includes(own)) return "grave";
    if (isWar && (!before || day - before[0] > apart)) return "grave";
    if (kind === kinds["answer"] || kind === kinds["offer"]) return "offer";
    const since = this.purse.last ?? 0;
    const sameWar = isWar && this.#asked === kind;
    if (!sameWar && this.struck.some((one) => since <= one && one < day)) return "struck";
    return this.#changesCourse(kind, own, before?.[1]) ? "course" : "quiet";
  }

  /**
   * Whether the model's own would do another thing than the last time.
   *
   * @param {number} kind
   * @param {number} own
   * @param {number | undefined} before
   */
  #changesCourse(kind, own, before) {
    const { kinds, once } = this.rule;
    if (kind === kinds["action"]) return once.includes(own);
    if (kind === kinds["war"] && before === undefined) return own === 0;
    return before !== undefined && own !== before;
  }
}

/**
 * The stops of a game in the order in which they come.
 *
 * @param {Float64Array} ledger
 * @param {LogRow[]} log
 * @param {Role[]} roles - that are played
 * @param {StopRule} rule
 * @param {Telling} telling
 * @param {number} horizon
 * @returns {Stop[]}
 */
export function stopsOf(ledger, log, roles, rule, telling, horizon) {
  const { header, kinds } = telling.decisions;
  const width = Object.keys(header).length;
  const budget = Math.trunc(rule.budget / roles.length);
  const watches = roles.map((role, number) => {
    const struck = log.filter((row) => concerns(role, row, telling.events[row["kind"]].word, rule));
    const days = new Set(struck.map((row) => row["day"]));
    // offers are few, and come close together
    const first = role.kind === "mediators" ? budget : rule.first;
    return new Watch(role, number, new Purse(horizon, budget, first, rule.full), days, rule);
  });
  const found = [];
  for (let at = 0; at < ledger.length; at += ledger[at]) {
    const word = (/** @type {string} */ name) => ledger[at + header[name]];
    const [kind, actor] = [word("kind"), word("actor")];
    const first = at + width + word("extras") + word("terms");
    for (const watch of watches) {
      if (kinds[kind].actor !== watch.role.kind || actor !== watch.role.row) continue;
      const options = Array.from({ length: word("options") }, (_, k) => k);
      const stop = watch.stopAt(
        {
          day: word("day"),
          kind,
          actor,
          about: word("about"),
          options: options.filter((k) => ledger[first + k] === 0),
          own: word("choice"),
          taken: word("taken"),
          at,
        },
        horizon,
      );
      if (stop) found.push(stop);
    }
  }
  return found;
}
