"""Restricted mean times, as pseudo-values, and the log-rank test.

The restricted mean is the area under the curve of Kaplan and Meier up to a day: the mean of the
time or that day, whichever is first. A replication's pseudo-value is the mean plus its influence on
it, so pseudo-values can be paired and averaged like plain numbers (Andersen, Hansen and Klein 2004,
Lifetime Data Anal. 10:335; here the first-order influence instead of the jackknife). Where every
replication is observed up to that day the pseudo-value is the plain time, cut there.

Every mean of a time or a duration in summaries, comparisons, sweeps and studies comes from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.stats.table import Table, column

if TYPE_CHECKING:
    from sim.vocabulary.measures import Measure

Array = NDArray[np.float64]
#: Ends of a duration that must have been observed before it has an interval: with four on average
#: the interval covers 90 % where it says 95, with none it has no width.
FEWEST_ENDS = 10


@dataclass(frozen=True, slots=True)
class Times:
    """Times of n replications.

    `days` (n,) until the event or the end of observation, `seen` (n,) where the event was observed,
    `began` (n,) where the time began at all (a duration may never have begun).
    """

    days: Array
    seen: NDArray[np.bool_]
    began: NDArray[np.bool_]

    @property
    def longest(self) -> float:
        """Longest time that was observed, days."""
        return float(self.days[self.began].max(initial=0.0))


def times(fine: Table, measure: Measure, horizon: int) -> Times:
    """A time from the release, censored at the horizon, or a duration of those that began."""
    values = column(fine, measure.name)
    came = ~np.isnan(values)
    if measure.duration:
        ended = column(fine, measure.ended_by) > 0
        return Times(np.where(came, values, 0.0), came & ended, came)
    came &= values <= horizon
    return Times(np.where(came, values, horizon), came, np.ones(len(values), dtype=bool))


def few_ends(measure: Measure, of: Times) -> bool:
    """Whether this is a duration of which too few ends were observed to compare its length."""
    return measure.duration and int(of.seen.sum()) < FEWEST_ENDS


def window(measure: Measure, sides: Sequence[Times], horizon: int) -> int | None:
    """Days up to which samples of a time are compared, None if nowhere enough is known.

    The horizon; for a duration the longest time that was observed wherever enough ended.
    """
    if not measure.duration:
        return horizon
    observed = [int(of.longest) for of in sides if not few_ends(measure, of)]
    return min(horizon, *observed) or None if observed else None


def restricted_mean(of: Times, horizon: int) -> float | None:
    """Mean of the time, up to the horizon or the longest time that was observed.

    None if nothing began.
    """
    if not of.began.any():
        return None
    return float(pseudo_values(of, min(horizon, int(of.longest))).mean())


def pseudo_values(of: Times, upto: int) -> Array:
    """(n,) values whose mean is the restricted mean up to a day.

    Their spread is that of its estimate; all are NaN if nothing began.
    """
    count = int(of.began.sum())
    if not count:
        return np.full(len(of.days), np.nan)
    if of.began.all() and (of.seen | (of.days >= upto)).all():
        # exactly, so that equal times stay equal
        return np.minimum(of.days, upto)
    day = np.clip(of.days[of.began], 0, upto).astype(np.int64)
    seen = of.seen[of.began] & (of.days[of.began] < upto)
    ended = np.bincount(day[seen], minlength=upto + 1).astype(np.float64)
    risk = count - np.concatenate([[0.0], np.cumsum(np.bincount(day, minlength=upto + 1))[:-1]])
    hazard = np.divide(ended, risk, out=np.zeros(upto + 1), where=risk > 0)
    alive = np.cumprod(1 - hazard)[:upto]
    ahead = np.append(np.cumsum(alive[::-1])[::-1], 0.0)  # area under the curve from each day on
    weight = np.divide(
        ahead * count, risk * (1 - hazard), out=np.zeros(upto + 1), where=(risk > 0) & (hazard < 1)
    )
    influence = np.cumsum(weight * hazard)[day] - np.where(seen, weight[day], 0.0)
    values = np.full(len(of.days), alive.sum())
    values[of.began] += influence * (len(of.days) / count)
    return values


def log_rank(a: Times, b: Times) -> float | None:
    """The p value of the log-rank test that two independent samples have the same curve.

    None if no event was observed.
    """
    from scipy import stats  # takes long to import, and few commands compare

    if not (a.seen.any() or b.seen.any()) or not (a.began.any() and b.began.any()):
        return None
    one, other = (
        stats.CensoredData.right_censored(of.days[of.began], ~of.seen[of.began]) for of in (a, b)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        # 0/0 where all events came on one day: the test says nothing
        p = float(stats.logrank(one, other).pvalue)
    return None if np.isnan(p) else p
