"""Areas of rungs over each other, a step a day: in a report, beside another scenario, by type."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from sim.report.figures import palette

Array = NDArray[np.float64]


def stack_rungs(ax: Axes, parts: Array, sign: float = 1.0) -> Array:
    """Draw an area for each rung that occurs, upwards or, with a sign of -1, downwards.

    A day is a step as wide as the others, so that the last one is seen.

    Parameters
    ----------
    parts : (N_RUNGS, days), at least zero

    Returns
    -------
    edges of the areas, (N_RUNGS + 1, days)
    """
    edges = sign * np.vstack([np.zeros(parts.shape[1]), np.cumsum(parts, axis=0)])
    at = np.arange(parts.shape[1] + 1)
    for rung in np.flatnonzero(parts.any(axis=1)):
        low, high = (np.r_[edge, edge[-1]] for edge in (edges[rung], edges[rung + 1]))
        ax.fill_between(
            at,
            low,
            high,
            step="post",
            color=palette.RUNG_COLOURS[rung],
            edgecolor=palette.PAPER,
            lw=0.2,
        )
    return np.asarray(edges, dtype=np.float64)
