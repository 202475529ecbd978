"""What may happen by the scenario's own rule: on conditions, by chance, once or again.

In the morning, after what the file dates, each event whose conditions hold draws whether it happens
today; all look at the same state. What happens is played in the order of a day, and events of one
turn in an order that is drawn, so that no name decides. An event acts through the same rules as the
same thing decided by an actor, or sets numbers as an intervention does.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.feelings import sigmoid
from sim.engine.rules.record import counting, deploy, log_event
from sim.engine.rules.script import play_line
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, Purpose


@njit
def reading(world, row):
    """What a condition looks at, as it stands now; not a number where it is missing."""
    value = float(world.block[row.slot]) if row.whole == 1 else float(world.words[row.slot])
    return sigmoid(value) if row.odds == 1 else value


@njit
def holds(world, c):
    """Whether one condition holds."""
    row, bounds = world.conditions[c], world.bounds[c]
    value = reading(world, row)
    if row.never == 1:
        return math.isnan(value)
    return (
        value >= bounds.at_least
        and value <= bounds.at_most
        and value > bounds.above
        and value < bounds.below
    )


@njit
def all_hold(world, first, count):
    """Whether `count` conditions from `first` on hold."""
    missed = 0
    for c in range(first, first + count):
        missed += 0 if holds(world, c) else 1
    return missed == 0


@njit
def happens_today(world, n):
    """Whether a possible event happens today; its draw among those of today is kept."""
    one = world.possible[n]
    if one.times > 0.0 and one.since < one.again:
        return False
    if not all_hold(world, one.first, one.count):
        return False
    u, v, _, _ = chance.uniforms(world, one.key, Purpose.HAPPENING, 0)
    one.drawn = v
    return u < one.chance


@njit
def next_due(world):
    """The event of today that is next in the order of a day, by draw among equals, or NOBODY."""
    best, rows = NOBODY, world.possible
    for n in range(rows.shape[0]):
        if rows[n].due == 1 and (
            best == NOBODY
            or rows[n].turn < rows[best].turn
            or (rows[n].turn == rows[best].turn and rows[n].drawn < rows[best].drawn)
        ):
            best = n
    return best


@njit
def happen(world, n):
    """A possible event happens: it is told, its numbers are set, its act is played."""
    one, clock = world.possible[n], world.clock[0]
    before = clock.log_length
    log_event(world, EventKind.HAPPENING, NOBODY, NOBODY).action = n
    for k in range(one.first_change, one.first_change + one.changed):
        value = world.new_values[k].value
        world.words[world.sets[k].slot] = value
        event = log_event(world, EventKind.CHANGE, NOBODY, NOBODY)
        event.action, event.value = world.changes.shape[0] + k, value
    if one.changed > 0:
        deploy(world)
    if one.line != NOBODY:
        play_line(world, world.lines[one.line])
    for row in range(before, min(clock.log_length, world.log.shape[0])):
        world.log[row].scripted = 1 + one.told
    one.times += 1.0
    one.since = 0.0
    one.due = 0


@njit
def play(world):
    """All that happens today by the scenario's own rule."""
    rows = world.possible
    if rows.shape[0] == 0 or not counting(world):
        return
    for n in range(rows.shape[0]):
        rows[n].since += 1.0
    for n in range(rows.shape[0]):
        rows[n].due = 1 if happens_today(world, n) else 0
    n = next_due(world)
    while n != NOBODY:
        happen(world, n)
        n = next_due(world)
