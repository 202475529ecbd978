"""Tables of the ladder and of a scenario's own rules: events, flows, own actions, alliances."""

from __future__ import annotations

import numpy as np

from sim.engine.world.columns import KEY, Fields, reals, whole
from sim.vocabulary.coded import Row, columns_of
from sim.vocabulary.codes import Target
from sim.vocabulary.ladder import Action

# what may happen by the scenario's own rule: how often and when last (`since`, days, missing until
# then), whether today, and by which draw among those of today; `line` is what it plays, a row of
# `lines`; from `first` on, `count` conditions and `changed` numbers that it sets; its `turn` in a
# day; `again` is infinite for what happens once
POSSIBLE = np.dtype(
    [
        *KEY,
        *reals("chance", "again", "times", "since", "drawn"),
        *whole("due", "line", "first", "count", "first_change", "changed", "turn", "told"),
    ]
)

# the bounds of each condition, infinite where none is given
BOUNDS = np.dtype([*reals("at_least", "at_most", "above", "below")])

# what a condition looks at: a word of the block, a whole number or not, log-odds or not; `never` is
# 1 if it must be missing, else 0
CONDITIONS = np.dtype([*whole("slot", "whole", "odds", "never")])

# support from outside, or a sanction: from `first` on, `count` conditions; the words of the stock
# and, if it leaves somebody in the world, of the giver's; the bounds of the stock; whether it
# flows today; its draw among those of today while it still has to be moved
FLOWS = np.dtype(
    [
        *KEY,
        *reals("amount", "limit", "low", "high", "moved", "drawn"),
        *whole("first", "count", "slot", "giver", "men", "flowing", "due", "told"),
    ]
)

# row 0: an action as it is; the others: a scenario's own acts, kinds of the action `of` that make
# up a share of those of a state (`by`, NOBODY for all), or, with an `option` (a row of `actions`,
# else NOBODY), options of their own
OWN_ACTS = np.dtype(
    [
        *reals("share", "deaths", "felt", "damage", "pressure", "acts"),
        # of an option of its own alone: its row of `actions` is made from these
        *reals("cost", "harm", "delay", "violation", "disrupt", "concession", "relief", "trust"),
        *whole("of", "by", "placed", "announced", "option"),
    ]
)

# what two states have promised each other; how often it was called on, kept, and left alone; the
# first day on which one entered the other's war by it
ALLIANCES = np.dtype(
    [
        *reals("commitment", "patience", "calls", "honoured", "deserted", "first_entry"),
        *whole("defensive"),
    ]
)

# row: alliance, column: side; who stands with whom, whether it has promised to, and its trust in
# the other's word, 1 until that is broken
PROMISES = np.dtype([*whole("of", "to", "bound"), *reals("trust")])

# row: promise, two an alliance, column: state; whether it is against it, and whether it calls
COVER = np.dtype([*whole("holds", "called")])

# row: a state, column: a rival; how it stands to an ally's war against the rival, a number of
# `Call`: for how many days it has been called, by whom, its choice of today, the draw of the call;
# what it has come to feel today for the sake of its allies
CALLS = np.dtype(
    [*whole("stage", "days", "by", "choice"), *reals("draw", "new_outrage", "new_grievance")]
)

# row: relation; the war of several states to which its war belongs, the number of its first
# relation, NOBODY where there is none; `fought` whether it was at war the evening before
FRONTS = np.dtype([*whole("war", "fought")])


def _columns(table: type[Row]) -> Fields:
    """The columns of a table of the vocabulary: numbers as they are, words by their numbers."""
    first = next(iter(table))
    return tuple(
        (name, "f8" if isinstance(getattr(first, name), float) else "i8")
        for name in columns_of(table)
    )


# row: action of the ladder, and behind them the scenario's own options. A rung may lie between two
# whole ones; `like` is the action of the ladder whose rules it follows, `own` its row of `own_acts`
# (0 for none), `by` the only state that has it, NOBODY if all have
ACTIONS = np.dtype(
    [
        *((name, "f8" if name == "rung" else kind) for name, kind in _columns(Action)),
        *whole("like", "own", "by"),
    ]
)
# row: kind of target
TARGET_KINDS = np.dtype([*_columns(Target)])

# the word that a possible event sets, and what it sets it to
SETTINGS = np.dtype([*whole("slot")])
NEW_VALUES = np.dtype([*reals("value")])

#: Those of them that lie in the block of a world.
RULE_TABLES = {
    "possible": POSSIBLE,
    "bounds": BOUNDS,
    "new_values": NEW_VALUES,
    "flows": FLOWS,
    "own_acts": OWN_ACTS,
    "actions": ACTIONS,
    "alliances": ALLIANCES,
    "promises": PROMISES,
    "cover": COVER,
    "calls": CALLS,
    "fronts": FRONTS,
}
