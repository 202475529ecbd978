"""The figures of an ensemble: which there are, what each shows, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from matplotlib.figure import Figure

from sim.report.figures import convergence, days, outcomes, schematic, timeline, times
from sim.report.figures.drawing import Drawing
from sim.report.pages.facts import Facts
from sim.report.pages.formats import number, plural

STORIES = {"typical": "A typical replication", "extreme": "An extreme replication"}


def drawings(facts: Facts, stories: Mapping[str, timeline.Line]) -> dict[str, Drawing]:
    """Every figure by its name.

    Parameters
    ----------
    facts : of the ensemble
    stories : replications to draw as timelines, by a name in `STORIES`
    """
    made_from = f"{facts.scenario.id} · {plural(facts.n, 'replication')}"
    # drawn from the first replications where there are very many
    early, said = made_from, ""
    if facts.drawn < facts.n:
        first = f"the first {number(facts.drawn)} of"
        early = f"{facts.scenario.id} · {first} {plural(facts.n, 'replication')}"
        said = f" Made from {first} {number(facts.n)} replications."

    def drawing(
        name: str,
        title: str,
        alt: str,
        caption: str,
        draw: Callable[[Facts], Figure],
        *,
        by_day: bool = False,
    ) -> Drawing:
        return Drawing(
            name,
            title,
            alt,
            caption + (said if by_day else ""),
            partial(draw, facts),
            made_from=early if by_day else made_from,
        )

    of_all = [
        drawing(
            "outcomes",
            "Share of each outcome",
            "Bars: share of replications in each outcome class, with 95 % intervals.",
            "Share of replications in each outcome class. The whiskers are 95 % intervals: what "
            "the share could be with endless replications of the same model. They say nothing "
            "about how right the model is.",
            outcomes.draw,
        ),
        drawing(
            "convergence",
            "Are these enough replications?",
            "Lines: share of each outcome among the first replications, with a band that narrows.",
            "Share of each outcome among the first so many replications, with its 95 % band. A "
            "line that still climbs or falls at the right would ask for more: run again with a "
            "larger --runs, or with --until-halfwidth.",
            convergence.draw,
        ),
        drawing(
            "rungs",
            "Rung of the ladder, day by day",
            "Stacked areas: share of replications at each rung, by day after the release.",
            "Each column is a day; its colours show how many replications had which rung as the "
            "highest of that day.",
            days.draw_rungs,
            by_day=True,
        ),
        drawing(
            "times",
            "Has it happened yet?",
            "Rising lines: share of replications in which each event has happened, by day.",
            "Share of replications in which each event has happened at least once since the "
            "release, by day. Bands are 95 % intervals, day by day.",
            times.draw_events,
        ),
        drawing(
            "ceasefires",
            "First ceasefires that still hold",
            "Falling line: share of first ceasefires still holding, by age.",
            "First ceasefires after the release, by their age. Those still holding when the run "
            "ended count as long as they were watched (Kaplan and Meier 1958). The band is the "
            "95 % interval, day by day.",
            times.draw_ceasefire,
        ),
        drawing(
            "deaths",
            "The dead, added up",
            "Two fans: cumulative deaths by day, middle, 50 % and 90 % ranges, and twelve "
            "replications.",
            "Thick line: the middle of all replications. Dark band: the middle half. Pale band: "
            "nine in ten. Thin lines: twelve replications, evenly spaced from few to many dead.",
            days.draw_deaths,
            by_day=True,
        ),
        drawing(
            "places",
            "Events by place",
            "Schematic of the sectors: the larger and darker a disc, the more events; dashed "
            "lines are borders.",
            "A schematic, not a map: places are near their neighbours, distances mean nothing. "
            "Events are attacks, strikes and clashes.",
            schematic.draw,
        ),
    ]
    of_one = [
        Drawing(
            name,
            STORIES[name],
            "Steps: rung by day of one replication. Below: lanes of attacks, clashes, strikes, "
            "war, ceasefires and closed crossings; turning points in words.",
            "Above: the highest rung of each day. Below: what happened, by kind; the size of a "
            "disc is the number of dead. Numbers: its turning points.",
            partial(timeline.draw, line),
            made_from=made_from,
        )
        for name, line in stories.items()
    ]
    return {one.name: one for one in (*of_all, *of_one)}
