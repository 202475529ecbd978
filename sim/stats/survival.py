"""Times to an event, some of which had not come when the run ended.

The probability that the event has happened by each day is one minus the product-limit estimate of
Kaplan and Meier (1958), J. Am. Stat. Assoc. 53:457. Where every replication runs to the same
horizon it is a plain share. The pointwise interval is Wilson's with the effective sample size of
Dorey and Korn (1987), Stat. Med. 6:679, so that a curve agrees with the table of outcomes; before
the first event the sample is those still at risk.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.stats.shares import interval

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """Probability that an event has happened by each day.

    `day` (upto + 1,) counts 0, 1, ... in days; `probability`, `low` and `high` have its shape and
    are NaN where no replication was watched that long. `n` replications are behind the curve, in
    `events` of them the event was seen.
    """

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
        """First day by which the event has happened with that probability.

        None if no replication was watched that long.
        """
        reached = np.flatnonzero(self.probability >= share - 1e-12)
        return float(self.day[reached[0]]) if reached.size else None


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
    watched = (risk > 0) | (alive <= 0)
    probability, low, high = (
        np.where(watched, values, np.nan) for values in (share, *interval(share, effective))
    )
    days = np.arange(upto + 1, dtype=np.float64)
    return Curve(days, probability, low, high, len(day), int(happened.sum()))
