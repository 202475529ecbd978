"""Replications that an interval of a given half-width needs, foreseen from a pilot sample.

A pilot knows a variance only roughly, so the most unfavourable one is taken that its own interval
allows: then the sample is large enough in 39 cases of 40, as far as the variance decides (Kupper
and Hafner 1989, Am. Stat. 43:101).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.stats.difference import LEVEL, bonett_price
from sim.stats.shares import Z95, interval

Array = NDArray[np.float64]
MOST = 1 << 40
_OUTSIDE = (1 - LEVEL) / 2


def for_share(count: int, n: int, halfwidth: float) -> int:
    """Replications for a share, by Wilson's interval; `count` of `n` were seen in the pilot."""
    low, high = map(float, interval(count / n, n))
    worst = min(max(0.5, low), high)  # nearest to one half, where a share varies most
    return _least(lambda m: float(np.diff(interval(worst, m))[0]) / 2, halfwidth)


def for_pairs(gained: int, lost: int, n: int, halfwidth: float) -> int:
    """Pairs for a difference of shares, by Bonett and Price's interval.

    Of `n` pairs of the pilot `gained` went up and `lost` down.
    """
    changed = float(interval((gained + lost) / n, n)[1])
    low, high = bonett_price(gained, lost, n)
    near = max(0.0, low, -high)  # the difference nearest to 0 that the pilot allows

    def half(m: int) -> float:
        return Z95 * math.sqrt(((changed * m + 2) / (m + 2) - near**2) / (m + 2))

    return _least(half, halfwidth)


def for_mean(pilot: Array, halfwidth: float) -> int | None:
    """Replications, or pairs, for a mean, by Student's interval; `pilot` (n,) is a sample.

    None if nothing varied in it, so that nothing can be foreseen. The logarithm of a variance has
    the standard error √((κ - 1) / n), κ the kurtosis, so that a long tail asks for more.
    """
    n = len(pilot)
    if n < 2 or not np.ptp(pilot):
        return None
    variance = float(pilot.var(ddof=1))
    kurtosis = float(((pilot - pilot.mean()) ** 4).mean()) / float(pilot.var()) ** 2
    worst = math.sqrt(variance * math.exp(Z95 * math.sqrt((kurtosis - 1) / n)))

    def half(m: int) -> float:
        return -float(stdtrit(max(m - 1, 1), _OUTSIDE)) * worst / math.sqrt(m)

    return _least(half, halfwidth)


def _least(half: Callable[[int], float], wanted: float) -> int:
    """Least number at which a falling half-width is at most the one that is wanted."""
    low, high = 1, 2
    while half(high) > wanted and high < MOST:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if half(middle) <= wanted else (middle + 1, high)
    return low
