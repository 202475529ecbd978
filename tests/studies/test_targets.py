"""What is asked of replications, as numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sim
from sim.errors import ModelError
from sim.scenario import Scenario, load
from sim.studies.targets import select, units, values


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(sim.scenarios() / "two_states.yaml", {"horizon": 40, "outcome_window": 10})


RUNS = pd.DataFrame(
    {
        "status": [0, 0, 2, 0],
        "outcome": ["war, not over", "quiet", None, "war, not over"],
        "deaths": pd.array([5, 7, None, 9], dtype="Int64"),
        "first_open_war_day": pd.array([3, None, None, 12], dtype="Int64"),
        "first_ceasefire_length": pd.array([None, 6, None, 8], dtype="Int64"),
        "first_ceasefire_broken": pd.array([0, 0, None, 0], dtype="Int64"),
    }
)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("war, not over", [1, 0, np.nan, 1]),
        ("deaths", [5, 7, np.nan, 9]),
        ("first_open_war_day", [3, 40, np.nan, 12]),  # what never came counts as the horizon
        # no end was seen, and without ten the length of a duration is not known
        ("first_ceasefire_length", [np.nan] * 4),
    ],
)
def test_a_number_a_row(name: str, wanted: list[float], scenario: Scenario) -> None:
    np.testing.assert_array_equal(values(RUNS, scenario, name), wanted)


def test_outcomes_come_first_and_have_a_unit(scenario: Scenario) -> None:
    names = units(scenario)
    assert list(names)[: len(scenario.outcomes)] == list(scenario.outcomes)
    assert (names["war, not over"], names["deaths"]) == ("probability", "deaths")


def test_without_a_wish_every_outcome_and_the_main_measures_are_taken(scenario: Scenario) -> None:
    assert list(select(scenario, [])) == [*scenario.outcomes, "max_rung", "interstate_deaths"]
    assert select(scenario, ["deaths", "deaths"]) == {"deaths": "deaths"}


def test_an_unknown_outcome_is_refused_with_the_known_ones(scenario: Scenario) -> None:
    with pytest.raises(
        ModelError,
        match=r"deths: must be an outcome or a measure of two_states "
        r'\(did you mean deaths\?; there are: "war, not over", ',
    ):
        select(scenario, ["deths"])
