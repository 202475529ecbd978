"""A series before and after an event, beside control days, and their difference with its bands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.report.figures.bands import draw_band, zero_line
from sim.report.figures.drawing import Drawing
from sim.studies.daily import event_title, series_title

if TYPE_CHECKING:
    from sim.stats.event_study import Curves
    from sim.studies.event_study import EventStudy
    from sim.words import Words

EVENT_COLOUR, CONTROL_COLOUR = palette.OKABE_ITO[0], palette.OKABE_ITO[2]


def drawings(of: EventStudy, words: Words) -> list[Drawing]:
    """A figure for each series."""
    return [_drawing(of, name, words) for name in of.curves]


def _drawing(of: EventStudy, name: str, words: Words) -> Drawing:
    event = event_title(of.event, of.scenario, words)
    series = series_title(name, of.scenario, words)
    values = {"event": event, "series": series, "w": of.window}
    title, alt, caption = (
        words.text(f"paper.figures.event_study.{key}", **values)
        for key in ("title", "alt", "caption")
    )
    made_from = f"{of.subject.scenario} · {words.count(of.replications, 'replication')}"
    file = f"event_study_{of.event}_{name}".replace(".", "_")
    return Drawing(
        file, title, alt, caption, partial(draw, of, name, words), made_from, f"{title}, {series}"
    )


def draw(of: EventStudy, name: str, words: Words) -> Figure:
    """Above the two means, below their difference."""
    curves, days = of.curves[name], np.arange(-of.window, of.window + 1)
    fig = style.figure(height=8.2)
    above, below = fig.subplots(2, 1, sharex=True)
    _means(above, days, curves, words)
    above.set_title(series_title(name, of.scenario, words), fontsize=style.TEXT)
    zero_line(below)
    draw_band(below, days, curves.gap, EVENT_COLOUR)
    below.set_title(
        words.text("paper.figures.event_study.difference"),
        fontsize=style.TEXT,
        fontweight="normal",
    )
    below.yaxis.set_major_formatter(lambda value, _: words.with_sign(value))
    below.set_xlabel(words.text("paper.figures.event_study.x"))
    for ax in (above, below):
        ax.axvline(0, color=palette.GREY, lw=1.4, ls=(0, (4, 3)), zorder=0)
        ax.set_xlim(-of.window, of.window)
        ax.locator_params(axis="y", nbins=6)
    step = next(one for one in (1, 2, 5, 7, 10, 14, 30, 60, 90, 180) if of.window / one <= 3.5)
    ticks = np.arange(-(of.window // step) * step, of.window + 1, step)
    below.set_xticks(ticks, [words.with_sign(tick) if tick else "0" for tick in ticks.tolist()])
    return fig


def _means(ax: Axes, days: np.ndarray, curves: Curves, words: Words) -> None:
    labels = []
    for band, key, colour, dashes in (
        (curves.events, "with_event", EVENT_COLOUR, "-"),
        (curves.controls, "controls", CONTROL_COLOUR, (0, (3, 1.5))),
    ):
        ax.fill_between(days, band.low, band.high, color=colour, alpha=0.25, lw=0)
        ax.plot(days, band.value, color=colour, ls=dashes)
        text = words.text(f"paper.figures.event_study.{key}")
        labels.append((float(band.value[-1]), text.replace(" ", "\n", 1), colour))
    ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    ax.yaxis.set_major_formatter(lambda value, _: words.number(value))
    ax.set_xlim(float(days[0]), float(days[-1]))
    style.name_lines(ax, float(days[-1]), labels, gap=0.22, size=style.SMALL + 1)
