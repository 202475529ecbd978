"""Intervals of differences cover the truth about as often as they say; wrong ones do not."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.difference import bonett_price, of_means, of_shares, risk_ratio
from sim.stats.restricted import Times, pseudo_values

pytestmark = pytest.mark.statistical

TRIES = 4000
ERROR = np.sqrt(0.95 * 0.05 / TRIES)  # of an observed coverage, 0.0034
LOW, HIGH = 0.95 - 4 * ERROR, 0.95 + 4 * ERROR


def coverage(bounds: np.ndarray, truth: float) -> float:
    """Share of intervals, (tries, 2), that hold the truth."""
    return float(((bounds[:, 0] <= truth) & (truth <= bounds[:, 1])).mean())


@pytest.mark.parametrize("n", [30, 200])
def test_paired_means(n: int) -> None:
    """Counts with common random numbers: A is Poisson, B the same and a bit."""
    rng = np.random.default_rng(n)
    same, more = (
        rng.poisson(4.0, (TRIES, n)).astype(float),
        rng.poisson(0.5, (TRIES, n)).astype(float),
    )
    found = [of_means(a, a + d, paired=True) for a, d in zip(same, more, strict=True)]
    paired = np.array([(one.low, one.high) for one in found], dtype=float)
    apart = np.array([(one.unpaired_low, one.unpaired_high) for one in found], dtype=float)
    assert (
        LOW - 0.01 < coverage(paired, 0.5) < HIGH
    )  # a mean of 30 skewed counts is not quite normal
    assert (
        coverage(apart, 0.5) > 0.999
    )  # the control: without the pairs the interval is far too wide
    assert np.median(np.ptp(paired, axis=1)) < 0.5 * np.median(np.ptp(apart, axis=1))


@pytest.mark.parametrize(("up", "down"), [(0.02, 0.005), (0.1, 0.1), (0.3, 0.05), (0.01, 0.0)])
@pytest.mark.parametrize("n", [50, 500])
def test_paired_shares(n: int, up: float, down: float) -> None:
    rng = np.random.default_rng([n, int(1000 * up)])
    changes = rng.multinomial(n, [up, down, 1 - up - down], size=TRIES)
    bounds = np.array([bonett_price(int(gained), int(lost), n) for gained, lost, _ in changes])
    # never much below 95 %, and above where hardly any pair changes
    assert LOW - 0.01 < coverage(bounds, up - down)
    plain = np.array([wald(int(gained), int(lost), n) for gained, lost, _ in changes])
    if n * up <= 5:
        assert (
            coverage(plain, up - down) < LOW - 0.01
        )  # the control: the plain interval falls short


def wald(gained: int, lost: int, n: int) -> tuple[float, float]:
    value = (gained - lost) / n
    half = 1.96 * np.sqrt((gained + lost) / n - value**2) / np.sqrt(n)
    return value - half, value + half


def test_unpaired_shares() -> None:
    rng = np.random.default_rng(8)
    found = [
        of_shares(
            (rng.random(150) < 0.1).astype(float),
            (rng.random(90) < 0.25).astype(float),
            paired=False,
        )
        for _ in range(TRIES)
    ]
    bounds = np.array([(one.low, one.high) for one in found], dtype=float)
    assert LOW - 0.01 < coverage(bounds, 0.15) < HIGH + 0.01
    assert coverage(bounds, 0.25) < 0.8  # the control: a wrong truth


def test_paired_ratio_of_shares() -> None:
    """A event in 30 %; under B half of those, and one in ten of the others."""
    rng = np.random.default_rng(9)
    bounds = []
    for _ in range(TRIES):
        a = rng.random(300) < 0.3
        b = np.where(a, rng.random(300) < 0.5, rng.random(300) < 0.1)
        ratio = risk_ratio(a.astype(float), b.astype(float), paired=True)
        bounds.append((ratio.low, ratio.high))
    assert LOW - 0.01 < coverage(np.array(bounds, dtype=float), 0.22 / 0.3) < HIGH + 0.01
    assert coverage(np.array(bounds, dtype=float), 1.0) < 0.8


def test_paired_restricted_means_of_censored_times() -> None:
    """Geometric times with common random numbers, the second half as long, watched for a while."""
    rng = np.random.default_rng(10)
    upto, hazard, n = 20, 0.05, 150
    bounds, apart = [], []
    for _ in range(TRIES // 2):
        stream = rng.random(n)
        ends = [np.ceil(np.log(stream) / np.log(1 - h)) for h in (hazard, 2 * hazard)]
        stop = rng.geometric(0.02, n).astype(float)
        stop = np.maximum(stop, 1)
        sides = [
            pseudo_values(
                Times(np.minimum(end, np.maximum(stop, 1)), end <= stop, np.ones(n, dtype=bool)),
                upto,
            )
            for end in ends
        ]
        found = of_means(*sides, paired=True)
        bounds.append((found.low, found.high))
        apart.append((found.unpaired_low, found.unpaired_high))
    truth = float(
        np.subtract(*[sum((1 - h) ** k for k in range(upto)) for h in (2 * hazard, hazard)])
    )
    assert LOW - 0.015 < coverage(np.array(bounds, dtype=float), truth) < HIGH + 0.01
    assert (
        coverage(np.array(apart, dtype=float), truth) > 0.97
    )  # the control: pairs are not used, too wide
