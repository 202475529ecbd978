"""Variance decomposition: how much variance comes from unknown inputs, how much from chance.

The law of total variance: Var(Y) = Var(E[Y | inputs]) + E[Var(Y | inputs)]. With a few replications
at each point, the variance of the points' means holds a part of chance, too; the estimator of the
one-way analysis of variance with random effects takes it off and is unbiased from two replications
a point on (Searle, Casella and McCulloch 1992, Variance Components, ch. 3; as a nested simulation:
Sun, Apley and Staum 2011, Oper. Res. 59:998). Random draws must be independent between points:
common random numbers would make the means of the points move together, and leave as many degrees of
freedom for chance as there are replications at one point.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.stats.estimate import BOOTSTRAP, Estimate, finite

RESAMPLES = 999
MOST_CORRECTED = 1000  # points
AT_A_TIME = 200_000  # points drawn, so that memory does not grow with their number
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class VarianceDecomposition:
    """The variance of an outcome or measure, in its unit squared, decomposed in two.

    `mean` over all replications; `inputs` is the variance that would go if the inputs were known,
    `chance` the variance that would stay, `share` that of the inputs in the whole. An estimate
    below 0 (more variance from chance than between points) is 0. Values are None where nothing can
    be said. `n` counts the points.
    """

    mean: Estimate
    inputs: Estimate
    chance: Estimate
    share: Estimate

    @property
    def is_known(self) -> bool:
        """Whether there were enough replications to decompose the variance."""
        return self.share.value is not None

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


def decompose(values: Array, seed: int) -> VarianceDecomposition:
    """Decompose the variance of replications at many points.

    Parameters
    ----------
    values : (n_points, n_replications), NaN where a replication failed or has no value
    seed : of the bootstrap, which draws points

    Returns
    -------
    VarianceDecomposition
    """
    known = ~np.isnan(values)
    kept = known.any(axis=1)
    values, known = values[kept], known[kept]
    counts = known.sum(axis=1).astype(np.float64)
    if len(values) < 2 or counts.sum() <= len(values):
        nothing = Estimate(None, None, None, len(values), BOOTSTRAP)
        return VarianceDecomposition(nothing, nothing, nothing, nothing)
    filled = np.where(known, values, 0.0)
    sums = filled.sum(axis=1)
    squares = (np.where(known, values - (sums / counts)[:, None], 0.0) ** 2).sum(axis=1)
    estimates = _estimates(sums, squares, counts)
    bounds = np.column_stack([estimates, _bootstrap(sums, squares, counts, seed)])
    # an estimate below 0 is 0, and what may lie above it is as much as the estimate is uncertain
    half = (bounds[:, 2] - bounds[:, 1]) / 2
    bounds[1:, 2] = np.where(estimates[1:] < 0, np.maximum(bounds[1:, 2], half[1:]), bounds[1:, 2])
    bounds[1:] = np.maximum(bounds[1:], 0.0)
    mean, inputs, chance, share = (
        Estimate(finite(value), finite(low), finite(high), len(values), BOOTSTRAP)
        for value, low, high in bounds.tolist()
    )
    return VarianceDecomposition(mean, inputs, chance, share)


def _estimates(sums: Array, squares: Array, counts: Array) -> Array:
    """Mean, inputs, chance and the share of the inputs, (4, ...).

    They are unbiased, so that some may lie below 0.
    """
    inputs, chance = components(sums, squares, counts)
    whole = inputs + chance
    share = np.divide(inputs, whole, out=np.zeros_like(whole), where=whole > 0)
    return np.stack([sums.sum(axis=-1) / counts.sum(axis=-1), inputs, chance, share])


def _bootstrap(sums: Array, squares: Array, counts: Array, seed: int) -> Array:
    """Low and high ends (4, 2) of intervals from points drawn with replacement.

    Bias-corrected and accelerated (Efron 1987, J. Am. Stat. Assoc. 82:171), where that is defined;
    percentiles else, and with many points, where the correction is nil and its cost the square of
    their number.
    """
    from scipy.stats import bootstrap

    if np.ptp(sums / counts) == 0 and not squares.any():
        # every value is the same: nothing to draw from
        return np.repeat(_estimates(sums, squares, counts)[:, None], 2, axis=1)

    def statistic(*parts: Array, axis: int) -> Array:
        return _estimates(*parts)

    batch = max(1, AT_A_TIME // len(sums))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it is not defined, as for an outcome that came once
        method: Literal["BCa", "percentile"] = (
            "BCa" if len(sums) <= MOST_CORRECTED else "percentile"
        )
        made = bootstrap(
            (sums, squares, counts),
            statistic,
            paired=True,
            vectorized=True,
            n_resamples=RESAMPLES,
            method=method,
            rng=seed,
            batch=batch,
        )
    plain = np.quantile(made.bootstrap_distribution, [0.025, 0.975], axis=-1)
    found = np.array(made.confidence_interval)
    return np.where(np.isnan(found), plain, found).T
