"""Boxes of scenario discovery: how dense and how much they cover, and where the chosen one lies."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.design.factors import Factor
from sim.report.figures import palette, style
from sim.report.values import limits_text, short, value_text
from sim.stats.prim import Box, BoxSearch
from sim.words import Words

_LABEL = 26  # characters of a label on a line
BOX_COLOUR, ALL_COLOUR = palette.OKABE_ITO[0], palette.OKABE_ITO[2]


def trade(found: BoxSearch, words: Words) -> Figure:
    """Each box by its coverage and density, in the half of the cases that it was not made from."""

    def text(key: str) -> str:
        return words.text(f"studies.figures.discovery.boxes.{key}")

    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    seen = np.array([(box.sought.coverage, box.sought.density) for box in found.boxes])
    fresh = np.array([(box.tested.coverage, box.tested.density) for box in found.boxes])
    ax.plot(*seen.T, "-", color=palette.GREY, lw=1.5)
    ax.plot(*fresh.T, "o", ms=8, color=ALL_COLOUR, mec=palette.INK)
    chosen = found.chosen.tested
    ax.plot([chosen.coverage] * 2, [chosen.low, chosen.high], color=palette.INK, lw=2)
    ax.plot(chosen.coverage, chosen.density, "s", ms=15, color=BOX_COLOUR, mec=palette.INK)
    ax.axhline(found.everywhere, color=palette.INK, ls="--", lw=1.2)
    ax.set_xticks(*style.percent_ticks(words))
    ax.set_xlim(0, 1.02)
    ax.set_ylim(0, min(1.02, 1.15 * max(chosen.high, seen[:, 1].max(), fresh[:, 1].max())))
    ax.yaxis.set_major_formatter(lambda value, _: words.percent(value, decimals=0))
    ax.locator_params(axis="y", nbins=5)
    ax.set_xlabel(text("x"))
    ax.set_ylabel(textwrap.fill(text("y"), _LABEL))
    style.name_lines(
        ax,
        1.02,
        [
            (found.everywhere, text("everywhere"), palette.GREY),
            (chosen.density, text("chosen"), BOX_COLOUR),
        ],
        gap=0.1,
        size=style.SMALL + 1,
    )
    return fig


def sides(box: Box, cases: pd.DataFrame, factors: Sequence[Factor], words: Words) -> Figure:
    """Where the chosen box lies in the range of each restricted input."""
    by_path = {factor.path: factor for factor in factors}
    fig = style.figure(height=1.7 + 0.72 * max(1, len(box.sides)))
    ax = fig.add_subplot()
    for place, (path, kept) in enumerate(box.sides.items()):
        factor = by_path[path]
        if isinstance(kept, frozenset):
            inside = _levels(ax, place, factor, cases[path], kept)
            text = words.join(inside, "or")
        else:
            _interval(ax, place, _range(factor, cases[path]), kept, words)
            text = limits_text(*kept, words)
        ax.text(
            0,
            place - 0.24,
            words.text(
                "studies.figures.discovery.box.side", input=short(factor.name, 38), range=text
            ),
            fontsize=style.SMALL + 1,
            fontweight="bold",
            va="center",
        )
    ax.set_xlim(0, 1)
    ax.set_ylim(max(1, len(box.sides)) - 0.35, -0.6)
    ax.set_axis_off()
    return fig


def _levels(
    ax: Axes, place: float, factor: Factor, values: pd.Series, kept: frozenset[Any]
) -> list[str]:
    """The words of an input side by side, those in the box marked; gives these."""
    levels = list(dict.fromkeys(factor.values or sorted(values, key=str)))
    for n, level in enumerate(levels):
        colour = BOX_COLOUR if level in kept else palette.PALE
        ax.barh(
            place + 0.12,
            1 / len(levels),
            left=n / len(levels),
            height=0.34,
            color=colour,
            edgecolor=palette.INK,
            lw=0.8,
        )
        ax.text(
            (n + 0.5) / len(levels),
            place + 0.12,
            str(level),
            ha="center",
            va="center",
            fontsize=style.SMALL - 1,
            color=palette.ink_on(colour),
        )
    return [str(level) for level in levels if level in kept]


def _interval(
    ax: Axes, place: float, ends: tuple[float, float], kept: tuple[float, float], words: Words
) -> None:
    """The range of an input, the part in the box marked."""
    low, high = ends
    left, right = (float(np.clip((edge - low) / (high - low), 0, 1)) for edge in kept)
    for start, width, colour in ((0.0, 1.0, palette.PALE), (left, right - left, BOX_COLOUR)):
        ax.barh(
            place + 0.12,
            width,
            left=start,
            height=0.34,
            color=colour,
            edgecolor=palette.INK,
            lw=0.8,
        )
    for x, value, side in ((0.005, low, "left"), (0.995, high, "right")):
        ax.text(
            x,
            place + 0.45,
            value_text(value, "", words),
            fontsize=style.SMALL - 2,
            va="center",
            ha=side,
            color=palette.GREY,
        )


def _range(factor: Factor, points: pd.Series) -> tuple[float, float]:
    """Where a factor was varied."""
    if factor.low is not None and factor.high is not None:
        return factor.low, factor.high
    return float(points.min()), float(points.max())
