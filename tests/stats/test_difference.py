"""Differences of two samples, against SciPy and against formulas worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.stats.difference import (
    Ratio,
    bonett_price,
    holm,
    of_means,
    of_shares,
    risk_ratio,
    runs_to_separate,
)


def samples(n: int = 60, m: int = 60) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    stream = rng.normal(size=max(n, m))
    return stream[:n] + rng.normal(0, 0.5, n), stream[:m] + 0.2 + rng.normal(0, 0.5, m)


def test_paired_means_are_students() -> None:
    a, b = samples()
    found, theirs = of_means(a, b, paired=True), stats.ttest_rel(b, a)
    interval = theirs.confidence_interval(0.95)
    assert found.p == pytest.approx(theirs.pvalue, rel=1e-9)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), rel=1e-9)
    assert found.value == pytest.approx((b - a).mean(), rel=1e-12)
    assert found.spread == pytest.approx(np.std(b - a, ddof=1), rel=1e-12)


@pytest.mark.parametrize(("n", "m"), [(60, 60), (60, 25)])
def test_unpaired_means_are_welchs(n: int, m: int) -> None:
    a, b = samples(n, m)
    found, theirs = of_means(a, b, paired=False), stats.ttest_ind(b, a, equal_var=False)
    interval = theirs.confidence_interval(0.95)
    assert found.p == pytest.approx(theirs.pvalue, rel=1e-9)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), rel=1e-9)
    assert (found.unpaired_low, found.unpaired_high) == (found.low, found.high)


def test_the_same_sample_differs_by_exactly_nothing() -> None:
    a, _ = samples()
    found = of_means(a, a.copy(), paired=True)
    assert (found.value, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_two_pairs_that_agree_prove_nothing() -> None:
    a = np.array([1.0, 5.0])
    assert of_means(a, a + 2, paired=True).p == 0.5
    assert of_means(np.zeros(30), np.full(30, 2.0), paired=True).p == pytest.approx(2.0**-29)


def test_two_and_two_that_agree_prove_nothing_without_pairs() -> None:
    """Of the six ways to part four into two and two, two are as far apart as these."""
    assert of_means(np.zeros(2), np.full(2, 3.0), paired=False).p == pytest.approx(1 / 3)
    assert of_means(np.zeros(4), np.full(2, 3.0), paired=False).p == pytest.approx(2 / 15)
    assert of_means(np.zeros(4), np.zeros(2), paired=False).p == 1


def test_one_pair_gives_no_interval() -> None:
    found = of_means(np.array([1.0]), np.array([3.0]), paired=True)
    assert (found.value, found.low, found.p, found.spread) == (2.0, None, None, None)


def test_bonett_price_by_hand() -> None:
    """50 pairs, 5 went up and 1 down: (6 - 2)/52 -+ 1.96 sqrt((8/52 - (4/52)^2)/52)."""
    assert bonett_price(5, 1, 50) == pytest.approx((-0.02762, 0.18146), abs=5e-5)


def test_paired_shares_use_only_what_changed() -> None:
    a = np.array([1.0] * 20 + [0.0] * 30)
    b = a.copy()
    b[[0, 20, 21, 22, 23, 24]] = 1 - b[[0, 20, 21, 22, 23, 24]]
    found = of_shares(a, b, paired=True)
    assert found.value == pytest.approx(4 / 50)
    assert (found.low, found.high) == bonett_price(5, 1, 50)
    assert found.p == pytest.approx(2 * (1 + 6) / 2**6)  # exact McNemar: at most 1 of 6, both sides
    assert found.high - found.low < found.unpaired_high - found.unpaired_low  # type: ignore[operator]


def test_unpaired_shares_by_hand() -> None:
    """Agresti and Caffo: 3 of 10 and 8 of 14 become 4/12 and 9/16."""
    a, b = np.array([1.0] * 3 + [0.0] * 7), np.array([1.0] * 8 + [0.0] * 6)
    found = of_shares(a, b, paired=False)
    half = 1.959964 * np.sqrt(4 / 12 * 8 / 12 / 12 + 9 / 16 * 7 / 16 / 16)
    assert (found.low, found.high) == pytest.approx(
        (9 / 16 - 4 / 12 - half, 9 / 16 - 4 / 12 + half), abs=1e-6
    )
    assert found.p == pytest.approx(stats.fisher_exact([[3, 7], [8, 6]]).pvalue)


def test_a_difference_of_shares_cannot_exceed_one() -> None:
    none, all_ = np.zeros(3), np.ones(3)
    for paired in (True, False):
        assert of_shares(none, all_, paired=paired).high == 1.0
        assert of_shares(all_, none, paired=paired).low == -1.0


def test_two_constants_differ_as_surely_as_chance_would_part_them() -> None:
    found = of_means(np.zeros(5), np.full(5, 2.0), paired=False)
    assert (found.value, found.low, found.high) == (2.0, 2.0, 2.0)
    assert found.p == pytest.approx(
        2 / 252
    )  # of the 252 ways to deal ten into two fives, two part them


def test_a_ratio_has_an_interval_and_none_of_nothing() -> None:
    a, b = np.repeat([1.0, 0.0], [40, 60]), np.repeat([1.0, 0.0], [50, 50])
    ratio = risk_ratio(a, b, paired=True)
    half = 1.959964 * np.sqrt(10 / (40 * 50))  # ten pairs changed
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx(
        (1.25, 1.25 * np.exp(-half), 1.25 * np.exp(half)), rel=1e-6
    )
    assert risk_ratio(a, b, paired=False).high > ratio.high  # type: ignore[operator]
    assert risk_ratio(a, 0 * b, paired=True) == Ratio(None, None, None)
    rare = np.repeat([1.0, 0.0], [9, 91])
    few = risk_ratio(a, rare, paired=True)
    assert (few.value, few.low, few.high) == (pytest.approx(9 / 40), None, None)


def test_holm_by_hand() -> None:
    given = {("a",): 0.01, ("b",): 0.04, ("c",): 0.03, ("d",): 0.005}
    assert holm(given) == pytest.approx({("d",): 0.02, ("a",): 0.03, ("c",): 0.06, ("b",): 0.06})


def test_runs_that_would_separate() -> None:
    assert runs_to_separate(0.1, 1.0) == 785  # (1.96 + 0.8416)^2 / 0.1^2
    assert runs_to_separate(0.1, 1.0, tests=20) > 785  # type: ignore[operator]
    assert runs_to_separate(0.0, 1.0) is None
