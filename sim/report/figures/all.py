"""All figures of an ensemble, by name: how each is drawn and what it shows in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from sim.report.figures import days, outcomes, schematic, settling, style, timeline, times
from sim.report.figures.svg import embedded
from sim.report.pages.facts import Facts
from sim.report.pages.formats import number, plural

FOOT = "Illustrative model, not a forecast"
BY_DAY = ("rungs", "deaths")  # made from the first replications where there are very many
FOOT_SIZE = 10.5  # points


class Drawing(NamedTuple):
    """A kind of figure: its title, what one who cannot see it should be told, and how it is drawn."""

    title: str
    alt: str
    draw: Callable[[Facts], Figure]


DRAWINGS = {
    "outcomes": Drawing(
        "Share of each outcome",
        "Bars: share of replications in each outcome class, with 95 % intervals.",
        outcomes.draw,
    ),
    "settling": Drawing(
        "Are these enough replications?",
        "Lines: share of each outcome among the first replications, with a band that narrows.",
        settling.draw,
    ),
    "rungs": Drawing(
        "Rung of the ladder, day by day",
        "Stacked areas: share of replications at each rung, by day after the release.",
        days.draw_rungs,
    ),
    "times": Drawing(
        "Has it happened yet?",
        "Rising lines: share of replications in which each event has happened, by day.",
        times.draw_events,
    ),
    "ceasefires": Drawing(
        "First ceasefires that still hold",
        "Falling line: share of first ceasefires still holding, by age.",
        times.draw_ceasefire,
    ),
    "deaths": Drawing(
        "The dead, added up",
        "Two fans: cumulative deaths by day, middle, 50 % and 90 % ranges, and twelve replications.",
        days.draw_deaths,
    ),
    "places": Drawing(
        "Events by place",
        "Schematic of the sectors: the larger and darker a disc, the more events; dashed lines are borders.",
        schematic.draw,
    ),
}
LINES = {
    "typical": "A typical replication",
    "extreme": "An extreme replication",
}
LINE_ALT = "Steps: rung by day of one replication. Below: lanes of attacks, clashes, strikes, war, ceasefires and closed crossings; turning points in words."


def draw_all(
    facts: Facts, lines: dict[str, timeline.Line], folder: Path
) -> Iterator[tuple[str, str]]:
    """Write every figure as PNG and SVG.

    Parameters
    ----------
    facts : of the ensemble
    lines : replications to draw as timelines, by a name in `LINES`
    folder : where the files go; it exists

    Yields
    ------
    name of each figure and its markup for a page
    """
    jobs = {
        name: (drawing.title, drawing.alt, partial(drawing.draw, facts))
        for name, drawing in DRAWINGS.items()
    }
    jobs |= {
        name: (LINES[name], LINE_ALT, partial(timeline.draw, line)) for name, line in lines.items()
    }
    for name, (title, alt, draw) in jobs.items():
        with style.applied():
            made_from = plural(facts.n, "replication")
            if name in BY_DAY and facts.drawn < facts.n:
                made_from = f"the first {number(facts.drawn)} of {made_from}"
            yield (
                name,
                finished(draw(), title, f"{facts.scenario.id} · {made_from}", folder / name, alt),
            )


def finished(fig: Figure, title: str, made_from: str, stem: Path, alt: str) -> str:
    """Give a figure its title and foot, write it as PNG and SVG, and return its markup for a page; the style is applied."""
    fig.suptitle(title, x=0.01, ha="left", fontsize=style.TITLE, fontweight="bold")
    fig.supxlabel(f"{FOOT} · {made_from}", x=0.01, ha="left", fontsize=FOOT_SIZE, color=style.GREY)
    return embedded(*style.save(fig, stem), stem.name, alt)
