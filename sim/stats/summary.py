"""An ensemble in numbers: what `run --format json` prints and the report's tables show.

Failed replications are counted and left out of every share. A time that never came is censored at
the end of the run, so it lies beyond every quantile that it reaches: such a quantile is None, and
so is the mean as soon as one is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.stats.survival import DURATIONS, Curve, curve, interval
from sim.stats.table import Table

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.vocabulary.measures import Measure

DAYS = (7, 14, 30, 60, 90, 180)
QUANTILES = {"q05": 0.05, "q50": 0.50, "q95": 0.95}

Json = dict[str, Any]


def summarise(runs: Table, scenario: Scenario, seed: int) -> Json:
    """Shares of the outcomes, distributions of the measures and times by day, ready for JSON.

    Parameters
    ----------
    runs : one row a replication: `status` (0 = fine), `outcome`, then the measures
    scenario : whose outcomes, measures and horizon these are
    seed : root seed of the ensemble

    Returns
    -------
    `scenario`, `digest`, `seed`; `runs` and, of these, `failed`;
    `outcomes`: by class `probability`, `low`, `high` (Wilson 95 %; at none or all the rule of
    three); `measures`: by name `mean`, `q05`, `q50`, `q95`, `unit`; for times also `ever` (share in
    which it happened) and `restricted_mean` (mean of the time or the horizon, whichever is first;
    for a duration, of the time watched); `by_day`: by time the probability that it has happened by
    day 7, 14, 30, 60, 90, 180, None beyond the horizon. For a duration (`first_ceasefire_length`)
    these are the probabilities that it has ended by that age, among those that began, by Kaplan and
    Meier.
    """
    fine = runs[runs["status"] == 0]
    times = {
        measure.name: time_curve(fine, measure.name, scenario.horizon)
        for measure in scenario.measures
        if measure.time
    }
    return {
        "scenario": scenario.id,
        "digest": scenario.digest,
        "seed": int(seed),
        "runs": len(runs),
        "failed": len(runs) - len(fine),
        "outcomes": outcomes(fine, list(scenario.outcomes)),
        "measures": {
            measure.name: _measure(fine, measure, times.get(measure.name), scenario.horizon)
            for measure in scenario.measures
        },
        "by_day": {name: {str(day): when.by(day) for day in DAYS} for name, when in times.items()},
    }


def outcomes(fine: Table, names: list[str]) -> dict[str, Json]:
    """Each class with its share among the replications that did not fail, also where it never came; then classes that only the table has."""
    counts = fine["outcome"].value_counts()
    rest = sorted(set(counts.index) - set(names))
    return {name: share(int(counts.get(name, 0)), len(fine)) for name in (*names, *rest)}


def share(count: int, n: int) -> Json:
    """`count` of `n` replications as `probability` with its 95 % interval; None and [0, 1] if there are none."""
    probability = count / n if n else 0.0
    low, high = interval(probability, n)
    return {"probability": probability if n else None, "low": float(low), "high": float(high)}


def column(runs: Table, name: str) -> np.ndarray:
    """One measure as (n,) floats, NaN where it is missing."""
    return runs[name].to_numpy(dtype=np.float64, na_value=np.nan)


def time_curve(fine: Table, name: str, horizon: int) -> Curve:
    """Probability by day that a time's event has happened; for a duration, that it has ended, among those that began."""
    values = column(fine, name)
    came = ~np.isnan(values)
    if name in DURATIONS:
        return curve(values[came], column(fine, DURATIONS[name])[came] > 0, horizon)
    return curve(np.where(came, values, horizon), came, horizon)


def _measure(fine: Table, measure: Measure, when: Curve | None, horizon: int) -> Json:
    """Mean and quantiles of one measure; a time's quantiles count what had not come as later than all."""
    values = column(fine, measure.name)
    if when is None:
        known = values[~np.isnan(values)]
        marks = np.quantile(known, list(QUANTILES.values())) if known.size else []
        return {
            "mean": float(known.mean()) if known.size else None,
            **dict.fromkeys(QUANTILES),
            **{name: float(mark) for name, mark in zip(QUANTILES, marks, strict=False)},
            "unit": measure.unit,
        }
    came = ~np.isnan(values)
    watched = values[came] if measure.name in DURATIONS else np.where(came, values, horizon)
    return {
        "mean": float(watched.mean()) if when.n and when.events == when.n else None,
        "restricted_mean": float(watched.mean()) if watched.size else None,
        **{name: when.quantile(mark) for name, mark in QUANTILES.items()},
        "ever": float(came.mean()) if came.size else None,
        "unit": measure.unit,
    }
