"""The difference of two scenarios from day to day, with its bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.report.figures.bands import draw_band, zero_line

if TYPE_CHECKING:
    from sim.studies.compare.by_day import ByDay
    from sim.words import Words

COLOURS = {"deaths": palette.OKABE_ITO[0], "rung": palette.OKABE_ITO[2]}


def draw(of: ByDay, words: Words) -> Figure:
    """The dead so far above, the rung below."""
    fig = style.figure(height=8.0)
    days = np.arange(of.days + 1)
    for ax, (name, colour) in zip(fig.subplots(2, 1), COLOURS.items(), strict=True):
        band, judged = of.bands[name], of.enough(name)
        zero_line(ax)
        draw_band(ax, days[1:], band, colour, judged)
        style.day_axis(ax, words, of.days)
        ax.yaxis.set_major_formatter(lambda value, _: words.with_sign(value))
        ax.locator_params(axis="y", nbins=6)
        ax.set_title(words.text(f"paper.figures.by_day.{name}"), fontsize=style.TEXT)
        if name == "deaths":
            ax.set_xlabel("")
    return fig
