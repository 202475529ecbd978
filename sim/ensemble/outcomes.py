"""Which outcome class each replication falls into: the first whose conditions all hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Class of a replication that meets none of a scenario's classes.
OTHER = "other"

#: Bounds by measure, all of which must hold; conditions by the name of an outcome class, in order.
Conditions = Mapping[str, Mapping[str, float]]
Outcomes = Mapping[str, Conditions]

_BOUNDS = {
    "at_least": np.greater_equal,
    "at_most": np.less_equal,
    "above": np.greater,
    "below": np.less,
}


def classify(
    measures: Mapping[str, ArrayLike], count: int, outcomes: Outcomes
) -> NDArray[np.object_]:
    """Give each replication its outcome class.

    Parameters
    ----------
    measures : (count,) values by name of measure, NaN where an event never happened
    count : number of replications
    outcomes : by class the bounds of measures that must all hold, in order; a class without bounds
        takes what is left

    Returns
    -------
    (count,) names
    """
    found = np.full(count, OTHER, dtype=object)
    free = np.ones(count, dtype=bool)
    for name, conditions in outcomes.items():
        held = free.copy()
        for measure, bounds in conditions.items():
            held &= meets(measures[measure], bounds)
        found[held] = name
        free &= ~held
    return found


def meets(values: ArrayLike, bounds: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Where all bounds hold, (n,). An event that never happened meets `never: true` alone."""
    values = np.asarray(values, dtype=np.float64)
    missing = np.isnan(values)
    held: NDArray[np.bool_] = missing.copy() if bounds.get("never") else ~missing
    for name, holds in _BOUNDS.items():
        if bounds.get(name) is not None:
            held &= holds(values, bounds[name])  # a comparison with NaN is false
    return held
