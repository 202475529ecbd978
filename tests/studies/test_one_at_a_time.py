"""One at a time: the scenario as it is, the ends, and paired differences."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import sim
from sim.design.factors import Factor
from sim.errors import ModelError
from sim.scenario import Scenario, load
from sim.stats.difference import bonett_price, of_pairs
from sim.stats.estimate import STUDENT, Estimate
from sim.studies.sensitivity.one_at_a_time import plan, tornado, value_at

NUMBER = Factor("states.westmark.resolve", "Resolve", 0.2, 0.8)
WORD = Factor("states.eastmark.policy", values=("quantal", "grim"))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(sim.scenarios() / "two_states.yaml", {"states.westmark.resolve": 0.6})


def test_point_0_is_the_scenario_and_each_end_moves_one_thing(scenario: Scenario) -> None:
    made = plan(scenario, [NUMBER, WORD])
    assert made.design.points.to_numpy().tolist() == [
        [0.6, "quantal"],
        [0.2, "quantal"],
        [0.8, "quantal"],
        [0.6, "quantal"],
        [0.6, "grim"],
    ]
    assert made.ends == (((1, 0.2), (2, 0.8)), ((3, "quantal"), (4, "grim")))


def test_a_difference_is_paired_by_luck() -> None:
    stream = np.random.default_rng(1).normal(size=50)
    a, b = stream, stream + 2 + 0.01 * np.arange(50)
    found = of_pairs(a, b, share=False)
    known = stats.ttest_1samp(b - a, 0).confidence_interval(0.95)
    assert (found.value, *found.bounds) == pytest.approx(((b - a).mean(), known.low, known.high))
    assert found.n == 50


def test_of_shares_nothing_seen_is_not_nothing() -> None:
    never = np.zeros(10)
    found = of_pairs(never, never, share=True)
    assert (found.value, found.bounds) == (0.0, bonett_price(0, 0, 10))
    assert found.halfwidth > 0.2
    # of numbers it is not known how far they would move if they ever did
    assert of_pairs(never, never, share=False) == Estimate(0.0, None, None, 10, STUDENT)


def test_a_failure_leaves_out_its_pair() -> None:
    values = np.array([[1.0, 2.0, np.nan, 4.0], [2.0, np.nan, 3.0, 6.0]])
    found = of_pairs(values[0], values[1], share=False)
    assert (found.value, found.n) == (1.5, 2)


def test_a_number_keeps_its_direction_and_words_go_from_least_to_most(scenario: Scenario) -> None:
    made = plan(scenario, [NUMBER, WORD])
    values = np.array([[3.0, 3.2], [5.0, 5.2], [1.0, 1.2], [3.0, 3.2], [2.0, 2.2]])
    rows = tornado(made, values, share=False)
    assert list(rows) == [NUMBER.path, WORD.path]
    assert rows[NUMBER.path].swing.value == pytest.approx(-4)
    assert rows[WORD.path].swing.value == pytest.approx(1)
    assert [end.change.value for end in rows[NUMBER.path].ends] == [
        pytest.approx(2),
        pytest.approx(-2),
    ]


def test_of_three_words_the_middle_one_is_not_in_the_swing(scenario: Scenario) -> None:
    made = plan(scenario, [Factor(WORD.path, values=("grim", "quantal", "reciprocal"))])
    rows = tornado(made, np.array([[3.0, 3.2], [2.0, 2.2], [7.0, 7.2], [3.0, 3.2]]), share=False)
    assert rows[WORD.path].swing.value == pytest.approx(5)


def test_what_all_failed_has_no_numbers(scenario: Scenario) -> None:
    made = plan(scenario, [NUMBER])
    rows = tornado(made, np.array([[3.0, 3.2], [np.nan, np.nan], [1.0, 1.2]]), share=False)
    assert rows[NUMBER.path].swing.value is None
    assert rows[NUMBER.path].ends[1].change.value == pytest.approx(-2)


@pytest.mark.parametrize(
    "path",
    [
        "states.westmark",
        "states.nowhere.resolve",
        "states.westmark.resole",
        "states.eastmark.policy.grim",
        "levers",
    ],
)
def test_a_path_that_holds_no_single_value_is_refused(path: str, scenario: Scenario) -> None:
    with pytest.raises(
        ModelError, match=rf"{path}: must be the dotted path of (a|one) value of two_states"
    ):
        value_at(scenario, path)
