"""What a scenario file can measure of its own: kinds of measures, moments, and series by day.

A measure of a file is computed from what a replication records (its events, its day by day) and so
moves nothing in it. `sim/scenario/own_measures.py` reads one, `sim/engine/own_measures.py` computes
it, `sim/words/own_measures.py` says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from sim.vocabulary.coded import words
from sim.vocabulary.codes import EventKind
from sim.vocabulary.ladder import Action


class OwnKind(StrEnum):
    """What is asked of the days of a replication; the key in a file.

    FIRST the day of a moment; LAG days from one moment to the next of another; COUNT how often a
    moment comes; DEAD the dead of its events; HIGHEST, LOWEST, MEAN of a series.
    """

    FIRST = "first"
    LAG = "lag"
    COUNT = "count"
    DEAD = "dead"
    HIGHEST = "highest"
    LOWEST = "lowest"
    MEAN = "mean"


#: Kinds that look at a series, and not at a moment.
OF_SERIES = (OwnKind.HIGHEST, OwnKind.LOWEST, OwnKind.MEAN)
#: Bounds of a series, in the words of conditions.
BOUNDS = ("at_least", "at_most", "above", "below")

#: Events that are the two sides' alike, or a mediator's with both: `by` is any of these.
SHARED = (
    EventKind.CEASEFIRE,
    EventKind.CEASEFIRE_END,
    EventKind.OFFER,
    EventKind.TALKS,
    EventKind.PROLONG,
)
#: Those of them whose third party is the mediator.
MEDIATED = (EventKind.CEASEFIRE, EventKind.OFFER, EventKind.TALKS)
#: Events that are no doing of anybody in the world.
_TECHNICAL = (EventKind.CHANGE, EventKind.FORCED, EventKind.ACT)
#: What a moment can name: an action of the ladder, or another kind of event.
EVENT_WORDS = (*words(Action), *(kind.word for kind in EventKind if kind not in _TECHNICAL))


@cache
def event_of(word: str) -> tuple[EventKind, Action | None]:
    """The kind of event that a word of a moment means, and the action if it is one."""
    if word in words(Action):
        return EventKind.ACT, Action.of(word)
    return EventKind.of(word), None


class Moment(NamedTuple):
    """Days on which something is so: an event comes, or a series lies within bounds.

    `event` is one of `EVENT_WORDS`, `how` the word of its detail, `own` an own action; `by`,
    `against`, `group` and `place` narrow it, empty for anybody and anywhere. Else `path` is that of
    a series and `bounds` are pairs of a bound and its value.
    """

    event: str = ""
    how: str = ""
    own: str = ""
    by: str = ""
    against: str = ""
    group: str = ""
    place: str = ""
    path: str = ""
    bounds: tuple[tuple[str, float], ...] = ()


class Own(NamedTuple):
    """A measure of a file.

    `moment` is what it looks for, `until` the later moment of a lag, `path` the series of a kind
    that looks at one; `days` are the first and the last day that count, `after` a moment whose
    first day must have come before, `within` how many days after it count, 0 for all. `ended`
    marks the flag of a lag: whether its later moment came.
    """

    kind: OwnKind
    days: tuple[int, int]
    moment: Moment | None = None
    until: Moment | None = None
    path: str = ""
    after: Moment | None = None
    within: int = 0
    ended: bool = False


class Series(NamedTuple):
    """A number by day that a file can name.

    `path` has the kinds of entities in braces. `table` and `fields` are the words of the world that
    hold it, read as `read` says: a value, a sum over the row, the day's growth of a count, a value
    where a flag is up, or a probability from its log-odds. `whole` marks what is counted.
    """

    path: str
    unit: str
    table: str
    fields: tuple[str, ...]
    read: str = "value"
    whole: bool = False


VIEW = "relations.{relation}.views.{state}"
SERIES = (
    Series("rung", "rung", "tally", ("rung_today",), whole=True),
    Series("deaths", "deaths", "tally", ("dead_today",), whole=True),
    Series("interstate_deaths", "deaths", "tally", ("interstate_today",), whole=True),
    Series("states.{state}.weariness", "stock", "states", ("weariness",)),
    Series(
        "states.{state}.deaths_security", "deaths", "states", ("deaths_security",), "growth", True
    ),
    Series(
        "states.{state}.deaths_civilian", "deaths", "states", ("deaths_civilian",), "growth", True
    ),
    Series(
        "relations.{relation}.ceasefire", "quality", "pairs", ("ceasefire", "in_force"), "while"
    ),
    Series(f"{VIEW}.outrage", "stock", "dyads", ("outrage",)),
    Series(f"{VIEW}.grievance", "stock", "dyads", ("grievance",)),
    Series(f"{VIEW}.belief", "probability", "dyads", ("belief",), "odds"),
    Series("groups.{group}.fighters", "fighters", "presence", ("fighters",), "sum"),
    Series("groups.{group}.deaths", "deaths", "groups", ("deaths",), "growth", True),
    Series("sectors.{sector}.control", "share", "sectors", ("control",)),
)


class Entities(NamedTuple):
    """Names of the entities of a scenario; `pairs` are the two states of each relation."""

    states: Sequence[str]
    groups: Sequence[str]
    sectors: Sequence[str]
    relations: Sequence[str]
    pairs: Sequence[tuple[str, str]]


class Placement(NamedTuple):
    """A series of a scenario: which one, and the names of the row that holds it."""

    series: Series
    row: tuple[str, ...]


def series_of(entities: Entities) -> dict[str, Placement]:
    """Every series of a scenario by its path."""
    return dict(_all(entities))


def _all(entities: Entities) -> Iterator[tuple[str, Placement]]:
    names = {
        "{state}": entities.states,
        "{group}": entities.groups,
        "{sector}": entities.sectors,
        "{relation}": entities.relations,
    }
    for series in SERIES:
        if series.path.startswith(VIEW):
            for relation, (a, b) in zip(entities.relations, entities.pairs, strict=True):
                for state, rival in ((a, b), (b, a)):
                    path = series.path.format(relation=relation, state=state)
                    yield path, Placement(series, (state, rival))
            continue
        kind = next((one for one in names if one in series.path), "")
        for name in names.get(kind, ("",)):
            yield (
                series.path.replace(kind, name) if kind else series.path,
                Placement(series, (name,) if kind else ()),
            )
