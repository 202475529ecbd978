"""Bars of the inputs that matter, the most important at the top: tornado, Morris, Sobol."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.report.values import SHARE, short, value_text
from sim.stats.indices import Index, MorrisIndices, OneAtATime, SobolIndices
from sim.words import Words

MOST = 12  # inputs in a figure
_NAMED = 6  # inputs that are named in Morris's plot
LOW_COLOUR, HIGH_COLOUR = palette.OKABE_ITO[2], palette.OKABE_ITO[1]
FIRST_COLOUR, TOTAL_COLOUR = palette.OKABE_ITO[2], palette.OKABE_ITO[3]
#: Behind a name, so that no line runs through it.
_PLATE = {"boxstyle": "square,pad=0.1", "facecolor": palette.PAPER, "edgecolor": "none"}


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


def _tick(words: Words, unit: str) -> Callable[[float, float], str]:
    """What stands at a tick of an axis in this unit."""
    if unit == SHARE:
        return lambda value, _: words.percent(value, decimals=0)
    return lambda value, _: words.number(value)


@dataclass(frozen=True)
class View:
    """What bars of inputs have in common.

    Attributes
    ----------
    names : what to call each input, by path
    unit, axis : unit and name of what is asked
    words : the language of the figure
    """

    names: Mapping[str, str]
    unit: str
    axis: str
    words: Words


def tornado(rows: Mapping[str, OneAtATime], view: View, base: float) -> Figure:
    """For each input a bar from where it is low to where it is high, around the scenario as it is.

    Parameters
    ----------
    rows : what each input does alone, by path
    view : names, unit and language
    base : what is asked, in the scenario as it is
    """
    largest = list(rows.items())[:MOST]
    fig, ax = _frame(len(largest), view.axis)
    for place, (path, row) in enumerate(largest):
        _swing(ax, place, row, base, view.unit)
        ends = [value_text(end.at, "", view.words) for end in row.ends if end.mean is not None]
        at = view.words.range(*ends) if len(ends) == 2 else ", ".join(ends)
        name = view.words.text(
            "studies.figures.sensitivity.tornado.at", input=short(view.names[path], 40), values=at
        )
        _name(ax, place, name)
    ax.axvline(base, color=palette.GREY, lw=1, ls=":", zorder=0)
    ax.margins(x=0.06)
    ax.xaxis.set_major_formatter(_tick(view.words, view.unit))
    return fig


def _swing(ax: Axes, place: float, row: OneAtATime, base: float, unit: str) -> None:
    """The bars of one input to both sides of the scenario as it is, with their intervals."""
    ends = [end for end in row.ends if end.mean is not None]
    for n, end in enumerate(ends):
        ax.barh(
            place + 0.08,
            (end.mean or 0.0) - base,
            left=base,
            height=0.36,
            color=LOW_COLOUR if n == 0 and len(ends) > 1 else HIGH_COLOUR,
            edgecolor=palette.INK,
            lw=0.8,
            zorder=2,
        )
        if end.change.low is not None:
            whisker = base + np.array(end.change.bounds)
            level = place + 0.08 + 0.09 * (2 * n / max(1, len(ends) - 1) - 1)
            ax.plot(
                np.clip(whisker, 0, 1) if unit == SHARE else whisker,
                [level, level],
                color=palette.INK,
                lw=2,
                zorder=3,
            )
    ax.plot([base, base], [place - 0.13, place + 0.29], color=palette.INK, lw=2, zorder=4)


def effects(rows: Mapping[str, MorrisIndices], view: View) -> Figure:
    """Morris's mean size of the effect of each input's whole range, with its 95 % interval."""
    largest = list(rows.items())[:MOST]
    fig, ax = _frame(len(largest), view.axis)
    for place, (path, row) in enumerate(largest):
        _bar(ax, place + 0.08, row.mu_star, HIGH_COLOUR, 0.36)
        _name(ax, place, short(view.names[path]))
    ax.set_xlim(left=0)
    ax.xaxis.set_major_formatter(_tick(view.words, view.unit))
    return fig


def indices(rows: Mapping[str, SobolIndices], view: View) -> Figure:
    """Sobol's first-order and total indices of each input, with their 95 % intervals."""

    def text(key: str) -> str:
        return view.words.text(f"studies.figures.sensitivity.indices.{key}")

    largest = list(rows.items())[:MOST]
    fig, ax = _frame(len(largest), text("x"))
    for place, (path, row) in enumerate(largest):
        _bar(ax, place - 0.02, row.first, FIRST_COLOUR, 0.2)
        _bar(ax, place + 0.2, row.total, TOTAL_COLOUR, 0.2)
        _name(ax, place, short(view.names[path]))
    ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
    ax.xaxis.set_major_formatter(_tick(view.words, SHARE))
    key(ax, [(text("first"), FIRST_COLOUR), (text("total"), TOTAL_COLOUR)])
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


def together(rows: Mapping[str, MorrisIndices], view: View) -> Figure:
    """Morris's plot: the effect of each input, and how much it depends on where all inputs are."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    largest = [(path, row.mu_star, row.sigma.value or 0.0) for path, row in rows.items()]
    ends = [star.value or 0.0 if star.high is None else star.high for _, star, _ in largest]
    far, top = max([*ends, 1e-9]), max([*(sigma for *_, sigma in largest), 1e-9])
    for n, (_, star, sigma) in enumerate(largest):
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
    ax.set_xlabel(view.words.text("studies.figures.sensitivity.plot.x"))
    ax.set_ylabel(view.words.text("studies.figures.sensitivity.plot.y"))
    ax.xaxis.set_major_formatter(_tick(view.words, view.unit))
    ax.yaxis.set_major_formatter(_tick(view.words, view.unit))
    ax.locator_params(nbins=5)
    _number_points(
        ax, [(short(view.names[path], 24), star, sigma) for path, star, sigma in largest[:_NAMED]]
    )
    return fig


def _number_points(ax: Axes, points: Sequence[tuple[str, Index, float]]) -> None:
    """Numbers at the points (name, effect, spread), and the names for them at the side."""
    for n, (_, star, sigma) in enumerate(points, 1):
        ax.annotate(
            str(n),
            (star.value or 0.0, sigma),
            (7, 5),
            textcoords="offset points",
            fontsize=style.SMALL,
            fontweight="bold",
        )
    ax.annotate(
        "\n".join(f"{n}  {name}" for n, (name, *_) in enumerate(points, 1)),
        (1.03, 1.0),
        xycoords="axes fraction",
        fontsize=style.SMALL,
        va="top",
        linespacing=1.5,
        annotation_clip=False,
    )
