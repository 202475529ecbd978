"""From which outcome to which: each replication of one scenario, and its pair in the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.words import Words

BAR, GAP = 0.06, 0.03  # width of the bars, gap between classes, as shares of the axes
_BEND = np.linspace(0, 1, 60)
_EASE = _BEND**2 * (3 - 2 * _BEND)  # a smooth step


def draw(of: Comparison, other: str, words: Words) -> Figure:
    """Two stacked bars and ribbons between them.

    Ribbons that stay are pale; those that change have the colour of the outcome that they leave.
    """
    pair = of.pairs[other]
    flow, n = pair.flow(), pair.counts[0]
    names = [name for name in of.outcomes if any(name in row[:2] for row in flow)]
    colours = palette.outcome_colours(list(of.outcomes))
    fig = style.figure(height=5.4)
    ax = fig.add_subplot()
    stack = _Stack(ax, names, colours, words)
    left = stack.draw({name: sum(c for one, _, c in flow if one == name) / n for name in names})
    right = stack.draw(
        {name: sum(c for _, new, c in flow if new == name) / n for name in names}, right=True
    )
    for one, new, count in sorted(flow, key=lambda row: (names.index(row[0]), names.index(row[1]))):
        share = count / n
        _ribbon(ax, (left[one], right[new]), share, palette.PALE if one == new else colours[one])
        left[one] += share
        right[new] += share
    ax.set_xlim(-0.42, 1.42)
    ax.set_ylim(1 + GAP * len(names), -0.12)
    ax.axis("off")
    for x, name, side in ((-0.42, of.baseline, "left"), (1.42, other, "right")):
        ax.text(x, -0.04, name, ha=side, va="bottom", fontweight="bold", fontsize=style.SMALL + 1)
    return fig


@dataclass(frozen=True)
class _Stack:
    """What both bars of classes have in common."""

    ax: Axes
    names: list[str]
    colours: dict[str, str]
    words: Words

    def draw(self, share: dict[str, float], *, right: bool = False) -> dict[str, float]:
        """Draw a bar with the names of its classes beside it; gives the top of each."""
        x = 1.0 - BAR if right else 0.0
        tops, at = {}, 0.0
        for name in self.names:
            tops[name] = at
            end = at + share[name]
            self.ax.fill_between([x, x + BAR], at, end, color=self.colours[name], lw=0)
            at = end + GAP
        places = style.spread(
            [tops[name] + share[name] / 2 for name in self.names],
            0.135,
            0.03,
            1 + GAP * len(self.names) - 0.03,
        )
        for name, place in zip(self.names, places, strict=True):
            text = self.words.term("vocabulary.outcomes", name)
            self.ax.text(
                1.03 if right else -0.03,
                place,
                f"{text}\n{self.words.percent(share[name])}",
                ha="left" if right else "right",
                va="center",
                fontsize=style.SMALL + 1,
                linespacing=1.0,
            )
        return tops


def _ribbon(ax: Axes, tops: tuple[float, float], share: float, colour: str) -> None:
    """From the top in the left bar to that in the right one; pale where the outcome stays."""
    start, end = tops
    line = start + (end - start) * _EASE
    x = BAR + (1 - 2 * BAR) * _BEND
    pale = colour == palette.PALE
    ax.fill_between(
        x,
        line,
        line + share,
        color=colour,
        alpha=0.6 if pale else 0.75,
        lw=0,
        zorder=1 if pale else 2,
    )
