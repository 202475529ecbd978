"""Variance decomposition: how much variance comes from unknown inputs, how much from chance.

The law of total variance: Var(Y) = Var(E[Y | inputs]) + E[Var(Y | inputs)]. With a few replications
at each point, the variance of the points' means holds a part of chance, too; the estimator of the
one-way analysis of variance with random effects takes it off and is unbiased from two replications
a point on (Searle, Casella and McCulloch 1992, Variance Components, ch. 3; as a nested simulation:
Sun, Apley and Staum 2011, Oper. Res. 59:998). Random draws must be independent between points:
common random numbers would make the means of the points move together, and leave as many degrees of
freedom for chance as there are replications at one point.

Both parts are means over points, of (mean - middle)² P / (P - 1) - s² / R and of s², with Student's
interval; the share of the inputs is a ratio of such means, with that of Fieller (1954), which is 0
to 1 where too little varies to tell. Where few replications differ, an interval counts two more
points in which the smallest change seen just happened (see `sim.stats.expectation`). The mean of a
flag has Wilson's interval at the number of independent replications that would have its standard
error, never less than the number of points, nor more than that of replications.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.stats.difference import LEVEL
from sim.stats.estimate import FIELLER, STUDENT, WILSON, Estimate
from sim.stats.expectation import mean_of_blocks, ratio_of_means, size_of
from sim.stats.shares import interval

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class VarianceDecomposition:
    """The variance of an outcome or measure, in its unit squared, decomposed in two.

    `mean` over all replications; `inputs` is the variance that would go if the inputs were known,
    `chance` the variance that would stay, `share` that of the inputs in the whole. An estimate
    below 0 (more variance from chance than between points) is 0. Values are None where nothing can
    be said; `share` also where too little varies to tell, and its interval is then 0 to 1. `n`
    counts the points.
    """

    mean: Estimate
    inputs: Estimate
    chance: Estimate
    share: Estimate

    @property
    def is_known(self) -> bool:
        """Whether there were enough replications to decompose the variance."""
        return self.chance.value is not None

    @property
    def varies(self) -> bool:
        """Whether anything varies."""
        return self.is_known and bool(self.inputs.value or self.chance.value)


def components(sums: Array, squares: Array, counts: Array) -> tuple[Array, Array]:
    """Variance from inputs (may be below 0) and from chance.

    Parameters
    ----------
    sums, squares, counts : (..., n_points) of each point: sum of the values, sum of squares about
        their mean, number

    Returns
    -------
    inputs, chance : (...) in the unit of the values squared
    """
    points, total = counts.shape[-1], counts.sum(axis=-1)
    middle = sums.sum(axis=-1) / total
    between = (counts * (sums / counts - middle[..., None]) ** 2).sum(axis=-1) / (points - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = squares.sum(axis=-1) / (total - points)
    # as many replications a point as an even design would need for the same
    size = (total - (counts**2).sum(axis=-1) / total) / (points - 1)
    return (between - chance) / size, chance


def decompose(values: Array, *, share: bool = False) -> VarianceDecomposition:
    """Decompose the variance of replications at many points.

    Parameters
    ----------
    values : (n_points, n_replications), NaN where a replication failed or has no value
    share : whether they are flags, 0 or 1
    """
    known = ~np.isnan(values)
    kept = known.any(axis=1)
    values, known = values[kept], known[kept]
    counts, points = known.sum(axis=1).astype(np.float64), len(values)
    if points < 2 or counts.sum() <= points:
        nothing = Estimate(None, None, None, points, STUDENT)
        return VarianceDecomposition(nothing, nothing, nothing, nothing)
    filled = np.where(known, values, 0.0)
    sums = filled.sum(axis=1)
    mean = _mean(sums, counts, share=share)
    if not np.ptp(values[known]):
        return _constant(mean, share=share)
    means = sums / counts
    squares = (np.where(known, values - means[:, None], 0.0) ** 2).sum(axis=1)
    inputs, chance = map(float, components(sums, squares, counts))
    # of each point, with means over points that are the two components in an even design
    within = squares / np.maximum(counts - 1, 1)
    within[counts < 2] = chance
    between = (means - float(mean.value or 0.0)) ** 2 * points / (points - 1) - within / counts
    size = _size(values[known])
    runs = max(float(counts.mean()), 2.0)
    rare, least = 2 * size**2 / (runs * (runs - 1)), size**2 / runs
    part = ratio_of_means(between, between + within, rare, least)
    value = None if part.value is None else max(inputs, 0.0) / (max(inputs, 0.0) + chance)
    return VarianceDecomposition(
        mean,
        _above_zero(inputs, mean_of_blocks(between, (rare, rare)), points),
        _above_zero(chance, mean_of_blocks(within, (least, 0.0)), points),
        Estimate(value, part.low, part.high, points, FIELLER),
    )


def _size(values: Array) -> float:
    """Size of a change, where most replications have one value and changes are rare; else 0."""
    apart = values - np.median(values)
    return size_of(apart) if np.count_nonzero(apart) <= 0.5 * apart.size else 0.0


def _above_zero(value: float, bounds: tuple[float, float], points: int) -> Estimate:
    low, high = (max(bound, 0.0) for bound in bounds)
    return Estimate(max(value, 0.0), low, high, points, STUDENT)


def _mean(sums: Array, counts: Array, *, share: bool) -> Estimate:
    """Mean of all replications; points are independent, replications of one have its inputs."""
    points, total = len(sums), float(counts.sum())
    middle = float(sums.sum()) / total
    rest = sums - middle * counts
    error = float(np.sqrt((rest**2).sum() * points / (points - 1))) / total
    if share:
        alone = middle * (1 - middle) / error**2 if error > 0 else points
        low, high = interval(middle, min(max(alone, points), total))
        return Estimate(middle, float(low), float(high), points, WILSON)
    if not error:
        return Estimate(middle, None, None, points, STUDENT)
    half = float(stats.t.ppf((1 + LEVEL) / 2, points - 1)) * error
    return Estimate(middle, middle - half, middle + half, points, STUDENT)


def _constant(mean: Estimate, *, share: bool) -> VarianceDecomposition:
    """Every value is the same: that nothing varies was seen, and is not certain.

    The variance of a flag is at most that at the far end of its interval.
    """
    most = None
    if share:
        low, high = mean.bounds
        far = min(max(0.5, low), high)
        most = far * (1 - far)
    part = Estimate(0.0, None if most is None else 0.0, most, mean.n, STUDENT)
    return VarianceDecomposition(mean, part, part, Estimate(None, 0.0, 1.0, mean.n, FIELLER))
