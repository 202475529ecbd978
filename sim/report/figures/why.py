"""Figures of an explanation: what weighed in a decision, and the shares of each morning."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.narration.explain import Explainer
from sim.narration.turning_points import Turning
from sim.replication.ledger import Decision
from sim.report.figures import palette, style
from sim.vocabulary.codes import BarReason

#: ten colours for terms: Okabe and Ito's and two more that stay apart from them in lightness
TERM_COLOURS = (*palette.OKABE_ITO, "#332288", "#882255")
_LEAST = 0.02  # of the longest bar: a term that is nowhere longer is not shown
_WIDE = 84  # characters of what happened on a line
_LEFT = 24  # characters of an option's name on a line


def draw_terms(decision: Decision, explain: Explainer) -> Figure:
    """A bar an option: terms for it to the right, terms against it to the left.

    The option that was taken is marked.
    """
    worth = decision.table * decision.weights
    free = decision.available
    reach = float(np.abs(worth[free]).sum(axis=1).max()) or 1.0
    shown = [k for k in range(worth.shape[1]) if np.abs(worth[free, k]).max() > _LEAST * reach]
    fig = style.figure(
        width=8.6, height=2.2 + 0.62 * len(decision.options) + 0.34 * ((len(shown) + 1) // 2)
    )
    ax = fig.add_subplot()
    order = sorted(range(len(decision.options)), key=lambda a: (not free[a], -decision.utility[a]))
    for place, a in enumerate(order):
        if not free[a]:
            reason = explain.words.text(
                "narration.explain.figure_barred",
                reason=explain.words.text(
                    f"vocabulary.barred.{BarReason(decision.barred[a]).word}"
                ),
            )
            ax.text(
                0.02,
                place,
                reason,
                transform=ax.get_yaxis_transform(),
                va="center",
                fontsize=style.SMALL,
                color=palette.GREY,
            )
            continue
        for sign in (1.0, -1.0):
            start = 0.0
            for k in shown:
                if sign * worth[a, k] > 0.0:
                    ax.barh(
                        place,
                        worth[a, k],
                        left=start,
                        height=0.6,
                        color=TERM_COLOURS[k % len(TERM_COLOURS)],
                        edgecolor=palette.PAPER,
                        lw=0.8,
                    )
                    start += worth[a, k]
        ax.plot([decision.utility[a]] * 2, [place - 0.38, place + 0.38], color=palette.INK, lw=3)
    low, high = ax.get_xlim()
    pad = 0.03 * (high - low)
    ax.set_xlim(low - pad, high + pad)
    for place, a in enumerate(order):
        taken = a == decision.taken
        text = (
            f"{explain.words.percent(decision.probability[a])}{' ✓' if taken else ''}"
            if free[a]
            else ""
        )
        ax.text(
            1.02,
            place,
            text,
            transform=ax.get_yaxis_transform(),
            va="center",
            fontsize=style.TEXT,
            fontweight="bold" if taken else "normal",
        )
    ax.axvline(0.0, color=palette.GREY, lw=1.0, zorder=0)
    ax.set_yticks(
        range(len(order)),
        [textwrap.fill(explain.option(decision.options[a]), _LEFT) for a in order],
    )
    for label, a in zip(ax.get_yticklabels(), order, strict=True):
        label.set_fontweight("bold" if a == decision.taken else "normal")
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.set_xlabel(explain.words.text("narration.explain.figure_terms"))
    ax.xaxis.set_major_formatter(lambda value, _: explain.words.number(value, significant=3))
    handles = [
        Patch(color=TERM_COLOURS[k % len(TERM_COLOURS)], label=explain.term(decision.terms[k]))
        for k in shown
    ]
    total = Line2D(
        [], [], color=palette.INK, lw=3, label=explain.words.text("narration.explain.figure_sum")
    )
    fig.legend(
        [*handles, total],
        [str(one.get_label()) for one in (*handles, total)],
        loc="outside lower center",
        ncols=2,
        fontsize=style.SMALL,
        frameon=False,
    )
    title = explain.words.text(
        "narration.explain.figure_title", heading=explain.heading(decision), day=decision.day
    )
    fig.suptitle(
        textwrap.fill(title, 58), x=0.01, ha="left", fontsize=style.TITLE - 2, fontweight="bold"
    )
    return fig


def draw_turning(
    found: Turning, replication: int, explain: Explainer, told_of: Sequence[str] = ()
) -> Figure:
    """Stacked areas: the shares of the outcomes on each morning.

    The turning points are numbered, in order of days, and `told_of` says what happened.
    """
    lines = [
        textwrap.fill(f"{n}  {text}", _WIDE, subsequent_indent="    ")
        for n, text in enumerate(told_of, start=1)
    ]
    fig = style.figure(width=8.2, height=4.9 + 0.24 * sum(1 + line.count("\n") for line in lines))
    ax = fig.add_subplot()
    horizon = len(found.shares) - 1
    mornings = np.arange(1, horizon + 2)
    colours = palette.outcome_colours(found.outcomes)
    edges = np.hstack([np.zeros((horizon + 1, 1)), np.cumsum(found.shares, axis=1)])
    labels: list[tuple[float, str, str]] = []
    for k, name in enumerate(found.outcomes):
        ax.fill_between(
            mornings,
            edges[:, k],
            edges[:, k + 1],
            color=colours[name],
            edgecolor=palette.PAPER,
            lw=0.4,
        )
        if found.shares[:, k].max() >= 0.01:
            labels.append(
                (
                    float(edges[0, k] + edges[0, k + 1]) / 2,
                    f"{explain.outcome(name)} {explain.words.percent(found.shares[0, k])}",
                    colours[name],
                )
            )
    told = found.moves
    places = style.spread([move.day / horizon for move in told], 0.05, 0.0, 1.0) * horizon + 0.5
    for n, (move, place) in enumerate(zip(told, places, strict=True), start=1):
        ax.plot(
            [move.day + 0.5, move.day + 0.5, place],
            [0.0, 1.0, 1.04],
            color=palette.INK,
            lw=1.6,
            ls=(0, (3, 2)),
            clip_on=False,
        )
        ax.annotate(
            str(n),
            (place, 1.05),
            ha="center",
            va="bottom",
            fontweight="bold",
            annotation_clip=False,
        )
    style.day_axis(ax, explain.words, horizon + 1, first=1)
    style.percent_axis(ax, explain.words)
    ax.set_xlabel(explain.words.text("narration.explain.figure_mornings"))
    ax.set_ylabel(explain.words.text("narration.explain.figure_futures"))
    _legend(ax, labels)
    if lines:
        # a label of the figure keeps its room below the axes
        fig.supxlabel("\n".join(lines), x=0.02, ha="left", fontsize=style.SMALL, linespacing=1.3)
    fig.suptitle(
        explain.words.text("narration.explain.figure_turning", replication=replication),
        x=0.01,
        ha="left",
        fontsize=style.TITLE,
        fontweight="bold",
    )
    return fig


def _legend(ax: Axes, labels: Sequence[tuple[float, str, str]]) -> None:
    """Names with swatches to the right, in the order of the areas from the top."""
    for place, (_, text, colour) in enumerate(sorted(labels, reverse=True)):
        y = 0.95 - 0.14 * place
        ax.plot(
            1.04,
            y,
            "s",
            ms=13,
            color=colour,
            mec=palette.GREY,
            transform=ax.transAxes,
            clip_on=False,
        )
        ax.text(1.07, y, text, transform=ax.transAxes, va="center", fontsize=style.SMALL + 1)
