"""One replication: its rung by day, lanes of what happened, and its largest news in words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory
from numpy.typing import NDArray

from sim.narration.event_sentences import EventSentence
from sim.report.figures import palette, style
from sim.vocabulary.ladder import Rung
from sim.words import Words

POINTS = 6  # largest news told in words
LINE = 64  # letters in a line of their text
LARGE, SMALL = 420.0, 14.0  # square points: marks of the deadliest attack and of one without dead
KEY_LEFT = 0.025  # where the balls of the key stand, in widths of the figure
ACTORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#999999")
TRUCE, CLOSED = "#009e73", "#8c8c8c"


@dataclass(frozen=True)
class Line:
    """A replication as it is drawn.

    `rung` by day after the release; its events in words; the names of the states; ordered pairs of
    states that had a ceasefire, or closed crossings, before the first event.
    """

    rung: NDArray[np.int64]
    events: Sequence[EventSentence]
    states: Sequence[str]
    ceasefires: frozenset[tuple[int, int]] = frozenset()
    closed: frozenset[tuple[int, int]] = frozenset()


def draw(line: Line, words: Words) -> Figure:
    """Rung as steps, lanes of events, and a numbered key of the largest news."""
    points = headlines(line)
    key = [textwrap.wrap(_in_words(one, words), LINE) for one in points]
    rows = sum(len(lines) for lines in key) + 0.4 * len(key)
    heights = [3.2, 0.34 * len(LANES) + 0.1, max(0.1, 0.21 * rows)]
    fig = style.figure(height=sum(heights) + 1.0)
    top, middle, bottom = fig.subplots(3, 1, height_ratios=heights)
    horizon = len(line.rung)
    style.day_axis(middle, words, horizon)
    _steps(top, line, words)
    _balls(top, points, horizon)
    top.set_xlim(0, horizon)
    top.set_xticks(middle.get_xticks(), [])
    _legend(top, line.states, words)
    for row, (name, mark) in enumerate(LANES.items()):
        mark(middle, row, line)
        middle.text(
            -0.02,
            row,
            words.text(f"report.figures.timeline.{name}"),
            transform=middle.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=style.SMALL,
        )
        middle.axhline(row + 0.5, color=palette.PALE, lw=0.6, zorder=0)
    middle.set_ylim(len(LANES) - 0.5, -0.5)
    middle.set_yticks([])
    _key(fig, bottom, key, rows)
    return fig


def _in_words(one: EventSentence, words: Words) -> str:
    """A headline as the key says it."""
    text = words.text("report.figures.timeline.headline", day=one.day, what=one.what)
    dead = words.text("report.figures.timeline.dead", n=one.dead) if one.dead else ""
    return f"{text} {dead}".rstrip()


def headlines(line: Line) -> list[EventSentence]:
    """The few events after the release that no account would leave out, in order of time."""
    after = [one for one in line.events if one.day > 0]
    acts = [one for one in after if one.kind == "act"]

    def deadliest(*kinds: str) -> list[EventSentence]:
        return sorted(
            (one for one in after if one.kind in kinds and one.dead),
            key=lambda one: (-one.dead, one.day),
        )[:1]

    wanted = [
        *[one for one in after if one.kind == "posture"][:2],
        *[one for one in acts if one.rung == Rung.NUCLEAR_SIGNALLING][:1],
        *[one for one in after if one.kind == "ceasefire"][:1],
        *[one for one in after if one.kind == "ceasefire_end"][:1],
        *[
            next(one for one in acts if one.rung in (4, 5) and one.actor == side)
            for side in sorted({one.actor for one in acts if one.rung in (4, 5)})
        ][:2],
        *deadliest("act", "clash"),
        *deadliest("attack"),
        *[one for one in acts if one.rung == 3][:1],
        *[one for one in after if one.kind in ("ceasefire", "ceasefire_end")][2:],
        *deadliest("operation"),
    ]
    return sorted(list(dict.fromkeys(wanted))[:POINTS], key=lambda one: one.day)


def _steps(ax: Axes, line: Line, words: Words) -> None:
    days = np.arange(len(line.rung) + 1)
    steps = np.r_[line.rung, line.rung[-1:]].astype(float)
    starts = np.flatnonzero(np.diff(line.rung, prepend=-1))
    lengths = np.diff(starts, append=len(line.rung))
    ax.bar(
        starts,
        steps[starts] + 0.5,
        lengths,
        -0.5,
        align="edge",
        color=[palette.RUNG_COLOURS[line.rung[k]] for k in starts],
        lw=0,
    )
    ax.step(days, steps, where="post", color=palette.INK, lw=1.4)
    top = max(6, int(steps.max()))
    ax.set_ylim(-0.5, top + 1.5)
    ax.set_yticks(
        range(top + 1),
        [style.rung_label(rung, words, 23) for rung in range(top + 1)],
        fontsize=style.SMALL,
        linespacing=0.95,
    )
    ax.tick_params(axis="y", length=0)


def _balls(ax: Axes, points: list[EventSentence], horizon: int) -> None:
    """Numbered balls above the days of the headlines."""
    top = ax.get_ylim()[1] - 0.55
    where = style.spread(
        [one.day - 0.5 for one in points], 0.065 * horizon, 0.02 * horizon, 0.98 * horizon
    )
    for k, (one, x) in enumerate(zip(points, where, strict=True), start=1):
        ax.plot(
            [one.day - 0.5, one.day - 0.5, x],
            [-0.5, top - 0.85, top],
            color=palette.INK,
            lw=1,
            ls=(0, (2, 1.5)),
            zorder=4,
        )
        _ball(ax, x, top, k)


def _ball(ax: Axes, x: float, y: float, number: int, **options: Any) -> None:
    box = {"boxstyle": "circle,pad=0.22", "fc": palette.INK, "ec": palette.PAPER}
    ax.text(
        x,
        y,
        str(number),
        ha="center",
        va="center",
        fontsize=style.SMALL,
        fontweight="bold",
        color=palette.PAPER,
        zorder=5,
        bbox=box,
        **options,
    ).set_in_layout(False)


def _legend(ax: Axes, states: Sequence[str], words: Words) -> None:
    """Whose acts the colours in the lanes are, above the picture."""
    colours = [ACTORS[k % len(ACTORS)] for k in range(len(states))]
    # given one by one: what looks for labels by itself leaves out those that begin with _
    ax.legend(
        [ax.plot([], [], "s", ms=10, color=colour)[0] for colour in colours],
        [words.text("report.figures.timeline.by", state=name) for name in states],
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=3,
        frameon=False,
        fontsize=style.SMALL,
        handletextpad=0.2,
        columnspacing=1.2,
        borderpad=0,
    )


def _key(fig: Figure, ax: Axes, key: list[list[str]], rows: float) -> None:
    ax.set_axis_off()
    ax.set_ylim(max(rows, 1), 0)
    ax.set_xlim(0, 1)
    height = 0.0
    place = blended_transform_factory(fig.transFigure, ax.transData)
    for k, lines in enumerate(key, start=1):
        _ball(ax, KEY_LEFT, height + 0.45, k, transform=place)
        ax.text(
            KEY_LEFT + 0.035,
            height,
            "\n".join(lines),
            fontsize=style.SMALL,
            va="top",
            linespacing=1.15,
            transform=place,
        ).set_in_layout(False)
        height += len(lines) + 0.4


# ---------------------------------------------------------------- lanes


def _attacks(ax: Axes, row: int, line: Line) -> None:
    attacks = [one for one in line.events if one.kind == "attack" and one.day > 0]
    most = max((one.dead for one in attacks), default=0) or 1
    sizes = [SMALL + (LARGE - SMALL) * one.dead / most for one in attacks]
    ax.scatter(
        [one.day - 0.5 for one in attacks],
        [row] * len(attacks),
        s=sizes,
        color=palette.INK,
        alpha=0.45,
        lw=0,
        zorder=3,
    )


def _acts(low: int, high: int, marker: str) -> Callable[[Axes, int, Line], None]:
    """A mark for each act of a state or command with a rung in a range, a little apart by state."""

    def mark(ax: Axes, row: int, line: Line) -> None:
        n = max(1, len(line.states))
        for state in range(len(line.states)):
            days = [
                one.day - 0.5
                for one in line.events
                if one.day > 0
                and one.kind in ("act", "clash")
                and low <= one.rung <= high
                and one.actor == state
            ]
            height = row + (state - (n - 1) / 2) * 0.36 / n * 2
            ax.plot(
                days,
                [height] * len(days),
                marker,
                ms=7,
                mew=1.6,
                color=ACTORS[state % len(ACTORS)],
                ls="",
                zorder=3,
            )

    return mark


def _spans(
    begin: str, end: str, colour: str, before: Callable[[Line], frozenset[tuple[int, int]]]
) -> Callable[[Axes, int, Line], None]:
    """A bar from each beginning to its end, or to the end of the run."""

    def mark(ax: Axes, row: int, line: Line) -> None:
        horizon = len(line.rung)
        since = dict.fromkeys(before(line), 0.0)
        bars = []
        for one in line.events:
            pair, day = (one.actor, one.target), min(max(one.day - 0.5, 0.0), float(horizon))
            if one.kind == begin:
                since.setdefault(pair, day)
            elif one.kind == end and pair in since:
                bars.append((since.pop(pair), day))
        bars += [(day, float(horizon)) for day in since.values()]
        ax.broken_barh(
            [(a, b - a) for a, b in sorted(bars) if b > 0], (row - 0.3, 0.6), color=colour, lw=0
        )

    return mark


LANES: dict[str, Callable[[Axes, int, Line], None]] = {
    "attacks": _attacks,
    "raids": _acts(2, 3, "|"),
    "strikes": _acts(4, 5, "^"),
    "war": _acts(6, 7, "|"),
    "ceasefire": _spans("ceasefire", "ceasefire_end", TRUCE, lambda line: line.ceasefires),
    "closed": _spans("close_crossings", "open_crossings", CLOSED, lambda line: line.closed),
}
