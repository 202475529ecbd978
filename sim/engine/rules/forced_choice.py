"""The choice that a fork puts in the place of an actor's own (`run_sim.py fork --force`).

The actor decides with its own draws, at its own time; its first decision of that kind about
that other, on or after the choice's first day, is then replaced, once. An option that is barred on
that day fails the replication: nobody can be forced to do what the rules do not allow. A choice
that stands is not replaced by the actor's own: an order until it is carried out or given up, any
other for a week; answers to offers stand alone.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.record import log_event
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, FailureKind
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import Posture

_DAYS_HELD = 7  # Assumed: a week, about twice as long as between two decisions of a state


@njit
def apply_forced_choice(world, kind, actor, about, choice):
    """The option that is taken: the actor's own, or the one that it is forced to."""
    if world.clock[0].forced == 0:
        return choice
    for k in range(world.forced.shape[0]):
        row = world.forced[k]
        if row.open == 1 and is_about(row, kind, actor, about) and row.since <= world.clock[0].day:
            release_older(world, kind, actor, about)
            row.open = 0
            row.day = world.clock[0].day
            if world.table.available[row.option] == 0.0:
                keep_available(world, row)
                chance.fail(world, FailureKind.BARRED)
                return choice
            log_forced(world, kind, actor, about, row.option)
            return row.option
    return standing_choice(world, kind, actor, about, choice)


@njit
def is_about(row, kind, actor, about):
    """Whether a forced choice is one of this kind, actor and other."""
    return row.kind == kind and row.actor == actor and row.about == about


@njit
def standing_choice(world, kind, actor, about, choice):
    """The actor's own choice, or the one that stands: forced earlier, and still in force."""
    if kind == DecisionKind.ANSWER:
        return choice
    for k in range(world.forced.shape[0]):
        row = world.forced[k]
        if row.stands == 1 and row.open == 0 and is_about(row, kind, actor, about):
            if is_in_force(world, row) and world.table.available[row.option] > 0.0:
                return row.option
            row.stands = 0
    return choice


@njit
def is_in_force(world, row):
    """Whether a forced choice is still to be kept: an order under way, or one of this week."""
    if row.kind == DecisionKind.ACTION:
        posture = world.actions[row.option].posture
        if posture == Posture.ONCE or posture == Posture.WAR:
            return world.dyads[row.actor, row.about].order == row.option
    if row.kind == DecisionKind.JOIN:  # an answer to a call stands as long as the call
        return world.clock[0].day <= row.day + world.calls[row.actor, row.about].days
    return world.clock[0].day < row.day + _DAYS_HELD


@njit
def release_older(world, kind, actor, about):
    """What was forced before about the same stands no more."""
    for k in range(world.forced.shape[0]):
        row = world.forced[k]
        if row.open == 0 and is_about(row, kind, actor, about):
            row.stands = 0


@njit
def keep_available(world, row):
    """Keep what would have been available, a bit an option, for the error."""
    row.available = 0
    for a in range(world.table.available.shape[0]):
        if world.table.available[a] > 0.0:
            row.available += 1 << a


@njit
def log_forced(world, kind, actor, about, option):
    """Log it, with the actors by the numbers that events use; `value` is the kind of decision."""
    who, whom, sector, group = actor, about, NOBODY, NOBODY
    if kind == DecisionKind.STANCE:
        whom, group = NOBODY, about
    elif kind == DecisionKind.MODE:
        who, group = world.states.shape[0] + actor, actor
    elif kind == DecisionKind.COMMAND:
        c = world.commands[actor, about]
        who, whom, sector = c.state, c.rival, c.sector
    elif kind == DecisionKind.OFFER:
        who, whom, group = world.pairs[about].a, world.pairs[about].b, actor
    event = log_event(world, EventKind.FORCED, who, whom)
    event.action, event.sector, event.group = option, sector, group
    event.value = float(kind)
