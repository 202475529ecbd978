"""How two distributions differ beyond their means."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.shapes import of_times, of_values


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


def test_a_quantile_at_the_horizon_is_not_known() -> None:
    a, b = np.array([1.0, 2, 3, 20, 20, 20, 20]), np.array([4.0, 5, 6, 7, 8, 20, 20])
    assert of_times(a, b, 20).quantiles == {"q05": pytest.approx(np.quantile(b, 0.05) - np.quantile(a, 0.05)), "q50": None, "q95": None}


def test_nothing_has_no_shape() -> None:
    assert of_values(np.zeros(0), np.ones(3)).ks is None
