"""What is made of uniform numbers: Poisson, normal and lognormal numbers, and unbiased splits."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.vocabulary.codes import FailureKind
from tests.engine.world.plain import plain

chance = plain("sim.engine.chance")

N = 20_000
REJECTED = 1e-6  # a wrong target has to fail far beyond the level at which a right one may
LEVEL = 1e-3  # chance of a false alarm, once and for all, as the seeds are fixed

UNIT = st.floats(0.0, 1.0, exclude_max=True)


def world() -> SimpleNamespace:
    """As much of a world as a Poisson draw needs: somewhere to fail."""
    clock = SimpleNamespace(error=0, error_day=0, day=17)
    return SimpleNamespace(clock=[clock])


def uniforms(seed: int, columns: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((N, columns))


def poissons(mean: float, seed: int) -> np.ndarray:
    w = world()
    return np.array([chance.poisson(w, mean, u) for u in uniforms(seed)[:, 0]])


def chi_square(counts: np.ndarray, mean: float) -> float:
    """P-value of a sample against a Poisson law; cells that expect less than ten join the tails."""
    low, high = (int(stats.poisson.ppf(q, mean)) for q in (20 / N, 1 - 20 / N))
    cells = np.clip(counts, low, high)
    expected = stats.poisson.pmf(np.arange(low, high + 1), mean)
    expected[0], expected[-1] = stats.poisson.cdf(low, mean), stats.poisson.sf(high - 1, mean)
    observed = np.bincount(cells - low, minlength=len(expected))
    return float(stats.chisquare(observed, expected * len(counts)).pvalue)


@pytest.mark.statistical
@pytest.mark.parametrize("mean", [0.03, 0.3, 1.0, 4.2, 30.0, 300.0])
def test_poisson_counts_follow_their_law(mean: float) -> None:
    counts = poissons(mean, seed=5)
    assert chi_square(counts, mean) > LEVEL
    assert chi_square(counts, mean * 1.1 + 0.02) < REJECTED


@given(st.floats(0.0, 700.0), UNIT)
def test_poisson_is_the_inverse_of_the_distribution(mean: float, u: float) -> None:
    k = chance.poisson(world(), mean, u)
    slack = 1e-9  # rounding of a sum of up to a thousand terms
    assert stats.poisson.cdf(k, mean) >= u - slack
    assert k == 0 or stats.poisson.cdf(k - 1, mean) <= u + slack


def test_poisson_of_nothing_is_nothing() -> None:
    assert chance.poisson(world(), 0.0, np.nextafter(1.0, 0.0)) == 0


@pytest.mark.parametrize("mean", [-1e-9, -1.0, -math.inf, math.nan, math.inf])
def test_poisson_of_a_senseless_mean_fails_the_replication(mean: float) -> None:
    w = world()
    assert chance.poisson(w, mean, 0.999999) == 0
    assert (w.clock[0].error, w.clock[0].error_day) == (FailureKind.BAD_MEAN, 17)
    assert "Poisson" in FailureKind(w.clock[0].error).sentence


@pytest.mark.parametrize("mean", [700.001, 1e3, 1e5, 1e9])
def test_a_large_poisson_count_is_the_inverse_to_a_part_in_ten_thousand(mean: float) -> None:
    us = np.array([1e-12, 1e-6, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 1 - 1e-6, 1 - 1e-12])
    counts = np.array([chance.poisson(world(), mean, u) for u in us])
    assert (np.diff(counts) >= 0).all()
    # the share below a count is off by its own step at most, and by what the expansion leaves out
    slack = stats.poisson.pmf(counts, mean) + 1e-4
    assert (np.abs(stats.poisson.cdf(counts, mean) - us) <= slack).all()


def test_a_poisson_count_grows_with_its_mean_across_the_change_of_method() -> None:
    for u in np.linspace(0.0005, 0.9995, 200):
        below, above = (chance.poisson(world(), mean, u) for mean in (700.0, 700.001))
        assert abs(above - below) <= 1


@pytest.mark.parametrize("mean", [1e15, 1e300])
def test_no_count_is_larger_than_whole_numbers_go(mean: float) -> None:
    assert 0 < chance.poisson(world(), mean, 0.999999) <= 2**53


def test_the_normal_quantile_is_that_of_scipy() -> None:
    us = np.concatenate([np.geomspace(1e-16, 0.5, 200), 1 - np.geomspace(1e-15, 0.5, 200)])
    ours = np.array([chance.normal_quantile(u) for u in us])
    np.testing.assert_allclose(ours, stats.norm.ppf(us), rtol=3e-7, atol=1e-9)


@pytest.mark.parametrize("mean", [0.0, 1e-300, 0.5, 699.0, 700.0])
def test_poisson_ends_at_the_last_uniform_number(mean: float) -> None:
    w = world()
    top = chance.poisson(w, mean, np.nextafter(1.0, 0.0))
    assert w.clock[0].error == 0
    assert top <= mean + 12 * math.sqrt(mean) + 20


def test_the_first_reason_of_a_failure_stays() -> None:
    w = world()
    chance.fail(w, FailureKind.NO_OPTION)
    w.clock[0].day = 18
    chance.fail(w, FailureKind.BAD_MEAN)
    assert (w.clock[0].error, w.clock[0].error_day) == (FailureKind.NO_OPTION, 17)


@pytest.mark.statistical
def test_normal_numbers_follow_their_law() -> None:
    drawn = np.array([chance.normal(u, v) for u, v in uniforms(6, 2)])
    assert stats.kstest(drawn, "norm").pvalue > LEVEL
    assert stats.kstest(drawn, "norm", (0.05, 1.0)).pvalue < REJECTED
    assert stats.kstest(drawn, "norm", (0.0, 1.1)).pvalue < REJECTED


@pytest.mark.statistical
@pytest.mark.parametrize("mean", [0.3, 1.0, 3.0, 7.5, 40.0])
def test_lognormal_counts_have_their_mean(mean: float) -> None:
    drawn = np.array([chance.lognormal_count(mean, 0.8, u, v, w) for u, v, w in uniforms(7, 3)])
    error = 4 * drawn.std(ddof=1) / math.sqrt(N)
    assert abs(drawn.mean() - mean) < error
    assert abs(drawn.mean() - 1.1 * mean) > error


def test_lognormal_counts_of_nothing_are_nothing() -> None:
    assert chance.lognormal_count(0.0, 0.8, 0.5, 0.5, 0.999) == 0


@given(st.integers(0, 10_000), st.floats(0.0, 1.0), UNIT)
def test_a_split_is_the_nearest_whole_part(count: int, share: float, u: float) -> None:
    part = chance.split(count, share, u)
    assert 0 <= part <= count
    assert abs(part - count * share) < 1


@given(st.integers(0, 500), st.floats(0.0, 1.0))
def test_a_split_is_unbiased(count: int, share: float) -> None:
    """Over an even grid of uniform numbers the mean is the exact part, to the grid's width."""
    grid = [(n + 0.5) / 1000 for n in range(1000)]
    mean = sum(chance.split(count, share, u) for u in grid) / len(grid)
    assert mean == pytest.approx(count * share, abs=1 / 1000)
