"""Day by day: the probability of each rung, and the dead so far."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.ensemble_data import SHARES, EnsembleData, Fan
from sim.report.figures import palette, style
from sim.report.figures.rung_areas import stack_rungs
from sim.vocabulary.ladder import N_RUNGS
from sim.words import Words

SHOWN = 0.005  # a rung that never has this share is not named
#: Ratio of the 95 % to the 5 % quantile at the end from which the fan is drawn on a root scale.
SKEWED = 40
FAN_COLOUR = "#0072b2"


def draw_rungs(data: EnsembleData, words: Words) -> Figure:
    """Stacked areas: for each day, the share of replications by their highest rung of the day."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    edges = stack_rungs(ax, data.rungs)
    labels = [
        (
            (edges[rung, -1] + edges[rung + 1, -1]) / 2,
            style.rung_label(rung, words),
            palette.RUNG_COLOURS[rung],
        )
        for rung in range(N_RUNGS)
        if data.rungs[rung].max() >= SHOWN
    ]
    style.day_axis(ax, words, data.horizon)
    style.percent_axis(ax, words)
    ax.set_ylabel(words.text("report.figures.share"))
    style.name_lines(ax, data.horizon, labels, gap=0.135, size=style.SMALL + 1, swatch=True)
    return fig


def draw_deaths(data: EnsembleData, words: Words) -> Figure:
    """Two fans: all dead, and the dead of acts between the states."""
    fig = style.figure(height=8.0)
    above, below = fig.subplots(2, 1)
    _fan(above, data.deaths, words, "whole")
    _fan(below, data.interstate, words, "interstate")
    below.set_xlabel(words.text("report.figures.days"))
    above.set_xlabel("")
    return fig


def _fan(ax: Axes, fan: Fan, words: Words, title: str) -> None:
    horizon = fan.quantiles.shape[1]

    def text(key: str, **values: object) -> str:
        return words.text(f"report.figures.deaths.{key}", **values)

    days = np.arange(horizon + 1)
    marks = np.column_stack([np.zeros(len(SHARES)), fan.quantiles])
    for path in fan.paths:
        ax.plot(days, np.r_[0, path], color=palette.GREY, lw=0.8, alpha=0.7, zorder=2)
    ax.fill_between(days, marks[0], marks[-1], color=FAN_COLOUR, alpha=0.18, lw=0)
    ax.fill_between(days, marks[1], marks[-2], color=FAN_COLOUR, alpha=0.30, lw=0)
    ax.plot(days, marks[2], color=FAN_COLOUR, lw=4, zorder=3)
    top = (
        max([marks[-1, -1], *(path[-1] for path in fan.paths), 1.0])
        if np.isfinite(marks).all()
        else 1.0
    )
    ax.set_title(text(title), fontsize=style.TEXT + 1)
    ax.set_ylabel(text("y"))
    if marks[-1, -1] > SKEWED * max(1.0, marks[0, -1]):
        ax.set_yscale("function", functions=(np.sqrt, np.square))
        ax.set_ylabel(text("y_root"))
    ax.set_ylim(0, top * 1.04)
    ax.yaxis.set_major_formatter(lambda value, _: words.number(value))
    ax.locator_params(axis="y", nbins=5, integer=True)
    style.day_axis(ax, words, horizon)
    if np.isfinite(marks).all():
        labels = [
            (float(marks[i, -1]), text(key, n=round(marks[i, -1])), FAN_COLOUR)
            for i, key in ((0, "q05"), (2, "q50"), (4, "q95"))
        ]
        style.name_lines(ax, horizon, labels, gap=0.12)
