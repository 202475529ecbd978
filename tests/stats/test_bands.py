"""Bands of curves: known factors, days without an error, and how often they hold."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.bands import bands, of_mean

DAYS, RUNS, SAMPLES = 15, 60, 300


def walks(rng: np.random.Generator, runs: int = RUNS) -> np.ndarray:
    """(runs, DAYS) deviations from 0 whose days depend on each other."""
    steps = rng.normal(size=(runs, DAYS))
    start = rng.normal(size=(runs, 1))
    return start + np.cumsum(steps, axis=1) / np.sqrt(np.arange(1, DAYS + 1))


def test_a_day_without_spread_has_no_width_and_moves_nothing() -> None:
    rows = walks(np.random.default_rng(1))
    flat = np.hstack([np.zeros((RUNS, 4)), rows])
    whole, alone = of_mean(flat), of_mean(rows)
    assert whole.low[:4].tolist() == whole.high_all[:4].tolist() == [0.0] * 4
    assert whole.factor == alone.factor
    np.testing.assert_array_equal(whole.high_all[4:], alone.high_all)


def test_one_day_and_equal_days_have_the_factor_of_student() -> None:
    rows = np.random.default_rng(2).normal(size=(400, 1))
    one, many = of_mean(rows), of_mean(np.repeat(rows, 9, axis=1))
    assert one.factor == pytest.approx(many.factor, abs=0.06)
    assert one.factor == pytest.approx(1.97, abs=0.06)  # 3 standard errors of the quantile
    np.testing.assert_allclose(one.high_all - one.value, one.factor * rows.std(ddof=1) / 20)


def test_independent_days_have_the_factor_of_sidak() -> None:
    got = of_mean(np.random.default_rng(3).normal(size=(2000, 20)))
    assert got.factor == pytest.approx(3.016, abs=0.1)  # normal quantile of (1 + 0.95**(1/20)) / 2


def test_few_runs_have_wider_bands() -> None:
    rows = walks(np.random.default_rng(8), 8)
    assert of_mean(rows).factor > of_mean(np.tile(rows, (40, 1))).factor + 0.5


def test_the_same_rows_have_the_same_bands_and_their_order_hardly_matters() -> None:
    rows = walks(np.random.default_rng(5))
    assert of_mean(rows).factor == of_mean(rows).factor
    assert of_mean(rows).factor == pytest.approx(of_mean(rows[::-1]).factor, rel=0.05)


def test_the_whole_curve_is_covered_as_often_as_it_says() -> None:
    """Binomial error of 300 samples: 1.3 points; the bound is three of them below 95 %.

    Bands day by day are the negative control: they leave 0 somewhere much more often.
    """
    rng, whole, daily = np.random.default_rng(6), 0, 0
    for _ in range(SAMPLES):
        got = of_mean(walks(rng))
        whole += not got.apart.any()
        daily += bool(((got.low <= 0) & (got.high >= 0)).all())
    error = np.sqrt(0.95 * 0.05 / SAMPLES)
    assert whole / SAMPLES > 0.95 - 3 * error
    assert daily / SAMPLES < 0.95 - 3 * error


def test_parts_of_a_mean_and_given_freedom() -> None:
    rows = walks(np.random.default_rng(7), 30)
    value = rows.mean(axis=0)
    same = bands(value, (rows - value) / 30)
    np.testing.assert_array_equal(same.low, of_mean(rows).low)
    wide = bands(value, (rows - value) / 30, freedom=3)
    assert (wide.high > same.high).all()
