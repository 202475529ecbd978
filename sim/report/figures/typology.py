"""Types of course: for each, the share of its runs at each rung by day, and an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.report.figures.rung_areas import stack_rungs
from sim.vocabulary.ladder import N_RUNGS

if TYPE_CHECKING:
    from sim.studies.typology import CourseType, Typology
    from sim.words import Words

_WIDE = 26  # characters of a line of the key
SHOWN = 0.005  # a rung that never has this share in any type is not named
#: Inches: an area, a strip, a line of the key, what is between, and the rest.
_PANEL, _STRIP, _LINE, _GAP, _REST = 1.3, 0.3, 0.3, 0.13, 1.3


def draw(of: Typology, words: Words) -> Figure:
    """A panel for each type, the most frequent above."""
    count = len(of.types)
    named = [
        rung for rung in range(N_RUNGS) if any(one.rungs[rung].max() >= SHOWN for one in of.types)
    ]
    lines = 1 + -(-len(named) // 2)
    heights = [*([_PANEL, _STRIP] * count), _LINE * lines]
    fig = style.figure(height=sum(heights) + _GAP * (2 * count) + _REST)
    fig.set_layout_engine("constrained", hspace=0.01, h_pad=0.02)
    grid = fig.add_gridspec(2 * count + 1, 1, height_ratios=heights)
    for k, one in enumerate(of.types):
        area, strip = fig.add_subplot(grid[2 * k]), fig.add_subplot(grid[2 * k + 1])
        _area(area, one, words)
        _strip(strip, one, words)
        if k < count - 1:
            strip.set_xlabel("")
            strip.set_xticklabels([])
    key = fig.add_subplot(grid[2 * count])
    style.legend(key, [(style.rung_label(k, words, _WIDE), palette.RUNG_COLOURS[k]) for k in named])
    return fig


def _area(ax: Axes, one: CourseType, words: Words) -> None:
    stack_rungs(ax, one.rungs)
    ax.set_xlim(0, one.rungs.shape[1])
    ax.set_xticks([])
    ax.set_ylim(0, 1)
    ticks, labels = style.percent_ticks(words)
    ax.set_yticks(ticks[::2], labels[::2], fontsize=style.SMALL)
    title = words.text(
        "paper.figures.typology.panel", name=one.name, share=words.percent(one.share.value)
    )
    ax.set_title(title, fontsize=style.TEXT, pad=5)


def _strip(ax: Axes, one: CourseType, words: Words) -> None:
    """The rungs of the example, a cell a day."""
    days = len(one.course)
    starts = np.flatnonzero(np.diff(one.course, prepend=-1))
    ends = [*starts[1:].tolist(), days]
    for start, end in zip(starts.tolist(), ends, strict=True):
        ax.axvspan(start, end, color=palette.RUNG_COLOURS[int(one.course[start])], lw=0)
    style.day_axis(ax, words, days)
    ax.set_ylim(0, 1)
    ax.set_yticks([])
    for side in ("top", "right"):
        ax.spines[side].set_visible(True)
    ax.annotate(
        words.text("paper.figures.typology.example", example=one.example).replace(" ", "\n", 1),
        (1.01, 0.5),
        xycoords="axes fraction",
        va="center",
        fontsize=style.SMALL,
        annotation_clip=False,
    )
