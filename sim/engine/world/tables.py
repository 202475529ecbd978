"""The tables of a world: a record type for each kind of entity, all in one block of 64-bit words.

Each field of each row is one word, so a world is copied, compared and stored as one array; a number
of the scenario is the address of a word (`Template.slots`), and so is a measure. A record type is
the schema's `number` fields, as they stand there, followed by the state variables declared here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.world import rule_tables
from sim.engine.world.columns import KEY, Fields, reals, whole
from sim.scenario import schema
from sim.scenario.fields import Block, specs
from sim.vocabulary.decisions import MOST_OPTIONS, MOST_TERMS
from sim.vocabulary.measures import FIXED, OF_ALLIANCES, RUNG_DAYS

NOBODY = -1


def number_fields(block: type[Block]) -> tuple[str, ...]:
    """Names of the fields of a block that are one number each, in the order of the schema."""
    return tuple(name for name, spec in specs(block).items() if spec.form == "number")


def _numbers(block: type[Block], prefix: str = "") -> Fields:
    return tuple((prefix + name, "f8") for name in number_fields(block))


CLOCK = np.dtype(
    [
        ("seed", "u8"),
        ("replication", "u8"),
        # replication whose random stream is used: its own, but after a fork that renews it
        ("stream", "u8"),
        # days since the release: 1 is the first on which the actors decide
        *whole("day", "horizon", "window", "error", "error_day", "log_length", "ledger_length"),
        # how many rows of `forced` there are; none but in a fork
        *whole("forced"),
    ]
)

RULES = np.dtype(
    [
        field
        for name, spec in specs(schema.Rules).items()
        if spec.block
        for field in _numbers(spec.block, f"{name}_")
    ]
)

STATES = np.dtype(
    [
        *KEY,
        *_numbers(schema.State),
        *_numbers(schema.StateWeights, "weights_"),
        *whole("nuclear", "reasoning", "policy", "command_policy", "capital", "offensive"),
        *reals(
            "pressure",
            "news_mean",
            "toll",
            "toll_start",
            "lost",
            "lost_today",
            # men that its sectors and border commands ask for, and the share that the army fills
            "stationed",
            "manned",
            "losses",
            "fire_ready",
            "raid_ready",
        ),
        *reals(
            "deaths_security",
            "deaths_civilian",
            "strikes",
            "raids",
            "claimed",
            "admitted",
            "collapses",
        ),
    ]
)

# row i, column j: what i holds against j
DYADS = np.dtype(
    [
        *KEY,
        *_numbers(schema.View),
        *whole("pair", "posture", "order", "choice", "provoked", "own_act"),
        *reals(
            "belief",
            "targets",
            "outrage_mark",
            "aim",
            "optimism",
            "private",
            "crisis_losses",
            # what war teaches of the balance of strength: it, its mean as both see it, and what
            # the text on the table gives
            "balance",
            "result",
            "text",
        ),
        *reals("coerced", "met_rung", "posts_lost", "posts", "signalled", "closed", "closed_days"),
        # collected over the day, applied at its end
        *reals(
            "new_outrage",
            "new_grievance",
            "kept_outrage",
            "kept_grievance",
            "new_evidence",
            "act_rung",
            "own_dead",
            "hit",
        ),
        *reals("belief_end"),
    ]
)

PAIRS = np.dtype(
    [
        *KEY,
        *_numbers(schema.Relation),
        *whole(
            *("a", "b", "in_force", "age", "mediator", "quiet", "crisis_day"),
            *("borders", "crossings"),
            # a war is the pair's, and begun by one side (NOBODY: by both); how the ceasefire came
            # about; days of a pause, 0 if it is none; whether the ceasefire stopped a war
            *("war", "begun_by", "truce_kind", "pause", "stopped_war", "crisis_kind", "called"),
        ),
        # weight of what the war has taught both
        *reals("information"),
        *reals("guarantee", "activity", "rung", "dead_today", "hit", "rubbed", "fallen"),
        # the highest rung of yesterday
        *reals("rung_before"),
    ]
)

GROUPS = np.dtype(
    [
        *KEY,
        *_numbers(schema.Group),
        *_numbers(schema.Severity, "severity_"),
        *_numbers(schema.Targets, "targets_"),
        *whole("enemy", "policy", "power_law", "mode", "truce"),
        *reals(
            "excited",
            "drifted",
            "recent_attacks",
            "home_losses",
            "haven_losses",
            "effective",
            "strength",
            "home",
            "abroad",
            "grievances",
        ),
        *reals("deaths", "attacks"),
    ]
)

# row: group, column: state
HOSTS = np.dtype(
    [
        *_numbers(schema.Host),
        *whole("present", "stance"),
        *reals("haven_now", "share_now", "fighters", "fighters_start"),
    ]
)

# row: group, column: sector
PRESENCE = np.dtype([*reals("fighters")])

SECTORS = np.dtype(
    [
        *KEY,
        *_numbers(schema.Sector),
        *whole("state", "capital"),
        *whole("terrain"),
        # `perished`: its civilians killed before today; `victims` and `fallen`: its civilians and
        # soldiers killed today
        *reals("control", "perished", "victims", "fallen", "events"),
    ]
)

# row: stretch of border; side 0 and 1 are its two sectors
BORDERS = np.dtype([*KEY, *_numbers(schema.Border), *whole("pair", "crossing")])

COMMANDS = np.dtype(
    [
        *KEY,
        *whole("state", "rival", "sector", "policy", "choice"),
        *reals("garrison", "men", "fallen", "grievance", "new_grievance"),
    ]
)

MEDIATORS = np.dtype([*KEY, *_numbers(schema.Mediator), *whole("policy")])

# row: mediator, column: state
LEVERAGE = np.dtype([*reals("leverage")])

# row: mediator, column: relation; how far its talks are, and days until it tries again
TALKS = np.dtype([*whole("stage"), *reals("wait")])

TALLY = np.dtype(
    [
        *reals(*(m.field for m in (*FIXED, *OF_ALLIANCES) if m.table == "tally")),
        *reals("war_run", "rung_today", "dead_today", "interstate_today", "first_pair"),
        *reals("first_war_pair", "first_war_lull", "coalition_run", "states_today"),
    ]
)

# row: rung of the ladder
RUNGS = np.dtype([*reals(RUNG_DAYS)])

# decisions that a fork puts in the place of the actors' own, in the words of
# rules/forced_choice.py; `since` the first day on which it may be made, `open` until it is done,
# on `day`; `stands` while it must not be replaced by the actor's own;
# `available` has a bit for each option that was, if this one was not
FORCED_CHOICES = np.dtype(
    [*whole("kind", "actor", "about", "option", "since", "open", "stands", "day", "available")]
)
MOST_FORCED = 12

# one thing that happened, as it is told; -1 (NOBODY) where a field does not apply
EVENT = np.dtype(
    [
        *whole("day", "kind", "actor", "target", "action", "sector", "group"),
        *reals(
            "dead_own",
            "dead_security",
            "dead_civilians",
            "dead_militants",
            "claimed",
            "admitted",
            "counter_claimed",
            "own_admitted",
            "value",
        ),
        # 1 and more: the number of the event of the file that it is, counted from 1
        *whole("scripted"),
    ]
)

# one line of the script; from `first` on, `count` sectors and then `mediators` stand in the list of
# places; `draws` is the number of its random draws; deaths are -1 where none are stated
SCRIPT = np.dtype(
    [
        *whole(
            "day",
            "kind",
            "actor",
            "target",
            "group",
            "target_kind",
            "first",
            "count",
            "mediators",
            "evidence",
            "draws",
            "announced",
            "told",
            "own_act",
        ),
        *reals("own", "security", "civilians", "militants", "claimed", "countered", "quality"),
    ]
)

CHANGES = np.dtype([*whole("day", "slot"), *reals("value")])

PLANS = np.dtype([*whole("state", "rival", "day", "action")])

EDGES = np.dtype([*whole("a", "b")])


class DecisionTable:
    """A decision table: rows are options, columns terms; a policy fills `probability`."""

    __slots__ = ("available", "draw", "heights", "probability", "terms", "utility", "weights")

    def __init__(self) -> None:
        self.terms = np.zeros((MOST_OPTIONS, MOST_TERMS))
        self.weights = np.zeros(MOST_TERMS)
        self.heights = np.zeros(MOST_OPTIONS)  # rungs of the options, where they have one
        self.available = np.zeros(MOST_OPTIONS)  # 1 or 0
        self.utility = np.zeros(MOST_OPTIONS)
        self.probability = np.zeros(MOST_OPTIONS)
        self.draw = np.zeros(1)  # the uniform number that chose


DECISION_PARTS = ("terms", "weights", "heights", "available", "utility", "probability", "draw")

TABLES = {
    "clock": CLOCK,
    "rules": RULES,
    "states": STATES,
    "dyads": DYADS,
    "pairs": PAIRS,
    "groups": GROUPS,
    "hosts": HOSTS,
    "presence": PRESENCE,
    "sectors": SECTORS,
    "borders": BORDERS,
    "commands": COMMANDS,
    "mediators": MEDIATORS,
    "leverage": LEVERAGE,
    "talks": TALKS,
    "tally": TALLY,
    "rungs": RUNGS,
    "forced": FORCED_CHOICES,
    "lines": SCRIPT,
    **rule_tables.RULE_TABLES,
}

#: tables that are the same for all replications of a scenario
FIXED_TABLES = {
    "edges": EDGES,
    "script": SCRIPT,
    "places": np.dtype("i8"),
    "changes": CHANGES,
    "conditions": rule_tables.CONDITIONS,
    "sets": rule_tables.SETTINGS,
    "plans": PLANS,
    "target_kinds": rule_tables.TARGET_KINDS,
}

# an argument and the value of a function there (`sim/engine/world/memo.py`)
MEMO = np.dtype([*reals("argument", "value")])

#: tables that belong to a world and to no day: the block as plain numbers, room for weights, the
# log of events, one row for events that no log keeps, the ledger of decisions, values of functions
SCRATCH_TABLES = {
    "block": np.dtype("u8"),
    "words": np.dtype("f8"),
    "weigh": np.dtype("f8"),
    "log": EVENT,
    "unkept": EVENT,
    "ledger": np.dtype("f8"),
    "memo": MEMO,
}

# what a batch of replications begins from and how far it goes; one row
BATCH = np.dtype(
    [
        ("seed", "u8"),
        # number of the first replication: it is also that of its random stream
        ("first", "u8"),
        # first day, days from the release; whether the days before it are given (a fork)
        *whole("first_day", "forked", "horizon", "window"),
    ]
)

#: tables of a batch: what it reads (the block before the first day, the values of the uncertain
# numbers and their words, the words to read at the end), and what it writes (see `Chunk`)
BATCH_TABLES: dict[str, np.dtype[Any]] = {
    "settings": BATCH,
    "eve": np.dtype("u8"),
    "inputs": np.dtype("f8"),
    "slots": np.dtype("i8"),
    "places": np.dtype("i8"),
    "measures": np.dtype("f8"),
    "rung": np.dtype("i1"),
    "deaths": np.dtype("i4"),
    "interstate": np.dtype("i4"),
    "status": np.dtype("i8"),
    "failed_day": np.dtype("i8"),
    "blocks": np.dtype("u8"),
}
