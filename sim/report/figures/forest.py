"""Differences as dots with two intervals: thick from pairs, thin from independent runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.studies.compare.sentences import HEADLINES
from sim.words.measures import target_name

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.quantities import Contrast
    from sim.vocabulary.measures import Measure
    from sim.words import Words

CLEAR, UNCLEAR = "#0072b2", palette.GREY
ROW = 0.52  # inches
#: Under a name, so that the line at zero does not run through it.
_PAPER = {"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1}


def draw(of: Comparison, other: str, words: Words) -> Figure:
    """Two panels: outcomes in points, main measures in per cent of the baseline."""
    outcomes = [
        (name, row.differences[other], 0.01)
        for name, row in of.outcomes.items()
        if other in row.differences
    ]
    measures = [
        (name, of.measures[name].differences[other], base / 100)
        for name in HEADLINES
        if (base := _base(of, other, name))
    ]
    panels = [
        (rows, title) for rows, title in ((outcomes, "points"), (measures, "percent")) if rows
    ]
    fig = style.figure(height=1.6 + ROW * sum(len(rows) + 1.6 for rows, _ in panels))
    axes = fig.subplots(
        len(panels), 1, squeeze=False, height_ratios=[len(rows) + 0.6 for rows, _ in panels]
    )[:, 0]
    for ax, (rows, unit) in zip(axes, panels, strict=True):
        text = words.text(f"report.figures.compared.differences.{unit}", baseline=of.baseline)
        ax.set_xlabel(text)
        _panel(ax, rows, of.about, words)
    return fig


def _base(of: Comparison, other: str, name: str) -> float | None:
    """A measure in the baseline; None if it is not compared."""
    row = of.measures.get(name)
    return None if row is None or other not in row.differences else row.estimates[of.baseline]


def _panel(
    ax: Axes,
    rows: list[tuple[str, Contrast, float]],
    about: Mapping[str, Measure],
    words: Words,
) -> None:
    for place, (name, gap, one) in enumerate(rows):
        colour = CLEAR if gap.significant else UNCLEAR
        if gap.low is not None:
            ax.plot(
                [bound / one for bound in gap.unpaired_bounds],
                [place + 0.17] * 2,
                color=palette.GREY,
                lw=1.4,
                solid_capstyle="butt",
            )
            ax.plot(
                [bound / one for bound in gap.bounds],
                [place] * 2,
                color=colour,
                lw=6,
                solid_capstyle="butt",
            )
        ax.plot(gap.value / one, place, "o", ms=9, color=palette.PAPER, mec=colour, mew=3, zorder=4)
        ax.text(
            0,
            place - 0.22,
            target_name(name, about, words),
            transform=ax.get_yaxis_transform(),
            va="bottom",
            fontsize=style.TEXT,
            bbox=_PAPER,
        )
        ax.text(
            1,
            place - 0.22,
            words.with_sign(gap.value / one, decimals=1),
            transform=ax.get_yaxis_transform(),
            va="bottom",
            ha="right",
        )
    ax.axvline(0, color=palette.INK, lw=1.2, zorder=0)
    ax.set_ylim(len(rows) - 0.6, -0.9)
    ax.margins(x=0.08)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_formatter(lambda value, _: words.with_sign(value, significant=6))
