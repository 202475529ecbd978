"""The difference of two samples in one number, with the interval of pairs and the one without.

Means: Student's t of the pairs' differences; beside it Welch's (1947, Biometrika 34:28) for two
independent samples. A number that is no plain mean (a restricted mean of censored times) comes as
pseudo-values, whose mean it is and whose spread is its own. Shares of pairs: the adjusted Wald
interval of Bonett and Price (2012), J. Educ. Behav. Stat. 37:479, which keeps its coverage where
few pairs change, with the exact test of McNemar (1947); of independent samples: Agresti and Caffo
(2000), Am. Stat. 54:280, and Fisher's exact test.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtr, stdtrit

from sim.stats.estimate import BONETT_PRICE, STUDENT, Estimate
from sim.stats.shares import Z95

LEVEL = 0.95
#: Events on each side with which a ratio has an interval: with five it covers 60 % where it says
#: 95, and with one it may have no width (docs/statistics.md).
FEWEST_EVENTS = 10
#: A difference is significant if its p value, corrected by Holm for all that were tested together,
#: is at most this.
SURE = 0.05
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """The other minus the baseline, in the unit of the samples.

    `low` and `high` are the valid 95 % interval (of pairs, if there are pairs), `unpaired_low` and
    `unpaired_high` that of independent samples, `p` the p value of no difference. `spread` is the
    standard deviation that the interval comes from, per replication. All but `value` are None where
    there are too few replications.
    """

    value: float
    low: float | None
    high: float | None
    unpaired_low: float | None
    unpaired_high: float | None
    p: float | None
    spread: float | None

    @property
    def bounds(self) -> tuple[float, float]:
        """`low` and `high`; a `ValueError` if there is no interval."""
        return _both(self.low, self.high)

    @property
    def unpaired_bounds(self) -> tuple[float, float]:
        """`unpaired_low` and `unpaired_high`; a `ValueError` if there is no interval."""
        return _both(self.unpaired_low, self.unpaired_high)


def _both(low: float | None, high: float | None) -> tuple[float, float]:
    if low is None or high is None:
        raise ValueError("a difference of so few replications has no interval")
    return low, high


def of_means(a: Array, b: Array, *, paired: bool) -> Difference:
    """Mean of `b` minus mean of `a`, (n,) each.

    With `paired`, row k of both has the same random draws.
    """
    value = float(b.mean() - a.mean())
    squares = (a.var(ddof=1), b.var(ddof=1)) if min(len(a), len(b)) > 1 else (math.nan, math.nan)
    parts = (squares[0] / len(a), squares[1] / len(b))
    low, high, p = _student(value, math.sqrt(sum(parts)), _welch(parts, (len(a) - 1, len(b) - 1)))
    if not paired:
        if value != 0 and not any(squares):
            # two constants: what a permutation test says, for Welch's would be certain with two
            p = min(1.0, 2 / math.comb(len(a) + len(b), len(a)))
        return Difference(value, low, high, low, high, p, _or_none(math.sqrt(sum(squares))))
    gaps = b - a
    value, spread = float(gaps.mean()), float(gaps.std(ddof=1)) if len(gaps) > 1 else math.nan
    near, far, p = _student(value, spread / math.sqrt(len(gaps)), len(gaps) - 1)
    if spread == 0 and value != 0:
        # every pair differs by the same: the sign test, for Student's would be certain with two
        p = 2.0 ** (1 - len(gaps))
    return Difference(value, near, far, low, high, p, _or_none(spread))


def of_pairs(a: Array, b: Array, *, share: bool) -> Estimate:
    """Mean of `b` minus mean of `a`, (n,) each, over the pairs without a NaN, in a design.

    With `share` both hold flags 0 or 1, and the interval is that of Bonett and Price; else it is
    Student's of the pairs' differences. Where no pair of numbers differs at all there is none: how
    much rare changes would move them is not known. With fewer than two pairs nothing is known.
    """
    both = ~(np.isnan(a) | np.isnan(b))
    a, b, n = a[both], b[both], int(both.sum())
    method = BONETT_PRICE if share else STUDENT
    if n < 2:
        return Estimate(None, None, None, n, method)
    if share:
        gap = of_shares(a, b, paired=True)
        return Estimate(gap.value, gap.low, gap.high, n, method)
    gap = of_means(a, b, paired=True)
    if not (gap.value or gap.spread):
        return Estimate(0.0, None, None, n, method)
    return Estimate(gap.value, gap.low, gap.high, n, method)


def _welch(parts: tuple[float, float], freedom: tuple[int, int]) -> float:
    """Degrees of freedom by Satterthwaite's formula."""
    below = sum(part**2 / free for part, free in zip(parts, freedom, strict=True) if free > 0)
    return sum(parts) ** 2 / below if below > 0 else max(min(freedom), 1)


def _student(
    value: float, error: float, freedom: float
) -> tuple[float | None, float | None, float | None]:
    """Bounds and p value; with no spread at all the value is as it is."""
    if math.isnan(error):
        return None, None, None
    if error == 0:
        return value, value, 1.0 if value == 0 else 0.0
    half = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return value - half, value + half, float(2 * stdtr(freedom, -abs(value) / error))


def of_shares(a: Array, b: Array, *, paired: bool) -> Difference:
    """Share of `b` minus share of `a`, (n,) flags 0 or 1 each.

    With `paired`, row k of both has the same random draws.
    """
    from scipy import stats  # takes long to import, and few commands compare

    value = float(b.mean() - a.mean())
    apart = _agresti_caffo(a, b)
    if not paired:
        table = np.array([[side.sum(), len(side) - side.sum()] for side in (a, b)], dtype=np.int64)
        return Difference(
            value,
            *apart,
            *apart,
            float(stats.fisher_exact(table).pvalue),
            math.sqrt(a.var() + b.var()),
        )
    gained, lost, n = int(((a == 0) & (b == 1)).sum()), int(((a == 1) & (b == 0)).sum()), len(a)
    p = float(stats.binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0
    return Difference(value, *bonett_price(gained, lost, n), *apart, p, float((b - a).std()))


def bonett_price(gained: int, lost: int, n: int) -> tuple[float, float]:
    """95 % interval of the difference of two shares of the same `n` pairs.

    In `gained` pairs the second alone has what is counted, in `lost` pairs the first alone.
    """
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    return _wald(up - down, (up + down - (up - down) ** 2) / (n + 2))


def _agresti_caffo(a: Array, b: Array) -> tuple[float, float]:
    p, q = (a.sum() + 1) / (len(a) + 2), (b.sum() + 1) / (len(b) + 2)
    return _wald(q - p, p * (1 - p) / (len(a) + 2) + q * (1 - q) / (len(b) + 2))


def _wald(centre: float, variance: float) -> tuple[float, float]:
    half = Z95 * math.sqrt(variance)
    return float(max(centre - half, -1.0)), float(min(centre + half, 1.0))


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of shares with its 95 % interval; None where a share is 0.

    No interval where one has fewer than `FEWEST_EVENTS`.
    """

    value: float | None
    low: float | None
    high: float | None


def risk_ratio(a: Array, b: Array, *, paired: bool) -> Ratio:
    """Share of `b` over share of `a`, flags 0 or 1 each; its interval is normal on the log scale.

    Katz et al. (1978), Biometrics 34:469; of pairs: Lachenbruch and Lynch (1998), Stat. Med.
    17:2207.
    """
    x, y = float(a.sum()), float(b.sum())
    if x == 0 or y == 0:
        return Ratio(None, None, None)
    value = (y / len(b)) / (x / len(a))
    if min(x, y) < FEWEST_EVENTS:
        return Ratio(value, None, None)
    # of pairs: discordant pairs over the product of both counts, by the delta method
    variance = (
        float((a != b).sum()) / (x * y) if paired else 1 / x - 1 / len(a) + 1 / y - 1 / len(b)
    )
    half = Z95 * math.sqrt(variance)
    return Ratio(value, value * math.exp(-half), value * math.exp(half))


def holm(values: Mapping[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    """Correct p values for their number (Holm 1979, Scand. J. Stat. 6:65).

    If all those at most 0.05 are called significant, the probability that any of these is due to
    chance alone is at most 5 %.
    """
    order = sorted(values, key=lambda name: values[name])
    corrected, worst = {}, 0.0
    for rank, name in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - rank) * values[name]))
        corrected[name] = worst
    return corrected


def runs_to_separate(
    difference: float, spread: float, tests: int = 1, power: float = 0.8
) -> int | None:
    """Replications of each scenario with which a difference would be significant.

    Parameters
    ----------
    difference, spread : of one pair of replications, in the same unit
    tests : differences that share the 5 %
    power : probability that it is found significant

    Returns
    -------
    None where the difference or the spread is 0
    """
    if difference == 0 or spread == 0:
        return None
    z = float(ndtri(power) - ndtri((1 - LEVEL) / 2 / max(tests, 1)))
    return math.ceil((z * spread / difference) ** 2)


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
