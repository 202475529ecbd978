"""A difference day by day: its line, the band of each day and the band of all days at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from sim.report.figures import palette
from sim.stats.bands import Bands


def draw_band(
    ax: Axes,
    days: NDArray[Any],
    band: Bands,
    colour: str,
    judged: NDArray[np.bool_] | None = None,
) -> None:
    """The dark band day by day, the pale one for all days; thin where a band is not `judged`."""
    sure = np.ones(len(days), dtype=bool) if judged is None else judged
    for low, high, alpha in ((band.low_all, band.high_all, 0.18), (band.low, band.high, 0.36)):
        ax.fill_between(days, low, high, where=sure.tolist(), color=colour, alpha=alpha, lw=0)
    ax.plot(days, band.value, color=colour, lw=1.2, zorder=3)
    ax.plot(days, np.where(sure, band.value, np.nan), color=colour, lw=3.2, zorder=4)


def zero_line(ax: Axes) -> None:
    """No difference."""
    ax.axhline(0, color=palette.INK, lw=1.2, zorder=1)
