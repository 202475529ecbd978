"""Rungs by day of two scenarios beside each other, and what the second has more or less of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.figures import style
from sim.studies.compare.rungs import shares
from sim.vocabulary.ladder import N_RUNGS

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

SHOWN = 0.005  # a rung whose share is never this large is not named
LEAST = 0.05  # least height of the axis of the difference, a share
Array = NDArray[np.float64]


def draw(of: Comparison, other: str) -> Figure:
    """Above the two scenarios, below the difference of their shares, over the days that both have."""
    days = min(of.sides[name].scenario.horizon for name in (of.baseline, other))
    both = [
        shares(of.ensembles[name].folder / "series.parquet", of.sides[name].scenario.horizon)[
            :, :days
        ]
        for name in (of.baseline, other)
    ]
    fig = style.figure(height=8.6)
    grid = fig.add_gridspec(2, 2)
    for place, (name, share) in enumerate(zip((of.baseline, other), both, strict=True)):
        ax = fig.add_subplot(grid[0, place])
        _stacked(ax, share, days)
        style.percent_axis(ax)
        ax.set_title(_broken(name), fontsize=style.TEXT)
        ax.set_xlabel("day")
        if place:
            ax.set_yticklabels([])
    _difference(fig.add_subplot(grid[1, :]), both[1] - both[0], both, days)
    return fig


def _stacked(ax: Axes, parts: Array, days: int, sign: float = 1.0) -> None:
    """Areas over each other, a step a day; `parts` (N_RUNGS, days) at least zero."""
    edges = sign * np.vstack([np.zeros(days), np.cumsum(parts, axis=0)])
    at = np.arange(days + 1)
    for rung in range(N_RUNGS):
        low, high = (np.r_[edge, edge[-1]] for edge in (edges[rung], edges[rung + 1]))
        ax.fill_between(
            at,
            low,
            high,
            step="post",
            color=style.RUNG_COLOURS[rung],
            edgecolor=style.PAPER,
            lw=0.2,
        )
    style.day_axis(ax, days)
    ax.locator_params(axis="x", nbins=4)


def _difference(ax: Axes, gap: Array, both: list[Array], days: int) -> None:
    _stacked(ax, np.maximum(gap, 0), days)
    _stacked(ax, np.maximum(-gap, 0), days, -1.0)
    style.day_axis(ax, days)
    top = max(LEAST, float(np.maximum(gap, 0).sum(axis=0).max()) * 1.1)
    ax.set_ylim(-top, top)
    ax.axhline(0, color=style.INK, lw=1.2)
    ax.yaxis.set_major_formatter(
        lambda value, _: f"{100 * value:+.0f}".replace("-", "−") if value else "0"
    )
    ax.set_ylabel("points")
    ax.set_title(
        "Difference: above zero more often, below less", fontsize=style.TEXT, fontweight="normal"
    )
    named = [
        rung for rung in range(N_RUNGS) if max(float(share[rung].max()) for share in both) >= SHOWN
    ]
    for rung, place in zip(named, np.linspace(-0.9 * top, 0.9 * top, len(named)), strict=True):
        ax.plot(
            1.04,
            place,
            "s",
            ms=13,
            color=style.RUNG_COLOURS[rung],
            mec=style.GREY,
            mew=0.8,
            clip_on=False,
            transform=ax.get_yaxis_transform(),
        )
        text = style.rung_label(rung, 22)
        ax.annotate(
            text,
            (1.04, place),
            (11, 0),
            xycoords=ax.get_yaxis_transform(),
            textcoords="offset points",
            va="center",
            fontsize=style.SMALL,
        )


def _broken(name: str, width: int = 22) -> str:
    """A name over two lines at most."""
    words = name.replace("_", " ").split()
    line = ""
    for k, word in enumerate(words):
        if len(line) + len(word) > width:
            rest = " ".join(words[k:])
            return f"{line.strip()}\n{rest if len(rest) <= width else rest[: width - 1] + '…'}"
        line += word + " "
    return line.strip()
