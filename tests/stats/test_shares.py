"""The interval of a share, against SciPy's and against published values."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from sim.stats.shares import Z95, interval, share


@pytest.mark.parametrize("n", [7, 40, 1000])
def test_the_interval_is_scipys_wilson_interval_between_none_and_all(n: int) -> None:
    for count in {1, n // 3, n // 2, n - 1}:
        known = binomtest(count, n).proportion_ci(0.95, method="wilson")
        assert share(count, n).bounds == pytest.approx((known.low, known.high), rel=1e-12)


def test_another_interval_would_be_noticed() -> None:
    """Negative control: the plain normal interval, and the exact one, are others."""
    low, high = interval(0.1, 40)
    plain = Z95 * np.sqrt(0.1 * 0.9 / 40)
    exact = binomtest(4, 40).proportion_ci(0.95, method="exact")
    assert abs(low - (0.1 - plain)) > 0.02
    assert abs(high - exact.high) > 0.003


def test_at_none_and_all_it_is_the_exact_one_sided_bound_rounded_up() -> None:
    """Three over n lies just above 1 - 0.05**(1/n), the one-sided bound of Clopper and Pearson."""
    for n in (30, 300, 3000):
        bound = 1 - 0.05 ** (1 / n)
        assert 0 <= share(0, n).bounds[1] - bound < 0.06 * bound
        assert share(n, n).bounds == (1 - share(0, n).bounds[1], 1.0)
