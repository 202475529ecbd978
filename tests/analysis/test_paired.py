"""Differences of two runs of one seed: the numbers, their intervals, and how often these hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.paired import difference, mean_interval

TRIALS, PAIRS = 4000, 100


def test_a_difference_is_that_of_the_pairs() -> None:
    found = difference([1, 2, 3, np.nan], [2, 2, 5, 7], share=False)
    assert (found.n, found.changed) == (3, 2)
    assert (found.before, found.after, found.change) == pytest.approx((2, 3, 1))
    expected = stats.ttest_rel([2, 2, 5], [1, 2, 3]).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx(tuple(expected))


def test_a_share_has_the_interval_of_bonett_and_price() -> None:
    # their formula by hand for 20 pairs, of which 6 gained and 1 lost
    before, after = np.r_[np.zeros(6), np.ones(1), np.zeros(13)], np.r_[np.ones(6), np.zeros(1), np.zeros(13)]
    found = difference(before, after, share=True)
    half = 1.959964 * np.sqrt((7 / 22 + 2 / 22 - (5 / 22) ** 2) / 22)
    assert found.change == pytest.approx(0.25)
    assert (found.low, found.high) == pytest.approx((5 / 22 - half, 5 / 22 + half), rel=1e-5)


def test_no_change_is_not_clear_and_has_an_interval() -> None:
    found = difference(np.zeros(50), np.zeros(50), share=True)
    assert found.changed == 0
    assert not found.clear
    assert found.low < 0 < found.high


def test_nothing_to_compare_says_so() -> None:
    assert difference([np.nan], [1], share=False).n == 0
    assert np.isnan(mean_interval([])[0])


def covered(share: bool, shift: float = 0.0) -> float:
    """Share of made-up comparisons whose interval holds the true difference plus `shift`."""
    rng = np.random.default_rng(20240501)
    luck = rng.random((TRIALS, PAIRS))
    if share:
        before, after, truth = (luck < 0.30).astype(float), (luck < 0.38).astype(float), 0.08
    else:
        before, truth = luck, 0.5
        after = luck + rng.normal(truth, 1.0, luck.shape)
    found = [difference(a, b, share=share) for a, b in zip(before, after, strict=True)]
    return float(np.mean([one.low <= truth + shift <= one.high for one in found]))


@pytest.mark.statistical
@pytest.mark.parametrize("share", [True, False])
def test_intervals_hold_as_often_as_they_say(share: bool) -> None:
    error = np.sqrt(0.95 * 0.05 / TRIALS)
    # Bonett and Price report coverage between 0.94 and 0.97 at this size; the t interval is exact
    assert 0.95 - (0.01 if share else 0) - 4 * error <= covered(share) <= 0.95 + (0.02 if share else 0) + 4 * error


@pytest.mark.statistical
def test_a_wrong_difference_is_not_covered() -> None:
    assert covered(share=True, shift=0.08) < 0.6
