"""How two distributions of one measure differ beyond their means: quantiles, and two distances."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.analysis.summary import QUANTILES

Array = NDArray[np.float64]


class Shape(NamedTuple):
    """Differences of quantiles (other minus baseline), and distances.

    `ks`: largest gap of the two cumulative curves, a probability (Kolmogorov and Smirnov); `wasserstein`: how far the one has to be
    moved, on average, to become the other, in the measure's unit.
    """

    quantiles: dict[str, float | None]
    ks: float | None
    wasserstein: float | None


def of_values(a: Array, b: Array) -> Shape:
    """Two samples without gaps, (n,) each."""
    if not (a.size and b.size):
        return Shape(dict.fromkeys(QUANTILES), None, None)
    marks = np.quantile(b, list(QUANTILES.values())) - np.quantile(a, list(QUANTILES.values()))
    return Shape(dict(zip(QUANTILES, map(float, marks), strict=True)), ks(a, b), float(stats.wasserstein_distance(a, b)))


def of_times(a: Array, b: Array, horizon: int) -> Shape:
    """Times cut at the horizon; a quantile that lies there is not known, and neither is its difference."""
    whole = of_values(a, b)
    known = {
        name: whole.quantiles[name] if max(np.quantile(a, mark, method="inverted_cdf"), np.quantile(b, mark, method="inverted_cdf")) < horizon else None
        for name, mark in QUANTILES.items()
    }
    return whole._replace(quantiles=known)


def ks(a: Array, b: Array) -> float:
    """Largest gap between two cumulative distributions."""
    both = np.concatenate([a, b])
    gaps = [np.searchsorted(np.sort(x), both, side="right") / len(x) for x in (a, b)]
    return float(np.abs(gaps[0] - gaps[1]).max())
