"""Bars of what matters: a tornado, elementary effects, and shares of variance, the most important at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.report.pages.formats import number, percent
from sim.stats.indices import Index, MorrisIndices, OneAtATime, SobolIndices

MOST = 12  # factors in a figure
LOW_COLOUR, HIGH_COLOUR = palette.OKABE_ITO[2], palette.OKABE_ITO[1]
FIRST_COLOUR, TOTAL_COLOUR = palette.OKABE_ITO[2], palette.OKABE_ITO[3]
_NAME_WIDTH = 56  # characters
_PLATE = {
    "boxstyle": "square,pad=0.1",
    "facecolor": palette.PAPER,
    "edgecolor": "none",
}  # so that no line runs through a name


def short(name: str, width: int = _NAME_WIDTH) -> str:
    """The end of a long path, or both ends of a long label, which tell it from others that begin as it does."""
    if len(name) <= width:
        return name
    tail = (width - 1) // 3 if " " in name else width - 1
    return f"{name[: width - 1 - tail]}…{name[-tail:]}"


def said(value: Any, unit: str = "") -> str:
    """A number, share or word as people say it."""
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return percent(float(value)) if unit == "probability" else number(float(value))


def _frame(rows: int, axis: str) -> tuple[Figure, Axes]:
    """Axes for bars with their names above them."""
    fig = style.figure(height=1.6 + 0.62 * rows)
    ax = fig.add_subplot()
    ax.set_ylim(rows - 0.4, -0.75)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(axis)
    ax.locator_params(axis="x", nbins=5)
    return fig, ax


def _name(ax: Axes, place: float, text: str) -> None:
    ax.annotate(
        text,
        (0, place - 0.3),
        xycoords=("axes fraction", "data"),
        fontsize=style.SMALL + 1,
        fontweight="bold",
        va="center",
        bbox=_PLATE,
    )


def _ticks(ax: Axes, unit: str) -> None:
    ax.xaxis.set_major_formatter(
        lambda value, _: f"{100 * value:.0f} %" if unit == "probability" else number(value)
    )


def tornado(
    rows: Mapping[str, OneAtATime], names: Mapping[str, str], base: float, unit: str, axis: str
) -> Figure:
    """For each factor a bar from where it is low to where it is high, around the scenario as it is.

    Parameters
    ----------
    rows : what each factor does alone, by path
    names : what to call each path
    base : what is asked, in the scenario as it is
    unit, axis : unit and name of what is asked
    """
    shown = list(rows.items())[:MOST]
    fig, ax = _frame(len(shown), axis)
    for place, (path, row) in enumerate(shown):
        ends = [end for end in row.ends if end.mean is not None]
        for n, end in enumerate(ends):
            colour = LOW_COLOUR if n == 0 and len(ends) > 1 else HIGH_COLOUR
            ax.barh(
                place + 0.08,
                (end.mean or 0.0) - base,
                left=base,
                height=0.36,
                color=colour,
                edgecolor=palette.INK,
                lw=0.8,
                zorder=2,
            )
            if end.change.low is not None:
                whisker = base + np.array(end.change.bounds)
                level = place + 0.08 + 0.09 * (2 * n / max(1, len(ends) - 1) - 1)
                ax.plot(
                    np.clip(whisker, 0, 1) if unit == "probability" else whisker,
                    [level, level],
                    color=palette.INK,
                    lw=2,
                    zorder=3,
                )
        ax.plot([base, base], [place - 0.13, place + 0.29], color=palette.INK, lw=2, zorder=4)
        at = (
            ", ".join(said(end.at) for end in ends)
            if len(ends) != 2
            else f"{said(ends[0].at)} to {said(ends[1].at)}"
        )
        _name(ax, place, f"{short(names[path], 40)}  ({at})")
    ax.axvline(base, color=palette.GREY, lw=1, ls=":", zorder=0)
    ax.margins(x=0.06)
    _ticks(ax, unit)
    return fig


def effects(
    rows: Mapping[str, MorrisIndices], names: Mapping[str, str], unit: str, axis: str
) -> Figure:
    """Morris's mean absolute effect of moving each factor over its whole range, with its 95 % interval."""
    shown = list(rows.items())[:MOST]
    fig, ax = _frame(len(shown), axis)
    for place, (path, row) in enumerate(shown):
        _bar(ax, place + 0.08, row.mu_star, HIGH_COLOUR, 0.36)
        _name(ax, place, short(names[path]))
    ax.set_xlim(left=0)
    _ticks(ax, unit)
    return fig


def indices(rows: Mapping[str, SobolIndices], names: Mapping[str, str]) -> Figure:
    """Sobol's first-order and total indices of each factor, with their 95 % intervals."""
    shown = list(rows.items())[:MOST]
    fig, ax = _frame(len(shown), "share of the variance between points")
    for place, (path, row) in enumerate(shown):
        _bar(ax, place - 0.02, row.first, FIRST_COLOUR, 0.2)
        _bar(ax, place + 0.2, row.total, TOTAL_COLOUR, 0.2)
        _name(ax, place, short(names[path]))
    ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
    _ticks(ax, "probability")
    key(ax, [("alone", FIRST_COLOUR), ("with all it acts together with", TOTAL_COLOUR)])
    return fig


def _bar(ax: Axes, place: float, index: Index, colour: str, height: float) -> None:
    value = index.value or 0.0
    ax.barh(place, max(0.0, value), height=height, color=colour, edgecolor=palette.INK, lw=0.8)
    if index.low is not None:
        whisker = [max(0.0, bound) for bound in index.bounds]
        ax.plot(whisker, [place, place], color=palette.INK, lw=2)


def key(ax: Axes, entries: Sequence[tuple[str, str]]) -> None:
    """What colours mean, above the axes."""
    x = 0.0
    for text, colour in entries:
        ax.annotate(
            "■", (x, 1.02), xycoords="axes fraction", color=colour, fontsize=style.TEXT, va="bottom"
        )
        ax.annotate(
            text, (x + 0.04, 1.02), xycoords="axes fraction", fontsize=style.SMALL, va="bottom"
        )
        x += 0.08 + 0.017 * len(text)


def together(rows: Mapping[str, MorrisIndices], names: Mapping[str, str], unit: str) -> Figure:
    """Morris's plot: how much each factor does, and how much that depends on where it and the others are."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    shown = [(path, row.mu_star, row.sigma.value or 0.0) for path, row in rows.items()]
    ends = [star.value or 0.0 if star.high is None else star.high for _, star, _ in shown]
    far, top = max([*ends, 1e-9]), max([*(sigma for *_, sigma in shown), 1e-9])
    for n, (_, star, sigma) in enumerate(shown):
        colour = HIGH_COLOUR if n < _NAMED else palette.GREY
        if star.low is not None:
            low, high = star.bounds
            ax.plot(
                [max(0.0, low), high],
                [sigma, sigma],
                color=palette.GREY,
                lw=1.2,
                zorder=1,
            )
        ax.plot(star.value or 0.0, sigma, "o", ms=9, color=colour, mec=palette.INK, zorder=2)
    ax.set_xlim(0, 1.05 * far)
    ax.set_ylim(0, 1.12 * top)
    edge = min(1.05 * far, 1.12 * top)
    ax.plot([0, edge], [0, edge], color=palette.GREY, lw=1.2, ls="--", zorder=0)
    ax.set_xlabel("how much it does (µ*)")
    ax.set_ylabel("how much that varies (σ)")
    _ticks(ax, unit)
    ax.yaxis.set_major_formatter(
        lambda value, _: f"{100 * value:.0f} %" if unit == "probability" else number(value)
    )
    ax.locator_params(nbins=5)
    labels = [(sigma, short(names[path], 24), HIGH_COLOUR) for path, _, sigma in shown[:_NAMED]]
    _numbered(ax, shown[:_NAMED], labels)
    return fig


_NAMED = 6  # factors that are named in Morris's plot


def _numbered(
    ax: Axes, shown: Sequence[tuple[str, Any, float]], labels: Sequence[tuple[float, str, str]]
) -> None:
    """Numbers at the points, and the names that they stand for at the side."""
    for n, (_, star, sigma) in enumerate(shown, 1):
        ax.annotate(
            str(n),
            (star.value or 0.0, sigma),
            (7, 5),
            textcoords="offset points",
            fontsize=style.SMALL,
            fontweight="bold",
        )
    listed = "\n".join(f"{n}  {text}" for n, (_, text, _) in enumerate(labels, 1))
    ax.annotate(
        listed,
        (1.03, 1.0),
        xycoords="axes fraction",
        fontsize=style.SMALL,
        va="top",
        linespacing=1.5,
        annotation_clip=False,
    )
