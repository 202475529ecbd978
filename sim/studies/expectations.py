"""Whether an ensemble shows what its scenario expects: the `expect` block of `check --run`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.stats.table import column

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario.schema import Expectation


class Verdict(NamedTuple):
    """One expectation in words, the figure that was found, and whether it holds.

    `found` is None if there was nothing to judge by.
    """

    words: str
    found: float | None
    holds: bool

    def __str__(self) -> str:
        found = "nothing to judge by" if self.found is None else f"found {self.found:.3g}"
        return f"{'holds' if self.holds else 'does not hold'}: {self.words}: {found}"


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
    return Verdict(_words(expectation), found, found is not None and low <= found <= high)


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


def _words(expectation: Expectation) -> str:
    low, high = expectation.between
    if expectation.probability_within is not None:
        first, last = expectation.probability_within
        what = f"probability that {expectation.measure} lies in {first:g} to {last:g}"
    else:
        what = f"mean or probability of {expectation.measure}"
    label = f"{expectation.label} ({what})" if expectation.label else what
    return f"{label} must be between {low:g} and {high:g}"
