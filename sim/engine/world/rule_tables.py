"""Tables of a scenario's own rules: possible events, their conditions, flows, own actions."""

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

# a number that a possible event sets
SETTINGS = np.dtype([*whole("slot"), *reals("value")])
