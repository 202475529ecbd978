"""The split of variance where there are gaps, or nothing to split."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.variance import MOST_CORRECTED, components, split


def test_an_even_design_is_the_textbook_analysis_of_variance() -> None:
    values = np.array([[1.0, 3.0], [6.0, 8.0], [2.0, 6.0]])
    # means 2, 7, 4; middle 13/3; between = 2 (5.444 + 7.111 + 0.111) / 2; within = (2 + 2 + 8) / 3
    found = split(values, seed=1)
    between, within = 2 * ((2 - 13 / 3) ** 2 + (7 - 13 / 3) ** 2 + (4 - 13 / 3) ** 2) / 2, 4.0
    assert found.chance == pytest.approx(within)
    assert found.inputs == pytest.approx((between - within) / 2)
    assert found.share == pytest.approx(found.inputs / (found.inputs + found.chance))
    assert found.mean == pytest.approx(13 / 3)


def test_a_gap_is_left_out_and_counted() -> None:
    values = np.array([[1.0, 3.0, np.nan], [6.0, 8.0, 7.0], [2.0, np.nan, 6.0], [np.nan] * 3])
    inputs, chance = components(
        np.array([4.0, 21, 8]), np.array([2.0, 2, 8]), np.array([2.0, 3, 2])
    )
    found = split(values, seed=1)
    assert (found.inputs, found.chance) == (pytest.approx(float(inputs)), pytest.approx(12 / 4))
    assert float(chance) == pytest.approx(3)


def test_more_luck_than_difference_is_no_difference() -> None:
    found = split(np.array([[0.0, 10.0], [10.0, 0.0], [0.0, 10.0]]), seed=1)
    assert (found.inputs, found.inputs_low, found.share, found.share_low) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "values",
    [np.full((4, 3), np.nan), np.ones((4, 1)), np.ones((1, 9))],
    ids=["all failed", "one each", "one point"],
)
def test_where_nothing_can_be_said_nothing_is(values: np.ndarray) -> None:
    assert np.isnan(split(values, seed=1)).all()


def test_what_never_varies_has_no_variance() -> None:
    found = split(np.full((6, 3), 2.0), seed=1)
    assert (found.mean, found.inputs, found.chance, found.share, found.share_high) == (
        2,
        0,
        0,
        0,
        0,
    )


def test_an_outcome_that_came_once_has_an_interval() -> None:
    values = np.zeros((64, 4))
    values[7, 2] = 1
    found = split(values, seed=1)
    assert np.isfinite(found).all()
    assert found.mean_low <= found.mean <= found.mean_high


def test_many_points_have_the_interval_of_fewer_ones_but_narrower() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(size=(MOST_CORRECTED + 1, 1)) + rng.normal(size=(MOST_CORRECTED + 1, 2))
    many, few = split(values, seed=1), split(values[:MOST_CORRECTED], seed=1)
    assert many.share_low == pytest.approx(few.share_low, abs=0.01)
    assert many.share_high == pytest.approx(few.share_high, abs=0.01)
    assert many.share_low < 0.5 < many.share_high
