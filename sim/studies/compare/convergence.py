"""Convergence of a difference as replications are added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.stats.convergence import POINTS
from sim.stats.difference import Difference, of_means, of_shares
from sim.stats.table import column
from sim.studies.compare.sides import Pair

FIRST = 10
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Convergence:
    """Differences of the first `runs` pairs, at numbers evenly spaced in their logarithm."""

    runs: NDArray[np.int64]
    differences: tuple[Difference, ...]

    def column(self, name: str) -> Array:
        """One field of the differences, (POINTS,) or shorter; NaN where it is not known."""
        return np.array([getattr(one, name) for one in self.differences], dtype=np.float64)


def of_outcome(pair: Pair, name: str) -> Convergence:
    """The difference of the shares of an outcome class."""
    a, b = ((ending == name).astype(np.float64) for ending in pair.endings)
    counts = _counts(pair)
    return Convergence(counts, tuple(of_shares(a[:n], b[:n], paired=pair.paired) for n in counts))


def of_measure(pair: Pair, name: str) -> Convergence:
    """The difference of the means of a measure that is no time."""
    a, b = column(pair.a, name), column(pair.b, name)
    counts = _counts(pair)
    return Convergence(counts, tuple(of_means(a[:n], b[:n], paired=pair.paired) for n in counts))


def _counts(pair: Pair) -> NDArray[np.int64]:
    most = min(pair.counts)
    return np.unique(np.geomspace(min(FIRST, most), most, POINTS).round().astype(np.int64))
