"""Domestic operations against groups, and offensives: they kill, displace, and fade.

One militant attack draws 0.13 (0.09-0.17) operations in the data of 2008-14 (calibration/data). An
offensive like that of 2014 to 2016 cut attacks to a quarter for years; routine operations did not.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.elementary import exp, log
from sim.engine.jit import njit
from sim.engine.rules.campaign import shift
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.record import (
    civilians_die,
    counting,
    log_event,
    militants_die,
    pick,
    soldiers_die,
    soldiers_left,
    touch,
)
from sim.engine.rules.records import Dead, Operation
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, Offensive, Purpose
from sim.vocabulary.decisions import DecisionKind, OffensiveTerm
from sim.vocabulary.ladder import Rung
from sim.vocabulary.policies import Policy

_TRUCE_REST = 0.2  # Assumed: operations during a truce, relative to before
_MOST_OPERATIONS = 8  # of a day against one group; draws are addressed by number
_LARGEST_BAG = 500.0  # Assumed: cuts the tail of a lognormal far beyond any operation of the record
_REVIEW_DAYS = 30.0  # Assumed: how often a government asks itself whether to launch an offensive
_COST = 1.0  # Assumed: price of an offensive in units of the log of need
_WEARY = 0.5  # Assumed: the price that there is without any weariness, in units of weariness
_QUIET_TOLL = 0.05  # Assumed: daily dead below which a toll counts as none; keeps the log finite
_WAR_DISTRACTION = 1.0  # Assumed: price of a second war, in units of the log of need
_LONG_MEMORY_DAYS = 365.0  # Assumed: a year of a toll makes it the usual one
_OPERATIONS_PRECISION = 3.0  # Assumed: precision of the choice, 1/utility


@njit
def operation_rate(world, g):
    """Operations a day against a group."""
    r, group = world.rules[0], world.groups[g]
    rate = r.militancy_operation_rate + r.militancy_operation_reply * group.recent_attacks
    if world.states[group.enemy].offensive == 1:
        rate *= r.militancy_offensive_factor
    if group.truce == 1:
        rate *= _TRUCE_REST
    return rate


@njit
def bag(world, u, v):
    """Militants that an operation kills: a rounded lognormal number."""
    r = world.rules[0]
    size = exp(r.militancy_operation_mu + r.militancy_operation_sigma * chance.normal(u, v))
    return int(math.floor(min(size, _LARGEST_BAG) + 0.5))


@njit
def one_operation(world, g, number):
    """One operation: place, militants killed, soldiers lost, civilians harmed."""
    group = world.groups[g]
    u, v, w, x = chance.uniforms(world, group.key, Purpose.OPERATION, 2 * number)
    y, _, _, _ = chance.uniforms(world, group.key, Purpose.OPERATION, 2 * number + 1)
    state = group.enemy
    for k in range(world.sectors.shape[0]):
        world.weigh[k] = world.presence[g, k].fighters if world.sectors[k].state == state else 0.0
    sector = pick(world.weigh, world.sectors.shape[0], u)
    if sector == NOBODY:
        return
    drawn = Dead(-1, 0, -1, bag(world, v, w))
    carry_out_operation(world, Operation(g, state, sector), drawn, (x, y))


@njit
def carry_out_operation(world, operation, fallen, draws):
    """Book an operation: own and civilian dead below 0 are drawn by the two uniform numbers."""
    g, state, sector = operation
    r, group = world.rules[0], world.groups[g]
    killed = militants_die(world, g, sector, fallen.militants)
    soldiers, civilians = fallen.own, fallen.civilians
    if soldiers < 0:
        soldiers = chance.poisson(world, r.militancy_operation_losses * killed, draws[0])
    if civilians < 0:
        civilians = chance.poisson(world, r.militancy_operation_civilians * killed, draws[1])
    soldiers = soldiers_die(world, state, soldiers)
    civilians = civilians_die(world, sector, civilians)
    if state == group.enemy:
        group.home_losses += killed
        group.grievances += civilians
    else:
        group.haven_losses += killed
    if counting(world):
        world.tally[0].operations += 1
    touch(world, sector)
    event = log_event(world, EventKind.OPERATION, state, NOBODY)
    event.sector, event.group = sector, g
    event.dead_own, event.dead_civilians, event.dead_militants = soldiers, civilians, killed


@njit
def operate(world, g):
    """A day of operations against a group."""
    group = world.groups[g]
    u, _, _, _ = chance.uniforms(world, group.key, Purpose.OPERATIONS, 0)
    operations = min(chance.poisson(world, operation_rate(world, g), u), _MOST_OPERATIONS)
    for number in range(operations if soldiers_left(world, group.enemy) >= 1.0 else 0):
        one_operation(world, g, number)
    if world.states[group.enemy].offensive == 1:
        shift(world, g, world.rules[0].militancy_offensive_displaced, False)


@njit
def offensive_table(world, i):
    """Fill the decision table of a government on a domestic offensive."""
    r, s = world.rules[0], world.states[i]
    clear_table(world, DecisionKind.OFFENSIVE)
    terms, go = world.table.terms, Offensive.OFFENSIVE
    usual = r.militancy_offensive_need * (s.toll_start + _QUIET_TOLL)
    terms[go, OffensiveTerm.NEED] = log((s.news_mean + _QUIET_TOLL) / usual)
    terms[go, OffensiveTerm.COST] = -_COST * (s.weariness + _WEARY)
    for j in range(world.states.shape[0]):
        d = world.dyads[i, j]
        if d.pair != NOBODY and world.actions[d.posture].rung >= Rung.LIMITED_STRIKES:
            terms[go, OffensiveTerm.DISTRACTION] = -_WAR_DISTRACTION


@njit
def offensive_decides(world, i):
    """Whether a government launches an offensive, asked now and then; an `Offensive`."""
    u, v, _, _ = chance.uniforms(world, world.states[i].key, Purpose.OFFENSIVE_CHOICE, 0)
    fought = False
    for g in range(world.groups.shape[0]):
        fought = fought or (world.groups[g].enemy == i and world.groups[g].strength >= 1.0)
    if not fought or u >= 1.0 / _REVIEW_DAYS:
        return Offensive.NO_OFFENSIVE
    offensive_table(world, i)
    kind, policy = DecisionKind.OFFENSIVE, Policy.QUANTAL
    return decide(world, Decision(kind, i, NOBODY, policy, _OPERATIONS_PRECISION), v)


@njit
def begin_offensive(world, i):
    """An offensive begins."""
    world.states[i].offensive = 1
    log_event(world, EventKind.OFFENSIVE, i, NOBODY)


@njit
def campaign_of_state(world, i, choice):
    """Begin an offensive that was chosen, or let one fade."""
    s = world.states[i]
    if s.offensive == 0:
        if choice == Offensive.OFFENSIVE:
            begin_offensive(world, i)
        return
    _, _, u, _ = chance.uniforms(world, s.key, Purpose.OFFENSIVE_CHOICE, 0)
    if u < 1.0 / world.rules[0].militancy_offensive_days:
        s.offensive = 0
        # what it has calmed is the new normal
        s.toll_start = max(s.toll_start, s.news_mean)
        log_event(world, EventKind.OFFENSIVE_END, i, NOBODY)


@njit
def adapt(world, i):
    """A government's idea of a normal toll follows what it lives with, over a year."""
    s = world.states[i]
    s.toll_start += (s.news_mean - s.toll_start) / _LONG_MEMORY_DAYS
