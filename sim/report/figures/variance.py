"""What is not known and what is chance: a bar a question, split where the two meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.report.figures.bars import key
from sim.report.values import short

if TYPE_CHECKING:
    from sim.studies.uncertainty import TargetVariance
    from sim.words import Words

INPUTS_COLOUR, CHANCE_COLOUR = palette.OKABE_ITO[1], palette.OKABE_ITO[3]


def draw(rows: Mapping[str, TargetVariance], names: Mapping[str, str], words: Words) -> Figure:
    """Stacked bars of the two shares of the variance, with the 95 % interval of their border.

    `names` says what to call each row.
    """

    def text(key: str, **values: object) -> str:
        return words.text(f"studies.figures.uncertainty.{key}", **values)

    rows_that_vary = {
        name: one.variance
        for name, one in rows.items()
        if one.variance.varies and one.variance.share.value is not None
    }
    fig = style.figure(height=1.9 + 0.66 * max(1, len(rows_that_vary)))
    ax = fig.add_subplot()
    for place, (name, row) in enumerate(rows_that_vary.items()):
        share = row.share.value or 0.0
        ax.barh(place + 0.1, share, height=0.36, color=INPUTS_COLOUR, edgecolor=palette.INK, lw=0.8)
        ax.barh(
            place + 0.1,
            1 - share,
            left=share,
            height=0.36,
            color=CHANCE_COLOUR,
            edgecolor=palette.INK,
            lw=0.8,
        )
        if row.share.low is not None:
            ax.plot(row.share.bounds, [place + 0.1] * 2, color=palette.INK, lw=2.5)
        ax.text(
            0,
            place - 0.28,
            short(names[name]),
            fontsize=style.TEXT - 1,
            fontweight="bold",
            va="center",
        )
        ax.text(
            1,
            place - 0.28,
            text("inputs", share=words.percent(share)),
            fontsize=style.TEXT - 1,
            va="center",
            ha="right",
        )
    ax.set_ylim(max(1, len(rows_that_vary)) - 0.4, -0.7)
    ax.set_xlim(0, 1)
    ax.set_xticks(*style.percent_ticks(words))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(text("x"))
    key(ax, [(text("unknown"), INPUTS_COLOUR), (text("chance"), CHANCE_COLOUR)])
    return fig
