"""Coverage of the 95 % interval of a share, also where its width decides when to stop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from sim.ensemble.stopping import Until
from sim.stats.shares import Z95, interval

pytestmark = pytest.mark.statistical

ENSEMBLES = 20_000
FOUR_ERRORS = 4 * np.sqrt(0.95 * 0.05 / ENSEMBLES)


def covered(share: float, n: int, low: np.ndarray, high: np.ndarray) -> float:
    """Exact probability that the interval of a count holds the share; bounds by count, (n + 1,)."""
    return float(binom.pmf(np.arange(n + 1), n, share)[(low <= share) & (share <= high)].sum())


@pytest.mark.parametrize("share", [0.02, 0.1, 0.4])
@pytest.mark.parametrize("n", [100, 500])
def test_a_sample_of_ensembles_is_covered_as_often_as_theory_says(share: float, n: int) -> None:
    counts = np.random.default_rng(1).binomial(n, share, ENSEMBLES)
    low, high = interval(counts / n, np.full(ENSEMBLES, n))
    seen = float(((low <= share) & (share <= high)).mean())
    exact = covered(share, n, *interval(np.arange(n + 1) / n, np.full(n + 1, n)))
    assert abs(seen - exact) < FOUR_ERRORS
    assert 0.92 < seen < 0.98, (
        "Wilson's interval swings about 95 % by its discreteness, by no more than this "
        "(Brown, Cai and DasGupta 2001)"
    )


def test_the_textbook_interval_covers_too_little() -> None:
    n, share = 100, 0.02
    estimate = np.arange(n + 1) / n
    half = Z95 * np.sqrt(estimate * (1 - estimate) / n)
    assert covered(share, n, estimate - half, estimate + half) < 0.88


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_stopping_when_narrow_costs_little(share: float) -> None:
    """`--until-halfwidth` looks at the estimate; its interval still covers 94 % or more."""
    wanted = Until(0.02, 100_000, _halfwidth).target
    rng, ensembles, hits = np.random.default_rng(2), 4000, 0
    for _ in range(ensembles):
        runs = count = 0
        more = 250
        while more > runs:
            count += rng.binomial(more - runs, share)
            runs = more
            more = wanted((count, runs), runs)  # type: ignore[arg-type]
        low, high = interval(count / runs, runs)
        assert (high - low) / 2 <= 0.02
        hits += bool(low <= share <= high)
    assert hits / ensembles > 0.95 - 0.01 - 4 * np.sqrt(0.95 * 0.05 / ensembles)


def _halfwidth(state: Any) -> float:
    low, high = interval(state[0] / state[1], state[1])
    return float(high - low) / 2
