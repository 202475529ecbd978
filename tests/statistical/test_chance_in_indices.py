"""Indices of an outcome of chance: chance is not counted as an input, at few replications too."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol

from calibration.coverage.outcome import PATHS, Outcome
from sim.stats.estimate import IntervalValue
from sim.studies.sensitivity.salib import analyse, problem

pytestmark = pytest.mark.statistical

STUDIES = 60
#: Of so many studies this many may fall short by chance alone: four standard errors.
LEAST = 0.95 - 4 * np.sqrt(0.95 * 0.05 / STUDIES)


def holds(index: IntervalValue, truth: float) -> bool:
    low, high = index.bounds
    return low <= truth <= high


def unbiased(found: np.ndarray, truth: float) -> bool:
    return abs(found.mean() - truth) < 4 * found.std(ddof=1) / np.sqrt(len(found))


def test_total_indices_are_not_raised_by_chance() -> None:
    """What stands above and below the ratio is unbiased, so that the ratio nearly is."""
    mine, plain, held = [], [], []
    for seed in range(STUDIES):
        blocks, values = Outcome(0.3).sobol(64, 10, seed)
        rows = [analyse(blocks, PATHS, values).indices[path] for path in PATHS]
        mine.append([row.total.value for row in rows])
        plain.append(salib_sobol.analyze(problem(PATHS), values.mean(axis=1), False)["ST"])
        held.append(
            [
                row.total.low <= Outcome(0.3).total[p] <= row.total.high
                for p, row in zip(PATHS, rows, strict=True)
            ]
        )
    truth = Outcome(0.3).total["weak"]
    weak, raised = np.array(mine, float)[:, 2], np.array(plain)[:, 2]
    assert unbiased(weak, truth)
    # the control: the formulas without the correction
    assert not unbiased(raised, truth)
    assert raised.mean() > truth + 0.15
    assert np.mean(held) > LEAST


def test_mean_sizes_of_effects_are_covered() -> None:
    mine, plain, held = [], [], []
    for seed in range(STUDIES):
        blocks, values = Outcome(0.1).morris(20, 10, seed)
        rows = [analyse(blocks, PATHS, values).indices[path] for path in PATHS]
        truth = Outcome(0.1).mean_effects
        held.append(
            [
                row.mu_star.low <= truth[p] <= row.mu_star.high
                for p, row in zip(PATHS, rows, strict=True)
            ]
            + [row.mu.low <= truth[p] <= row.mu.high for p, row in zip(PATHS, rows, strict=True)]
        )
        mine.append([row.mu.value for row in rows])
        found = salib_morris.analyze(
            problem(PATHS), blocks.shares, values.mean(axis=1), num_levels=4
        )
        star, half = found["mu_star"][2], found["mu_star_conf"][2]
        plain.append(abs(star - truth["weak"]) <= half)
    assert np.mean(held) > LEAST
    assert np.mean(plain) < 0.5  # the control: without chance in it the interval misses
    for k, path in enumerate(PATHS):
        assert unbiased(np.array(mine)[:, k], truth[path])


def test_an_outcome_that_never_came_is_not_known_to_depend_on_nothing() -> None:
    for blocks, values in (Outcome(0.0).sobol(16, 5, 1), Outcome(0.0).morris(16, 5, 1)):
        for row in analyse(blocks, PATHS, values).indices.values():
            assert row.main.value is None
            assert (row.main.low, row.main.high) in {(None, None), (0.0, 1.0)}


def test_a_rare_outcome_is_not_said_to_be_known() -> None:
    """One point of hundreds has it: the points do not differ by more than chance."""
    blocks, values = Outcome(0.0).sobol(32, 5, 1)
    values[7, 2] = 1.0
    for row in analyse(blocks, PATHS, values).indices.values():
        assert (row.total.value, row.total.low, row.total.high) == (None, 0.0, 1.0)
    blocks, values = Outcome(0.0).morris(20, 5, 1)
    values[7, 2] = 1.0
    for row in analyse(blocks, PATHS, values).indices.values():
        assert row.mu_star.low == 0.0
        assert row.mu_star.high > 0.01


def test_an_input_that_moves_nothing_has_a_bound_and_not_a_certain_0() -> None:
    blocks, values = Outcome(0.3, luck=0.0).sobol(64, 10, 2)
    values = values.reshape(64, 5, 10)
    values[:, 3] = values[:, 0]
    row = analyse(blocks, PATHS, values.reshape(-1, 10)).indices["weak"]
    assert row.total.value == 0.0
    assert row.total.low == 0.0
    assert 0 < row.total.high < 0.2
