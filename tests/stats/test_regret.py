"""Regret: its arithmetic, and that its intervals hold together, the best option included."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.regret import regrets


def test_the_numbers_of_a_small_table() -> None:
    found = regrets(np.array([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0], [5.0, 5.0, 2.0]]))
    assert [one.loss for one in found] == [2.0, 2.0, 4.0]
    assert [one.value for one in found] == [0.0, 0.0, 2.0]
    assert [one.best_share for one in found] == pytest.approx([2 / 3, 2 / 3, 1 / 3])
    assert [one.in_hindsight for one in found] == pytest.approx([1 / 3, 1 / 3, 7 / 3])


def test_what_is_the_same_in_every_world_is_known() -> None:
    same, worse = np.zeros(5), np.full(5, 3.0)
    best, other, last = regrets(np.array([same, same, worse]))
    assert (best.low, best.high) == (other.low, other.high) == (0.0, 0.0)
    assert (last.low, last.high) == (3.0, 3.0)


def test_one_world_or_one_option_has_no_interval() -> None:
    for losses in (np.zeros((2, 1)), np.zeros((1, 5))):
        assert all(one.low is None and one.high is None for one in regrets(losses))


def test_intervals_hold_for_all_options_at_once_and_would_not_without_the_correction() -> None:
    """400 tables of six options in 30 worlds; the error of the share is 1.1 points at 95 %."""
    means, rng, tables = np.array([0.0, 0.0, 0.0, 0.2, 0.5, 1.0]), np.random.default_rng(5), 400
    truth, held, held_without = means - means.min(), 0, 0
    for _ in range(tables):
        world = rng.normal(size=30)
        losses = means[:, None] + world + rng.normal(size=(6, 30))
        for level, add in ((0.95, True), (0.25, False)):
            rows = regrets(losses, level)
            whole = all(
                one.low is not None and one.high is not None and one.low <= t <= one.high
                for one, t in zip(rows, truth, strict=True)
            )
            held += whole and add
            held_without += whole and not add
    assert held / tables >= 0.95 - 3 * 0.011
    assert held_without / tables < 0.9, "an interval of another level is noticed"
