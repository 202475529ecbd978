"""Targets of a study: an outcome (did it come?) or a measure, as one number a replication.

A time that never came counts as the whole horizon (the restricted mean's rule), so that it stays
comparable. Of a duration, which may be censored before that, a replication has the pseudo-value of
its restricted mean (`sim.stats.restricted`), so that a mean over replications is the area under the
curve of Kaplan and Meier, as in `compare`; one that never began is missing. Everything of a
replication that failed is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.errors import ModelError
from sim.scenario.successors import near_outcome
from sim.stats.restricted import few_ends, pseudo_values, times, window
from sim.stats.table import column
from sim.studies.compare.quantities import FLAG

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult
    from sim.scenario import Scenario
    from sim.vocabulary.measures import Measure

PROBABILITY = "probability"  # the unit of an outcome
#: Measures that are looked at where none is asked for, with every outcome.
MAIN = ("max_rung", "interstate_deaths")


def is_share(unit: str) -> bool:
    """Whether a target is 0 or 1 in each replication: an outcome, or a measure that is a flag."""
    return unit in (PROBABILITY, FLAG)


def units(scenario: Scenario) -> dict[str, str]:
    """Unit of every outcome and measure, by name; outcomes first."""
    return dict.fromkeys(scenario.outcomes, PROBABILITY) | {
        measure.name: measure.unit for measure in scenario.measures
    }


def select(scenario: Scenario, names: Sequence[str]) -> dict[str, str]:
    """Units of the outcomes and measures of these names.

    Without names, every outcome and the main measures.

    Raises
    ------
    ModelError : if one is not known
    """
    there = units(scenario)
    for name in names:
        if name not in there:
            raise ModelError(
                f"{name}: must be an outcome or a measure of {scenario.id} "
                f"({near_outcome(name, there)})"
            )
    return {name: there[name] for name in dict.fromkeys(names or (*scenario.outcomes, *MAIN))}


def values(runs: DataFrame, scenario: Scenario, name: str) -> NDArray[np.float64]:
    """One number a row, NaN where there is none.

    Pseudo-values are those of all rows together.
    """
    fine = (runs["status"] == 0).to_numpy()
    if name in scenario.outcomes:
        return np.where(
            fine, (runs["outcome"] == name).to_numpy(dtype=np.float64, na_value=0.0), np.nan
        )
    measure, found = _measure(scenario, name), column(runs, name).copy()
    if measure.duration:
        found[fine] = _lengths(runs[fine], measure, scenario.horizon)
    elif measure.time:
        found = np.where(np.isnan(found), scenario.horizon, found)
    return np.where(fine, found, np.nan)


def _measure(scenario: Scenario, name: str) -> Measure:
    return next(measure for measure in scenario.measures if measure.name == name)


def _lengths(runs: DataFrame, measure: Measure, horizon: int) -> NDArray[np.float64]:
    """Pseudo-values of a duration in the replications in which it began, NaN if too few ended."""
    began = ~np.isnan(column(runs, measure.name))
    of = times(runs[began], measure, horizon)
    found, upto = np.full(len(began), np.nan), window(measure, [of], horizon)
    if upto is not None:
        found[began] = pseudo_values(of, upto)
    return found


def table(result: DesignResult, name: str) -> NDArray[np.float64]:
    """The same by point and replication, (n_points, n_replications).

    Pseudo-values are those of all points together, which a few replications at a point do not give.
    """
    return values(_columns(result, name), result.scenario, name).reshape(
        len(result.design), result.replications
    )


def table_by_point(result: DesignResult, name: str) -> NDArray[np.float64]:
    """The same, with the pseudo-values of each point alone, for points that are compared.

    They are compared up to one day, as scenarios are; NaN at a point at which too few ended.
    """
    scenario = result.scenario
    if name in scenario.outcomes or not _measure(scenario, name).duration:
        return table(result, name)
    measure, runs = _measure(scenario, name), _columns(result, name)
    shape = (len(result.design), result.replications)
    rows = np.arange(len(runs)).reshape(shape)
    fine = (runs["status"] == 0).to_numpy().reshape(shape)
    points = [
        times(runs.iloc[at[kept]], measure, scenario.horizon)
        for at, kept in zip(rows, fine, strict=True)
    ]
    upto, found = window(measure, points, scenario.horizon), np.full(shape, np.nan)
    for k, of in enumerate(points):
        if upto is not None and not few_ends(measure, of):
            found[k, fine[k]] = pseudo_values(of, upto)
    return found


def _columns(result: DesignResult, name: str) -> DataFrame:
    """What `values` needs of the runs."""
    if name in result.scenario.outcomes:
        return result.some("status", "outcome")
    ended_by = _measure(result.scenario, name).ended_by
    return result.some("status", name, *([ended_by] if ended_by else []))
