"""Measures of a file's own: what its blocks mean, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from sim.scenario import schema
from sim.scenario.findings import Finding
from sim.scenario.reading import near
from sim.scenario.schema import ScenarioFile
from sim.scenario.spec import NAME, NAME_RULES, show
from sim.vocabulary.coded import words
from sim.vocabulary.codes import EventKind
from sim.vocabulary.measures import Measure
from sim.vocabulary.own_measures import (
    BOUNDS,
    EVENT_WORDS,
    MEDIATED,
    OF_SERIES,
    SHARED,
    Entities,
    Moment,
    Own,
    OwnKind,
    Placement,
    event_of,
    series_of,
)

#: What stands after the name of a lag in the name of its flag.
ENDED = "_ended"
_OF_EVENTS = ("how", "own", "by", "against", "group", "place")
_BY_GROUPS = (EventKind.ATTACK, EventKind.MODE, EventKind.TRUCE, EventKind.TRUCE_END)
_ALONE = (
    *(EventKind.OPERATION, EventKind.OFFENSIVE, EventKind.OFFENSIVE_END, EventKind.STANCE),
    *(EventKind.MODE, EventKind.CONTROL),
)


def own_measures(file: ScenarioFile) -> tuple[Measure, ...]:
    """The measures of a file's own, by the alphabet; the flag of a lag follows it."""
    there = series_of(entities_of(file))
    return tuple(one for name in sorted(file.measures or {}) for one in _columns(file, name, there))


def entities_of(file: ScenarioFile) -> Entities:
    """Whose series a scenario has."""
    related = {
        name: (one.between[0], one.between[1])
        for name, one in file.relations.items()
        if len(one.between) == 2 and None not in one.between
    }
    return Entities(
        tuple(file.states),
        tuple(file.groups),
        tuple(file.sectors),
        tuple(related),
        tuple(related.values()),
    )


def _columns(file: ScenarioFile, name: str, there: Mapping[str, Placement]) -> Iterator[Measure]:
    own = _own(file, (file.measures or {})[name])
    if own is None:
        return
    title = (file.measures or {})[name].label or name
    if own.kind is OwnKind.LAG:
        flag = f"{name}{ENDED}"
        yield _column(name, "days", title, own)._replace(time=True, ended_by=flag)
        yield _column(flag, "flag", f"{title} {ENDED.strip('_')}", own._replace(ended=True))
    elif own.kind is OwnKind.FIRST:
        yield _column(name, "days", title, own)._replace(time=True)
    elif own.kind in OF_SERIES:
        found = there.get(own.path)
        unit, whole = (found.series.unit, found.series.whole) if found else ("number", False)
        yield _column(name, unit, title, own)._replace(whole=whole and own.kind is not OwnKind.MEAN)
    else:
        days = own.kind is OwnKind.COUNT and own.moment is not None and own.moment.path
        unit = "deaths" if own.kind is OwnKind.DEAD else "days" if days else "count"
        yield _column(name, unit, title, own)


def _column(name: str, unit: str, title: str, own: Own) -> Measure:
    return Measure(name, "own", unit, "own", "", title=title, own=own)


def _own(file: ScenarioFile, one: schema.OwnMeasure) -> Own | None:
    """What a block means; None if it has not exactly one kind."""
    kinds = _kinds(one)
    if len(kinds) != 1:
        return None
    given = one.days if one.days and len(one.days) == 2 else [1, file.horizon or 1]
    asked = getattr(one, kinds[0])
    lag = asked if isinstance(asked, schema.Lag) else None
    what = asked if isinstance(asked, schema.Moment) else lag.since if lag else None
    return Own(
        kinds[0],
        (given[0], given[1]),
        None if what is None else _moment(what),
        None if lag is None else _moment(lag.until),
        asked if isinstance(asked, str) else "",
        None if one.after is None else _moment(one.after),
        one.within or 0,
    )


def _kinds(one: schema.OwnMeasure) -> list[OwnKind]:
    return [kind for kind in OwnKind if getattr(one, kind) is not None]


def _moment(one: schema.Moment) -> Moment:
    bounds = tuple((name, value) for name in BOUNDS if (value := getattr(one, name)) is not None)
    said = {name: getattr(one, name) or "" for name in ("event", "path", *_OF_EVENTS)}
    return Moment(**said, bounds=bounds)


class Knowledge(NamedTuple):
    """What the checks of measures know of a file.

    `there` are its series by path; `left_out` the paths of fields that it does not give, so that
    one that was refused is not missed too; nothing is said of names in `broken` tables.
    """

    there: Mapping[str, Placement]
    left_out: Set[str]
    broken: Set[str]


def faults(
    file: ScenarioFile, others: Set[str], left_out: Set[str], broken: Set[str]
) -> Iterator[Finding]:
    """Everything wrong with them.

    Parameters
    ----------
    file : may have None where a value was refused
    others : names that measures have anyway
    left_out, broken : as `Knowledge` says
    """
    known = Knowledge(series_of(entities_of(file)), left_out, broken)
    taken = set(others)
    for name, one in (file.measures or {}).items():
        at = f"measures.{name}"
        if not re.fullmatch(NAME, name):
            yield Finding(at, NAME_RULES[NAME], name)
        kinds = _kinds(one)
        columns = (name, f"{name}{ENDED}") if OwnKind.LAG in kinds else (name,)
        for column in columns:
            if column in taken or column in ("replication", "status", "outcome", "point"):
                yield Finding(at, "must be a name that no other column has", column)
        taken.update(columns)
        if len(kinds) != 1:
            given = ", ".join(kinds) or "none"
            yield Finding(at, f"must have exactly one of {', '.join(OwnKind)}", given)
        yield from _span_faults(file, at, one)
        yield from _part_faults(file, at, one, known)


def _span_faults(file: ScenarioFile, at: str, one: schema.OwnMeasure) -> Iterator[Finding]:
    """What is wrong with the days that count."""
    if one.days and len(one.days) == 2 and None not in one.days and file.horizon:
        first, last = one.days
        if not 1 <= first <= last <= file.horizon:
            rule = f"must be a first and a last day from 1 to the horizon, {file.horizon}"
            yield Finding(f"{at}.days", rule, f"{first}, {last}")
    if one.within is not None and one.after is None:
        yield Finding(f"{at}.within", "must have after beside it", show(one.within))


def _part_faults(
    file: ScenarioFile, at: str, one: schema.OwnMeasure, known: Knowledge
) -> Iterator[Finding]:
    """What is wrong with its moments and series."""
    parts = {"first": one.first, "count": one.count, "dead": one.dead, "after": one.after}
    if one.lag is not None:
        parts |= {"lag.since": one.lag.since, "lag.until": one.lag.until}
    for key, moment in parts.items():
        if moment is not None:
            yield from _moment_faults(file, f"{at}.{key}", moment, known)
    if one.dead is not None and one.dead.path is not None:
        yield Finding(f"{at}.dead.path", "must be left out: a number by day has no dead")
    for key in OF_SERIES:
        if (path := getattr(one, key)) is not None:
            yield from _path_faults(f"{at}.{key}", path, known)


def _path_faults(at: str, path: str, known: Knowledge) -> Iterator[Finding]:
    if path not in known.there and not known.broken:
        yield Finding(at, "must be a number by day", path, near(path, known.there, "there are"))


def _moment_faults(
    file: ScenarioFile, at: str, moment: schema.Moment, known: Knowledge
) -> Iterator[Finding]:
    bounds = [name for name in BOUNDS if getattr(moment, name) is not None]
    narrow = [name for name in _OF_EVENTS if getattr(moment, name) is not None]
    given = [name for name in ("event", "path") if f"{at}.{name}" not in known.left_out]
    if len(given) != 1:
        said = " and ".join(given) or "neither"
        yield Finding(at, "must have an event or the path of a number by day", said)
    elif moment.path is not None:
        yield from _path_faults(f"{at}.path", moment.path, known)
        if not bounds:
            yield Finding(at, f"must have a bound: {', '.join(BOUNDS)}", "none")
        for name in narrow:
            yield Finding(f"{at}.{name}", "must be left out: it narrows events", moment.path)
    else:
        for name in bounds:
            yield Finding(
                f"{at}.{name}", "must be left out: an event has no bounds", moment.event or ""
            )
        yield from _event_faults(file, at, moment)


def _event_faults(file: ScenarioFile, at: str, moment: schema.Moment) -> Iterator[Finding]:
    """What an event can never have."""
    if moment.event is None or moment.event not in EVENT_WORDS:  # refused by the reader
        return
    kind, action = event_of(moment.event)
    details = () if action is not None or kind.action is None else words(kind.action)
    if moment.how is not None and moment.how not in details:
        counted = f"acts_{moment.how} counts it" if moment.how in file.actions else ""
        hint = near(moment.how, details, "there are") if details else counted
        rule = "must be a detail of this event" if details else "must be left out for this event"
        yield Finding(f"{at}.how", rule, moment.how, hint)
    if moment.own in file.actions and (of := file.actions[moment.own].of) not in (
        None,
        moment.event,
    ):
        yield Finding(f"{at}.event", f"must be {of}, which {moment.own} is of", moment.event)
    table = "groups" if kind in _BY_GROUPS else "states"
    known = set(getattr(file, table)) | (set(file.mediators) if kind in MEDIATED else set())
    actors = {*file.states, *file.groups, *file.mediators}
    if moment.by is not None and moment.by in actors - known:
        rule = f"must be one of the {table}{' or mediators' if kind in MEDIATED else ''}"
        yield Finding(f"{at}.by", f"{rule}, whose doing {moment.event} is", moment.by)
    if moment.against is not None and kind in _ALONE:
        yield Finding(
            f"{at}.against", "must be left out: this event has no other side", moment.event
        )
    if moment.group is not None and kind in SHARED:
        yield Finding(f"{at}.group", "must be left out: this event is about no group", moment.event)
