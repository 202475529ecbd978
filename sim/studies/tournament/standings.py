"""What a strategy does over all opponents, and whether the two states are alike.

A world is a replication: the same random draws in every cell. So means over opponents are taken in
each world first, and intervals are over worlds: cells of one world depend on each other, and an
interval over cells and worlds together would be too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sim.stats.difference import SURE, holm, of_means
from sim.stats.estimate import Estimate
from sim.studies.sweep import estimates_of_rows

Array = NDArray[np.float64]


class Seat(StrEnum):
    """Which of the two states has the strategy: the first, the second, or each in turn."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Gap:
    """A paired difference over worlds: `value` with its 95 % interval, and p by Holm.

    `low` and `high` are None where no world differs or there are too few.
    """

    value: float | None
    low: float | None
    high: float | None
    p: float | None

    @property
    def sure(self) -> bool:
        """Whether it is more than chance, all differences of its family taken together."""
        return self.p is not None and self.p <= SURE


@dataclass(frozen=True, slots=True)
class Standing:
    """The mean of a strategy over its opponents, and what the others' mean is less than it."""

    mean: Estimate
    rest: Gap


def standings(cells: Array) -> Mapping[Seat, tuple[Standing, ...]]:
    """A standing for each strategy and seat, from (n, n, worlds): first state's, second's, world.

    A world in which a cell has no value is left out of the means that need it.
    """
    first, second = cells.mean(axis=1), cells.mean(axis=0)
    seats = {Seat.FIRST: first, Seat.SECOND: second, Seat.BOTH: (first + second) / 2}
    return {seat: _standings(rows) for seat, rows in seats.items()}


def _standings(rows: Array) -> tuple[Standing, ...]:
    """From the mean over opponents of each strategy in each world, (n, worlds)."""
    n = len(rows)
    others = (rows.sum(axis=0) - rows) / (n - 1)
    gaps = correct_together([(others[k], rows[k]) for k in range(n)])
    means = estimates_of_rows(rows, as_share=False)
    return tuple(Standing(mean, gap) for mean, gap in zip(means, gaps, strict=True))


def differences(cells: Array) -> Mapping[tuple[int, int], Gap]:
    """For each two strategies (a before b): a minus b over all opponents, each state in turn."""
    both = (cells.mean(axis=1) + cells.mean(axis=0)) / 2
    pairs = [(a, b) for a in range(len(cells)) for b in range(a + 1, len(cells))]
    return dict(zip(pairs, correct_together([(both[b], both[a]) for a, b in pairs]), strict=True))


def swaps(cells: Array) -> Mapping[tuple[int, int], Gap]:
    """For each two strategies (a before b): first a and second b, minus the two exchanged."""
    pairs = [(a, b) for a in range(len(cells)) for b in range(a + 1, len(cells))]
    gaps = correct_together([(cells[b, a], cells[a, b]) for a, b in pairs])
    return dict(zip(pairs, gaps, strict=True))


def correct_together(pairs: list[tuple[Array, Array]]) -> list[Gap]:
    """The second minus the first of each pair of columns (worlds,), p corrected together."""
    before = [_gap(one, other) for one, other in pairs]
    tested: dict[tuple[str, ...], float] = {
        (str(k),): gap.p for k, gap in enumerate(before) if gap.p is not None
    }
    after = holm(tested)
    return [Gap(gap.value, gap.low, gap.high, after.get((str(k),))) for k, gap in enumerate(before)]


def _gap(one: Array, other: Array) -> Gap:
    both = ~(np.isnan(one) | np.isnan(other))
    if both.sum() < 2:
        return Gap(None, None, None, None)
    found = of_means(one[both], other[both], paired=True)
    spread = found.spread or 0.0
    if math.isclose(found.value, 0.0, abs_tol=1e-12) and spread < 1e-12:
        return Gap(0.0, None, None, None)  # not tested: no world differs
    return Gap(found.value, found.low, found.high, found.p)
