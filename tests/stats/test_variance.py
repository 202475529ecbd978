"""Variance decomposition where there are gaps, or nothing to split."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.variance import MOST_CORRECTED, components, decompose


def test_an_even_design_is_the_textbook_analysis_of_variance() -> None:
    values = np.array([[1.0, 3.0], [6.0, 8.0], [2.0, 6.0]])
    # means 2, 7, 4; middle 13/3; between = 2 (5.444 + 7.111 + 0.111) / 2; within = (2 + 2 + 8) / 3
    found = decompose(values, seed=1)
    between, within = 2 * ((2 - 13 / 3) ** 2 + (7 - 13 / 3) ** 2 + (4 - 13 / 3) ** 2) / 2, 4.0
    assert found.chance.value == pytest.approx(within)
    assert found.inputs.value == pytest.approx((between - within) / 2)
    assert found.share.value == pytest.approx(
        found.inputs.value / (found.inputs.value + found.chance.value)
    )
    assert found.mean.value == pytest.approx(13 / 3)


def test_a_gap_is_left_out_and_counted() -> None:
    values = np.array([[1.0, 3.0, np.nan], [6.0, 8.0, 7.0], [2.0, np.nan, 6.0], [np.nan] * 3])
    inputs, chance = components(
        np.array([4.0, 21, 8]), np.array([2.0, 2, 8]), np.array([2.0, 3, 2])
    )
    found = decompose(values, seed=1)
    assert (found.inputs.value, found.chance.value) == (
        pytest.approx(float(inputs)),
        pytest.approx(12 / 4),
    )
    assert float(chance) == pytest.approx(3)


def test_more_luck_than_difference_is_no_difference() -> None:
    found = decompose(np.array([[0.0, 10.0], [10.0, 0.0], [0.0, 10.0]]), seed=1)
    assert (found.inputs.value, found.inputs.low, found.share.value, found.share.low) == (
        0,
        0,
        0,
        0,
    )


@pytest.mark.parametrize(
    "values",
    [np.full((4, 3), np.nan), np.ones((4, 1)), np.ones((1, 9))],
    ids=["all failed", "one each", "one point"],
)
def test_where_nothing_can_be_said_nothing_is(values: np.ndarray) -> None:
    found = decompose(values, seed=1)
    assert not found.is_known
    assert {(one.value, one.low, one.high) for one in (found.mean, found.inputs, found.share)} == {
        (None, None, None)
    }


def test_what_never_varies_has_no_variance() -> None:
    found = decompose(np.full((6, 3), 2.0), seed=1)
    assert (
        found.mean.value,
        found.inputs.value,
        found.chance.value,
        found.share.value,
        found.share.high,
    ) == (
        2,
        0,
        0,
        0,
        0,
    )


def test_an_outcome_that_came_once_has_an_interval() -> None:
    values = np.zeros((64, 4))
    values[7, 2] = 1
    found = decompose(values, seed=1)
    parts = (found.mean, found.inputs, found.chance, found.share)
    assert all(None not in (part.value, part.low, part.high) for part in parts)
    assert found.mean.low <= found.mean.value <= found.mean.high


def test_many_points_have_the_interval_of_fewer_ones_but_narrower() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(size=(MOST_CORRECTED + 1, 1)) + rng.normal(size=(MOST_CORRECTED + 1, 2))
    many, few = decompose(values, seed=1), decompose(values[:MOST_CORRECTED], seed=1)
    assert many.share.low == pytest.approx(few.share.low, abs=0.01)
    assert many.share.high == pytest.approx(few.share.high, abs=0.01)
    assert many.share.low < 0.5 < many.share.high
