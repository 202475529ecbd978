"""The interval of a share, against SciPy's and against published values."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from sim.stats.shares import Z95, interval, share


@pytest.mark.parametrize("n", [7, 40, 1000])
def test_the_interval_is_scipys_wilson_interval_for_every_count(n: int) -> None:
    for count in {0, 1, n // 3, n // 2, n - 1, n}:
        known = binomtest(count, n).proportion_ci(0.95, method="wilson")
        assert share(count, n).bounds == pytest.approx(
            (known.low, known.high), rel=1e-12, abs=1e-15
        )


def test_another_interval_would_be_noticed() -> None:
    """Negative control: the plain normal interval, and the exact one, are others."""
    low, high = interval(0.1, 40)
    plain = Z95 * np.sqrt(0.1 * 0.9 / 40)
    exact = binomtest(4, 40).proportion_ci(0.95, method="exact")
    assert abs(low - (0.1 - plain)) > 0.02
    assert abs(high - exact.high) > 0.003


def test_at_none_and_all_it_is_two_sided() -> None:
    """It ends beyond the bound that leaves 2.5 % on one side, not at that which leaves 5 %."""
    for n in (100, 300, 3000):
        high = share(0, n).bounds[1]
        assert 1 - 0.025 ** (1 / n) < high < 1.05 * (1 - 0.025 ** (1 / n))
        assert share(n, n).bounds == (pytest.approx(1 - high), 1.0)
