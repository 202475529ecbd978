"""The results of an ensemble in numbers: shares of the outcomes, measures, times by day.

Failed replications are counted and left out of every share. A time that never came is censored at
the end of the run, so it lies beyond every quantile that it reaches: such a quantile is None, and
so is the mean as soon as one is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.cells import table_html
from sim.stats.estimate import Estimate, Json
from sim.stats.restricted import restricted_mean, times
from sim.stats.shares import outcome_shares, shares_as_json
from sim.stats.survival import Curve, curve
from sim.stats.table import Table, column

if TYPE_CHECKING:
    from sim.vocabulary.measures import Measure

DAYS = (7, 14, 30, 60, 90, 180)
QUANTILES = {"q05": 0.05, "q50": 0.50, "q95": 0.95}


@dataclass(frozen=True, slots=True)
class MeasureSummary:
    """The distribution of one measure over the replications that did not fail, in its `unit`.

    `quantiles` has the keys of `QUANTILES`. For a `time`, `ever` is the share of replications in
    which the event happened and `restricted_mean` the mean of the time or the horizon, whichever is
    first (for a duration the area under the curve of Kaplan and Meier, up to the longest time that
    was observed, over those that began); both are None for other measures. `mean` is None
    without replications, and for a time as soon as one is censored.
    """

    unit: str
    mean: float | None
    quantiles: Mapping[str, float | None]
    time: bool = False
    restricted_mean: float | None = None
    ever: float | None = None

    def as_json(self) -> Json:
        """`mean`, the quantiles and `unit`; for a time also `restricted_mean` and `ever`."""
        if not self.time:
            return {"mean": self.mean, **self.quantiles, "unit": self.unit}
        first = {"mean": self.mean, "restricted_mean": self.restricted_mean}
        return {**first, **self.quantiles, "ever": self.ever, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Summary:
    """An ensemble of `runs` replications, of which `failed` failed.

    `outcomes` holds the share of each outcome class, `measures` the distribution of each measure.
    `by_day` is, for each time, the probability that its event has happened by day 7, 14, 30, 60,
    90, 180, None beyond the horizon. For a duration (`first_ceasefire_length`) these are the
    probabilities that it has ended by that age, among those that began (Kaplan and Meier).
    """

    runs: int
    failed: int
    outcomes: Mapping[str, Estimate]
    measures: Mapping[str, MeasureSummary]
    by_day: Mapping[str, Mapping[int, float | None]]

    def __repr__(self) -> str:
        shares = (f"{name}: {text.split(' ')[0]}" for name, text in self._shares().items())
        failed = f", {self.failed} failed" if self.failed else ""
        return (
            f"<Summary of {self.runs} replications{failed}, {len(self.measures)} measures; "
            f"{'; '.join(shares)}>"
        )

    def _repr_html_(self) -> str:
        """The shares of the outcomes as a notebook shows them."""
        return table_html(f"{self.runs} replications", self._shares())

    def _shares(self) -> dict[str, str]:
        """Share and interval of each outcome, in words."""
        return {
            name: f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%})"
            for name, share in self.outcomes.items()
            if share.value is not None and share.low is not None and share.high is not None
        }

    def as_json(self) -> Json:
        """`runs`, `failed`, `outcomes` (`probability`, `low`, `high`), `measures`, `by_day`."""
        return {
            "runs": self.runs,
            "failed": self.failed,
            "outcomes": shares_as_json(self.outcomes),
            "measures": {name: measure.as_json() for name, measure in self.measures.items()},
            "by_day": {
                name: {str(day): value for day, value in by.items()}
                for name, by in self.by_day.items()
            },
        }


def summarise(
    runs: Table, *, outcomes: Sequence[str], measures: Sequence[Measure], horizon: int
) -> Summary:
    """Summarise the table of an ensemble's replications.

    Parameters
    ----------
    runs : one row a replication: `status` (0 = fine), `outcome`, then the measures
    outcomes : names of the outcome classes
    measures : the measures to summarise
    horizon : last day of a replication, in days after the release

    Returns
    -------
    Summary
    """
    fine = runs[runs["status"] == 0]
    times = {m.name: time_curve(fine, m, horizon) for m in measures if m.time}
    return Summary(
        runs=len(runs),
        failed=len(runs) - len(fine),
        outcomes=outcome_shares(fine, outcomes),
        measures={m.name: _measure(fine, m, times.get(m.name), horizon) for m in measures},
        by_day={name: {day: when.by(day) for day in DAYS} for name, when in times.items()},
    )


def time_curve(fine: Table, measure: Measure, horizon: int) -> Curve:
    """Probability by day that a time's event has happened.

    For a duration, the probability that it has ended by an age, among those that began.
    """
    values = column(fine, measure.name)
    came = ~np.isnan(values)
    if measure.duration:
        return curve(values[came], column(fine, measure.ended_by)[came] > 0, horizon)
    return curve(np.where(came, values, horizon), came, horizon)


def _measure(fine: Table, measure: Measure, when: Curve | None, horizon: int) -> MeasureSummary:
    values = column(fine, measure.name)
    if when is None:
        known = values[~np.isnan(values)]
        marks = np.quantile(known, list(QUANTILES.values())) if known.size else [None] * 3
        return MeasureSummary(
            unit=measure.unit,
            mean=float(known.mean()) if known.size else None,
            quantiles={
                name: None if mark is None else float(mark)
                for name, mark in zip(QUANTILES, marks, strict=True)
            },
        )
    came = ~np.isnan(values)
    whole = when.n > 0 and when.events == when.n
    return MeasureSummary(
        unit=measure.unit,
        time=True,
        mean=float(values[came].mean()) if whole else None,
        restricted_mean=restricted_mean(times(fine, measure, horizon), horizon),
        # what had not come counts as later than all
        quantiles={name: when.quantile(mark) for name, mark in QUANTILES.items()},
        ever=float(came.mean()) if came.size else None,
    )
