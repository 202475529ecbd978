"""Convergence of the outcome shares as replications are added."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.stats.shares import interval
from sim.stats.table import Table, texts

POINTS = 60  # numbers of replications at which a running estimate is worked out


class Running(NamedTuple):
    """Share of an outcome among the first `runs` replications that did not fail.

    `low` and `high` are its 95 % interval; each array is (POINTS,) or shorter.
    """

    runs: NDArray[np.int64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def running(fine: Table, name: str) -> Running:
    """Share of the outcome `name` at numbers of replications evenly spaced in their logarithm.

    `fine` holds the replications that did not fail, one a row, with the column `outcome`.
    """
    hits = np.cumsum(texts(fine, "outcome") == name)
    count = np.unique(np.geomspace(min(10, len(hits)), len(hits), POINTS).round().astype(np.int64))
    share = hits[count - 1] / count
    low, high = interval(share, count)
    return Running(count, share, low, high)
