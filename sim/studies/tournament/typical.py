"""A typical world of a cell: one that ends as most do, in the middle of those that do."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def typical_world(outcomes: NDArray[Any], values: NDArray[np.float64]) -> int | None:
    """The number of a typical world.

    Of the worlds with the most frequent outcome (of two as frequent the one that comes first) it is
    the one whose value is the lower median of theirs, and of several the first.

    Parameters
    ----------
    outcomes : (worlds,) names or numbers of outcomes; None or a negative one for a failure
    values : (worlds,) what is shown, NaN where there is none

    Returns
    -------
    None if every world failed
    """
    fine = [k for k, name in enumerate(outcomes) if name is not None]
    if not fine:
        return None
    counts: dict[Any, int] = {}
    for k in fine:
        counts[outcomes[k]] = counts.get(outcomes[k], 0) + 1
    most = max(counts, key=lambda name: counts[name])  # the first of those as frequent
    among = [k for k in fine if outcomes[k] == most]
    known = sorted((k for k in among if not np.isnan(values[k])), key=lambda k: (values[k], k))
    return known[(len(known) - 1) // 2] if known else among[0]
