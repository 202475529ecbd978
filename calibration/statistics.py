"""Estimators of a tempo: pure functions of days, counts and flags, nothing of the model in them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special, stats

from sim.stats.survival import Curve, curve

Z95 = 1.959964


class Estimate(NamedTuple):
    """A number with an interval; NaN where there is none."""

    value: float
    low: float = np.nan
    high: float = np.nan


def episodes(days: ArrayLike, gap: int) -> list[tuple[int, int]]:
    """First and last day of each cluster of `days`; days fewer than `gap` apart are one."""
    ordered = np.unique(np.asarray(days, np.int64))
    if not ordered.size:
        return []
    cuts = np.flatnonzero(np.diff(ordered) >= gap) + 1
    return [(int(part[0]), int(part[-1])) for part in np.split(ordered, cuts)]


def near(days: ArrayLike, happened: ArrayLike, first: int, last: int) -> NDArray[np.bool_]:
    """Whether an event came `first` to `last` days after each of `days` (negative: before)."""
    at, sorted_days = np.asarray(days, np.int64), np.unique(np.asarray(happened, np.int64))
    return np.searchsorted(sorted_days, at + last, "right") > np.searchsorted(
        sorted_days, at + first, "left"
    )


def lags(days: ArrayLike, happened: ArrayLike, first: int, last: int) -> NDArray[np.float64]:
    """Days from each of `days` to the first thing that happened `first` to `last` days later.

    NaN if nothing did.
    """
    at, sorted_days = np.asarray(days, np.int64), np.unique(np.asarray(happened, np.int64))
    place = np.searchsorted(sorted_days, at + first, "left")
    later = np.append(sorted_days, np.iinfo(np.int64).max // 2)[place] - at
    return np.where(later <= last, later, np.nan)


def control(horizon: int, happened: ArrayLike, first: int, last: int) -> float:
    """The control of `near`: its share of all days 1 to `horizon` whose window lies in them."""
    days = np.arange(max(1, 1 - first), min(horizon, horizon - last) + 1)
    return float(near(days, happened, first, last).mean()) if days.size else np.nan


def stretches(flags: ArrayLike) -> list[tuple[int, int]]:
    """First and last index of each run of true flags."""
    padded = np.concatenate([[False], np.asarray(flags, np.bool_), [False]]).astype(np.int8)
    change = np.diff(padded)
    return [
        (int(a), int(b) - 1)
        for a, b in zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1), strict=True)
    ]


def survival(times: ArrayLike, seen: ArrayLike, upto: int = 365) -> Curve:
    """Probability of having ended by each day (Kaplan and Meier 1958)."""
    return curve(times, seen, upto)


def ended_by(ends: Curve, day: int) -> Estimate:
    """Probability of having ended by a day.

    Beyond what was watched, that of the last day that was (Gill 1980), a lower bound.
    """
    watched = np.flatnonzero(~np.isnan(ends.probability[: day + 1]))
    if not watched.size:
        return Estimate(np.nan)
    last = watched[-1]
    return Estimate(float(ends.probability[last]), float(ends.low[last]), float(ends.high[last]))


def fano(counts: ArrayLike) -> float:
    """Variance over mean; 1 for a Poisson process."""
    values = np.asarray(counts, np.float64)
    return (
        float(values.var(ddof=1) / values.mean())
        if values.size > 1 and values.mean() > 0
        else np.nan
    )


def detrended_fano(counts: ArrayLike, months: int = 13) -> float:
    """Mean squared distance from a centred running mean over the mean; 1 for a Poisson process.

    A point belongs to its own running mean of w points, which takes 1 - 1/w off its variance; that
    is put back. At the ends the mean is over the points there are.
    """
    values = np.asarray(counts, np.float64)
    if values.size < 3 or values.mean() <= 0:
        return np.nan
    half = months // 2
    windows = [values[max(0, k - half) : k + half + 1] for k in range(values.size)]
    squares = [
        (value - window.mean()) ** 2 / (1 - 1 / window.size)
        for value, window in zip(values, windows, strict=True)
    ]
    return float(np.mean(squares) / values.mean())


def tail_exponent(sizes: ArrayLike, least: int) -> Estimate:
    """Exponent of a discrete power law from `least` up, by maximum likelihood.

    Source: Clauset, Shalizi and Newman 2009, eq. 3.5.
    """
    tail = np.asarray(sizes, np.float64)
    tail = tail[tail >= least]
    if tail.size < 10:
        return Estimate(np.nan)
    logs = np.log(tail).sum()
    found = optimize.minimize_scalar(
        lambda a: tail.size * np.log(special.zeta(a, least)) + a * logs,
        bounds=(1.01, 12.0),
        method="bounded",
    )
    error = Z95 * (found.x - 1) / np.sqrt(tail.size)
    return Estimate(float(found.x), float(found.x - error), float(found.x + error))


def share(hits: int, n: int) -> Estimate:
    """A share of n with the exact 95 % interval (Clopper and Pearson 1934)."""
    if n == 0:
        return Estimate(np.nan)
    low = 0.0 if hits == 0 else float(stats.beta.ppf(0.025, hits, n - hits + 1))
    high = 1.0 if hits == n else float(stats.beta.ppf(0.975, hits + 1, n - hits))
    return Estimate(hits / n, low, high)


def count(n: int) -> Estimate:
    """A count with the exact 95 % interval of a Poisson mean (Garwood 1936)."""
    low = 0.0 if n == 0 else float(stats.chi2.ppf(0.025, 2 * n) / 2)
    return Estimate(float(n), low, float(stats.chi2.ppf(0.975, 2 * n + 2) / 2))


def mean(values: ArrayLike) -> Estimate:
    """A mean over replications with its 95 % interval; missing ones are left out."""
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    if not known.size:
        return Estimate(np.nan)
    half = Z95 * known.std(ddof=1) / np.sqrt(known.size) if known.size > 1 else np.nan
    return Estimate(float(known.mean()), float(known.mean() - half), float(known.mean() + half))


def ratio(hits: ArrayLike, out_of: ArrayLike) -> Estimate:
    """A share over all replications, with a 95 % interval for independent replications.

    Linearised variance of a ratio of sums, cut at 0 and 1.
    """
    x, n = np.asarray(hits, np.float64), np.asarray(out_of, np.float64)
    if n.sum() <= 0:
        return Estimate(np.nan)
    value = x.sum() / n.sum()
    half = Z95 * float(np.sqrt(((x - value * n) ** 2).sum())) / n.sum() if n.size > 1 else np.nan
    return Estimate(float(value), float(max(value - half, 0.0)), float(min(value + half, 1.0)))


def middle(values: ArrayLike, outside: float = 0.2) -> tuple[float, float]:
    """Central range that leaves this share outside."""
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    if not known.size:
        return np.nan, np.nan
    low, high = np.quantile(known, [outside / 2, 1 - outside / 2])
    return float(low), float(high)


def share_range(probability: float, n: int, outside: float = 0.2) -> tuple[float, float]:
    """Central range of the share in a history with n events of this probability."""
    if np.isnan(probability) or n == 0:
        return np.nan, np.nan
    p = min(max(probability, 0.0), 1.0)
    return float(stats.binom.ppf(outside / 2, n, p)) / n, float(
        stats.binom.ppf(1 - outside / 2, n, p)
    ) / n


def median(values: ArrayLike) -> float:
    """Median of what is known, NaN if nothing is."""
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    return float(np.median(known)) if known.size else np.nan
