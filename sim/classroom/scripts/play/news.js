// News as one role may know them: sim/narration/role_news.py, for a page.

import { newsOf } from "../story/events.js";
import { ownDead } from "./stops.js";

/** @import { News } from "../replay/types.js" */
/** @import { LogRow, Telling } from "../story/types.js" */
/** @import { Language } from "../story/writer.js" */
/** @import { Role } from "./types.js" */

const OF_ALLIES = ["call", "entry", "absence", "separate_peace"];
const OPEN_KINDS = [
  ...["act", "clash", "attack", "offensive", "offensive_end", "ceasefire", "ceasefire_end"],
  ...["close_crossings", "open_crossings", "change", "posture", "halt", "prolong"],
  ...OF_ALLIES,
];
const OWN_KINDS = ["stance", "control", "operation"];
const WEIGHTY = [
  ...["ceasefire", "ceasefire_end", "posture", "halt", "prolong", "talks", "offer"],
  ...OF_ALLIES,
];
const TOLD_TOGETHER = ["act", "clash"];
const COUNTED = ["act", "clash", "attack", "operation"];
const HIDDEN_KINDS = ["stance", "mode", "offer"];
const MOST_LINES = 6;
const MANY = 3;
const WEIGHT = 60;
const PER_RUNG = 10;
const NOBODY_THERE = -1;

/** @typedef {{day: number, weight: number, text: string}} Line */

/** Words the news of a role. */
export class RoleNews {
  /**
   * @param {Telling} telling
   * @param {Language} language
   */
  constructor(telling, language) {
    this.telling = telling;
    this.language = language;
    this.say = language.say;
  }

  /** @param {LogRow} row */
  #word(row) {
    return this.telling.events[row["kind"]].word;
  }

  /** A text that begins a sentence: with a capital, if a name with an article stands first. @param {string} text */
  begin(text) {
    const { states, groups, mediators } = this.telling.names;
    const first = [...states, ...groups, ...mediators].find(
      (name) => text.startsWith(name) && name[0] !== name[0].toUpperCase(),
    );
    return first ? text[0].toUpperCase() + text.slice(1) : text;
  }

  /**
   * Whether a role hears of an event at all.
   *
   * @param {Role} role
   * @param {LogRow} row
   */
  knows({ kind, row: me }, row) {
    const word = this.#word(row);
    const [state, group] = [kind === "states", kind === "groups"];
    if (OPEN_KINDS.includes(word)) return true;
    if (OWN_KINDS.includes(word)) return state && row["actor"] === me;
    if (word === "mode") return group && row["group"] === me;
    if (word === "truce" || word === "truce_end") {
      return (group && row["group"] === me) || (state && row["target"] === me);
    }
    if (word === "offer" || word === "talks") {
      const broker = kind === "mediators" && row["group"] === me;
      return broker || (state && (row["actor"] === me || row["target"] === me));
    }
    return false;
  }

  /**
   * The rows of which a role hears, without what it cannot know of them.
   *
   * @param {Role} role
   * @param {LogRow[]} log
   */
  #known(role, log) {
    const state = role.kind === "states";
    return log
      .filter((row) => this.knows(role, row))
      .map((row) => {
        if (!["act", "clash"].includes(this.#word(row))) return row;
        /** @type {LogRow} */
        const known = { ...row, dead_militants: 0 };
        if (!(state && row["actor"] === role.row)) known["dead_own"] = 0;
        if (!(state && row["target"] === role.row)) {
          known["dead_security"] = known["dead_civilians"] = 0;
        }
        return known;
      });
  }

  /**
   * What a role hears of some days.
   *
   * @param {LogRow[]} log
   * @param {Role} role
   * @param {number} from
   * @param {number} until - the first day that is not told any more
   */
  of(log, role, from, until) {
    const inside = log.filter((row) => row["day"] >= from && row["day"] < until);
    const rows = this.#known(role, inside);
    /** @param {LogRow} row */
    const isOffer = (row) => this.#word(row) === "offer";
    /** @param {LogRow} row */
    const isQuiet = (row) =>
      this.#word(row) === "attack" &&
      !(row["value"] > 0) &&
      !(role.kind === "groups" && row["group"] === role.row);
    const plain = newsOf(
      rows.filter((row) => !isOffer(row) && !isQuiet(row)),
      this.#withoutHistory(),
      this.language,
    );
    // an attack is a sentence by itself, so that rows and news are in the same order
    const attacks = rows.filter(isQuiet);
    const quiet = newsOf(attacks, this.#withoutHistory(), this.language);
    const all = [
      ...plain.map((one) => ({ one, what: one.w })),
      ...quiet.map((one, k) => ({ one, what: this.#unclaimed(one, attacks[k]) })),
    ];
    const small = all.filter(({ one }) => one.small).length;
    const told = [
      ...this.#together(all.filter(({ one }) => !one.small)),
      ...rows.filter(isOffer).map((row) => this.#offer(row, role)),
    ];
    const kept = told
      .map((line, k) => ({ ...line, k }))
      .sort((a, b) => b.weight - a.weight || a.k - b.k)
      .slice(0, MOST_LINES)
      .sort((a, b) => a.day - b.day || a.k - b.k);
    const dead = inside.reduce(
      (sum, row) =>
        COUNTED.includes(this.#word(row)) ? sum + ownDead(role, row, this.#word(row)) : sum,
      0,
    );
    return { lines: kept, small, more: told.length - kept.length, dead };
  }

  /**
   * What no role of a game heard of, of the kinds that somebody hides.
   *
   * @param {LogRow[]} log
   * @param {Role[]} roles
   */
  hidden(log, roles) {
    const rows = log.filter(
      (row) =>
        row["day"] > 0 &&
        HIDDEN_KINDS.includes(this.#word(row)) &&
        !roles.some((role) => this.knows(role, row)),
    );
    return newsOf(rows, this.#withoutHistory(), this.language).map(({ d, w }) => ({
      day: d,
      text: w,
    }));
  }

  /** The telling without what the file reports of the days before the release. */
  #withoutHistory() {
    return { ...this.telling, reports: [], history: 0 };
  }

  /**
   * An attack that nobody claims, without who was behind it.
   *
   * @param {News} one
   * @param {LogRow} row
   */
  #unclaimed(one, row) {
    const { targets, names } = this.telling;
    const target =
      row["action"] === NOBODY_THERE
        ? this.say("narration.news.some_target")
        : this.say(`vocabulary.targets.${targets[row["action"]]}`);
    const places = (one.s ?? []).map((k) => names.sectors[k]);
    const where = places.length
      ? this.say("narration.news.in", { places: this.language.list(places) })
      : "";
    return this.say("play.unclaimed", { target, places: where });
  }

  /**
   * A sentence, what came of it, and what is claimed, without the truth.
   *
   * @param {News} one
   * @param {string} what
   */
  #text(one, what) {
    const parts = [what];
    if (one.m && (one.n || one.k === "attack") && COUNTED.includes(one.k)) parts.push(one.m);
    for (const [claimant, other, whom, claimed, admitted] of one.c ?? []) {
      if (!claimed) continue;
      const { states } = this.telling.names;
      const heard =
        admitted === null
          ? ""
          : this.say("narration.news.admits", {
              other: states[other],
              admitted: admitted || this.say("narration.news.none"),
            });
      const values = { n: claimed, claimant: states[claimant], heard };
      parts.push(this.begin(this.say(`play.claims.${whom}`, values)));
    }
    return this.begin(parts.join(" "));
  }

  /** @param {number} day @param {string} text */
  #dated(day, text) {
    return this.say("play.news_line", { day, text });
  }

  /** @param {News} one */
  #weight(one) {
    const claimed = (one.c ?? []).reduce((sum, claim) => sum + claim[3], 0);
    return one.n + claimed + (WEIGHTY.includes(one.k) ? WEIGHT : 0) + PER_RUNG * (one.r ?? 0);
  }

  /**
   * Events with day, weight and sentence; many of one kind by one side are one line.
   *
   * @param {{one: News, what: string}[]} heard
   * @returns {Line[]}
   */
  #together(heard) {
    /** @type {Map<string, {one: News, what: string}[]>} */
    const series = new Map();
    for (const item of heard) {
      const { k, a, t, act } = item.one;
      const key = [k, a, t, act].join(" ");
      series.set(key, [...(series.get(key) ?? []), item]);
    }
    /** @type {Line[]} */
    const told = [];
    for (const alike of series.values()) {
      if (alike.length < MANY || !TOLD_TOGETHER.includes(alike[0].one.k)) {
        for (const { one, what } of alike) {
          const text = this.#dated(one.d, this.#text(one, what));
          told.push({ day: one.d, weight: this.#weight(one), text });
        }
        continue;
      }
      const weights = alike.map(({ one }) => this.#weight(one));
      const { one: top } = alike[weights.indexOf(Math.max(...weights))];
      const days = alike.map(({ one }) => one.d);
      const dead = alike.reduce((sum, { one }) => sum + one.n, 0);
      const [first, last] = [Math.min(...days), Math.max(...days)];
      const text = this.say("play.news_many", {
        first,
        last,
        n: alike.length,
        what: this.begin(top.w),
      });
      told.push({
        day: first,
        weight: Math.max(...weights) + dead,
        text: dead ? `${text} ${this.say("play.news_many_dead", { dead })}` : text,
      });
    }
    return told.sort((a, b) => a.day - b.day);
  }

  /**
   * An offer of talks: a state hears its own answer, a mediator both.
   *
   * @param {LogRow} row
   * @param {Role} role
   * @returns {Line}
   */
  #offer(row, role) {
    const { states, mediators } = this.telling.names;
    const sides = [states[row["actor"]], states[row["target"]]];
    const pair = this.language.list(sides);
    const what =
      row["group"] === NOBODY_THERE
        ? this.say("play.call_made", { pair })
        : this.say("play.offer_made", { mediator: mediators[row["group"]], pair });
    const said = row["value"];
    const yes = (/** @type {number} */ bit) => (said & bit) > 0;
    let answer = "";
    if (role.kind === "states") {
      const mine = yes(row["actor"] === role.row ? 1 : 2);
      answer = this.say(mine ? "play.answer_yes" : "play.answer_no");
    } else {
      const both = sides.map((state, k) =>
        this.say(`narration.news.${yes(k + 1) ? "accepts" : "refuses"}`, { state }),
      );
      answer = this.begin(this.say("play.answers", { answers: this.language.list(both) }));
    }
    const text = this.#dated(row["day"], `${this.begin(what)} ${answer}`);
    return { day: row["day"], weight: WEIGHT, text };
  }
}
