"""A known answer: figures of the engine, what they have to be, and a wrong formula beside it.

The tolerance of a figure is `limit` times its standard error. The limit is that of Bonferroni
(1936): with n figures that are drawn, each is off with probability 1/(1000 n), so that a right
model fails at most once in 1,000 runs of the command, whether figures hang together or not. Shares
are judged by their exact binomial probability (Clopper and Pearson 1934), turned into the standard
normal number of the same probability; figures without chance by rounding alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

FALSE_ALARM = 1e-3  # of a right model, a run of the command
_ROUNDING = 1e-9  # relative; of a figure without chance


class Point(NamedTuple):
    """One figure: what the engine gives, what it has to be, what the wrong formula says.

    `error` is its standard error if the known answer holds, 0 without chance; `z` and `z_wrong` say
    how far it lies off the two.
    """

    label: str
    found: float
    known: float
    wrong: float
    error: float
    z: float
    z_wrong: float


class Answer(NamedTuple):
    """A known answer.

    key : by which it is named
    section : of docs/odd.md, and a source in the literature if the rule has one
    what : in a few words
    formula : from which the known answer comes
    control : what the wrong formula is
    points : the figures
    """

    key: str
    section: str
    what: str
    formula: str
    control: str
    points: tuple[Point, ...]

    @property
    def worst(self) -> float:
        """The largest distance from the known answer, in standard errors."""
        return max(abs(point.z) for point in self.points)

    @property
    def worst_wrong(self) -> float:
        """The largest distance from the wrong formula."""
        return max(abs(point.z_wrong) for point in self.points)

    @property
    def exact(self) -> bool:
        """Whether there is no chance in it."""
        return all(point.error == 0 for point in self.points)

    def holds(self, limit: float) -> bool:
        """Whether every figure is what it has to be."""
        return self.worst <= limit

    def rejects(self, limit: float) -> bool:
        """Whether the same check says no to the wrong formula."""
        return self.worst_wrong > limit


def limit(answers: list[Answer], false_alarm: float = FALSE_ALARM) -> float:
    """Standard errors beyond which a figure is off."""
    drawn = sum(point.error > 0 for answer in answers for point in answer.points)
    return float(stats.norm.isf(false_alarm / 2 / max(drawn, 1)))


def exact(label: str, found: float, known: float, wrong: float) -> Point:
    """A figure without chance."""

    def off(value: float) -> float:
        near = abs(found - value) <= _ROUNDING * max(1.0, abs(value))
        return 0.0 if near else np.inf

    return Point(label, float(found), float(known), float(wrong), 0.0, off(known), off(wrong))


def share(label: str, flags: ArrayLike, known: float, wrong: float) -> Point:
    """A share of independent cases."""
    hits = np.asarray(flags, bool)
    n = hits.size
    error = float(np.sqrt(known * (1 - known) / n))
    k = int(hits.sum())
    return Point(label, k / n, known, wrong, error, _binomial(k, n, known), _binomial(k, n, wrong))


def _binomial(hits: int, n: int, p: float) -> float:
    """The normal number whose two tails are as likely as the binomial ones of these hits."""
    if not 0 < p < 1:
        return 0.0 if hits == round(n * p) else np.inf
    below, above = stats.binom.cdf(hits, n, p), stats.binom.sf(hits - 1, n, p)
    tail = min(float(min(below, above)), 0.5)
    side = 1.0 if above < below else -1.0
    return side * float(stats.norm.isf(max(tail, 1e-300)))


def mean(label: str, sample: ArrayLike, known: float, wrong: float) -> Point:
    """A mean, whose standard error is that of the sample."""
    values = np.asarray(sample, np.float64)
    return _normal(label, values.mean(), values.std(ddof=1) / np.sqrt(values.size), known, wrong)


def variance(label: str, sample: ArrayLike, known: float, wrong: float) -> Point:
    """A variance, with the standard error that the fourth moment of the sample gives."""
    values = np.asarray(sample, np.float64)
    squares = (values - values.mean()) ** 2
    error = squares.std(ddof=1) / np.sqrt(values.size)
    return _normal(label, values.var(ddof=1), error, known, wrong)


def _normal(label: str, found: float, error: float, known: float, wrong: float) -> Point:
    return Point(
        label,
        float(found),
        float(known),
        float(wrong),
        float(error),
        float((found - known) / error),
        float((found - wrong) / error),
    )
