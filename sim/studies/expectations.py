"""Whether an ensemble shows what its scenario expects: the `expect` block of `check --run`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.stats.table import column

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario.schema import Expectation
    from sim.words import Words

_DIGITS = 3
#: The smallest error rate that is said: the approximation is good for no less.
LEAST_RATE = 0.001


class Verdict(NamedTuple):
    """One expectation, the figure that was found, and whether it holds.

    `found` is None if there was nothing to judge by. `error` is the rate at which as many other
    replications would judge otherwise, if the figure that was found is the true one: the normal
    approximation of its standard error (`standard_error`).
    """

    expectation: Expectation
    found: float | None
    holds: bool
    error: float | None = None

    def sentence(self, words: Words) -> str:
        """All of it in words."""
        found = words.text("studies.expectations.nothing")
        if self.found is not None:
            figure = words.number(self.found, significant=_DIGITS)
            found = words.text("studies.expectations.found", figure=figure)
        key = "holds" if self.holds else "does_not_hold"
        expected = _demand(self.expectation, words)
        said = words.text(f"studies.expectations.{key}", expected=expected, found=found)
        if self.error is None:
            return said
        rate = words.percent(max(self.error, LEAST_RATE))
        return words.text("studies.expectations.error", said=said, rate=rate)


def verdicts(ensemble: Ensemble) -> list[Verdict]:
    """Judge every expectation of the scenario by the replications that did not fail."""
    runs = ensemble.columns()
    fine = runs[runs["status"] == 0]
    return [judge(expectation, fine) for expectation in ensemble.scenario.file.expect]


def judge(expectation: Expectation, fine: Any) -> Verdict:
    """Compare one expectation with the table of replications that did not fail.

    A time that never came lies in no range, and is left out of a mean; the measure may be the name
    of an outcome class, whose probability is then meant.
    """
    low, high = expectation.between
    found = figure(expectation, fine)
    if found is None:
        return Verdict(expectation, None, holds=False)
    if _is_share(expectation, fine):  # no share lies beyond 0 and 1
        low, high = (-math.inf if low <= 0 else low), (math.inf if high >= 1 else high)
    error = error_rate(found, standard_error(expectation, fine), low, high)
    return Verdict(expectation, found, low <= found <= high, error)


def error_rate(found: float, error: float, low: float, high: float) -> float:
    """The chance that a normal figure around `found` lies on the other side of a bound.

    Parameters
    ----------
    found, error : the mean and the standard deviation of the figure
    low, high : the bounds, both of which count as inside
    """
    if error == 0:
        return 0.0
    inside = _normal((high - found) / error) - _normal((low - found) / error)
    return 1 - inside if low <= found <= high else inside


def standard_error(expectation: Expectation, fine: Any) -> float:
    """The standard error of the figure that an expectation speaks of.

    Of a share, one success and one failure are added (Agresti and Coull 1998), so that 0 of 500 is
    not known without error.
    """
    runs = len(fine)
    if _is_share(expectation, fine):
        share = ((figure(expectation, fine) or 0.0) * runs + 1) / (runs + 2)
        return math.sqrt(share * (1 - share) / (runs + 2))
    values = column(fine, expectation.measure)
    known = values[~np.isnan(values)]
    return float(known.std(ddof=1) / math.sqrt(known.size)) if known.size > 1 else 0.0


def _is_share(expectation: Expectation, fine: Any) -> bool:
    """Whether it speaks of a probability and not of a mean."""
    return expectation.measure not in fine or expectation.probability_within is not None


def _normal(value: float) -> float:
    """The standard normal distribution function."""
    return (1 + math.erf(value / math.sqrt(2))) / 2


def figure(expectation: Expectation, fine: Any) -> float | None:
    """The probability or mean that an expectation speaks of."""
    if not len(fine):
        return None
    if expectation.measure not in fine:
        return float((fine["outcome"] == expectation.measure).mean())
    values = column(fine, expectation.measure)
    if expectation.probability_within is not None:
        low, high = expectation.probability_within
        return float(((values >= low) & (values <= high)).mean())
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else None


def _demand(expectation: Expectation, words: Words) -> str:
    """What an expectation says."""
    name = expectation.measure  # as the file has it, where a reader looks for it
    within = expectation.probability_within
    if within is not None:
        first, last = map(words.exact, within)
        what = words.text("studies.expectations.within", name=name, first=first, last=last)
    else:
        what = words.text("studies.expectations.mean", name=name)
    if expectation.label:
        what = words.text("studies.expectations.labelled", label=expectation.label, what=what)
    low, high = map(words.exact, expectation.between)
    return words.text("studies.expectations.between", what=what, low=low, high=high)
