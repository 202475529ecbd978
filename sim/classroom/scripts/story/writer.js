// How each kind of event is worded: sim/narration/news.py, for rows of a log in a page.

/** @import { Claim } from "../replay/types.js" */
/** @import { EventKind, LogRow, Telling } from "./types.js" */

export const NOBODY = -1;

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */
/** @typedef {{say: Say, list: (parts: string[]) => string, hundredths: (value: number) => string, significant: (value: number, digits: number) => string}} Language */

const EXACT = 10; // digits of a number as the file states it
const DRAWN = 3; // and of one that was drawn

/**
 * Sum of a column over the rows in which it applies.
 *
 * @param {LogRow[]} rows
 * @param {string} name
 */
export const totalOf = (rows, name) => rows.reduce((sum, row) => sum + Math.max(row[name], 0), 0);

/**
 * Sum of a column that a side states, null if it states nothing.
 *
 * @param {LogRow[]} rows
 * @param {string} name
 */
const totalOrNull = (rows, name) =>
  rows.some((row) => row[name] >= 0) ? totalOf(rows, name) : null;

/** Parts of a sentence, with a name in front. */
const PARTS = new Set(["accepts", "refuses", "forced_command"]);

/** Words events of a scenario in a language. */
export class Writer {
  /**
   * @param {Telling} telling
   * @param {Language} language
   */
  constructor(telling, language) {
    this.telling = telling;
    this.names = telling.names;
    this.language = language;
    this.list = language.list;
  }

  /** @type {Say} */
  say(key, values) {
    const text = this.language.say(`narration.news.${key}`, values);
    return PARTS.has(key) ? text : this.begin(text);
  }

  /** A text that begins a sentence, with a capital if a name with an article stands first.
   * @param {string} text */
  begin(text) {
    const { states, groups, mediators } = this.names;
    const name = [...states, ...groups, ...mediators].find(
      (one) => /^\p{Ll}/u.test(one) && text.startsWith(one),
    );
    return name ? text[0].toUpperCase() + text.slice(1) : text;
  }

  /**
   * @param {string} section
   * @param {string} word
   */
  term(section, word) {
    return this.language.say(`vocabulary.${section}.${word}`);
  }

  /** A state or, counted on from the states, a group. @param {number} index */
  actor(index) {
    const { states, groups } = this.names;
    return index < states.length ? states[index] : groups[index - states.length];
  }

  /** @param {LogRow} row */
  whom(row) {
    return row["group"] === NOBODY ? this.say("militants") : this.names.groups[row["group"]];
  }

  /** @param {LogRow} row */
  pair(row) {
    return this.list([this.names.states[row["actor"]], this.names.states[row["target"]]]);
  }

  /** @param {LogRow[]} rows */
  where(rows) {
    const places = rows.flatMap((row) =>
      row["sector"] === NOBODY ? [] : [this.names.sectors[row["sector"]]],
    );
    const found = [...new Set(places)];
    return found.length ? this.say("in", { places: this.list(found) }) : "";
  }

  /** @param {number} value */
  quality(value) {
    return this.say("quality", { quality: this.language.hundredths(value) });
  }

  /**
   * A sentence on the dead, or that there were none.
   *
   * @param {LogRow[]} rows
   * @param {number} victim
   */
  toll(rows, victim) {
    const [whom, actor] = [this.actor(victim), this.actor(rows[0]["actor"])];
    const [own, security, civilians, militants] = [
      "dead_own",
      "dead_security",
      "dead_civilians",
      "dead_militants",
    ].map((name) => Math.trunc(totalOf(rows, name)));
    // said once where two numbers in a row are of the same country
    const again = security || (own && whom === actor) ? "civilians" : "civilians_of";
    /** @type {[number, string, string][]} */
    const parts = [
      [own, "soldiers", actor],
      [security, "security", whom],
      [civilians, again, whom],
      [militants, "fighters", whom],
    ];
    const counts = parts.flatMap(([n, key, state]) =>
      n ? [this.say(`dead_${key}`, { n, state })] : [],
    );
    return counts.length ? this.say("dead", { dead: this.list(counts) }) : this.say("nobody");
  }

  /**
   * What the two sides say of the dead, beside the truth; nothing where nothing is claimed.
   *
   * @param {LogRow[]} rows
   * @returns {Claim[]}
   */
  claims(rows) {
    const [{ actor, target, kind, action }] = rows;
    const hunted = this.telling.events[kind].word === "act" && this.telling.actions[action].hunts;
    /** @type {Claim[]} */
    const both = [
      [
        actor,
        target,
        hunted ? "militant" : "soldier",
        /** @type {number} */ (totalOrNull(rows, "claimed")),
        totalOrNull(rows, "admitted"),
        totalOf(rows, hunted ? "dead_militants" : "dead_security"),
      ],
      [
        target,
        actor,
        "soldier",
        /** @type {number} */ (totalOrNull(rows, "counter_claimed")),
        totalOrNull(rows, "own_admitted"),
        totalOf(rows, "dead_own"),
      ],
    ];
    return both.filter(([, , , claimed, , truth]) => claimed !== null && (claimed || truth));
  }

  /**
   * What happened, and what came of it.
   *
   * @param {LogRow[]} rows
   * @returns {[string, string]}
   */
  sentences(rows) {
    const kind = this.telling.events[rows[0]["kind"]];
    const word = WORDINGS[kind.word];
    if (!word) throw new Error(`no wording for ${kind.word}`);
    return word(this, rows, kind);
  }
}

/**
 * The key of the sentence of an event whose action has sentences of its own.
 *
 * @param {EventKind} kind
 * @param {LogRow} row
 */
const sentenceOf = (kind, row) => kind.sentence.replace("{}", kind.actions[row["action"]] ?? "");

/** @typedef {(writer: Writer, rows: LogRow[], kind: EventKind) => [string, string]} Wording */

/**
 * A change of something between the actor and the target, without dead.
 *
 * @type {Wording}
 */
const betweenStates = (writer, [row], { sentence }) => [
  writer.say(sentence, {
    actor: writer.actor(row["actor"]),
    target: writer.names.states[row["target"]],
  }),
  "",
];

/**
 * A change of the actor by itself.
 *
 * @type {Wording}
 */
const alone = (writer, [row], { sentence }) => [
  writer.say(sentence, { actor: writer.actor(row["actor"]) }),
  "",
];

/**
 * Support or a sanction that begins or ends.
 *
 * @type {Wording}
 */
const flow = (writer, [row], { sentence }) => [
  writer.say(sentence, { label: writer.telling.flows[row["action"]] }),
  "",
];

/**
 * What a state does about the war of an ally.
 *
 * @type {Wording}
 */
const ofAllies = (writer, [row], { sentence }) => {
  const { states } = writer.names;
  const [actor, target] = [states[row["actor"]], states[row["target"]]];
  return [writer.say(sentence, { actor, target, ally: states[row["group"]] }), ""];
};

/** @type {Record<string, Wording>} */
const WORDINGS = {
  act(writer, rows) {
    const [row] = rows;
    const { states } = writer.names;
    const action = writer.telling.actions[row["action"]];
    const places = writer.where(rows);
    const against =
      !places || states.length > 2 ? writer.say("against", { target: states[row["target"]] }) : "";
    const own = Math.trunc(row["value"]); // 0, or one of the scenario's own acts
    const does = own > 0 ? writer.telling.own_acts[own - 1] : writer.term("acts", action.word);
    const what = writer.say("act", { actor: writer.actor(row["actor"]), does, places, against });
    return [what, action.kills ? writer.toll(rows, row["target"]) : ""];
  },
  clash(writer, rows, kind) {
    const [row] = rows;
    const values = {
      n: rows.length,
      actor: writer.actor(row["actor"]),
      places: writer.where(rows),
    };
    return [writer.say(sentenceOf(kind, row), values), writer.toll(rows, row["target"])];
  },
  attack(writer, rows) {
    const [row] = rows;
    const target =
      row["action"] === NOBODY
        ? writer.say("some_target")
        : writer.term("targets", writer.telling.targets[row["action"]]);
    const owned = writer.say(row["value"] > 0 ? "attack_claimed" : "attack_unclaimed");
    const places = writer.where(rows);
    const what = writer.say("attack", { actor: writer.actor(row["actor"]), target, places });
    return [what, `${writer.toll(rows, row["target"])} ${owned}`];
  },
  operation(writer, rows) {
    const [row] = rows;
    const actor = writer.actor(row["actor"]);
    const group = writer.whom(row);
    const values = { n: rows.length, actor, group, places: writer.where(rows) };
    return [writer.say("operation", values), writer.toll(rows, row["actor"])];
  },
  offensive: alone,
  offensive_end: alone,
  stance(writer, [row], kind) {
    const values = { actor: writer.names.states[row["actor"]], group: writer.whom(row) };
    return [writer.say(sentenceOf(kind, row), values), ""];
  },
  mode(writer, [row], kind) {
    return [writer.say(sentenceOf(kind, row), { actor: writer.actor(row["actor"]) }), ""];
  },
  truce: betweenStates,
  truce_end: betweenStates,
  offer(writer, [row]) {
    const { states, mediators } = writer.names;
    const answers = /** @type {[string, number][]} */ ([
      ["actor", 1],
      ["target", 2],
    ]).map(([side, bit]) =>
      writer.say(Math.trunc(row["value"]) & bit ? "accepts" : "refuses", {
        state: states[row[side]],
      }),
    );
    const said = writer.list(answers);
    if (row["group"] === NOBODY) {
      return [writer.say("call", { pair: writer.pair(row), answers: said }), ""];
    }
    return [writer.say("offer", { mediator: mediators[row["group"]], answers: said }), ""];
  },
  ceasefire(writer, [row], kind) {
    const mediator = writer.names.mediators[row["group"]];
    const by = row["group"] === NOBODY ? "" : writer.say("brought_about", { mediator });
    const what = writer.say(sentenceOf(kind, row), { pair: writer.pair(row), by });
    return [what, writer.quality(row["value"])];
  },
  ceasefire_end(writer, [row]) {
    const { states } = writer.names;
    const n = Math.trunc(row["value"]);
    const what = writer.say("ceasefire_end", { n, pair: writer.pair(row) });
    if (row["scripted"]) return [what, ""];
    const { lapse, climb } = writer.telling.collapses;
    if (row["action"] === lapse) return [what, writer.say("lapsed")];
    const breaker = row["group"] === NOBODY ? null : states[row["group"]];
    if (row["action"] === climb) {
      return [what, writer.say("ended_by_war", { state: breaker ?? writer.say("each") })];
    }
    return [
      what,
      breaker ? writer.say("worn_down_by", { state: breaker }) : writer.say("worn_down"),
    ];
  },
  close_crossings: betweenStates,
  open_crossings: betweenStates,
  change(writer, [row]) {
    const key = row["scripted"] > writer.telling.dated ? "changed_by_rule" : "change";
    const [head, path, stated] = writer.telling.changes[row["action"]];
    const value = row["value"];
    const digits = value === stated ? EXACT : DRAWN;
    const said = { path, value: writer.language.significant(value, digits) };
    return [writer.say(key, { change: head + writer.say("becomes", said) }), ""];
  },
  happening(writer, [row]) {
    return [writer.say("happening", { label: writer.telling.happenings[row["action"]] }), ""];
  },
  flow_begin: flow,
  flow_end: flow,
  call: ofAllies,
  entry: ofAllies,
  absence: ofAllies,
  separate_peace: ofAllies,
  posture(writer, [row]) {
    const { states } = writer.names;
    const posture = writer.term("postures", writer.telling.actions[row["action"]].word);
    const values = { actor: states[row["actor"]], posture, target: states[row["target"]] };
    return [writer.say("posture", values), ""];
  },
  control(writer, [row], kind) {
    const place = writer.names.sectors[row["sector"]];
    const state = writer.names.states[row["actor"]];
    return [writer.say(sentenceOf(kind, row), { place, state }), ""];
  },
  forced(writer, rows) {
    const [row] = rows;
    const { states, mediators } = writer.names;
    const kind = writer.telling.decisions.kinds[Math.trunc(row["value"])];
    const option = writer.term("options", kind.options[row["action"]]);
    let actor = kind.word === "offer" ? mediators[row["group"]] : writer.actor(row["actor"]);
    let target = "";
    if (kind.word === "offer") target = writer.pair(row);
    else if (kind.word === "stance") target = writer.whom(row);
    else if (row["target"] !== NOBODY) target = states[row["target"]];
    if (kind.word === "command") actor = writer.say("forced_command", { actor });
    const about = target ? writer.say("forced_about", { target }) : "";
    return [writer.say("forced", { actor, option, about, places: writer.where(rows) }), ""];
  },
  dropped(writer, [row]) {
    const { states } = writer.names;
    const { drops, decisions } = writer.telling;
    const code = Math.trunc(row["value"]);
    const barred = decisions.barred[code - drops.length + 1];
    const values = {
      actor: states[row["actor"]],
      target: states[row["target"]],
      option: writer.term("options", writer.telling.actions[row["action"]].word),
      reason: barred || writer.term("drops", drops[code]),
    };
    return [writer.say("dropped", values), ""];
  },
  talks(writer, [row], kind) {
    const mediator = writer.names.mediators[row["group"]];
    return [writer.say(sentenceOf(kind, row), { pair: writer.pair(row), mediator }), ""];
  },
  halt(writer, [row], kind) {
    const { states } = writer.names;
    const sides = { actor: states[row["actor"]], target: states[row["target"]] };
    return [writer.say(sentenceOf(kind, row), sides), ""];
  },
  prolong(writer, [row]) {
    return [writer.say("prolong", { pair: writer.pair(row) }), writer.quality(row["value"])];
  },
};
