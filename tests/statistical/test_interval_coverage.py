"""Coverage of the 95 % interval of a share, also where its width decides when to stop."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from sim.ensemble.stopping import Until
from sim.stats.difference import bonett_price
from sim.stats.sample_size import for_mean, for_pairs, for_share
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


#: Studies of each share: their mean then has a standard error of about 1 % of it.
STUDIES = 2000


def planned(share: float, halfwidth: float, rng: np.random.Generator) -> tuple[int, int]:
    """Count and number of a run that a pilot plans."""
    until = Until(50_000, lambda found: for_share(*found[""], halfwidth))
    n = until.plan(lambda size: {"": (rng.binomial(size, share), size)})  # type: ignore[dict-item]
    return rng.binomial(n, share), n


def stopped(share: float, halfwidth: float, n: int, rng: np.random.Generator) -> tuple[int, int]:
    """The same of a run that looks at its own results, and ends where the interval is narrow."""
    count = rng.binomial(n, share)
    while n < 50_000:
        low, high = interval(count / n, n)
        if (high - low) / 2 <= halfwidth:
            break
        more = int(max(250, np.ceil(1.02 * n * ((high - low) / 2 / halfwidth) ** 2) - n))
        count, n = count + rng.binomial(more, share), n + more
    return count, n


@pytest.mark.parametrize(
    ("share", "halfwidth", "start"), [(0.0115, 0.008, 250), (0.002, 0.002, 1000), (0.1, 0.02, 250)]
)
def test_a_planned_run_is_unbiased_narrow_and_covers(
    share: float, halfwidth: float, start: int
) -> None:
    rng = np.random.default_rng(2)
    found = np.array([planned(share, halfwidth, rng) for _ in range(STUDIES)])
    means, runs = found[:, 0] / found[:, 1], found[:, 1]
    assert abs(means.mean() - share) < 4 * means.std() / np.sqrt(STUDIES)
    low, high = interval(means, runs)
    assert ((high - low) / 2 <= halfwidth).mean() > 0.95 - 4 * np.sqrt(0.95 * 0.05 / STUDIES)
    assert ((low <= share) & (share <= high)).mean() > 0.93
    # the control: a run that stops by its own results is biased low, the more the rarer
    count, n = np.array([stopped(share, halfwidth, start, rng) for _ in range(STUDIES)]).T
    bias = (count / n).mean() - share
    assert bias < -3 * (count / n).std() / np.sqrt(STUDIES)
    assert share > 0.05 or bias < -0.05 * share


def test_differences_are_planned_narrow() -> None:
    rng, reached, wanted = np.random.default_rng(3), 0, 0.02
    for _ in range(400):
        gained, lost, _ = rng.multinomial(500, [0.05, 0.02, 0.93])
        n = for_pairs(gained, lost, 500, wanted)
        up, down, _ = rng.multinomial(n, [0.05, 0.02, 0.93])
        low, high = bonett_price(up, down, n)
        sample = rng.gamma(2.0, size=500)
        size = for_mean(sample, 0.1)
        assert size is not None
        half = 1.96 * rng.gamma(2.0, size=size).std(ddof=1) / np.sqrt(size)
        reached += (high - low) / 2 <= wanted and half <= 0.1
    assert reached / 400 > 0.95**2 - 4 * np.sqrt(0.95 * 0.05 / 400)
    assert for_mean(np.zeros(500), 0.1) is None
