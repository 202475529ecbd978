"""How precise shares of outcomes are: half-widths of their intervals, and how they settle as replications are added."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.runner import Until
from sim.stats.summary import outcomes
from sim.stats.survival import interval

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.stats.summary import Table

POINTS = 60  # numbers of replications at which a running estimate is worked out


def until(halfwidth: float, most: int, on: str | None = None) -> Until:
    """Go on until the 95 % interval of every outcome's share, or of the outcome `on`, is at most 2 `halfwidth` wide, or there are `most` replications."""
    return Until(halfwidth, most, partial(widest, on=on))


def widest(ensembles: Mapping[str, Ensemble], on: str | None = None) -> float:
    """Greatest half-width of the intervals of the outcomes' shares, or that of the outcome `on`; 1 if every replication failed."""
    return max(halfwidth(ensemble, on) for ensemble in ensembles.values())


def halfwidth(ensemble: Ensemble, on: str | None = None) -> float:
    """The same of one ensemble."""
    table = ensemble.columns()
    fine = table[table["status"] == 0]
    if not len(fine):
        return 1.0
    shares = outcomes(fine, list(ensemble.scenario.outcomes))
    return max((row["high"] - row["low"]) / 2 for name, row in shares.items() if on in (None, name))


class Running(NamedTuple):
    """Share of an outcome among the first `runs` replications that did not fail, with its 95 % interval; each (POINTS,) or shorter."""

    runs: NDArray[np.int64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def running(fine: Table, name: str) -> Running:
    """How the share of an outcome settled, at numbers of replications evenly spaced in their logarithm."""
    came = np.cumsum(fine["outcome"].to_numpy() == name)
    count = np.unique(np.geomspace(min(10, len(came)), len(came), POINTS).round().astype(np.int64))
    share = came[count - 1] / count
    low, high = interval(share, count)
    return Running(count, share, low, high)
