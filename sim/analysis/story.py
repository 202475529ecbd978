"""One replication told day by day, so that it can be read aloud in class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from sim.analysis.happenings import Happening, happenings
from sim.ladder import RUNG_NAMES

if TYPE_CHECKING:
    from sim.replication import Story
    from sim.scenario import Scenario
    from sim.world import Template

INDENT = "  "


def lines(template: Template, story: Story, scenario: Scenario) -> Iterator[str]:
    """Tell a replication.

    Parameters
    ----------
    template : the world that it started from
    story : the replication with its events and daily rungs
    scenario : that names actors, places and dates

    Yields
    ------
    lines without line ends: a heading a day, what happened, the rung when it changed; quiet days in one line
    """
    rungs = dict(zip(range(1, template.horizon + 1), (int(rung) for rung in story.rung), strict=False))
    yield from told(happenings(story.events, scenario), rungs, scenario.release)


def told(told_of: Iterable[Happening], rungs: dict[int, int], release: date) -> Iterator[str]:
    """The lines of a story from its happenings and the rung of each day after the release."""
    by_day = {day: list(these) for day, these in groupby(told_of, key=lambda one: one.day)}
    past = [day for day in by_day if day <= 0]
    if past:
        yield "Replayed from the record, with what the model adds between the reported events:"
        for day in past:
            yield from _day(day, by_day[day], release, None, None)
        yield ""
    yield f"From here on the actors decide. The release was on {spell(release)}."
    quiet, last = 0, None
    for day in sorted(rungs):
        changed = rungs[day] != last
        if day not in by_day and not changed:
            quiet += 1
            continue
        yield from _quiet(quiet)
        quiet = 0
        yield from _day(day, by_day.get(day, []), release, rungs[day], last)
        last = rungs[day]
    yield from _quiet(quiet)


def spell(day: date) -> str:
    """A date as it is read aloud: Friday 27 February 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _day(day: int, these: list[Happening], release: date, rung: int | None, last: int | None) -> Iterator[str]:
    when = spell(release + timedelta(days=day))
    yield f"{when}, replayed" if rung is None else f"Day {day}, {when}"
    for one in these:
        mark = "(as reported) " if one.scripted and rung is None else "(scripted) " if one.scripted else ""
        yield f"{INDENT}{mark}{one.text}"
    if rung is not None and rung != last:
        way = "The day ends at" if last is None else "Up to" if rung > last else "Down to"
        yield f"{INDENT}{way} rung {rung}, {RUNG_NAMES[rung]}."


def _quiet(days: int) -> Iterator[str]:
    if days:
        yield f"{days} quiet day{'s' if days > 1 else ''}."
