"""Checks of a scenario's own actions, and of the events that name one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.scenario.events import event_days
from sim.scenario.findings import Finding
from sim.scenario.schema import ScenarioFile
from sim.vocabulary.ladder import ACTION_NAMES, Action, Domain


def own_acts(file: ScenarioFile) -> Iterator[Finding]:
    """Everything wrong with own actions beside their numbers."""
    if not file.actions:
        return
    yield from _names(file)
    yield from _shares(file)
    for path, _, event in event_days(file):
        one = file.actions.get(event.own) if event.own else None
        if one is None:
            continue
        if one.of and event.action and event.action != one.of:
            yield Finding(
                f"{path}.action", f"must be {one.of}, as {event.own} is a kind of it", event.action
            )
        if one.by is not None and event.actor != one.by:
            yield Finding(
                f"{path}.actor", f"must be {one.by}, whose act {event.own} is", event.actor
            )


def _names(file: ScenarioFile) -> Iterator[Finding]:
    for name in file.actions:
        if name in ACTION_NAMES:
            rule = "must be a name that no action of the ladder has"
            yield Finding(f"actions.{name}", rule, name)


def _shares(file: ScenarioFile) -> Iterator[Finding]:
    """The shares of one act of one state cannot exceed the whole."""
    for state in file.states:
        for act in ACTION_NAMES:
            mine = [
                name
                for name, one in file.actions.items()
                if one.of == act and one.by in (None, state)
            ]
            total = math.fsum(file.actions[name].share.high for name in mine)
            if total > 1 + 1e-9:
                yield Finding(
                    f"actions.{mine[-1]}.share",
                    f"must add up to at most 1 over the kinds of {act} of {state}",
                    f"{total:g}",
                    ", ".join(mine),
                )


def idle_own_acts(file: ScenarioFile) -> Iterator[Finding]:
    """Warnings: own actions that nobody can ever take."""
    for name, one in file.actions.items():
        path, domain = f"actions.{name}", Action.of(one.of).domain
        named = any(event.own == name for _, _, event in event_days(file))
        if not one.share.high > 0 and not named:
            hint = "no act is of this kind, and no event names it"
            yield Finding(f"{path}.share", "should be above 0", "0", hint)
        actors = file.states if one.by is None else {one.by: file.states[one.by]}
        if domain is Domain.AIR and not any(
            state.combat_aircraft.high > 0 or state.standoff.high > 0 for state in actors.values()
        ):
            yield Finding(
                f"{path}.of",
                "should be an act that somebody can take",
                one.of,
                "it needs combat aircraft or stand-off weapons",
            )
        if domain is Domain.NUCLEAR and not any(state.nuclear for state in actors.values()):
            yield Finding(
                f"{path}.of",
                "should be an act that somebody can take",
                one.of,
                "it needs nuclear weapons",
            )
