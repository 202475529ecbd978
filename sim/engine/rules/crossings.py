"""Closing and opening the crossings between two states. Either side can close them; both must want them open.

Assumption: a quantal choice between protest and violence on one side and lost trade on the other.
In the founding case crossings closed within a day of the first clashes and stayed closed for
months, ceasefire or not, hence the inertia.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules import forced
from sim.engine.rules.decide import decide
from sim.engine.rules.diplomacy import clear
from sim.engine.rules.record import counting, log_event
from sim.engine.world.tables import CLOSE_CROSSINGS, OPEN_CROSSINGS
from sim.vocabulary.policies import QUANTAL

TERMS = ("protest", "violence", "trade", "inertia")
N_CROSSING_TERMS = len(TERMS)
OPEN, CLOSE = 0, 1

_ALARM_RUNG = 3.0


@njit
def crossing_table(world, i, j):
    """Fill the decision table of `i` about the crossings with `j`."""
    r, d = world.rules[0], world.dyads[i, j]
    pair = world.pairs[d.pair]
    clear(world, 2, N_CROSSING_TERMS)
    terms = world.table.terms
    terms[CLOSE, 0] = r.crossings_protest * (d.grievance + 0.5 * d.outrage)
    terms[CLOSE, 1] = r.crossings_violence * max(0.0, pair.activity - 2.0) / 4.0
    months = math.log(1.0 + d.closed_days / 30.0)
    traded = 1.0 if pair.trade > 0.0 else 0.0
    terms[OPEN, 2] = r.crossings_trade * traded * (1.0 + months)
    terms[CLOSE if d.closed > 0.0 else OPEN, 3] = r.crossings_inertia


@njit
def crossing_decides(world, i, j):
    """Whether `i` keeps its side of the crossings open or closed; asked now and then, and on days of violence."""
    r, d = world.rules[0], world.dyads[i, j]
    if world.pairs[d.pair].crossings == 0:
        return OPEN
    u, v, _, _ = chance.uniforms(world, d.key, chance.CROSSING, 0)
    now = CLOSE if d.closed > 0.0 else OPEN
    if world.pairs[d.pair].rung < _ALARM_RUNG and u >= 1.0 / r.crossings_review:
        return now
    crossing_table(world, i, j)
    return decide(
        world, forced.CROSSINGS, i, j, 2, N_CROSSING_TERMS, QUANTAL, r.crossings_rationality, v
    )


@njit
def set_crossings(world, i, j, choice):
    """Close or open one's own side."""
    d = world.dyads[i, j]
    closed = 1.0 if choice == CLOSE else 0.0
    if closed != d.closed:
        d.closed = closed
        d.closed_days = 0.0
        log_event(world, CLOSE_CROSSINGS if closed > 0.0 else OPEN_CROSSINGS, i, j)


@njit
def price_of_closure(world, p):
    """A day with crossings closed: trade lost on both sides, weariness, and tension at least."""
    r, pair, t = world.rules[0], world.pairs[p], world.tally[0]
    ours, theirs = world.dyads[pair.a, pair.b], world.dyads[pair.b, pair.a]
    if ours.closed == 0.0 and theirs.closed == 0.0:
        return
    share = 0.0
    for b in range(world.borders.shape[0]):
        if world.borders[b].pair == p:
            share += world.borders[b].trade_share
    pair.rung = max(pair.rung, 1.0)
    for d in (ours, theirs):
        d.closed_days += 1.0
    world.states[pair.a].weariness += r.stocks_weariness_closure * share
    world.states[pair.b].weariness += r.stocks_weariness_closure * share
    if counting(world):
        t.closure_days += share
        t.trade_lost += share * pair.trade
