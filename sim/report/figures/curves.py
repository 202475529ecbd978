"""A sweep as curves, dots or heat maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from sim.design.factors import Factor
from sim.report.figures import palette, style
from sim.report.figures.bars import said, short
from sim.report.pages.formats import number
from sim.words import words

if TYPE_CHECKING:
    from sim.studies.sweep import SweepAnswer

SEEN = 0.005  # an outcome that never has this share is not drawn
#: Light to dark, in even steps of lightness, for colour-blind readers and in grey: the lower part
# of Matplotlib's inferno, turned round.
HEAT = "inferno_r"
_DARKEST = 0.85
LEAST_TOP = 0.25  # share that is darkest at the least, so that rare outcomes stay pale
_CELL_TYPE, _FEW = 13, 6  # points, and steps up to which cells have room for them


def numeric(answer: SweepAnswer, factor: Factor) -> bool:
    """Whether a factor's values are numbers that lie along a line."""
    return bool(pd.api.types.is_numeric_dtype(answer.points[factor.path]))


def shown_outcomes(answer: SweepAnswer) -> list[str]:
    """Outcomes that come anywhere in a sweep."""
    return [
        name
        for name, one in answer.series.items()
        if one.is_outcome and np.nanmax(one.values, initial=0.0) >= SEEN
    ]


def curves(
    answer: SweepAnswer,
    factor: Factor,
    names: Sequence[str],
    colours: dict[str, str],
    unit: str,
) -> Figure:
    """What is asked along one factor: lines with 95 % bands, or, for words, dots with whiskers."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    lined = numeric(answer, factor)
    column = answer.points[factor.path]
    levels = list(dict.fromkeys(column))
    labels = []
    for n, name in enumerate(names):
        one = answer.series[name]
        x = (
            column.to_numpy(dtype=float)
            if lined
            else np.array([levels.index(v) for v in column]) + 0.12 * (n - (len(names) - 1) / 2)
        )
        middle, low, high = one.values, one.low, one.high
        if lined:
            ax.fill_between(x, low, high, color=colours[name], alpha=0.25, lw=0)
            ax.plot(x, middle, color=colours[name], marker="o", ms=5, clip_on=False)
        else:
            ax.errorbar(
                x,
                middle,
                yerr=[np.maximum(0, middle - low), np.maximum(0, high - middle)],
                color=colours[name],
                fmt="o",
                ms=9,
                lw=2.5,
                capsize=4,
                clip_on=False,
            )
        labels.append((float(middle[-1]), short(name, 22), colours[name]))
    _along(ax, factor, levels, lined)
    if unit == "probability":
        style.percent_axis(ax, words())
        ax.set_ylabel("share of replications")
    else:
        ax.set_ylabel(unit)
        ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
        ax.yaxis.set_major_formatter(lambda value, _: number(value))
    if lined:
        style.name_lines(ax, float(levels[-1]), labels, gap=0.11, size=style.SMALL + 1)
    else:
        ax.legend(
            [Line2D([], [], marker="o", ms=9, ls="", color=colours[name]) for name in names],
            names,
            loc="center left",
            bbox_to_anchor=(1.0, 0.5),
            frameon=False,
        )
    return fig


def _along(ax: Axes, factor: Factor, levels: Sequence[object], lined: bool) -> None:
    if lined:
        numbers = [float(str(level)) for level in levels]
        ax.set_xlim(min(numbers), max(numbers))
        ax.locator_params(axis="x", nbins=6)
    else:
        ax.set_xlim(-0.5, len(levels) - 0.5)
        ax.set_xticks(range(len(levels)), [short(str(level), 18) for level in levels])
    ax.set_xlabel(short(factor.name, 58))


def heat(answer: SweepAnswer, name: str) -> Figure:
    """What is asked over two factors: a colour and a number a cell, and half its interval below."""
    one, factors = answer.series[name], answer.sample.factors
    unit, values = one.unit, one.values
    across, up = (list(dict.fromkeys(answer.points[factor.path])) for factor in factors)
    places = zip(*(answer.points[factor.path] for factor in factors), strict=True)
    cells = dict(zip(places, one.estimates, strict=True))
    fig = style.figure(
        width=max(style.WIDTH, 1.9 + 0.95 * len(across)), height=2.0 + 0.62 * len(up)
    )
    ax = fig.add_subplot()
    top = (
        max(
            LEAST_TOP if unit == "probability" else 0.0,
            float(np.nanmax(values, initial=0.0)),
        )
        or 1.0
    )
    bottom = min(0.0, float(np.nanmin(values, initial=0.0)))
    scale, colours = Normalize(bottom, top), colormaps[HEAT]
    for y, second in enumerate(up):
        for x, first in enumerate(across):
            found = cells[first, second]
            if found.value is None:
                colour, text = palette.PALE, "–"
            else:
                colour = to_hex(colours(_DARKEST * float(scale(found.value))))
                half = None if found.low is None else found.halfwidth
                text = f"{said(found.value, unit)}\n± {said(half, unit)}"
            ax.add_patch(_square(x, y, colour))
            ax.annotate(
                text,
                (x, y),
                ha="center",
                va="center",
                fontsize=_CELL_TYPE if len(across) <= _FEW else _CELL_TYPE - 2,
                color=palette.ink_on(colour),
                linespacing=1.15,
            )
    ax.set_xlim(-0.5, len(across) - 0.5)
    ax.set_ylim(-0.5, len(up) - 0.5)
    ax.set_xticks(range(len(across)), [said(value) for value in across], fontsize=style.SMALL)
    ax.set_yticks(range(len(up)), [said(value) for value in up], fontsize=style.SMALL)
    ax.set_xlabel(short(factors[0].name, 58))
    ax.set_ylabel(short(factors[1].name, max(24, 8 * len(up))))
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    return fig


def _square(x: int, y: int, colour: str) -> Rectangle:
    return Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor=palette.PAPER, lw=2)
