"""One replication told day by day, so that it can be read aloud in class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from sim.narration.happenings import Happening, happenings
from sim.vocabulary.ladder import RUNG_NAMES
from sim.words import words

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario

INDENT = "  "


class Replication(Protocol):
    """A replication run again: `events`, rows of `sim.engine.world.EVENT`, and `rung` by day after the release."""

    @property
    def events(self) -> np.ndarray: ...
    @property
    def rung(self) -> np.ndarray: ...


def lines(story: Replication, scenario: Scenario, *, every: bool = False) -> Iterator[str]:
    """Tell a replication.

    Parameters
    ----------
    story : the replication with its events and daily rungs
    scenario : that names actors, places and dates
    every : tell small attacks and operations too, instead of counting them over days with nothing
        larger

    Yields
    ------
    lines without line ends: a heading a day, what happened, the rung when it changed; quiet days in
    one line
    """
    rungs = {day: int(rung) for day, rung in enumerate(story.rung, start=1)}
    first = (scenario.start - scenario.release).days
    yield from told(
        happenings(story.events, scenario), rungs, scenario.release, first=first, every=every
    )


def told(
    told_of: Iterable[Happening],
    rungs: dict[int, int],
    release: date,
    *,
    first: int = 1,
    every: bool = False,
) -> Iterator[str]:
    """The lines of a story from its happenings, the rung of each day after the release, and the first day of history."""
    by_day = {day: list(these) for day, these in groupby(told_of, key=lambda one: one.day)}
    if any(day <= 0 for day in by_day):
        yield "Replayed from the record, with what the model adds between the reported events:"
        yield from _stretch(range(first, 1), by_day, {}, release, every)
        yield ""
    yield f"From here on the actors decide. The release was on {spell(release)}."
    yield from _stretch(sorted(rungs), by_day, rungs, release, every)


def spell(day: date) -> str:
    """A date as it is read aloud: Friday, 27 February 2026."""
    return words().date(day, weekday=True)


def _stretch(
    days: Iterable[int],
    by_day: dict[int, list[Happening]],
    rungs: dict[int, int],
    release: date,
    every: bool,
) -> Iterator[str]:
    """Days in a row: those with something to tell in full, those without counted."""
    passed: list[list[Happening]] = []
    last: int | None = None
    for day in days:
        these, rung = by_day.get(day, []), rungs.get(day)
        if rung == last and not (these and every) and all(one.routine for one in these):
            passed.append(these)
            continue
        yield from _passed(passed)
        passed = []
        yield from _day(day, these, release, rung, last, every)
        last = rung
    yield from _passed(passed)


def _day(
    day: int, these: list[Happening], release: date, rung: int | None, last: int | None, every: bool
) -> Iterator[str]:
    when = spell(release + timedelta(days=day))
    yield f"{when}, replayed" if rung is None else f"Day {day}, {when}"
    for one in these:
        if every or not one.routine:
            mark = "" if not one.scripted else "(as reported) " if rung is None else "(scripted) "
            yield f"{INDENT}{mark}{one.text}"
    small = [] if every else [one for one in these if one.routine]
    if _small(small):
        yield f"{INDENT}Besides, {_small(small)}."
    if rung is not None and rung != last:
        way = "The day ends at" if last is None else "Up to" if rung > last else "Down to"
        yield f"{INDENT}{way} rung {rung}, {RUNG_NAMES[rung]}."


def _passed(days: list[list[Happening]]) -> Iterator[str]:
    """One line on days of which there is nothing to tell, or nothing but small attacks and operations."""
    small = _small([one for these in days for one in these])
    plural = "s" if len(days) > 1 else ""
    if small:
        yield f"{len(days)} day{plural} with nothing larger than {small}."
    elif days:
        yield f"{len(days)} quiet day{plural}."


def _small(these: list[Happening]) -> str:
    """How many small attacks and operations there were and how many died; nothing if there were none."""
    counts = Counter(one.kind for one in these)
    nouns = [
        f"{counts[kind]} small {kind}{'s' if counts[kind] > 1 else ''}"
        for kind in ("attack", "operation")
        if counts[kind]
    ]
    return (
        f"{words().join(nouns)}, {sum(one.dead for one in these) or 'none'} dead" if nouns else ""
    )
