"""The trace of one replication: what happened, day by day, to be read aloud in class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from sim.narration.event_sentences import EventSentence, event_sentences
from sim.words import words as words_of

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario
    from sim.words import Words

INDENT = "  "
SMALL = ("attack", "operation")  # kinds whose common events are counted
Day = list[EventSentence]


class Replication(Protocol):
    """A replication run again: `events`, rows of the log, and `rung` by day."""

    @property
    def events(self) -> np.ndarray: ...
    @property
    def rung(self) -> np.ndarray: ...


def trace(
    replication: Replication,
    scenario: Scenario,
    words: Words | None = None,
    *,
    days: range | None = None,
    rungs_from: int = 1,
    every: bool = False,
) -> Iterator[str]:
    """Tell a replication day by day.

    Parameters
    ----------
    replication : its log, and its highest rung on each day
    scenario : names actors, places and dates
    words : the language; English if left out
    days : the days from the release that are told; all if left out, 0 and below are history
    rungs_from : day of the first rung, 1 unless the replication was forked
    every : tell attacks and operations that are too common for the news too, instead of counting
        them

    Yields
    ------
    lines without line ends: a heading a day, what happened, the rung when it changed; quiet days in
    one line
    """
    rungs = {day: int(rung) for day, rung in enumerate(replication.rung, start=rungs_from)}
    if days is None:
        days = range((scenario.start - scenario.release).days, max(rungs, default=0) + 1)
    log = replication.events
    log = log[(log["day"] >= days.start) & (log["day"] < days.stop)]
    writer = _Writer(scenario, words or words_of(), every)
    sentences = event_sentences(
        log, scenario, writer.words, days=range(days.start, min(days.stop, 1))
    )
    told = {day: list(these) for day, these in groupby(sentences, key=lambda one: one.day)}
    after = {day: rung for day, rung in rungs.items() if day in days}
    yield from writer.lines(told, after, range(days.start, 1))


@dataclass(frozen=True)
class _Writer:
    """Writes the lines of a trace in a language."""

    scenario: Scenario
    words: Words
    every: bool

    def lines(
        self, told: Mapping[int, Day], rungs: Mapping[int, int], history: Iterable[int]
    ) -> Iterator[str]:
        """The history, if any of it is told, then the days on which the actors decide."""
        if any(day <= 0 for day in told):
            yield self._say("history")
            yield from self._stretch(history, told, {})
            yield ""
        yield self._say("release", date=self.words.date(self.scenario.release, weekday=True))
        yield from self._stretch(sorted(rungs), told, rungs)

    def _stretch(
        self, days: Iterable[int], told: Mapping[int, Day], rungs: Mapping[int, int]
    ) -> Iterator[str]:
        """Days in a row: those with news in full, those without counted."""
        passed: list[Day] = []
        last: int | None = None
        for day in days:
            events, rung = told.get(day, []), rungs.get(day)
            if rung == last and not (events and self.every) and all(one.routine for one in events):
                passed.append(events)
                continue
            yield from self._quiet(passed)
            passed = []
            yield from self._day(day, events, rung, last)
            last = rung
        yield from self._quiet(passed)

    def _day(self, day: int, events: Day, rung: int | None, last: int | None) -> Iterator[str]:
        date = self.words.date(self.scenario.release + timedelta(days=day), weekday=True)
        yield self._say("day_of_history" if rung is None else "day", n=day, date=date)
        for one in events:
            if self.every or not one.routine:
                yield f"{INDENT}{self._mark(one, history=rung is None)}{one.text}"
                if one.filled:
                    yield f"{INDENT}{self._say('filled_in')} {one.filled}"
        small = [] if self.every else [one for one in events if one.routine]
        if names := self._small(small):
            yield INDENT + self._say("besides", list=names, toll=self._toll(small))
        if rung is not None and rung != last:
            change = "rung_first" if last is None else "rung_up" if rung > last else "rung_down"
            name = self.words.term("vocabulary.rungs", str(rung))
            yield INDENT + self._say(change, rung=rung, name=name)

    def _quiet(self, days: list[Day]) -> Iterator[str]:
        """One line on days with no news, or with nothing but what is too common for it."""
        small = [one for events in days for one in events]
        if names := self._small(small):
            count = self.words.count(len(days), "day")
            yield self._say("only_small", days=count, list=names, toll=self._toll(small))
        elif days:
            yield self._say("quiet", n=len(days))

    def _small(self, events: Day) -> str:
        """How many attacks and operations there were; nothing if there were none."""
        counts = Counter(one.kind for one in events)
        return self.words.join(
            self.words.count(counts[kind], f"small_{kind}") for kind in SMALL if counts[kind]
        )

    def _toll(self, events: Day) -> str:
        """The dead of some events, with the militants among them."""
        dead, militants = sum(one.dead for one in events), sum(one.militants for one in events)
        return self._say("toll_militants" if militants else "toll", n=dead, militants=militants)

    def _mark(self, one: EventSentence, *, history: bool) -> str:
        """Where a sentence comes from: the file, or in the history the model."""
        if one.by_rule:
            return self._say("by_rule") + " "
        if one.scripted:
            return self._say("as_reported" if history else "scripted") + " "
        return self._say("filled_in") + " " if history else ""

    def _say(self, key: str, **values: object) -> str:
        return self.words.text(f"narration.trace.{key}", **values)
