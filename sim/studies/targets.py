"""Targets of a study: an outcome (did it come?) or a measure, as one number a replication.

A time that never came counts as the whole horizon (the restricted mean's rule), so that it stays
comparable; a duration that never began is missing, and so is everything of a replication that
failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.errors import ModelError
from sim.scenario.reading import near
from sim.stats.table import column
from sim.studies.compare.quantities import FLAG

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult
    from sim.scenario import Scenario

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
                f"({near(name, there, 'there are')})"
            )
    return {name: there[name] for name in dict.fromkeys(names or (*scenario.outcomes, *MAIN))}


def values(runs: DataFrame, scenario: Scenario, name: str) -> NDArray[np.float64]:
    """One number a row, NaN where there is none."""
    fine = (runs["status"] == 0).to_numpy()
    if name in scenario.outcomes:
        return np.where(
            fine, (runs["outcome"] == name).to_numpy(dtype=np.float64, na_value=0.0), np.nan
        )
    found = column(runs, name)
    measure = next(measure for measure in scenario.measures if measure.name == name)
    if measure.time and not measure.duration:
        found = np.where(np.isnan(found), scenario.horizon, found)
    return np.where(fine, found, np.nan)


def table(result: DesignResult, name: str) -> NDArray[np.float64]:
    """The same by point and replication, (n_points, n_replications)."""
    column = "outcome" if name in result.scenario.outcomes else name
    return values(result.some("status", column), result.scenario, name).reshape(
        len(result.design), result.replications
    )
