"""A point of a design is the scenario with the point's values, on either face, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.design.design import Design, Factor, run_design
from sim.ensemble import run
from sim.scenario import Scenario, load

from .conftest import TWO_STATES

UNCERTAIN = {"dist": "uniform", "low": 0.3, "high": 0.9, "assumed": "invented"}
OVERRIDES: dict[str, Any] = {
    "horizon": 25,
    "states.westmark.resolve": UNCERTAIN,
    "states.eastmark.resolve": UNCERTAIN,
}
FACTORS = [
    Factor("mediators.lakeland.leverage.westmark", "a fixed number", 0, 1),
    Factor("states.eastmark.resolve", "an uncertain number", 0.35, 0.85),
    Factor("states.eastmark.reasoning", "a word", values=(1, 2)),
]
DESIGN = Design.of(FACTORS, [[0, 0, 0], [1, 1, 0], [0.5, 1, 1], [1, 0, 1]])

MILD = """
from sim.model import StateAgent

class Own(StateAgent):
    def decide(self, options):
        return options.names[0]
"""


def at(point: int) -> dict[str, Any]:
    return {
        path: value.item() if isinstance(value, np.generic) else value
        for path, value in DESIGN.points.iloc[point].items()
    }


def same(found: pd.DataFrame, alone: pd.DataFrame) -> None:
    more = set(found.columns) - set(alone.columns)  # what is drawn but for the points that set it
    assert more <= {"point", *(factor.path for factor in FACTORS)}
    pd.testing.assert_frame_equal(
        found.drop(columns=list(more)).reset_index(drop=True),
        alone.reset_index(drop=True),
        check_exact=True,
    )


def test_with_shared_luck_a_point_is_the_scenario_with_its_values() -> None:
    result = run_design(load(TWO_STATES, OVERRIDES), DESIGN, runs=20, seed=11, jobs=2)
    for point in range(4):
        same(
            result.runs[result.runs["point"] == point],
            run(load(TWO_STATES, OVERRIDES | at(point)), runs=20, seed=11, jobs=1).runs,
        )
    assert result.runs.groupby("point")["max_rung"].mean().nunique() > 1


def test_with_fresh_luck_a_row_is_a_replication_of_the_scenario_with_its_values() -> None:
    result = run_design(load(TWO_STATES, OVERRIDES), DESIGN, runs=10, seed=11, draws="independent")
    for point in range(4):
        found = result.runs[result.runs["point"] == point]
        alone = run(load(TWO_STATES, OVERRIDES | at(point)), runs=40, seed=11, jobs=1).runs
        same(found, alone[alone["replication"].isin(found["replication"])])


@pytest.mark.nightly
def test_a_policy_in_python_takes_the_slow_face(scenario_with: Callable[..., Scenario]) -> None:
    scenario = scenario_with(MILD, horizon=6)
    factors = [FACTORS[0], Factor("states.eastmark.policy", values=("quantal", "grim"))]
    design = Design.of(factors, [[0, 0], [1, 0], [1, 0.9]])
    result = run_design(scenario, design, runs=3, seed=2, jobs=1, allow_python=True)
    assert not result.runs["status"].any()
    again = load(
        scenario.path,
        {
            "states.westmark.policy": "own:Own",
            "horizon": 6,
            FACTORS[0].path: 1.0,
            "states.eastmark.policy": "grim",
        },
    )
    alone = run(again, runs=3, seed=2, jobs=1, allow_python=True)
    same(result.runs[result.runs["point"] == 2], alone.runs)
