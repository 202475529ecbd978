"""Policies without a judgement of their own: restraint, a plan, and chance."""

from __future__ import annotations

from sim.engine.jit import njit
from sim.engine.world.tables import NOBODY
from sim.vocabulary.ladder import N_ACTIONS


@njit
def certain(table, options, choice):
    """All probability on one option, or on the lowest available one if that is not available."""
    for a in range(options):
        table.probability[a] = 0.0
    if table.available[choice] > 0.0:
        table.probability[choice] = 1.0
        return
    for a in range(options):
        if table.available[a] > 0.0:
            table.probability[a] = 1.0
            return


@njit
def highest(table, options, rung):
    """The highest available option that is not above a rung; an own one, if none equals it."""
    choice = 0
    for a in range(options):
        highest_so_far = table.heights[choice] <= table.heights[a] <= rung
        equal_own = a >= N_ACTIONS and table.heights[choice] == table.heights[a]
        if table.available[a] > 0.0 and highest_so_far and not equal_own:
            choice = a
    return choice


@njit
def restrain(world, table, question):
    """Always the lowest available option. The counterpart of Axelrod's (1984) always-cooperate."""
    certain(table, question.options, 0)


@njit
def uniform(world, table, question):
    """Every available option equally likely: the null model, and quantal response at lambda = 0."""
    count = 0.0
    for a in range(question.options):
        count += 1.0 if table.available[a] > 0.0 else 0.0
    for a in range(question.options):
        table.probability[a] = 1.0 / count if table.available[a] > 0.0 else 0.0


@njit
def plan_of_today(world, i, j):
    """Today's action in the plan of a state: the last line whose day has come, or NOBODY."""
    action = NOBODY
    latest = 0
    for p in range(world.plans.shape[0]):
        line = world.plans[p]
        mine = line.state == i and (line.rival == j or line.rival == NOBODY)
        if mine and line.day <= world.clock[0].day and line.day >= latest:
            latest, action = line.day, line.action
    return action


@njit
def has_new_line(world, i, j):
    """Whether a line of a state's plan begins today."""
    for p in range(world.plans.shape[0]):
        line = world.plans[p]
        if (
            line.state == i
            and (line.rival == j or line.rival == NOBODY)
            and line.day == world.clock[0].day
        ):
            return True
    return False


@njit
def scripted(world, table, question):
    """Follow the plan of the scenario, calm before its first day: for exact tests, for lessons."""
    action = max(plan_of_today(world, question.state, question.rival), 0)
    if question.options != world.actions.shape[0]:  # at war: to fight on or to halt
        action = highest(table, question.options, world.actions[action].rung)
    certain(table, question.options, action)
