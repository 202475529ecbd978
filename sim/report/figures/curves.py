"""A sweep as curves, dots or heat maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.design.factors import Factor
from sim.report.figures import style
from sim.report.figures.heat import draw_cells
from sim.report.values import SHARE, short, value_text
from sim.words import Words
from sim.words.measures import unit_name

if TYPE_CHECKING:
    from sim.studies.sweep import SweepAnswer

SEEN = 0.005  # an outcome that never has this share is not drawn
_NAME = 26  # characters of a name beside its curve


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


@dataclass(frozen=True)
class View:
    """What is drawn along an input.

    Attributes
    ----------
    names : outcomes or measures of one unit
    colours : of each
    unit : of what is drawn
    words : the language of the figure
    """

    names: Sequence[str]
    colours: Mapping[str, str]
    unit: str
    words: Words


def curves(answer: SweepAnswer, factor: Factor, view: View) -> Figure:
    """What is asked along one input: lines with 95 % bands, or, for words, dots with whiskers."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    values = answer.points[factor.path]
    if numeric(answer, factor):
        _lines(ax, answer, values.to_numpy(dtype=float), view)
        ax.xaxis.set_major_formatter(lambda value, _: view.words.exact(round(value, 9)))
        ax.locator_params(axis="x", nbins=6)
    else:
        _dots(ax, answer, list(values), view)
    ax.set_xlabel(short(factor.name, 58))
    return fig


def _lines(ax: Axes, answer: SweepAnswer, x: NDArray[np.float64], view: View) -> None:
    labels = []
    for name in view.names:
        one, colour = answer.series[name], view.colours[name]
        ax.fill_between(x, one.low, one.high, color=colour, alpha=0.25, lw=0)
        ax.plot(x, one.values, color=colour, marker="o", ms=5, clip_on=False)
        labels.append(
            (
                float(one.values[-1]),
                short(answer.sample.target_name(name, view.words), _NAME),
                colour,
            )
        )
    ax.set_xlim(float(x.min()), float(x.max()))
    _value_axis(ax, view)
    style.name_lines(ax, float(x[-1]), labels, gap=0.11, size=style.SMALL + 1)


def _dots(ax: Axes, answer: SweepAnswer, values: Sequence[object], view: View) -> None:
    levels = list(dict.fromkeys(values))
    place = np.array([levels.index(value) for value in values])
    for n, name in enumerate(view.names):
        one = answer.series[name]
        below, above = one.values - one.low, one.high - one.values
        ax.errorbar(
            place + 0.12 * (n - (len(view.names) - 1) / 2),
            one.values,
            yerr=[np.maximum(0, below), np.maximum(0, above)],
            color=view.colours[name],
            fmt="o",
            ms=9,
            lw=2.5,
            capsize=4,
            clip_on=False,
        )
    ax.set_xlim(-0.5, len(levels) - 0.5)
    ax.set_xticks(range(len(levels)), [short(str(level), 18) for level in levels])
    _value_axis(ax, view)
    ax.legend(
        [Line2D([], [], marker="o", ms=9, ls="", color=view.colours[k]) for k in view.names],
        [answer.sample.target_name(name, view.words) for name in view.names],
        loc="center left",
        bbox_to_anchor=(1.0, 0.5),
        frameon=False,
    )


def _value_axis(ax: Axes, view: View) -> None:
    """Shares, or values in their unit, up the side."""
    if view.unit == SHARE:
        style.percent_axis(ax, view.words)
        ax.set_ylabel(view.words.text("report.figures.share"))
    else:
        ax.set_ylabel(unit_name(view.unit, view.words))
        ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
        ax.yaxis.set_major_formatter(lambda value, _: view.words.number(value))


def heat(answer: SweepAnswer, name: str, words: Words) -> Figure:
    """What is asked over two factors: a colour and a number a cell, and half its interval below."""
    one, factors = answer.series[name], answer.sample.factors
    across, up = (list(dict.fromkeys(answer.points[factor.path])) for factor in factors)
    places = zip(*(answer.points[factor.path] for factor in factors), strict=True)
    cells = {
        (across.index(first), up.index(second)): estimate
        for (first, second), estimate in zip(places, one.estimates, strict=True)
    }
    fig = style.figure(
        width=max(style.WIDTH, 1.9 + 0.95 * len(across)), height=2.0 + 0.62 * len(up)
    )
    ax = fig.add_subplot()
    draw_cells(ax, cells, one.unit, "studies.figures.sweep.heat.half", words)
    ax.set_xticks(
        range(len(across)), [value_text(k, "", words) for k in across], fontsize=style.SMALL
    )
    ax.set_yticks(range(len(up)), [value_text(k, "", words) for k in up], fontsize=style.SMALL)
    ax.set_xlabel(short(factors[0].name, 58))
    ax.set_ylabel(short(factors[1].name, max(24, 8 * len(up))))
    return fig
