"""Rungs by day of two scenarios beside each other, and what the second has more or less of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.figures import palette, style
from sim.report.figures.rung_areas import stack_rungs
from sim.studies.compare.rungs import shares
from sim.vocabulary.ladder import N_RUNGS

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.words import Words

SHOWN = 0.005  # a rung whose share is never this large is not named
LEAST = 0.05  # least height of the axis of the difference, a share
Array = NDArray[np.float64]


def draw(of: Comparison, other: str, words: Words) -> Figure:
    """Above the two scenarios, below the difference of their shares, on the days that both have."""
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
        _stack(ax, share, days, words)
        style.percent_axis(ax, words)
        ax.set_title(_two_lines(name), fontsize=style.TEXT)
        ax.set_xlabel(words.text("report.figures.compared.rungs.day"))
        if place:
            ax.set_yticklabels([])
    _difference(fig.add_subplot(grid[1, :]), both, days, words)
    return fig


def _stack(ax: Axes, parts: Array, days: int, words: Words, sign: float = 1.0) -> None:
    """Areas over each other, a step a day; `parts` (N_RUNGS, days) at least zero."""
    stack_rungs(ax, parts, sign)
    style.day_axis(ax, words, days)
    ax.locator_params(axis="x", nbins=4)


def _difference(ax: Axes, both: list[Array], days: int, words: Words) -> None:
    gap = both[1] - both[0]
    _stack(ax, np.maximum(gap, 0), days, words)
    _stack(ax, np.maximum(-gap, 0), days, words, -1.0)
    style.day_axis(ax, words, days)
    top = max(LEAST, float(np.maximum(gap, 0).sum(axis=0).max()) * 1.1)
    ax.set_ylim(-top, top)
    ax.axhline(0, color=palette.INK, lw=1.2)
    ax.yaxis.set_major_formatter(lambda value, _: words.with_sign(100 * value, decimals=0))
    ax.set_ylabel(words.text("report.figures.compared.points"))
    ax.set_title(
        words.text("report.figures.compared.rungs.difference"),
        fontsize=style.TEXT,
        fontweight="normal",
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
            color=palette.RUNG_COLOURS[rung],
            mec=palette.GREY,
            mew=0.8,
            clip_on=False,
            transform=ax.get_yaxis_transform(),
        )
        text = style.rung_label(rung, words, 22)
        ax.annotate(
            text,
            (1.04, place),
            (11, 0),
            xycoords=ax.get_yaxis_transform(),
            textcoords="offset points",
            va="center",
            fontsize=style.SMALL,
        )


def _two_lines(name: str, width: int = 22) -> str:
    """A name over two lines at most."""
    parts = name.replace("_", " ").split()
    line = ""
    for k, word in enumerate(parts):
        if len(line) + len(word) > width:
            rest = " ".join(parts[k:])
            return f"{line.strip()}\n{rest if len(rest) <= width else rest[: width - 1] + '…'}"
        line += word + " "
    return line.strip()
