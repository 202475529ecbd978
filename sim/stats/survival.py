"""Times to an event, some of which had not come when the run ended.

The probability that the event has happened by each day is one minus the product-limit estimate of
Kaplan and Meier (1958), J. Am. Stat. Assoc. 53:457. Where every replication runs to the same
horizon it is a plain share. The pointwise interval is Wilson's with the effective sample size of
Dorey and Korn (1987), Stat. Med. 6:679, so that a curve agrees with the table of outcomes; before
the first event it is the rule of three over those still at risk.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z95 = NormalDist().inv_cdf(0.975)
RULE_OF_THREE = 3.0  # -ln(0.05), rounded up: Hanley and Lippman-Hand (1983), JAMA 249:1743

#: Times that are durations, and the flag that says whether the end was seen; all others run from
# the release.
DURATIONS = {"first_ceasefire_length": "first_ceasefire_broken"}

Array = NDArray[np.float64]


class Curve(NamedTuple):
    """Probability that the event has happened by `day` (0, 1, ... in days), with a 95 % interval; NaN where nobody was watched that long."""

    day: Array
    probability: Array
    low: Array
    high: Array
    n: int
    events: int

    def by(self, day: int) -> float | None:
        """Probability by that day, None beyond what was watched."""
        value = self.probability[day] if day < len(self.day) else np.nan
        return None if np.isnan(value) else float(value)

    def quantile(self, share: float) -> float | None:
        """First day by which the event has happened with that probability, None if it was not watched that long."""
        reached = np.flatnonzero(self.probability >= share - 1e-12)
        return float(self.day[reached[0]]) if reached.size else None


def interval(probability: ArrayLike, n: ArrayLike) -> tuple[Array, Array]:
    """95 % interval of a share of n independent replications.

    Wilson (1927), J. Am. Stat. Assoc. 22:209; where the share is 0 or 1, the one-sided rule of
    three.

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
    three = np.minimum(RULE_OF_THREE / some, 1.0)
    low = np.where(p <= 0, 0.0, np.where(p >= 1, 1 - three, centre - half))
    high = np.where(p >= 1, 1.0, np.where(p <= 0, three, centre + half))
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


def curve(time: ArrayLike, seen: ArrayLike, upto: int) -> Curve:
    """Probability that an event has happened, by day.

    Parameters
    ----------
    time : (n,) whole days until the event, or until watching stopped
    seen : (n,) True where the event was seen, False where watching stopped before it (censored)
    upto : last day of the curve

    Returns
    -------
    Curve on days 0 to `upto`

    Notes
    -----
    A replication that stops being watched on a day counts as at risk on that day.
    """
    day = np.clip(np.asarray(time, np.float64), 0, upto + 1).astype(np.int64)
    happened = np.asarray(seen, np.bool_) & (day <= upto)
    ended = np.bincount(day[happened], minlength=upto + 2)[: upto + 1].astype(np.float64)
    left = np.bincount(day[~happened], minlength=upto + 2)[: upto + 1].astype(np.float64)
    risk = len(day) - np.concatenate([[0.0], np.cumsum(ended + left)[:-1]])
    with np.errstate(divide="ignore", invalid="ignore"):
        alive = np.cumprod(np.where(risk > 0, 1 - ended / risk, 1.0))
        spread = np.cumsum(np.where(risk > ended, ended / (risk * (risk - ended)), 0.0))
        effective = (1 - alive) / (alive * spread)  # p(1-p) over Greenwood's variance p² x spread
    usable = np.isfinite(effective) & (effective > 0)
    # before the first end: all still at risk; once all have ended: as many as on the last day on
    # which some had not
    last = np.maximum.accumulate(np.where(usable | (alive >= 1), np.arange(upto + 1), 0))
    effective = np.where(usable, effective, risk)[last]
    share = np.round(1 - alive, 12)  # what a product of many factors loses in its last digits
    low, high = interval(share, effective)
    watched = (risk > 0) | (alive <= 0)
    probability, low, high = (np.where(watched, values, np.nan) for values in (share, low, high))
    return Curve(
        np.arange(upto + 1, dtype=np.float64), probability, low, high, len(day), int(happened.sum())
    )
