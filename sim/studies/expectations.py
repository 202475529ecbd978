"""Whether an ensemble shows what its scenario expects: the `expect` block of `check --run`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.stats.table import column

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario.schema import Expectation
    from sim.words import Words

_DIGITS = 3


class Verdict(NamedTuple):
    """One expectation, the figure that was found, and whether it holds.

    `found` is None if there was nothing to judge by.
    """

    expectation: Expectation
    found: float | None
    holds: bool

    def sentence(self, words: Words) -> str:
        """All of it in words."""
        found = words.text("studies.expectations.nothing")
        if self.found is not None:
            figure = words.number(self.found, significant=_DIGITS)
            found = words.text("studies.expectations.found", figure=figure)
        key = "holds" if self.holds else "does_not_hold"
        expected = _demand(self.expectation, words)
        return words.text(f"studies.expectations.{key}", expected=expected, found=found)


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
    return Verdict(expectation, found, found is not None and low <= found <= high)


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
