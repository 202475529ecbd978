"""The crossings between two states: either side can close them, both must want them open.

Assumption: a quantal choice between protest and violence on one side and lost trade on the other.
In the founding case crossings closed within a day of the first clashes and stayed closed for
months, ceasefire or not, hence the inertia.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.elementary import log
from sim.engine.jit import njit
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.record import counting, log_event
from sim.vocabulary.codes import Crossing, EventKind, Purpose
from sim.vocabulary.decisions import CrossingTerm, DecisionKind
from sim.vocabulary.ladder import Rung
from sim.vocabulary.policies import Policy

_ALARM_RUNG = float(Rung.RAID)  # Assumed: a raid makes a state think of its crossings at once
_OUTRAGE_SHARE = 0.5  # Assumed: outrage counts half as much in protest as grievance, which stays
# the recent rung over which violence weighs, from fire across the border to open war
_FIRE, _SPAN = float(Rung.BORDER_FIRE), float(Rung.OPEN_WAR - Rung.BORDER_FIRE)
_MONTH = 30.0  # days of closure after which trade lost weighs a log-unit of 2 more
_CLOSED_RUNG = float(Rung.TENSION)  # what closed crossings count as on a day without an act


@njit
def crossing_table(world, i, j):
    """Fill the decision table of `i` about the crossings with `j`."""
    r, d = world.rules[0], world.dyads[i, j]
    pair = world.pairs[d.pair]
    clear_table(world, DecisionKind.CROSSINGS)
    terms, opened, closed = world.table.terms, Crossing.OPEN_CROSSINGS, Crossing.CLOSE_CROSSINGS
    protest = d.grievance + _OUTRAGE_SHARE * d.outrage
    terms[closed, CrossingTerm.PROTEST] = r.crossings_protest * protest
    violence = r.crossings_violence * max(0.0, pair.activity - _FIRE) / _SPAN
    terms[closed, CrossingTerm.VIOLENCE] = violence
    months = log(1.0 + d.closed_days / _MONTH)
    traded = 1.0 if pair.trade > 0.0 else 0.0
    terms[opened, CrossingTerm.TRADE] = r.crossings_trade * traded * (1.0 + months)
    now = closed if d.closed > 0.0 else opened
    terms[now, CrossingTerm.INERTIA] = r.crossings_inertia


@njit
def crossing_decides(world, i, j):
    """What `i` does with its side of the crossings, asked now and then and on days of violence."""
    r, d = world.rules[0], world.dyads[i, j]
    if world.pairs[d.pair].crossings == 0:
        return Crossing.OPEN_CROSSINGS
    u, v, _, _ = chance.uniforms(world, d.key, Purpose.CROSSING, 0)
    now = Crossing.CLOSE_CROSSINGS if d.closed > 0.0 else Crossing.OPEN_CROSSINGS
    if world.pairs[d.pair].rung < _ALARM_RUNG and u >= 1.0 / r.crossings_review:
        return now
    crossing_table(world, i, j)
    kind, policy = DecisionKind.CROSSINGS, Policy.QUANTAL
    return decide(world, Decision(kind, i, j, policy, r.crossings_rationality), v)


@njit
def set_crossings(world, i, j, choice):
    """Close or open one's own side."""
    d = world.dyads[i, j]
    closed = 1.0 if choice == Crossing.CLOSE_CROSSINGS else 0.0
    if closed != d.closed:
        d.closed = closed
        d.closed_days = 0.0
        kind = EventKind.CLOSE_CROSSINGS if closed > 0.0 else EventKind.OPEN_CROSSINGS
        log_event(world, kind, i, j)


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
    pair.rung = max(pair.rung, _CLOSED_RUNG)
    for d in (ours, theirs):
        d.closed_days += 1.0
    world.states[pair.a].losses += r.stocks_weariness_closure * share
    world.states[pair.b].losses += r.stocks_weariness_closure * share
    if counting(world):
        t.closure_days += share
        t.trade_lost += share * pair.trade
