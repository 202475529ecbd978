"""Tables of a scenario's own rules: possible events, conditions, flows, own actions, alliances."""

from __future__ import annotations

import numpy as np

from sim.engine.world.columns import KEY, reals, whole

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
# up a share of those of a state (`by`, NOBODY for all)
OWN_ACTS = np.dtype(
    [
        *reals("share", "deaths", "felt", "damage", "pressure", "acts"),
        *whole("of", "by", "placed", "announced"),
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

# a number that a possible event sets
SETTINGS = np.dtype([*whole("slot"), *reals("value")])

#: Those of them that lie in the block of a world.
RULE_TABLES = {
    "possible": POSSIBLE,
    "bounds": BOUNDS,
    "flows": FLOWS,
    "own_acts": OWN_ACTS,
    "alliances": ALLIANCES,
    "promises": PROMISES,
    "cover": COVER,
    "calls": CALLS,
    "fronts": FRONTS,
}
