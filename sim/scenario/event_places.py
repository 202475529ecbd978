"""Dated things in the wrong place or at the wrong time: acts, attacks, ceasefires, plans.

A place that cannot be meant is an error, since it would turn a rule upside down; a thing that only
does nothing is a warning.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from sim.scenario.events import event_days, opponent
from sim.scenario.findings import Finding
from sim.scenario.own_acts import domain_of
from sim.scenario.schema import Event, ScenarioFile
from sim.scenario.spec import show
from sim.vocabulary.codes import ScriptEvent, turn_of
from sim.vocabulary.ladder import ACTION_NAMES, Action, Aim, Domain

_ATTACK, _OPERATION, _CLASH = (
    kind.word for kind in (ScriptEvent.ATTACK, ScriptEvent.OPERATION, ScriptEvent.CLASH)
)
#: What an event may say beside who, whom, where and how many dead, and of which actions it is read.
_READ = {
    "mediators": (ScriptEvent.CEASEFIRE.word,),
    "quality": (ScriptEvent.CEASEFIRE.word,),
    "evidence": (_ATTACK,),
}
_CROSSINGS = (ScriptEvent.CLOSE_CROSSINGS.word, ScriptEvent.OPEN_CROSSINGS.word)


def place_errors(file: ScenarioFile) -> Iterator[Finding]:
    """Errors: events where they cannot have been, and orders that contradict each other."""
    for path, _, event in event_days(file):
        allowed = _homes(file, event)
        for i, name in enumerate(event.sectors):
            state = file.sectors[name].state if name in file.sectors else None
            if allowed and state is not None and state not in allowed:
                yield Finding(
                    f"{path}.sectors.{i}",
                    f"must be a sector of {' or '.join(allowed)} for {event.action}",
                    f"{name}, of {state}",
                )
    yield from _contradictions(file)


def _homes(file: ScenarioFile, event: Event) -> list[str]:
    """The states in whose sectors an event can be; empty where anything goes or it is unknown."""
    target = opponent(file, event)
    if target not in file.states or target is None:
        return []
    if event.action == _ATTACK:
        return [target] if event.actor in file.groups else []
    if event.action in ACTION_NAMES:
        return [target]
    return sorted({event.actor, target}) if event.action == _CLASH else []


def _contradictions(file: ScenarioFile) -> Iterator[Finding]:
    """One day, one number, two values; one day, one rival, two orders."""
    seen: dict[tuple[int, str], tuple[int, float]] = {}
    for i, change in enumerate(file.interventions):
        for path, value in change.set.items():
            first, was = seen.setdefault((change.day, path), (i, value))
            if value is not None and was is not None and value != was:
                yield Finding(
                    f"interventions.{i}.set.{path}",
                    f"must be one value on day {change.day}",
                    f"{show(was)} and {show(value)}",
                    f"see interventions.{first}",
                )
    for name, state in file.states.items():
        orders: dict[tuple[int, str | None], tuple[int, str]] = {}
        for i, line in enumerate(state.plan):
            ordered = line.own or line.action
            first, action = orders.setdefault((line.day, line.against), (i, ordered))
            if None not in (ordered, action) and ordered != action:
                yield Finding(
                    f"states.{name}.plan.{i}.action",
                    f"must be one action on day {line.day} against "
                    f"{line.against or 'all its rivals'}",
                    f"{action} and {ordered}",
                    f"see states.{name}.plan.{first}",
                )


def event_slips(file: ScenarioFile) -> Iterator[Finding]:
    """Warnings: events that fall somewhere else than they say, or that do nothing."""
    edges = _edges(file)
    for path, _, event in event_days(file):
        yield from _unread(file, path, event)
        yield from _border(file, edges, path, event)
        yield from _too_many(file, path, event)
        yield from _crossings(file, path, event)
        yield from _nobody_there(file, path, event)
        if event.action == _OPERATION:
            for i, name in enumerate(event.sectors):
                if file.sectors[name].state != event.actor:
                    yield Finding(
                        f"{path}.sectors.{i}",
                        f"should be a sector of {event.actor}: beyond its border it is an act",
                        f"{name}, of {file.sectors[name].state}",
                    )
    yield from _peace(file)
    yield from _fruitless(file)


def _edges(file: ScenarioFile) -> dict[frozenset[str], set[str]]:
    """The sectors at the borders of each pair of states."""
    edges: dict[frozenset[str], set[str]] = {}
    for border in file.borders.values():
        pair = frozenset(file.sectors[sector].state for sector in border.sectors)
        edges.setdefault(pair, set()).update(border.sectors)
    return edges


def _border(
    file: ScenarioFile, edges: dict[frozenset[str], set[str]], path: str, event: Event
) -> Iterator[Finding]:
    """Ground acts and clashes are fought at a border of the two."""
    on_ground = event.action == _CLASH or (
        event.action in ACTION_NAMES and domain_of(file, event.action, event.own) is Domain.GROUND
    )
    target = opponent(file, event) if on_ground else None
    if target is None:
        return
    there = edges.get(frozenset((event.actor, target)), set())
    if not there:
        if event.action == _CLASH or not Action.of(event.action).strikes:
            yield Finding(
                f"{path}.action",
                f"should be an action that {event.actor} can take against {target}",
                event.action,
                "they share no border",
            )
        return
    for i, name in enumerate(event.sectors):
        if name not in there and event.action != Action.OPEN_WAR.word:
            yield Finding(
                f"{path}.sectors.{i}",
                f"should be at a border of {event.actor} and {target} for {event.action}",
                name,
                f"there are {', '.join(sorted(there))}",
            )


def _unread(file: ScenarioFile, path: str, event: Event) -> Iterator[Finding]:
    """What an event says and nothing reads."""
    for field, actions in _READ.items():
        given = getattr(event, field)
        if given not in (None, []) and event.action not in actions:
            yield Finding(
                f"{path}.{field}",
                "should be left out",
                "",
                f"nothing reads it for {event.action}",
            )
    parties = {event.actor, opponent(file, event)} - {None}
    if event.action == _ATTACK and event.actor in file.groups:
        parties |= {file.groups[event.actor].enemy}
    for party in event.claims:
        if party not in parties:
            yield Finding(
                f"{path}.claims.{party}",
                f"should be a claim of {' or '.join(sorted(map(str, parties)))}",
                party,
                "nothing reads it",
            )


def _too_many(file: ScenarioFile, path: str, event: Event) -> Iterator[Finding]:
    """More dead than there are people where it happened."""
    dead = event.deaths
    if event.sectors and dead.civilians is not None:
        living = math.fsum(file.sectors[name].population.high for name in event.sectors)
        if float(dead.civilians) > living:
            yield _too_few(f"{path}.deaths.civilians", float(dead.civilians), living, "people")
    if event.sectors and dead.security is not None and event.action != _CLASH:
        there = math.fsum(file.sectors[name].garrison.high for name in event.sectors)
        if float(dead.security) > there:
            yield _too_few(f"{path}.deaths.security", float(dead.security), there, "soldiers")
    if dead.own is not None and event.actor in file.states:
        army = file.states[event.actor].personnel.high
        if float(dead.own) > army:
            yield _too_few(f"{path}.deaths.own", float(dead.own), army, "soldiers")
    if dead.militants is not None and float(dead.militants) > 0:
        fighters = _fighters(file, event)
        if fighters is not None and float(dead.militants) > fighters:
            yield _too_few(f"{path}.deaths.militants", float(dead.militants), fighters, "fighters")


def _too_few(path: str, dead: float, there: float, who: str) -> Finding:
    return Finding(
        path,
        f"should be at most the {show(there)} {who} that there are",
        show(dead),
        "nobody else can die",
    )


def _fighters(file: ScenarioFile, event: Event) -> float | None:
    """Fighters who can die in an event; None where it cannot be said, or there are none at all."""
    if event.action in (_ATTACK, _OPERATION):
        name = event.actor if event.action == _ATTACK else event.group
        group = file.groups.get(name) if name else None
        fighters = [] if group is None else [number.high for number in group.fighters.values()]
        return math.fsum(fighters) or None
    if event.action not in ACTION_NAMES or not event.sectors:
        return None
    groups = [
        group
        for name, group in file.groups.items()
        if name == event.group or (event.group is None and group.enemy == event.actor)
    ]
    if not any(number.high > 0 for group in groups for number in group.fighters.values()):
        return None
    return math.fsum(
        group.fighters[name].high
        for group in groups
        for name in event.sectors
        if name in group.fighters
    )


def _nobody_there(file: ScenarioFile, path: str, event: Event) -> Iterator[Finding]:
    """Strikes on militants of whom there are none: whoever meant the army is told of that act."""
    aims = event.action in ACTION_NAMES and Action.of(event.action).aim is Aim.MILITANTS
    aims = aims and domain_of(file, event.action, event.own) is not Domain.NONE
    target = opponent(file, event)
    if not aims or event.group is not None or target is None or event.actor not in file.states:
        return
    if not any(
        group.enemy == event.actor and target in group.hosts for group in file.groups.values()
    ):
        yield Finding(
            f"{path}.action",
            f"should be {Action.MILITARY_STRIKE.word} against an army",
            event.action,
            f"it is aimed at militants, and no group that fights {event.actor} is in {target}",
        )


def _crossings(file: ScenarioFile, path: str, event: Event) -> Iterator[Finding]:
    if event.action not in _CROSSINGS:
        return
    pair = {event.actor, opponent(file, event)}
    if not any(
        border.crossing is not None
        and {file.sectors[sector].state for sector in border.sectors} == pair
        for border in file.borders.values()
    ):
        yield Finding(
            f"{path}.action",
            "should be left out where there is no crossing",
            event.action,
            "name one at a border of the two",
        )


def _peace(file: ScenarioFile) -> Iterator[Finding]:
    """Ceasefires and truces of the history that begin twice, or end without having begun."""
    begun: dict[object, bool] = {
        frozenset(relation.between): relation.ceasefire.high > 0
        for relation in file.relations.values()
    }
    opens = {ScriptEvent.CEASEFIRE.word: True, ScriptEvent.TRUCE.word: True}
    opens |= {ScriptEvent.CEASEFIRE_END.word: False, ScriptEvent.TRUCE_END.word: False}
    history = [(event, f"history.{i}") for i, event in enumerate(file.history)]
    for event, path in sorted(history, key=lambda one: (one[0].date, turn_of(one[0].action))):
        if event.action not in opens:
            continue
        by_group = event.actor in file.groups
        about = event.actor if by_group else frozenset((event.actor, opponent(file, event)))
        if begun.get(about, False) == opens[event.action]:
            yield Finding(
                f"{path}.action",
                "should not begin twice" if opens[event.action] else "should have begun before",
                event.action,
                "one is in force already" if opens[event.action] else "none is in force",
            )
        begun[about] = opens[event.action]


def _fruitless(file: ScenarioFile) -> Iterator[Finding]:
    """One day on which the same actor closes crossings and opens them."""
    done: Counter[tuple[object, ...]] = Counter()
    for path, when, event in event_days(file):
        if event.action in _CROSSINGS:
            done[when, event.actor, opponent(file, event)] += 1
            if done[when, event.actor, opponent(file, event)] == 2:
                yield Finding(
                    f"{path}.action",
                    "should be one of closing and opening on a day",
                    "both",
                    "the later one in the order of a day counts (docs/odd.md)",
                )
