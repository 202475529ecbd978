"""Quantal response: chance at 0, the best option at large lambda, McKelvey and Palfrey between."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from sim.engine.policies.question import Question
from sim.vocabulary.decisions import ActionTerm, WarTerm
from sim.vocabulary.ladder import N_ACTIONS
from tests.engine.policies.situations import AT_WAR, ON_THE_LADDER, choices, decide, situation
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH

quantal = plain("sim.engine.policies.quantal").quantal
DecisionTable = plain("sim.engine.world.tables").DecisionTable

UTILITIES = st.lists(st.floats(-50, 50), min_size=1, max_size=N_ACTIONS)
PRECISIONS = st.floats(0, 1000)


def response(
    utilities: list[float], precision: float, available: list[float] | None = None
) -> list[float]:
    table, n = DecisionTable(), len(utilities)
    table.utility[:n] = utilities
    table.available[:n] = 1.0 if available is None else available
    quantal(None, table, Question(n, precision, -1, -1))
    return table.probability[:n].tolist()


@given(UTILITIES, PRECISIONS)
def test_it_is_the_closed_form(utilities: list[float], precision: float) -> None:
    assert response(utilities, precision) == pytest.approx(
        softmax(precision * np.array(utilities)), rel=1e-9, abs=1e-300
    )


@given(UTILITIES, st.floats(0, 20), st.floats(-30, 30))
def test_only_differences_of_utility_matter(
    utilities: list[float], precision: float, shift: float
) -> None:
    assert response([u + shift for u in utilities], precision) == pytest.approx(
        response(utilities, precision), rel=1e-9, abs=1e-200
    )


@given(UTILITIES)
def test_without_precision_it_is_chance_alone(utilities: list[float]) -> None:
    assert response(utilities, 0.0) == pytest.approx(
        [1 / len(utilities)] * len(utilities), rel=1e-12
    )


def test_with_great_precision_it_is_the_best_option() -> None:
    assert response([0.1, 0.9, 0.8, 0.2], 1000.0) == pytest.approx([0, 1, 0, 0], abs=1e-12)


def test_the_best_option_has_to_be_available() -> None:
    assert response([0.1, 0.9, 0.8, 0.2], 1000.0, [1, 0, 1, 1]) == pytest.approx(
        [0, 0, 1, 0], abs=1e-12
    )


def test_enormous_utilities_do_not_overflow() -> None:
    assert response([1e300, 1e300 * (1 - 1e-9), -1e300], 1000.0) == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("name", ON_THE_LADDER)
def test_a_state_weighs_its_terms_and_answers_by_the_formula(name: str) -> None:
    opened = situation(name)
    _, probability = decide(opened)
    table, count = opened.table, N_ACTIONS
    utility = table.terms[:count, : len(TERMS)] @ table.weights[: len(TERMS)]
    assert table.utility[:count] == pytest.approx(utility, rel=1e-12, abs=1e-12)
    free = table.available[:count] > 0
    assert probability[free] == pytest.approx(
        softmax(opened.states[NORTH].rationality * utility[free]), rel=1e-9
    )


def test_a_state_at_war_weighs_peace_against_nothing() -> None:
    """To fight on is where utility is counted from: all terms are of the halt."""
    opened = situation(AT_WAR)
    _, probability = decide(opened)
    count, table = len(choices(AT_WAR)), opened.table
    utility = table.terms[:count, : len(WarTerm)].sum(axis=1)
    assert table.utility[:count] == pytest.approx(utility, rel=1e-12, abs=1e-12)
    assert utility[0] != 0 == utility[1]
    precision = opened.rules[0].bargaining_rationality
    assert probability == pytest.approx(softmax(precision * utility), rel=1e-9)


TERMS = tuple(ActionTerm)
