"""A fork: the rung by day, one past as a line and the futures as a fan; and their outcomes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.design.draws import Draws
from sim.report.figures import palette, style

if TYPE_CHECKING:
    from sim.replication.fork import Futures
    from sim.stats.estimate import Estimate
    from sim.studies.fork import ForkAnswer
    from sim.words import Words

PLAIN_COLOUR, CHANGED_COLOUR = "#8c8c8c", "#0072b2"
_WIDE, _HALF = (5, 95), (25, 75)  # per cent of the futures within each band
_LABEL = 10  # characters of a rung's name on a line


def draw_fan(of: ForkAnswer, words: Words) -> Figure:
    """One panel for each set of futures, above each other."""
    panels = [(of.changed, "changed", CHANGED_COLOUR)] if of.changed is not None else []
    # with common random numbers the unforked future is the original, which is drawn in any case
    if of.changed is None or of.draws is not Draws.COMMON:
        panels.append((of.plain, "plain", PLAIN_COLOUR))
    fig = style.figure(width=style.WIDTH + 1.6, height=1.3 + 4.0 * len(panels))
    top = max(3, *(int(futures.rung.max()) for futures, _, _ in panels))
    for ax, (futures, title, colour) in zip(
        fig.subplots(len(panels), 1, squeeze=False)[:, 0], panels, strict=True
    ):
        _panel(ax, of, futures, colour)
        _mark(ax, of, words)
        ax.set_ylim(-0.4, top + 0.6)
        ax.set_yticks(
            range(top + 1), [_label(rung, words) for rung in range(top + 1)], fontsize=style.SMALL
        )
        ax.set_title(words.text(f"studies.figures.fork.fan.{title}"), fontsize=style.TEXT)
        style.day_axis(ax, words, of.past.template.horizon)
    return fig


def _panel(ax: Axes, of: ForkAnswer, futures: Futures, colour: str) -> None:
    day, horizon = of.day, of.past.template.horizon
    story = np.asarray(of.past.original.rung)
    days = np.arange(1, horizon + 1)
    ax.step(days[: day - 1], story[: day - 1], where="mid", color=palette.INK, lw=2.4)
    after = days[day - 1 :]
    rungs = futures.rung[futures.runs["status"].to_numpy() == 0][:, day - 1 :]
    if len(rungs) > 1:
        for (low, high), alpha in ((_WIDE, 0.18), (_HALF, 0.34)):
            ends = np.percentile(rungs, [low, high], axis=0)
            ax.fill_between(
                after, ends[0] - 0.12, ends[1] + 0.12, step="mid", color=colour, alpha=alpha, lw=0
            )
    if len(rungs):
        ax.step(after, np.median(rungs, axis=0), where="mid", color=colour, lw=3.2)
    ax.step(
        after, story[day - 1 :], where="mid", color=palette.INK, lw=1.1, ls=(0, (3, 2)), zorder=5
    )


def _mark(ax: Axes, of: ForkAnswer, words: Words) -> None:
    """The day of the fork."""
    day, horizon = of.day, of.past.template.horizon
    ax.axvline(day - 0.5, color=palette.OKABE_ITO[0], lw=2.4)
    # written where the fan is not
    left = day > horizon / 2
    ax.annotate(
        words.text("studies.figures.fork.fan.mark", day=day),
        (day - 0.5, 1),
        (-6 if left else 6, -4),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=palette.INK,
        fontsize=style.SMALL,
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1.5},
        zorder=6,
    )


def _label(rung: int, words: Words) -> str:
    """The short name of a rung, broken over lines."""
    return textwrap.fill(words.text(f"studies.figures.fork.fan.rungs.{rung}"), _LABEL)


@dataclass(frozen=True)
class Bars:
    """Shares of outcomes that make one bar each: what they are called, the shares, a colour."""

    label: str
    shares: Mapping[str, Estimate]
    colour: str


def draw_outcomes(sets: Sequence[Bars], words: Words) -> Figure:
    """Bars of each outcome with their 95 % intervals, one for each set of futures."""
    names = list(sets[0].shares)
    fig = style.figure(height=1.5 + (0.5 + 0.5 * len(sets)) * len(names))
    ax = fig.add_subplot()
    step = len(sets) + 1.0
    for k, name in enumerate(names):
        title = words.term("vocabulary.outcomes", name)
        ax.text(0, k * step - 0.62, title, fontsize=style.TEXT, fontweight="bold", va="bottom")
        for n, bars in enumerate(sets):
            _bar(ax, k * step + n, bars.shares[name], bars, words)
    ax.set_ylim(len(names) * step - 0.9, -1.5)
    ax.set_xlim(0, 1)
    ax.set_xticks(*style.percent_ticks(words))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(words.text("studies.figures.fork.outcomes.x"))
    return fig


def _bar(ax: Axes, place: float, row: Estimate, bars: Bars, words: Words) -> None:
    """One bar, its interval, and both in numbers where there is room."""
    if row.value is None:
        return
    low, high = row.bounds
    ax.barh(place, row.value, height=0.74, color=bars.colour, edgecolor=palette.INK, lw=0.8)
    ax.plot([low, high], [place, place], color=palette.INK, lw=2.2)
    beyond = high > 0.5
    ax.text(
        low - 0.02 if beyond else high + 0.02,
        place,
        words.text(
            f"studies.figures.fork.outcomes.{'bar_of' if bars.label else 'bar'}",
            label=bars.label,
            share=words.percent(row.value),
            low=words.percent(low),
            high=words.percent(high),
        ),
        va="center",
        ha="right" if beyond else "left",
        fontsize=style.SMALL,
        color=palette.ink_on(bars.colour) if beyond else palette.INK,
    )
