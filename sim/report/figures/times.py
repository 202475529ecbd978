"""When it happens: the probability of an event by day, and how long a first ceasefire lasts."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.ensemble_data import EVENTS, EnsembleData
from sim.report.figures import palette, style
from sim.stats.survival import Curve
from sim.words import Words

COLOURS = dict(zip(EVENTS, ("#e69f00", "#009e73", "#d55e00", "#0072b2"), strict=True))
DASHES = dict(zip(EVENTS, ("-", (0, (5, 1.5)), (0, (1.5, 1)), "-"), strict=True))


def draw_events(data: EnsembleData, words: Words) -> Figure:
    """One rising line an event, with its pointwise 95 % band."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    style.day_axis(ax, words, data.horizon)
    style.percent_axis(ax, words)
    labels = []
    for name, noun in EVENTS.items():
        curve = data.curves[name]
        _step(ax, curve, COLOURS[name], DASHES[name])
        end = curve.by(data.horizon)
        if end is not None:
            labels.append(
                (
                    end,
                    f"{words.text(f'vocabulary.events.{noun}')}\n{words.percent(end)}",
                    COLOURS[name],
                )
            )
    ax.set_ylabel(words.text("report.figures.times.y"))
    style.name_lines(ax, data.horizon, labels, gap=0.15)
    return fig


def draw_ceasefire(data: EnsembleData, words: Words) -> Figure:
    """Share of first ceasefires still holding, by age."""
    fig = style.figure(height=4.4)
    ax = fig.add_subplot()
    style.day_axis(ax, words, data.horizon)
    style.percent_axis(ax, words)
    curve = data.curves["first_ceasefire_length"]
    holding = Curve(
        curve.day, 1 - curve.probability, 1 - curve.high, 1 - curve.low, curve.n, curve.events
    )
    _step(ax, holding, COLOURS["first_ceasefire_day"], "-")
    seen = np.flatnonzero(np.isfinite(holding.probability))
    if curve.n and seen.size:
        for age in (7, 30, 90):
            value = holding.by(age)
            if value is not None and age <= data.horizon * 0.9:
                ax.plot(age, value, "o", ms=9, color=palette.INK, zorder=4)
                ax.annotate(
                    words.text(
                        "report.figures.ceasefires.mark", day=age, share=words.percent(value)
                    ),
                    (age, value),
                    (8, 10),
                    textcoords="offset points",
                    va="bottom",
                    fontweight="bold",
                )
    else:
        ax.text(
            0.5,
            0.5,
            words.text("report.figures.ceasefires.none"),
            transform=ax.transAxes,
            ha="center",
        )
    ax.set_xlabel(words.text("report.figures.ceasefires.x"))
    ax.set_ylabel(words.text("report.figures.ceasefires.y"))
    return fig


def _step(ax: Axes, curve: Curve, colour: str, dashes: object) -> None:
    ax.fill_between(curve.day, curve.low, curve.high, step="post", color=colour, alpha=0.22, lw=0)
    ax.plot(
        curve.day,
        curve.probability,
        drawstyle="steps-post",
        color=colour,
        ls=dashes,
        lw=3.5,
        zorder=3,
    )
