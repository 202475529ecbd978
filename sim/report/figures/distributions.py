"""Whole distributions of scenarios over each other: cumulative curves, and rainclouds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.figures import palette, style
from sim.stats.table import column
from sim.studies.compare.quantities import FLAG
from sim.studies.compare.sentences import HEADLINES
from sim.words.measures import measure_meaning, unit_name

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.quantities import Row
    from sim.words import Words

GOLDEN = 0.6180339887498949  # its multiples fill an interval evenly: a jitter without chance
MOST_DROPS = 400  # replications drawn as drops of rain
BINS = 60
SMOOTH = np.exp(-0.5 * (np.arange(-6, 7) / 2.0) ** 2)  # of the cloud, in bins
SPACE = 1.3  # from one scenario to the next, where a hill is 0.42 high
Array = NDArray[np.float64]
SKEWED = 25  # ratio of the largest value to the middle one from which the axis is a root scale

#: From Okabe and Ito (2008): far apart for colour-blind readers, and in grey too by their dashes.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00")
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1)), (0, (6, 1, 1, 1)), "-", (0, (3, 3)))
MOST_DRAWN = 4  # measures in a figure of distributions


@dataclass(frozen=True)
class Look:
    """How a scenario is drawn."""

    name: str
    colour: str
    dashes: object


def looks(of: Comparison) -> list[Look]:
    """The baseline first."""
    names = [of.baseline, *of.others]
    return [
        Look(name, COLOURS[k % len(COLOURS)], DASHES[k % len(DASHES)])
        for k, name in enumerate(names)
    ]


def measures(of: Comparison, *, times: bool) -> list[str]:
    """Main measures that all scenarios have: those whose distributions differ most.

    Durations are left out, since some were not observed to their end.
    """
    names = [
        name
        for name in HEADLINES
        if name in of.about and not of.about[name].duration and of.about[name].unit != FLAG
    ]
    names = [
        name
        for name in names
        if (times or not of.about[name].time)
        and set(of.names) <= of.measures[name].estimates.keys()
    ]
    most = sorted((-_distance(of.measures[name]), name) for name in names)
    chosen = {name for _, name in most[:MOST_DRAWN]}
    return [name for name in names if name in chosen]


def _distance(row: Row) -> float:
    """Greatest distance of a measure's distribution from the baseline's (Kolmogorov, Smirnov)."""
    shapes = (gap.shape for gap in row.differences.values())
    return max((shape.ks or 0.0 for shape in shapes if shape is not None), default=0.0)


def values(of: Comparison, side: str, name: str) -> Array:
    """A measure of one scenario, (n,), where it has one; a time that never came is at infinity."""
    found = column(of.sides[side].fine, name)
    if of.about[name].time:
        return np.nan_to_num(found, nan=np.inf)
    known: Array = found[~np.isnan(found)]
    return known


def draw_curves(of: Comparison, words: Words) -> Figure:
    """One panel a measure: share of replications at or below each value."""
    names = measures(of, times=True)
    fig = style.figure(height=1.2 + 2.9 * len(names))
    axes = np.atleast_1d(fig.subplots(len(names), 1))
    for name, ax in zip(names, axes, strict=True):
        _curves(ax, of, name, words)
    _name_lines(axes[0], looks(of))
    return fig


def _curves(ax: Axes, of: Comparison, name: str, words: Words) -> None:
    top = 1.0
    for look in looks(of):
        found = np.sort(values(of, look.name, name))
        seen = found[np.isfinite(found)]
        share = np.arange(1, len(seen) + 1) / max(len(found), 1)
        end = (
            float(of.sides[look.name].scenario.horizon)
            if of.about[name].time
            else float(seen[-1])
            if len(seen)
            else 1.0
        )
        top = max(top, end)
        ax.plot(
            np.r_[0, seen, end],
            np.r_[0, share, share[-1] if len(share) else 0],
            drawstyle="steps-post",
            color=look.colour,
            ls=look.dashes,
            lw=3,
        )
    style.percent_axis(ax, words)
    ax.set_title(
        measure_meaning(of.about[name], words), fontsize=style.TEXT, fontweight="normal", wrap=True
    )
    middle = float(np.median([np.median(values(of, side, name)) for side in of.names]))
    _scale(ax, top, middle if np.isfinite(middle) else top, words)
    ax.set_xlabel(
        words.text("report.figures.compared.curves.x", unit=unit_name(of.about[name].unit, words))
    )


def draw_clouds(of: Comparison, words: Words) -> Figure:
    """One panel a measure, and in it for each scenario a hill, two bars and dots.

    The hill is the density; the bars are the middle half and nine in ten of the replications; the
    dots below are single ones.
    """
    names = measures(of, times=False)
    rows = looks(of)
    fig = style.figure(height=1.2 + len(names) * (0.9 + 1.0 * len(rows)))
    for name, ax in zip(names, np.atleast_1d(fig.subplots(len(names), 1)), strict=True):
        found = [values(of, row.name, name) for row in rows]
        top = max(1.0, *(float(one.max(initial=0.0)) for one in found))
        root = _scale(ax, top, float(np.median(np.concatenate(found))), words)
        for place, (row, one) in enumerate(zip(rows, found, strict=True)):
            edges = np.linspace(0, 1, BINS + 1) ** (2 if root else 1) * top
            _cloud(ax, one, edges, SPACE * place, row)
            _row_name(ax, one, SPACE * place, row, words)
        ax.set_ylim(SPACE * (len(rows) - 1) + 0.4, -0.85)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_title(
            measure_meaning(of.about[name], words),
            fontsize=style.TEXT,
            fontweight="normal",
            wrap=True,
        )
        ax.set_xlabel(unit_name(of.about[name].unit, words))
    return fig


def _cloud(ax: Axes, found: Array, edges: Array, place: float, row: Look) -> None:
    """The hill, the bars and the dots of one scenario."""
    if not len(found):
        return
    heights = np.convolve(np.histogram(found, edges)[0], SMOOTH, "same")
    middles = (edges[1:] + edges[:-1]) / 2
    heights = 0.42 * heights / max(heights.max(), 1e-12)
    ax.fill_between(
        middles, place - 0.08, place - 0.08 - heights, color=row.colour, alpha=0.55, lw=0
    )
    far, near, middle, late, last = np.quantile(found, [0.05, 0.25, 0.5, 0.75, 0.95])
    ax.plot([far, last], [place, place], color=row.colour, lw=2, solid_capstyle="butt")
    ax.plot([near, late], [place, place], color=row.colour, lw=8, solid_capstyle="butt")
    ax.plot(middle, place, "o", ms=10, color=palette.PAPER, mec=palette.INK, mew=2, zorder=4)
    drops = found[np.linspace(0, len(found) - 1, min(len(found), MOST_DROPS)).astype(np.int64)]
    jitter = (np.arange(len(drops)) * GOLDEN) % 1
    ax.plot(drops, place + 0.1 + 0.22 * jitter, "o", ms=2, color=row.colour, alpha=0.5, mew=0)


def _row_name(ax: Axes, found: Array, place: float, row: Look, words: Words) -> None:
    """The name of a scenario above its hill, with the median."""
    if not len(found):
        return
    median = words.number(round(float(np.median(found)), 1))
    ax.text(
        0,
        place - 0.56,
        words.text("report.figures.compared.clouds.row", name=row.name, median=median),
        transform=ax.get_yaxis_transform(),
        va="bottom",
        fontsize=style.SMALL + 1,
    )


def _scale(ax: Axes, top: float, middle: float, words: Words) -> bool:
    """From zero to the largest value, on a root scale where most lie far below it.

    Gives whether it is a root scale.
    """
    root = top > SKEWED * max(middle, 1e-9) and top > 1
    if root:
        ax.set_xscale("function", functions=(lambda x: np.sqrt(np.maximum(x, 0)), np.square))
        ax.set_xticks([top * share for share in (0, 0.01, 0.1, 0.25, 0.5, 1)])
    else:
        ax.locator_params(axis="x", nbins=6)
    ax.set_xlim(0, top * 1.02)
    ax.xaxis.set_major_formatter(lambda value, _: words.number(round(value) if top > 10 else value))
    return root


def _name_lines(ax: Axes, rows: list[Look]) -> None:
    """The names of the lines, in their colours, in the corner where such curves leave room."""
    for k, row in enumerate(rows):
        at = 0.07 + 0.13 * (len(rows) - 1 - k)
        ax.plot(
            [0.52, 0.60], [at, at], transform=ax.transAxes, color=row.colour, ls=row.dashes, lw=3
        )
        ax.text(
            0.62,
            at,
            _short(row.name),
            transform=ax.transAxes,
            va="center",
            fontsize=style.SMALL + 1,
        )


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
