"""The verdicts of `check --run`, and how often chance alone would turn one."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario.schema import Expectation
from sim.studies.expectations import error_rate, judge

RUNS, SAMPLES = 200, 2000


class Table(dict[str, np.ndarray]):
    """Columns with the length of one."""

    def __len__(self) -> int:
        return len(next(iter(self.values())))

    def __contains__(self, name: object) -> bool:
        return name in self.keys()


def share(between: list[float]) -> Expectation:
    return Expectation(measure="deaths", probability_within=[1, 1], between=between)


def flags(ones: int) -> Table:
    return Table(deaths=np.array([1.0] * ones + [0.0] * (RUNS - ones)))


@pytest.mark.parametrize(
    ("truth", "low", "high"), [(0.30, 0.25, 0.6), (0.22, 0.25, 0.6), (0.5, 0.45, 0.55)]
)
def test_the_stated_rate_is_that_of_other_samples(truth: float, low: float, high: float) -> None:
    """Standard error of the count of 2,000 samples: at most 0.011; the approximation has 0.02."""
    ones = round(truth * RUNS)
    stated = judge(share([low, high]), flags(ones))
    draw = np.random.Generator(np.random.Philox(7))
    others = draw.binomial(RUNS, ones / RUNS, SAMPLES) / RUNS
    turned = np.mean(((others >= low) & (others <= high)) != stated.holds)
    assert stated.error == pytest.approx(turned, abs=0.04)
    assert stated.error is not None
    assert stated.error > 0.05


def test_a_bound_that_no_share_can_cross_costs_nothing() -> None:
    verdict = judge(share([0, 1]), flags(0))
    assert verdict.holds
    assert verdict.error == 0


def test_a_share_of_none_is_not_known_without_error() -> None:
    verdict = judge(share([0.001, 0.5]), flags(0))
    assert not verdict.holds
    assert verdict.error is not None
    assert verdict.error > 0.2


def test_a_mean_far_from_its_bounds_is_sure_and_one_at_a_bound_is_not() -> None:
    table = Table(deaths=np.arange(RUNS, dtype=float))  # mean 99.5, standard error 4.1
    far = judge(Expectation(measure="deaths", between=[0, 1000]), table)
    near = judge(Expectation(measure="deaths", between=[0, 99.5]), table)
    assert (far.holds, near.holds) == (True, True)
    assert far.error is not None
    assert near.error is not None
    assert far.error < 1e-9
    assert near.error == pytest.approx(0.5, abs=0.01)


def test_the_rate_is_the_normal_law() -> None:
    assert error_rate(0.0, 1.0, -1.96, 1.96) == pytest.approx(0.05, abs=1e-4)
    assert error_rate(3.0, 1.0, -1.0, 1.0) == pytest.approx(0.0227, abs=1e-4)
