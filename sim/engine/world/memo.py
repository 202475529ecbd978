"""Exponentials and logarithms of numbers that stay the same from day to day, worked out once.

A third to a half of all exponentials are the fading factors of a day, exp(-1 / life), of lives that
a scenario gives, and as many logarithms are of such numbers. A world keeps, for each `Memo` and
row, the argument it saw last and its value; another argument is worked out anew. So nothing has to
know when a number changes: an intervention, a fork and an uncertain number leave no stale value,
and no result depends on what is kept.
"""

from __future__ import annotations

import math

from sim.engine.elementary import exp, log
from sim.engine.jit import njit
from sim.vocabulary.coded import CodedWord


class Memo(CodedWord):
    """What a world keeps values of; the rows are groups, pairs of states, states, or one alone."""

    # of groups
    DRIFT = 0
    EXCITEMENT = 1
    HOME_LOSSES = 2
    PATROL = 3
    POLICE = 4
    BASE = 5
    MARKET = 6
    # of pairs of states, the holder times the number of states plus the other
    PRIOR = 7
    # of states
    FIRE = 8
    RAID = 9
    # of all: row 0
    WEARINESS = 10
    PRESSURE = 11
    OUTRAGE = 12
    GRIEVANCE = 13
    FORGETTING = 14
    SIGNAL = 15
    ACTIVITY = 16
    LOCAL_GRIEVANCE = 17
    # of groups
    DRIFT_STEP = 18
    # of relations: pairs of states without an order
    WORD = 19


@njit
def fading(world, what, row, life):
    """What a day leaves of a stock with a mean life in days: exp(-1 / life).

    Parameters
    ----------
    what : one of `Memo`
    row : whose it is
    life : days, above 0
    """
    kept = world.memo[what, row]
    if kept.argument != life:
        kept.argument, kept.value = life, exp(-1.0 / life)
    return kept.value


@njit
def exp_of(world, what, row, number):
    """The exponential of a number that is the same all day; arguments as for `fading`."""
    kept = world.memo[what, row]
    if kept.argument != number:
        kept.argument, kept.value = number, exp(number)
    return kept.value


@njit
def log_of(world, what, row, number):
    """The logarithm of a number that seldom changes; arguments as for `fading`."""
    kept = world.memo[what, row]
    if kept.argument != number:
        kept.argument, kept.value = number, log(number)
    return kept.value


@njit
def spread(world, what, row, keep):
    """The spread that a day adds to a walk of spread 1 of which it leaves `keep`."""
    kept = world.memo[what, row]
    if kept.argument != keep:
        kept.argument, kept.value = keep, math.sqrt(1.0 - keep * keep)
    return kept.value
