"""The share of replications in which something happened, and the interval of a share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.stats.estimate import WILSON, Estimate, Json
from sim.stats.table import Table, texts

Z95 = NormalDist().inv_cdf(0.975)

Array = NDArray[np.float64]


def interval(probability: ArrayLike, n: ArrayLike) -> tuple[Array, Array]:
    """Two-sided 95 % interval of a share of n independent replications.

    Wilson (1927), J. Am. Stat. Assoc. 22:209, for every count: of what never came it goes from 0
    to 3.84 / (n + 3.84).

    Parameters
    ----------
    probability : share in [0, 1], any shape
    n : replications behind it, broadcast against `probability`; 0 gives the interval [0, 1]

    Returns
    -------
    low, high : bounds of the same shape
    """
    p, n = np.broadcast_arrays(np.asarray(probability, np.float64), np.asarray(n, np.float64))
    some = np.maximum(n, 1e-9)
    centre = (p + Z95**2 / (2 * some)) / (1 + Z95**2 / some)
    half = Z95 * np.sqrt(p * (1 - p) / some + (Z95 / (2 * some)) ** 2) / (1 + Z95**2 / some)
    low, high = np.where(p <= 0, 0.0, centre - half), np.where(p >= 1, 1.0, centre + half)
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


def share(count: int, n: int) -> Estimate:
    """The share of `count` in `n` replications; without a replication None, between 0 and 1."""
    probability = count / n if n else 0.0
    low, high = interval(probability, n)
    return Estimate(probability if n else None, float(low), float(high), n, WILSON)


def shares_as_json(shares: Mapping[str, Estimate]) -> Json:
    """Shares by name as plain values: `probability`, `low` and `high` of each."""
    return {
        name: {"probability": share.value, "low": share.low, "high": share.high}
        for name, share in shares.items()
    }


def outcome_shares(fine: Table, names: Sequence[str]) -> dict[str, Estimate]:
    """The share of each outcome class among the replications that did not fail.

    Parameters
    ----------
    fine : one row a replication that did not fail, with the column `outcome`
    names : the outcome classes, in their order; one that never came has the share 0

    Returns
    -------
    a share for each of `names`, then for each class that the table alone has
    """
    counts = Counter(texts(fine, "outcome"))
    rest = sorted(set(counts) - set(names))
    return {name: share(counts[name], len(fine)) for name in (*names, *rest)}
