"""The registry: which policy fills the probabilities of a decision, and the draw that decides.

A policy sees the table of its decision (`DecisionTable`: options, terms, weights, utilities) and its actor's
own memory; it fills the probabilities of the options, and one draw picks. The terms are filled by
the rule that owns the decision, so every policy chooses from what would have been shown.

To add one: its file here, its name in `sim/vocabulary/policies.py` and its line in
`fill_probabilities`, its test.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import hot
from sim.engine.policies.quantal import quantal
from sim.engine.policies.reciprocal import grim, proportional
from sim.engine.policies.simple import restrain, scripted, uniform
from sim.engine.world.tables import NOBODY
from sim.vocabulary.policies import GRIM, PROPORTIONAL, PYTHON, QUANTAL, RANDOM, RESTRAIN, SCRIPTED


@hot
def weigh_up(table, options, terms):
    """Utilities of the options: terms times weights."""
    weights, utility = table.weights, table.utility
    for a in range(options):
        row = table.terms[a]
        total = 0.0
        for k in range(terms):
            total += row[k] * weights[k]
        utility[a] = total


@hot
def fill_probabilities(world, table, options, policy, rationality, i, j):
    """Let a policy fill the probabilities; `i`, `j` are state and rival, or NOBODY for other actors."""
    if policy == QUANTAL:
        quantal(table, options, rationality)
    elif policy == RESTRAIN:
        restrain(table, options)
    elif policy == RANDOM:
        uniform(table, options)
    elif policy == PROPORTIONAL and j != NOBODY:
        proportional(world, table, options, i, j)
    elif policy == GRIM and j != NOBODY:
        grim(world, table, options, i, j)
    elif policy == SCRIPTED and j != NOBODY:
        scripted(world, table, options, i, j)
    else:
        quantal(table, options, rationality)


@hot
def draw(table, options, u):
    """The option in whose stretch of the unit interval `u` falls; NOBODY if none is available."""
    table.draw[0] = u
    rest = u
    last = NOBODY
    for a in range(options):
        if table.probability[a] > 0.0:
            last = a
            rest -= table.probability[a]
            if rest < 0.0:
                return a
    return last


@hot
def choose(world, table, options, terms, policy, rationality, i, j, u):
    """Weigh up, let the policy fill the probabilities, draw. Returns the option; the table keeps all that decided."""
    if policy == PYTHON:
        chance.fail(world, chance.NEEDS_MESA)
    weigh_up(table, options, terms)
    fill_probabilities(world, table, options, policy, rationality, i, j)
    choice = draw(table, options, u)
    if choice == NOBODY:
        chance.fail(world, chance.NO_OPTION)
        return 0
    return choice
