"""Bands of a curve that is estimated from independent replications: day by day, and for all days.

A band day by day covers the truth on a given day with 95 %. A curve has many days, so it leaves
such a band somewhere more often than in 5 % of samples; the simultaneous band has one factor for
all days, so that it covers the whole curve with 95 % (the sup-t band of Montiel Olea and
Plagborg-Møller (2019), J. Appl. Econom. 34:1). The factor comes from a multiplier bootstrap
(Chernozhukov, Chetverikov and Kato (2013), Ann. Stat. 41:2786) in which all days of a replication
get the same weight: days of one replication depend on each other, and stay together. The factor of
normal values is then made that of Student's at the same probability.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from sim.stats.difference import LEVEL

#: Samples of the bootstrap; its factor is then known to about 1 %.
SAMPLES = 4000
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Bands:
    """A curve with its bands, (k,) each.

    `low` and `high` hold day by day, `low_all` and `high_all` for all days at once; `factor` is how
    many standard errors the latter are from `value`, `n` the replications behind it.
    """

    value: Array
    low: Array
    high: Array
    low_all: Array
    high_all: Array
    factor: float
    n: int

    @property
    def apart(self) -> NDArray[np.bool_]:
        """(k,) on which days the simultaneous band does not hold 0."""
        return (self.low_all > 0) | (self.high_all < 0)


def bands(
    value: Array,
    parts: Array,
    *,
    freedom: int | None = None,
) -> Bands:
    """The bands of a curve from what each replication adds to its error.

    Parameters
    ----------
    value : (k,) the curve
    parts : (n, k) the influence of each replication: the curve's error is their sum; of a mean of
        n values these are the deviations from it over n
    freedom : degrees of freedom of the errors, n - 1 if left out

    Returns
    -------
    Bands; without width on days on which no replication adds anything
    """
    n = len(parts)
    free = max(1, n - 1 if freedom is None else freedom)
    spread = np.sqrt((parts**2).sum(axis=0))
    error = spread * np.sqrt(n / max(1, n - 1))
    own = float(stdtrit(free, (1 + LEVEL) / 2))
    moves = error > 0
    factor = own
    if moves.any():
        # the bootstrap keeps the errors fixed, so its factor is that of normal values
        normal = _factor(parts[:, moves] / spread[moves])
        factor = max(own, float(stdtrit(free, ndtr(normal))))
    near, far = own * error, factor * error
    return Bands(value, value - near, value + near, value - far, value + far, factor, n)


def of_mean(rows: Array) -> Bands:
    """The bands of the mean of (n, k) rows, at least one; see `bands`."""
    value = rows.mean(axis=0)
    return bands(value, (rows - value) / len(rows))


def _factor(parts: Array) -> float:
    """The 95 % quantile of the greatest error of any day, in standard errors.

    A sum of the parts with independent normal weights is normal with their covariance, and so is
    drawn at once, however many replications there are.
    """
    size, axes = np.linalg.eigh(parts.T @ parts)
    root = (axes * np.sqrt(np.maximum(size, 0.0))) @ axes.T
    return float(np.quantile(np.abs(_normals(len(root)) @ root).max(axis=1), LEVEL))


def _normals(count: int) -> Array:
    """(SAMPLES, count) normal values, the same on every machine: from bits of SHAKE-256."""
    raw = hashlib.shake_256(b"bands").digest(4 * SAMPLES * count)
    values = (np.frombuffer(raw, "<u4").astype(np.float64) + 0.5) / 2.0**32
    normal: Array = ndtri(values).reshape(SAMPLES, count)
    return normal
