"""Checks of what happens on given days: history, interventions, the plans of scripted states."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import combinations
from typing import Any

from sim.scenario.findings import Finding
from sim.scenario.schema import Event, ScenarioFile
from sim.vocabulary.codes import ScriptEvent
from sim.vocabulary.ladder import ACTION_NAMES

_OF_GROUPS = tuple(kind.word for kind in ScriptEvent if kind.by_group)
_AT_HOME = tuple(kind.word for kind in ScriptEvent if kind.about in ("group", "nobody"))
_NEEDS_GROUP = tuple(kind.word for kind in ScriptEvent if kind.about == "group")
_NEEDS_RIVAL = (*ACTION_NAMES, *(kind.word for kind in ScriptEvent if kind.about == "rival"))


def events(file: ScenarioFile, left_out: Container[str]) -> Iterator[Finding]:
    """Everything wrong with dated things; `left_out` are the paths that no file gives."""
    for i, event in enumerate(file.history):
        path = f"history.{i}"
        yield from _history_day(file, event, path, left_out)
        yield from _event(file, event, path)
    for i, change in enumerate(file.interventions):
        path = f"interventions.{i}"
        if change.day is not None and file.horizon is not None and change.day > file.horizon:
            yield Finding(
                f"{path}.day", f"must be within the horizon, {file.horizon} days", str(change.day)
            )
        if not change.set and change.event is None:
            yield Finding(path, "must have set or event", "neither")
        if change.event is not None:
            yield from _intervention_day(change.event, change.day, f"{path}.event")
            yield from _event(file, change.event, f"{path}.event")
    for name, one in file.events.items():
        if one.event is not None:
            yield from _event(file, one.event, f"events.{name}.event")
    for name, state in file.states.items():
        for i, planned in enumerate(state.plan):
            if planned.against is not None and planned.against not in rivals(file, name):
                yield Finding(
                    f"states.{name}.plan.{i}.against",
                    f"must be a state with which {name} has a relation",
                    planned.against,
                    rivals_hint(file, name),
                )


def pairs(file: ScenarioFile) -> list[tuple[str, str]]:
    """The pairs of states that have a relation.

    Every pair where a state of a relation was refused: what hangs on that is no second mistake.
    """
    found = [(r.between[0], r.between[1]) for r in file.relations.values() if len(r.between) == 2]
    if len(found) < len(file.relations):
        return list(combinations(file.states, 2))
    return found


def event_days(file: ScenarioFile) -> Iterator[tuple[str, Any, Event]]:
    """Path, day and content of everything that is reported or made to happen."""
    for i, event in enumerate(file.history):
        yield f"history.{i}", event.date, event
    for i, change in enumerate(file.interventions):
        if change.event is not None:
            yield f"interventions.{i}.event", change.day, change.event
    for name, one in file.events.items():
        if one.event is not None:  # on no day that a file knows: none of its own is another's
            yield f"events.{name}.event", name, one.event


def opponent(file: ScenarioFile, event: Event) -> str | None:
    """Against whom an event is; where it does not say, a group's enemy or the only rival."""
    if event.target is not None:
        return event.target
    if event.actor in file.groups:
        return file.groups[event.actor].enemy
    others = rivals(file, event.actor) if event.actor in file.states else []
    return others[0] if len(others) == 1 else None


def rivals(file: ScenarioFile, state: str) -> list[str]:
    """The states with which a state has a relation."""
    return [other for pair in pairs(file) if state in pair for other in pair if other != state]


def rivals_hint(file: ScenarioFile, state: str) -> str:
    """The rivals of a state, as a hint."""
    return f"{state} has relations with: {', '.join(rivals(file, state)) or 'none'}"


def _history_day(
    file: ScenarioFile, event: Event, path: str, left_out: Container[str]
) -> Iterator[Finding]:
    if event.day is not None:
        yield Finding(
            f"{path}.day", "must be left out: an event of the history has a date", str(event.day)
        )
    if event.date is None:
        if f"{path}.date" in left_out or event.day is not None:
            yield Finding(f"{path}.date", "must be given")
    elif any(day is None for day in (file.start, file.release)) or file.release < file.start:
        return
    elif event.date < file.start:
        yield Finding(f"{path}.date", f"must not be before start, {file.start}", str(event.date))
    elif event.date > file.release:
        yield Finding(
            f"{path}.date",
            f"must not be after release, {file.release}",
            str(event.date),
            "what comes after the release is an intervention",
        )


def _intervention_day(event: Event, day: int | None, path: str) -> Iterator[Finding]:
    if event.date is not None:
        yield Finding(
            f"{path}.date", "must be left out: the intervention has a day", str(event.date)
        )
    if event.day is not None and event.day != day:
        yield Finding(
            f"{path}.day", f"must be left out or be the intervention's, {day}", str(event.day)
        )


def _event(file: ScenarioFile, event: Event, path: str) -> Iterator[Finding]:
    action, actor = event.action, event.actor
    if not action or not actor:
        return
    by_group = action in _OF_GROUPS
    table = file.groups if by_group else file.states
    if actor not in table:
        if actor in file.states or actor in file.groups or actor in file.mediators:
            yield Finding(
                f"{path}.actor", f"must be a {'group' if by_group else 'state'} for {action}", actor
            )
        return
    if event.kind is not None and action != ScriptEvent.ATTACK.word:
        yield Finding(
            f"{path}.kind", "must be left out: only an attack has a kind of target", event.kind
        )
    if by_group:
        enemy = file.groups[actor].enemy
        if event.target is not None and enemy is not None and event.target != enemy:
            yield Finding(
                f"{path}.target", f"must be the state that {actor} fights, {enemy}", event.target
            )
    elif action in _AT_HOME:
        if event.group is None and action in _NEEDS_GROUP:
            yield Finding(
                f"{path}.group",
                f"must be given for an {action}",
                "",
                f"groups: {', '.join(file.groups) or 'none'}",
            )
    else:
        yield from _target(file, event, path)


def _target(file: ScenarioFile, event: Event, path: str) -> Iterator[Finding]:
    """An act between states needs a target that the actor has a relation with."""
    others = rivals(file, event.actor)
    if event.target is None:
        if len(others) != 1 and event.action in _NEEDS_RIVAL:
            yield Finding(
                f"{path}.target",
                f"must be given, as {event.actor} has {len(others)} rivals",
                "",
                rivals_hint(file, event.actor),
            )
    elif event.target not in others and event.target in file.states:
        yield Finding(
            f"{path}.target",
            f"must be a state with which {event.actor} has a relation",
            event.target,
            rivals_hint(file, event.actor),
        )
