"""Support from outside and sanctions: so much a day into a stock that the rules read anyway.

A flow has no dynamics of its own. What it adds is used, lost, worn down and forgotten by the rules
of the stock; what one state gives another leaves the giver.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.possible import all_hold
from sim.engine.rules.record import counting, deploy, log_event
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind


@njit
def portion(row, stock, left):
    """What a flow adds to a stock today, below 0 what it takes.

    No further than its limit and the bounds of the stock, and no more than is `left` of the
    giver's.
    """
    if row.amount >= 0.0:
        top = row.high if math.isnan(row.limit) else min(row.limit, row.high)
        return max(0.0, min(row.amount, top - stock, left))
    floor = row.low if math.isnan(row.limit) else max(row.limit, row.low)
    return min(0.0, max(row.amount, floor - stock))


@njit
def tell(world, n, flows):
    """Log that a flow begins or ends."""
    kind = EventKind.FLOW_BEGIN if flows == 1 else EventKind.FLOW_END
    event = log_event(world, kind, NOBODY, NOBODY)
    event.action, event.scripted = n, 1 + world.flows[n].told


@njit
def open_or_close(world, n):
    """Whether a flow moves today; it is told when it begins and when it ends."""
    row = world.flows[n]
    flows = 1 if all_hold(world, row.first, row.count) else 0
    if flows != row.flowing:
        row.flowing = flows
        tell(world, n, flows)
    row.due = flows
    if flows == 1:
        row.drawn = chance.tie(world, row.key)


@njit
def next_due(world):
    """The flow that is moved next, by the draw of the day, or NOBODY."""
    best, rows = NOBODY, world.flows
    for n in range(rows.shape[0]):
        if rows[n].due == 1 and (best == NOBODY or rows[n].drawn < rows[best].drawn):
            best = n
    return best


@njit
def move_one(world, n):
    """A day of one flow; whether it moved men."""
    row, words = world.flows[n], world.words
    row.due = 0
    left = math.inf if row.giver == NOBODY else max(0.0, words[row.giver] - row.low)
    added = portion(row, words[row.slot], left)
    words[row.slot] += added
    if row.giver != NOBODY and added > 0.0:
        words[row.giver] -= added
    row.moved += added
    return row.men == 1 and added != 0.0


@njit
def move(world):
    """A day of all flows whose conditions hold this morning, in an order that is drawn."""
    rows, deployed = world.flows, False
    if rows.shape[0] == 0 or not counting(world):
        return
    for n in range(rows.shape[0]):
        open_or_close(world, n)
    n = next_due(world)
    while n != NOBODY:
        deployed = move_one(world, n) or deployed
        n = next_due(world)
    if deployed:
        deploy(world)
