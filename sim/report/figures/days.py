"""Day by day: the probability of each rung, and the dead so far."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import style
from sim.report.pages.facts import SHARES, Facts, Fan
from sim.report.pages.formats import number
from sim.vocabulary.ladder import N_RUNGS

SHOWN = 0.005  # a rung that never has this share is not named
SKEWED = 40  # ratio of the 95 % to the 5 % quantile at the end from which the fan is drawn on a root scale
FAN_COLOUR = "#0072b2"


def draw_rungs(facts: Facts) -> Figure:
    """Stacked area: at each day, the share of replications whose highest rung of the day is each."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    days = np.arange(1, facts.horizon + 1)
    edges = np.vstack([np.zeros(facts.horizon), np.cumsum(facts.rungs, axis=0)])
    labels = []
    for rung in range(N_RUNGS):
        low, high = edges[rung], edges[rung + 1]
        # a step a day, so that one day is as wide as the others and the last is seen
        left, bottom, top = (
            np.r_[days - 1, facts.horizon],
            np.r_[low, low[-1]],
            np.r_[high, high[-1]],
        )
        ax.fill_between(
            left,
            bottom,
            top,
            step="post",
            color=style.RUNG_COLOURS[rung],
            edgecolor=style.PAPER,
            lw=0.3,
        )
        if facts.rungs[rung].max() >= SHOWN:
            labels.append(
                ((low[-1] + high[-1]) / 2, style.rung_label(rung), style.RUNG_COLOURS[rung])
            )
    style.day_axis(ax, facts.horizon)
    style.percent_axis(ax)
    ax.set_ylabel("share of replications")
    style.name_lines(ax, facts.horizon, labels, gap=0.135, size=style.SMALL + 1, swatch=True)
    return fig


def draw_deaths(facts: Facts) -> Figure:
    """Two fans: all dead, and the dead of acts between the states."""
    fig = style.figure(height=8.0)
    above, below = fig.subplots(2, 1)
    _fan(above, facts.deaths, facts.horizon, "All dead since the release")
    _fan(below, facts.interstate, facts.horizon, "Of these, in acts between the states")
    below.set_xlabel("days after the release")
    above.set_xlabel("")
    return fig


def _fan(ax: Axes, fan: Fan, horizon: int, title: str) -> None:
    days = np.arange(horizon + 1)
    marks = np.column_stack([np.zeros(len(SHARES)), fan.quantiles])
    for path in fan.paths:
        ax.plot(days, np.r_[0, path], color=style.GREY, lw=0.8, alpha=0.7, zorder=2)
    ax.fill_between(days, marks[0], marks[-1], color=FAN_COLOUR, alpha=0.18, lw=0)
    ax.fill_between(days, marks[1], marks[-2], color=FAN_COLOUR, alpha=0.30, lw=0)
    ax.plot(days, marks[2], color=FAN_COLOUR, lw=4, zorder=3)
    top = (
        max([marks[-1, -1], *(path[-1] for path in fan.paths), 1.0])
        if np.isfinite(marks).all()
        else 1.0
    )
    ax.set_title(title, fontsize=style.TEXT + 1)
    ax.set_ylabel("dead")
    if marks[-1, -1] > SKEWED * max(1.0, marks[0, -1]):
        ax.set_yscale("function", functions=(np.sqrt, np.square))
        ax.set_ylabel("dead (root scale)")
    ax.set_ylim(0, top * 1.04)
    ax.yaxis.set_major_formatter(lambda value, _: number(value))
    ax.locator_params(axis="y", nbins=5, integer=True)
    style.day_axis(ax, horizon)
    if np.isfinite(marks).all():
        names = ("5 %", "25 %", "middle", "75 %", "95 %")
        labels = [
            (float(marks[i, -1]), f"{name}: {number(round(marks[i, -1]))}", FAN_COLOUR)
            for i, name in enumerate(names)
            if i in (0, 2, 4)
        ]
        style.name_lines(ax, horizon, labels, gap=0.12)
