"""Variance decomposition where there are gaps, or nothing to split."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.shares import interval
from sim.stats.variance import components, decompose


def test_an_even_design_is_the_textbook_analysis_of_variance() -> None:
    values = np.array([[1.0, 3.0], [6.0, 8.0], [2.0, 6.0]])
    # means 2, 7, 4; middle 13/3; between = 2 (5.444 + 7.111 + 0.111) / 2; within = (2 + 2 + 8) / 3
    found = decompose(values)
    between, within = 2 * ((2 - 13 / 3) ** 2 + (7 - 13 / 3) ** 2 + (4 - 13 / 3) ** 2) / 2, 4.0
    assert found.chance.value == pytest.approx(within)
    assert found.inputs.value == pytest.approx((between - within) / 2)
    # three points do not tell which part is the larger
    assert (found.share.value, found.share.low, found.share.high) == (None, 0, 1)
    assert found.mean.value == pytest.approx(13 / 3)


def test_a_gap_is_left_out_and_counted() -> None:
    values = np.array([[1.0, 3.0, np.nan], [6.0, 8.0, 7.0], [2.0, np.nan, 6.0], [np.nan] * 3])
    inputs, chance = components(
        np.array([4.0, 21, 8]), np.array([2.0, 2, 8]), np.array([2.0, 3, 2])
    )
    found = decompose(values)
    assert (found.inputs.value, found.chance.value) == (
        pytest.approx(float(inputs)),
        pytest.approx(12 / 4),
    )
    assert float(chance) == pytest.approx(3)


def test_more_luck_than_difference_is_no_difference() -> None:
    found = decompose(np.array([[0.0, 10.0], [10.0, 0.0], [0.0, 10.0]]))
    assert (found.inputs.value, found.inputs.low) == (0, 0)


@pytest.mark.parametrize(
    "values",
    [np.full((4, 3), np.nan), np.ones((4, 1)), np.ones((1, 9))],
    ids=["all failed", "one each", "one point"],
)
def test_where_nothing_can_be_said_nothing_is(values: np.ndarray) -> None:
    found = decompose(values)
    assert not found.is_known
    assert {(one.value, one.low, one.high) for one in (found.mean, found.inputs, found.share)} == {
        (None, None, None)
    }


def test_the_share_is_that_of_both_parts() -> None:
    rng = np.random.default_rng(3)
    found = decompose(rng.normal(size=(100, 1)) + rng.normal(size=(100, 4)))
    whole = found.inputs.value + found.chance.value
    assert found.share.value == pytest.approx(found.inputs.value / whole)
    assert found.share.low < 0.5 < found.share.high


def test_what_never_varied_is_not_known_not_to() -> None:
    found = decompose(np.full((6, 3), 2.0))
    assert (found.mean.value, found.inputs.value, found.chance.value) == (2, 0, 0)
    assert (found.mean.low, found.inputs.high, found.chance.high) == (None, None, None)
    assert (found.share.value, found.share.low, found.share.high) == (None, 0, 1)
    assert found.is_known
    assert not found.varies


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_an_outcome_that_never_or_always_came_has_the_bound_of_its_points(value: float) -> None:
    """If it came in some points alone, replications there would tell nothing of the others."""
    found = decompose(np.full((32, 8), value), share=True)
    low, high = interval(value, 32)
    assert (found.mean.value, *found.mean.bounds) == (value, low, high)
    far = float(min(max(0.5, low), high))
    assert found.inputs.bounds == found.chance.bounds == (0.0, pytest.approx(far * (1 - far)))
    assert (found.share.value, found.share.low, found.share.high) == (None, 0.0, 1.0)


def test_an_outcome_that_came_once_is_not_known_to_be_chance() -> None:
    values = np.zeros((32, 4))
    values[7, 2] = 1
    found = decompose(values, share=True)
    assert (found.share.value, found.share.low, found.share.high) == (None, 0.0, 1.0)
    assert found.mean.low < 1 / 128 < found.mean.high < 0.06
    assert found.inputs.high > 0.0
    assert found.chance.low < 1 / 128 < found.chance.high


def test_the_mean_of_flags_counts_points_where_replications_in_one_agree() -> None:
    rng = np.random.default_rng(4)
    alike = np.repeat((rng.random((200, 1)) < 0.3).astype(float), 8, axis=1)
    apart = (rng.random((200, 8)) < 0.3).astype(float)
    assert decompose(alike, share=True).mean.bounds == interval(alike.mean(), 200)
    few, many = decompose(alike, share=True).mean, decompose(apart, share=True).mean
    assert many.halfwidth == pytest.approx(few.halfwidth / 8**0.5, rel=0.1)
