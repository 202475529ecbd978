"""Two runs of one seed compared replication by replication: the difference of a number, and how sure it is.

Means: the paired t interval. Shares: Bonett and Price (2012), J. Educ. Behav. Stat. 37:479, which adds one replication to each
kind of change, so that the interval is right where few replications change, and never empty.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from sim.analysis.difference import LEVEL, bonett_price


class Difference(NamedTuple):
    """How much a number changed: `change` with its interval, from `n` pairs of which `changed` differ."""

    before: float
    after: float
    change: float
    low: float
    high: float
    n: int
    changed: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.n > 0 and not self.low <= 0 <= self.high


def mean_interval(values: ArrayLike) -> tuple[float, float, float]:
    """Mean of (n,) numbers with its 95 % t interval; NaN where there is too little to say."""
    known = np.asarray(values, np.float64)
    if known.size == 0:
        return np.nan, np.nan, np.nan
    mean = float(known.mean())
    if known.size == 1:
        return mean, np.nan, np.nan
    half = float(stats.t.ppf((1 + LEVEL) / 2, known.size - 1) * known.std(ddof=1) / np.sqrt(known.size))
    return mean, mean - half, mean + half


def difference(before: ArrayLike, after: ArrayLike, *, share: bool) -> Difference:
    """The difference of two columns of one seed.

    Parameters
    ----------
    before, after : (n,) values of replication k in the same place; a pair with a NaN is left out
    share : whether the values are 0 or 1, and the number is the share of ones
    """
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    both = ~(np.isnan(first) | np.isnan(second))
    first, second = first[both], second[both]
    n, changed = len(first), int((first != second).sum())
    if n == 0:
        return Difference(np.nan, np.nan, np.nan, np.nan, np.nan, 0, 0)
    change, low, high = mean_interval(second - first)
    if share:
        low, high = bonett_price(int((second > first).sum()), int((second < first).sum()), n)
    return Difference(float(first.mean()), float(second.mean()), change, low, high, n, changed)
