"""How much worse an option is than the best one, with intervals that hold for all options at once.

The regret of an option is its mean loss minus the least mean loss among the options (Savage 1951,
J. Am. Stat. Assoc. 46:55). Which option is best is not known, and the one that looks best is
flattered by having been picked; so the intervals are those of multiple comparisons with the best
(Hsu 1984, Ann. Stat. 12:1136): from simultaneous intervals of all pairs, here Student's of paired
differences with Bonferroni's correction, the greatest lower and upper bound against any other
option, both at least 0. An interval from 0 to 0 says that no other option is better; one that
begins above 0 that some other is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OptionRegret:
    """One option in one set of worlds.

    `loss` is its mean loss, `value` its regret with `low` and `high` (None with fewer than two
    worlds); `best_share` the share of worlds in which no option has less loss, `in_hindsight` the
    mean loss beyond that of the best option of each world, which nobody knows beforehand.
    """

    loss: float
    value: float
    low: float | None
    high: float | None
    best_share: float
    in_hindsight: float


def regrets(losses: Array, level: float = 0.95) -> list[OptionRegret]:
    """The regret of each option.

    Parameters
    ----------
    losses : (n_options, n_worlds) loss of each option in the same worlds, none missing
    level : with which all intervals hold together
    """
    options, n = losses.shape
    means, least = losses.mean(axis=1), losses.min(axis=0)
    lows, highs = np.full((options, options), -np.inf), np.full((options, options), -np.inf)
    pairs = options * (options - 1) / 2
    sure = n > 1 and pairs > 0
    width = float(stdtrit(n - 1, 1 - (1 - level) / (2 * pairs))) if sure else np.nan
    for i in range(options):
        for j in range(options):
            if i != j and sure:
                gaps = losses[i] - losses[j]
                half = width * float(gaps.std(ddof=1)) / np.sqrt(n)
                lows[i, j], highs[i, j] = gaps.mean() - half, gaps.mean() + half
    return [
        OptionRegret(
            loss=float(means[i]),
            value=float(means[i] - means.min()),
            low=max(0.0, float(lows[i].max())) if sure else None,
            high=max(0.0, float(highs[i].max())) if sure else None,
            best_share=float((losses[i] == least).mean()),
            in_hindsight=float((losses[i] - least).mean()),
        )
        for i in range(options)
    ]
