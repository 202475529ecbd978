"""One estimator of a censored mean: every door gives the area under Kaplan and Meier's curve."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import CensoredData, ecdf

import sim
from sim.classroom.variants import AS_IT_IS, Results
from sim.scenario import Scenario, load
from sim.scenario.schema import Watch
from sim.stats.summary import summarise
from sim.studies import targets
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.sides import Side
from sim.words import words

NAME, FLAG, HORIZON, N = "first_ceasefire_length", "first_ceasefire_broken", 80, 300


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(sim.scenarios() / "two_states.yaml", {"horizon": HORIZON, "outcome_window": 10})


def runs(scenario: Scenario, seed: int) -> tuple[pd.DataFrame, float]:
    """Ceasefires that begin late and are censored at the end, and the area by SciPy."""
    rng = np.random.default_rng(seed)
    start, length = rng.integers(1, HORIZON, N), rng.geometric(0.02, N)
    began, ended = rng.random(N) < 0.8, length <= HORIZON - start
    seen = np.minimum(length, HORIZON - start).astype(float)
    table = {measure.name: np.zeros(N) for measure in scenario.measures}
    table |= {NAME: np.where(began, seen, np.nan), FLAG: (ended & began).astype(float)}
    frame = pd.DataFrame({"replication": range(N), "status": 0, "outcome": "quiet", **table})
    times = CensoredData(uncensored=seen[began & ended], right=seen[began & ~ended])
    alive = ecdf(times).sf.evaluate(np.arange(seen[began].max()))
    return frame, float(alive.sum())


def by_summary(scenario: Scenario, frame: pd.DataFrame) -> Any:
    found = summarise(
        frame, outcomes=list(scenario.outcomes), measures=scenario.measures, horizon=HORIZON
    )
    return found.measures[NAME].restricted_mean


def by_compare(scenario: Scenario, frame: pd.DataFrame) -> Any:
    sides = [Side(name, scenario, frame, 1) for name in ("a", "b")]
    return Comparison(sides).measures[NAME].estimates["a"]


def by_studies(scenario: Scenario, frame: pd.DataFrame) -> Any:
    return np.nanmean(targets.values(frame, scenario, NAME))


def by_points(scenario: Scenario, frame: pd.DataFrame) -> Any:
    result = SimpleNamespace(
        some=lambda *names: frame[list(names)], scenario=scenario, design=[0], replications=N
    )
    return targets.table_by_point(result, NAME).mean()  # type: ignore[arg-type]


def by_lesson(scenario: Scenario, frame: pd.DataFrame) -> Any:
    results = Results(scenario, {AS_IT_IS: SimpleNamespace(runs=frame)})
    return results.baseline(Watch(measure=NAME), words()).value


DOORS = [by_summary, by_compare, by_studies, by_points, by_lesson]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_gives_the_area_under_the_product_limit_curve(
    door: Any, scenario: Scenario
) -> None:
    frame, area = runs(scenario, 1)
    assert door(scenario, frame) == pytest.approx(area, rel=1e-9)
    assert frame[NAME].mean() < 0.8 * area  # the plain mean of what was observed is another


def test_points_are_compared_up_to_one_day_and_not_where_too_few_ended(scenario: Scenario) -> None:
    frames = [runs(scenario, seed)[0] for seed in (1, 2, 3)]
    frames[1].loc[frames[1][NAME] > 30, [NAME, FLAG]] = [30.0, 0.0]
    frames[2][FLAG] = 0.0
    frame = pd.concat(frames, ignore_index=True)
    result = SimpleNamespace(
        some=lambda *names: frame[list(names)], scenario=scenario, design=[0] * 3, replications=N
    )
    found = targets.table_by_point(result, NAME)  # type: ignore[arg-type]
    assert found[0].mean() < 30
    assert abs(found[0].mean() - found[1].mean()) < 2  # censored earlier, the same ceasefires
    assert np.isnan(found[2]).all()
