"""How two distributions of one measure differ beyond their means: quantiles, and two distances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.stats.restricted import Times
from sim.stats.summary import QUANTILES

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """Differences of quantiles (other minus baseline), and distances.

    `ks`: largest gap of the two cumulative curves, a probability (Kolmogorov and Smirnov);
    `wasserstein`: how far the one has to be moved, on average, to become the other, in the
    measure's unit.
    """

    quantiles: Mapping[str, float | None]
    ks: float | None
    wasserstein: float | None


def of_values(a: Array, b: Array) -> Shape:
    """Two samples without gaps, (n,) each."""
    if not (a.size and b.size):
        return Shape(dict.fromkeys(QUANTILES), None, None)
    marks = np.quantile(b, list(QUANTILES.values())) - np.quantile(a, list(QUANTILES.values()))
    return Shape(
        dict(zip(QUANTILES, map(float, marks), strict=True)),
        ks(a, b),
        float(stats.wasserstein_distance(a, b)),
    )


def of_times(a: Times, b: Times) -> Shape:
    """Times that were all observed up to one horizon.

    What had not come by then lies beyond every quantile that it reaches, as in a summary.
    """
    came = [np.where(of.seen, of.days, np.inf) for of in (a, b)]
    marks = [
        [float(np.quantile(days, mark, method="inverted_cdf")) for mark in QUANTILES.values()]
        for days in came
    ]
    known = [
        late - early if max(early, late) < np.inf else None
        for early, late in zip(*marks, strict=True)
    ]
    return Shape(
        dict(zip(QUANTILES, known, strict=True)),
        ks(*came),
        float(stats.wasserstein_distance(a.days, b.days)),
    )


def ks(a: Array, b: Array) -> float:
    """Largest gap between two cumulative distributions."""
    both = np.concatenate([a, b])
    gaps = [np.searchsorted(np.sort(x), both, side="right") / len(x) for x in (a, b)]
    return float(np.abs(gaps[0] - gaps[1]).max())
