"""The registry: which policy fills the probabilities of a decision, and the draw that decides.

A policy sees the table of its decision (`DecisionTable`: options, terms, weights, utilities) and
its actor's own memory; it fills the probabilities of the options, and one draw picks. The terms are
filled by the rule that owns the decision, so every policy chooses from what would have been shown.

Policies are the rows of `sim/vocabulary/policies.py`. Each is a compiled function

    policy(world, table, question)

of the table and a `Question`. `fill_probabilities` is made of the rows; a number that
is in none of them fails the replication.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from sim.engine import chance
from sim.engine.jit import hot, njit
from sim.engine.world.tables import NOBODY
from sim.vocabulary.coded import require
from sim.vocabulary.codes import FailureKind
from sim.vocabulary.policies import PYTHON, Attention, Policy

Fill = Callable[..., Any]

_N_POLICIES = len(Policy)
_ATTENTION = np.array([policy.attention for policy in Policy])
_PICKS_TARGETS = np.array([policy.picks_targets for policy in Policy])


def function_of(policy: Policy) -> Fill:
    """The compiled function of a policy, by the place that its row names."""
    module, _, name = policy.function.partition(".")
    row, place = f"Policy.{policy.name}", f"{__package__}.{module}"
    try:
        found = getattr(import_module(place), name, None)
    except ModuleNotFoundError:
        found = None
    require(found is not None, row, f"must have a function {name} in {place}")
    return found  # type: ignore[return-value]  # require has seen that it is there


@hot
def _unknown(world, table, policy, question):
    """No row of the policies has this number."""
    chance.fail(world, FailureKind.UNKNOWN_POLICY)
    for a in range(question.options):
        table.probability[a] = 0.0


def _before(row: Policy, otherwise: Fill) -> Fill:
    """A function that lets this policy fill the table if it is meant, and else does `otherwise`."""
    number, needs_rival, function = int(row), row.needs_rival, function_of(row)

    @hot
    def fill(world, table, policy, question):
        if policy != number:
            otherwise(world, table, policy, question)
        elif needs_rival and question.rival == NOBODY:
            chance.fail(world, FailureKind.NO_RIVAL)
            for a in range(question.options):
                table.probability[a] = 0.0
        else:
            function(world, table, question)

    return fill


def _chain() -> Fill:
    """All policies, one after the other, each with a function of its own."""
    functions = [row.function for row in Policy]
    for row in Policy:
        twice = functions.count(row.function) > 1
        require(not twice, f"Policy.{row.name}", f"must not share {row.function} with another row")
    fill = _unknown
    for row in reversed(Policy):
        fill = _before(row, fill)
    return fill


#: Let a policy fill the probabilities: (world, table, policy, question).
fill_probabilities = _chain()


@njit
def attention_of(policy):
    """On which days a state with this policy decides, a number of `Attention`."""
    return _ATTENTION[policy] if 0 <= policy < _N_POLICIES else Attention.NOW_AND_THEN


@njit
def picks_targets(policy):
    """Whether a group with this policy picks the targets of its attacks by it too."""
    return _PICKS_TARGETS[policy] if 0 <= policy < _N_POLICIES else False


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
def choose(world, table, policy, question, u):
    """Let the policy fill the probabilities of a table that is weighed up, draw; the option."""
    if policy == PYTHON:
        chance.fail(world, FailureKind.NEEDS_MESA)
    fill_probabilities(world, table, policy, question)
    choice = draw(table, question.options, u)
    if choice == NOBODY:
        chance.fail(world, FailureKind.NO_OPTION)
        return 0
    return choice
