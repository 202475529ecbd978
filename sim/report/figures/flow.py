"""From which outcome to which: each replication under one scenario, and the same luck under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import style
from sim.report.pages.formats import percent

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

BAR, GAP = 0.06, 0.03  # width of the bars, gap between classes, as shares of the axes
_BEND = np.linspace(0, 1, 60)
_EASE = _BEND**2 * (3 - 2 * _BEND)  # a smooth step


def draw(of: Comparison, other: str) -> Figure:
    """Two stacked bars and the ribbons between them; those that stay are pale, those that change have the colour of where they came from."""
    pair = of.pairs[other]
    flow, n = pair.flow(), pair.counts[0]
    names = [name for name in of.outcomes if any(name in row[:2] for row in flow)]
    colours = style.outcome_colours(list(of.outcomes))
    fig = style.figure(height=5.4)
    ax = fig.add_subplot()
    left = _stack(
        ax,
        0.0,
        names,
        {name: sum(c for one, _, c in flow if one == name) / n for name in names},
        colours,
        right=False,
    )
    right = _stack(
        ax,
        1.0 - BAR,
        names,
        {name: sum(c for _, new, c in flow if new == name) / n for name in names},
        colours,
        right=True,
    )
    for one, new, count in sorted(flow, key=lambda row: (names.index(row[0]), names.index(row[1]))):
        _ribbon(
            ax, left[one], count / n, pale=one == new, right=right, colour=colours[one], new=new
        )
        left[one] += count / n
    ax.set_xlim(-0.42, 1.42)
    ax.set_ylim(1 + GAP * len(names), -0.12)
    ax.axis("off")
    for x, name, side in ((-0.42, of.baseline, "left"), (1.42, other, "right")):
        ax.text(x, -0.04, name, ha=side, va="bottom", fontweight="bold", fontsize=style.SMALL + 1)
    return fig


def _stack(
    ax: Axes,
    x: float,
    names: list[str],
    share: dict[str, float],
    colours: dict[str, str],
    *,
    right: bool,
) -> dict[str, float]:
    """Draw a bar of classes with their names beside it; gives the top of each."""
    tops, at = {}, 0.0
    for name in names:
        tops[name] = at
        ax.fill_between([x, x + BAR], at, at + share[name], color=colours[name], lw=0)
        at += share[name] + GAP
    places = style.spread(
        [tops[name] + share[name] / 2 for name in names], 0.135, 0.03, 1 + GAP * len(names) - 0.03
    )
    for name, place in zip(names, places, strict=True):
        text = f"{name}\n{percent(share[name])}"
        ax.text(
            1.03 if right else -0.03,
            place,
            text,
            ha="left" if right else "right",
            va="center",
            fontsize=style.SMALL + 1,
            linespacing=1.0,
        )
    return tops


def _ribbon(
    ax: Axes,
    top: float,
    share: float,
    *,
    pale: bool,
    right: dict[str, float],
    colour: str,
    new: str,
) -> None:
    end = right[new]
    right[new] += share
    line = top + (end - top) * _EASE
    x = BAR + (1 - 2 * BAR) * _BEND
    ax.fill_between(
        x,
        line,
        line + share,
        color=style.PALE if pale else colour,
        alpha=0.6 if pale else 0.75,
        lw=0,
        zorder=1 if pale else 2,
    )
