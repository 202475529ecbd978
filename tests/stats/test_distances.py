"""How two distributions differ beyond their means."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.stats.distances import of_times, of_values
from sim.stats.restricted import Times


def test_quantiles_and_distances() -> None:
    rng = np.random.default_rng(2)
    a, b = rng.poisson(4, 300).astype(float), rng.poisson(5, 200).astype(float)
    found = of_values(a, b)
    assert found.ks == pytest.approx(stats.ks_2samp(a, b, method="asymp").statistic)
    assert found.wasserstein == pytest.approx(stats.wasserstein_distance(a, b))
    assert found.quantiles["q50"] == np.median(b) - np.median(a)


def test_a_shift_moves_every_quantile_by_as_much() -> None:
    a = np.arange(50.0)
    found = of_values(a, a + 3)
    assert found.quantiles == {"q05": 3, "q50": 3, "q95": 3}
    assert found.wasserstein == pytest.approx(3)


def watched(*days: float, horizon: int = 20) -> Times:
    """Times that came, and the horizon for each that had not."""
    given = np.array(days)
    return Times(np.minimum(given, horizon), given <= horizon, np.ones(len(days), dtype=bool))


def test_a_quantile_that_had_not_come_is_not_known() -> None:
    a, b = watched(1, 2, 3, 21, 21, 21, 21), watched(4, 5, 6, 7, 8, 21, 21)
    assert of_times(a, b).quantiles == {"q05": 3, "q50": None, "q95": None}


def test_a_quantile_of_times_is_a_day_on_which_one_came() -> None:
    """Between the third and the fourth of six lies the horizon, which is no day of anything."""
    a, b = watched(1, 2, 4, 21, 21, 21), watched(1, 2, 9, 21, 21, 21)
    assert of_times(a, b).quantiles["q50"] == 5


def test_times_that_never_came_are_the_same() -> None:
    """One of a hundred more: the curves are a hundredth apart, and the last day counts."""
    a, b = watched(*[21.0] * 100), watched(20.0, *[21.0] * 99)
    assert of_times(a, b).ks == pytest.approx(0.01)


def test_nothing_has_no_shape() -> None:
    assert of_values(np.zeros(0), np.ones(3)).ks is None
