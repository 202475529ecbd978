"""Where it happens: sectors as discs, the larger and darker the more events; borders as lines.

Up to `FEW` sectors carry their names. More are numbered from the busiest on, with the names in a
list below: two dozen names on a picture of this size cannot be read by anybody.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.narration.names import titles_of
from sim.report.ensemble_data import EnsembleData
from sim.report.figures import palette, style
from sim.report.figures.layout import filling, spring
from sim.words.names import place_name

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

FEW = 10  # sectors that still have room for their names
SMALLEST, LARGEST = 380.0, 2600.0  # area of a disc, in square points
GROUND = ("#dfe8f3", "#f5ead2", "#e0efdc", "#f1e1ee", "#e8e8e8")  # behind the sectors of each state
HALO = [patheffects.withStroke(linewidth=3, foreground=palette.PAPER)]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """The sectors as they are drawn: places, names, mean events, area and colour of each disc."""

    xy: Array
    names: list[str]
    events: Array
    sizes: Array
    colours: list[str]

    @property
    def few(self) -> bool:
        return len(self.names) <= FEW


def draw(data: EnsembleData, words: Words) -> Figure:
    """One disc a sector with its mean number of events a replication."""
    file = data.scenario.file
    n = len(file.sectors)
    below = 0 if n <= FEW else 0.225 * -(-n // 2) + 0.1
    fig = style.figure(height=6.2 + below)
    ax, key = fig.subplots(2, 1, height_ratios=[6.2, max(below, 0.05)])
    for each in (ax, key):
        each.set_axis_off()
    if not n:
        ax.text(0.5, 0.5, words.text("report.figures.places.none"), ha="center")
        return fig
    plan = _plan(data)
    _grounds(ax, data.scenario, plan)
    _borders(ax, data.scenario, plan, words)
    ax.scatter(
        plan.xy[:, 0],
        plan.xy[:, 1],
        s=plan.sizes,
        c=plan.colours,
        edgecolors=palette.INK,
        linewidths=1.2,
        zorder=3,
    )
    ax.set_xlim(-0.13, 1.13)
    if plan.few:
        _labels(ax, plan, words)
        ax.set_ylim(-0.18, 1.24)
    else:
        _ranks(ax, key, plan, words)
        ax.set_ylim(-0.08, 1.12)
    return fig


def _plan(data: EnsembleData) -> Plan:
    file = data.scenario.file
    events = np.array([data.mean(f"events_{name}") if data.n else 0.0 for name in file.sectors])
    share = events / max(events.max(), 1e-9)
    sizes = SMALLEST + (LARGEST * min(1.0, FEW / len(events)) - SMALLEST) * share
    colours = [to_hex(colour) for colour in mpl.colormaps["cividis_r"](0.02 + 0.9 * share)]
    return Plan(
        places(data.scenario),
        [place_name(sector.title, name) for name, sector in file.sectors.items()],
        events,
        sizes,
        colours,
    )


def places(scenario: Scenario) -> Array:
    """(sectors, 2) places in [0, 1]: the scenario's where it gives all, else laid out."""
    file = scenario.file
    sectors, states = list(file.sectors), list(file.states)
    given = [(sector.x, sector.y) for sector in file.sectors.values()]
    if all(x is not None and y is not None for x, y in given):
        return filling(np.array(given, dtype=np.float64))
    edges = {
        (sectors.index(name), sectors.index(other))
        for name, sector in file.sectors.items()
        for other in sector.neighbours
    }
    edges |= {
        (sectors.index(border.sectors[0]), sectors.index(border.sectors[1]))
        for border in file.borders.values()
    }
    return spring([states.index(sector.state) for sector in file.sectors.values()], sorted(edges))


def _labels(ax: Axes, plan: Plan, words: Words) -> None:
    """Name and number under each disc."""
    for name, (x, y), count, size in zip(plan.names, plan.xy, plan.events, plan.sizes, strict=True):
        events = words.text("report.figures.places.events", n=count)
        text = f"{textwrap.fill(name, 18)}\n{events}"
        _note(
            ax,
            text,
            (x, y),
            (0, -np.sqrt(size / np.pi) - 3),
            va="top",
            fontsize=style.SMALL + 1,
            linespacing=1.05,
        )


def _ranks(ax: Axes, key: Axes, plan: Plan, words: Words) -> None:
    """A number in each disc, from the busiest on, and the list of names."""
    order = np.argsort(-plan.events, kind="stable")
    rows = -(-len(order) // 2)
    key.set_xlim(0, 2)
    key.set_ylim(rows, 0)
    for rank, k in enumerate(order, start=1):
        x, y = plan.xy[k]
        ax.text(
            x,
            y,
            str(rank),
            ha="center",
            va="center",
            fontsize=style.SMALL,
            fontweight="bold",
            color=palette.ink_on(plan.colours[k]),
            zorder=4,
        )
        column, row = divmod(rank - 1, rows)
        key.text(
            column + 0.08,
            row + 0.5,
            str(rank),
            ha="right",
            va="center",
            fontsize=style.SMALL,
            fontweight="bold",
        )
        key.text(
            column + 0.24,
            row + 0.5,
            words.number(plan.events[k]),
            ha="right",
            va="center",
            fontsize=style.SMALL,
        )
        key.text(
            column + 0.28,
            row + 0.5,
            textwrap.shorten(plan.names[k], 24, placeholder="…"),
            va="center",
            fontsize=style.SMALL,
        )
    key.set_title(
        words.text("report.figures.places.key"),
        fontsize=style.SMALL,
        fontweight="normal",
        pad=2,
    )


def _grounds(ax: Axes, scenario: Scenario, plan: Plan) -> None:
    """A pale ground behind the sectors of each state, with its name on its outer side."""
    sectors = list(scenario.file.sectors.values())
    middle = plan.xy.mean(axis=0)
    wide = 64.0 if plan.few else 44.0
    titles = titles_of(scenario.file)
    for index, state in enumerate(scenario.file.states):
        mine = [k for k, sector in enumerate(sectors) if sector.state == state]
        if not mine:
            continue
        colour = GROUND[index % len(GROUND)]
        xy = plan.xy[mine]
        ax.plot(xy[:, 0], xy[:, 1], "o", ms=wide, color=colour, zorder=0)
        for a, b in spanning(xy):
            ax.plot(
                xy[[a, b], 0],
                xy[[a, b], 1],
                color=colour,
                lw=wide,
                solid_capstyle="round",
                zorder=0,
            )
        if plan.few:
            _state(ax, titles[state], (xy[:, 0].mean(), xy[:, 1].max()), (0, 0.62 * wide), "center")
            continue
        out = xy.mean(axis=0) - middle
        out = out / max(np.hypot(*out), 1e-9)
        side = "center" if abs(out[0]) < 0.3 else "left" if out[0] > 0 else "right"
        _state(ax, titles[state], xy[np.argmax((xy - middle) @ out)], 0.85 * wide * out, side)


def _state(ax: Axes, name: str, at: Any, away: Any, side: str) -> None:
    _note(
        ax,
        name,
        at,
        away,
        fontsize=style.TITLE,
        fontweight="bold",
        color=palette.GREY,
        ha=side,
        annotation_clip=False,
    )


def spanning(xy: Array) -> list[tuple[int, int]]:
    """Links of the shortest tree through some places (Prim): a state's ground is in one piece."""
    inside, links = [0], []
    while len(inside) < len(xy):
        far = {
            (a, b): np.hypot(*(xy[a] - xy[b]))
            for a in inside
            for b in range(len(xy))
            if b not in inside
        }
        a, b = min(far, key=lambda link: (far[link], link))
        inside.append(b)
        links.append((a, b))
    return links


def _borders(ax: Axes, scenario: Scenario, plan: Plan, words: Words) -> None:
    """A line a stretch of border; a diamond a crossing, with its name if there is room."""
    sectors = list(scenario.file.sectors)
    for border in scenario.file.borders.values():
        ends = plan.xy[[sectors.index(name) for name in border.sectors]]
        ax.plot(ends[:, 0], ends[:, 1], color=palette.INK, lw=2, ls=(0, (3, 1.5)), zorder=1)
        if border.crossing:
            x, y = ends.mean(axis=0)
            ax.plot(
                x,
                y,
                "D",
                ms=10 if plan.few else 7,
                color=palette.PAPER,
                mec=palette.INK,
                mew=1.6,
                zorder=2,
            )
            if plan.few:
                _note(
                    ax,
                    border.crossing,
                    (x, y),
                    (0, 9),
                    va="bottom",
                    fontsize=style.SMALL,
                    style="italic",
                )
    if scenario.file.borders:
        ax.set_title(
            words.text(f"report.figures.places.{'borders' if plan.few else 'crossings'}"),
            fontsize=style.SMALL,
            fontweight="normal",
            pad=4,
        )


def _note(ax: Axes, text: str, at: Any, away: Any, **options: Any) -> None:
    ax.annotate(
        text,
        at,
        away,
        **{
            "textcoords": "offset points",
            "ha": "center",
            "zorder": 5,
            "path_effects": HALO,
            **options,
        },
    )
