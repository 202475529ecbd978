"""Are these pairs enough: a difference with both intervals, as replications are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.studies.compare import convergence
from sim.studies.compare.sentences import HEADLINES
from sim.words.measures import measure_name, unit_name

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.words import Words

COLOUR = "#0072b2"
#: The axis reaches as far as this many of the last unpaired half-widths, so that the end can be
#: read.
SEEN = 3.0


def draw(of: Comparison, other: str, words: Words) -> Figure:
    """Two panels: the outcome that differs most, and the first headline measure that both have."""
    panels = [*_outcome(of, other, words), *_measure(of, other, words)]
    fig = style.figure(height=1.0 + 3.1 * len(panels))
    for ax, (title, unit, scale, found) in zip(
        np.atleast_1d(fig.subplots(len(panels), 1)), panels, strict=True
    ):
        _panel(ax, found, scale, words, paired=of.paired)
        ax.set_title(title, fontsize=style.TEXT)
        ax.set_ylabel(unit)
    return fig


def has_panels(of: Comparison, other: str, words: Words) -> bool:
    """Whether there is anything to draw: an outcome or a headline measure that both have."""
    return bool(_outcome(of, other, words) or _measure(of, other, words))


def _outcome(
    of: Comparison, other: str, words: Words
) -> list[tuple[str, str, float, convergence.Convergence]]:
    gaps = {
        name: abs(row.differences[other].value)
        for name, row in of.outcomes.items()
        if other in row.differences
    }
    return [
        (
            words.term("vocabulary.outcomes", most),
            words.text("report.figures.compared.points"),
            100.0,
            convergence.of_outcome(of.pairs[other], most),
        )
        for most in sorted(gaps, key=lambda name: gaps[name], reverse=True)[:1]
    ]


def _measure(
    of: Comparison, other: str, words: Words
) -> list[tuple[str, str, float, convergence.Convergence]]:
    names = [
        name
        for name in HEADLINES
        if name in of.measures
        and other in of.measures[name].differences
        and not of.about[name].time
    ]
    return [
        (
            measure_name(of.about[name], words),
            unit_name(of.about[name].unit, words),
            1.0,
            convergence.of_measure(of.pairs[other], name),
        )
        for name in names[:1]
    ]


def _panel(
    ax: Axes, found: convergence.Convergence, scale: float, words: Words, *, paired: bool
) -> None:
    value, low, high, far, near = (
        scale * found.column(name)
        for name in ("value", "low", "high", "unpaired_low", "unpaired_high")
    )
    ax.axhline(0, color=palette.INK, lw=1.2)
    if paired:
        ax.plot(found.runs, far, color=palette.GREY, lw=1.4)
        ax.plot(found.runs, near, color=palette.GREY, lw=1.4)
    ax.fill_between(found.runs, low, high, color=COLOUR, alpha=0.3, lw=0)
    ax.plot(found.runs, value, color=COLOUR, lw=3)
    half = SEEN * max((near[-1] - far[-1]) / 2, 1e-9) if np.isfinite(near[-1]) else 1.0
    ax.set_ylim(min(value[-1] - half, 0), max(value[-1] + half, 0))
    ax.set_xscale("log")
    first, last = int(found.runs[0]), int(found.runs[-1])
    ax.set_xlim(first, max(last, first + 1))
    ticks = [tick * 10**power for power in range(8) for tick in (1, 3)]
    ax.set_xticks(
        [tick for tick in ticks if first <= tick <= last],
        [words.number(tick) for tick in ticks if first <= tick <= last],
    )
    ax.minorticks_off()
    ax.set_xlabel(words.text("report.figures.compared.replications"))
