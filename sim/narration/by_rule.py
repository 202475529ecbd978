"""What a scenario's own rule (`events:`, `flows:`) did before a decision, and whom it concerns.

An event of the file concerns those whose numbers it sets, the two sides of what it plays, and those
whom another event or a flow that waits for it concerns; a flow concerns its giver, its taker and
the rival it is against. A number of the rules, or of an own action, concerns everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from sim.scenario.events import opponent
from sim.vocabulary.codes import EventKind

if TYPE_CHECKING:
    import numpy as np

    from sim.replication.ledger import Decision
    from sim.scenario.schema import Flow, PossibleEvent, ScenarioFile

EVERYBODY = "*"
MOST_CAUSES = 3  # of a decision: the latest
_MARKS = ("times_", "since_")  # of the readings of an event


class Cause(NamedTuple):
    """Something that came by the scenario's own rule.

    `number` counts the file's events, then its flows; of a flow, `day` is that on which it began.
    """

    day: int
    number: int


def parties_of(file: ScenarioFile) -> list[frozenset[str]]:
    """Whom each event and then each flow of a scenario concerns: names, or `EVERYBODY`."""
    found = [_by_event(file, one) for one in file.events.values()]
    found += [_by_flow(file, one) for one in file.flows.values()]
    order = [*(f"events.{name}" for name in file.events), *(f"flows.{name}" for name in file.flows)]
    waits = [_waits_for(file, place) for place in order]
    for _ in order:  # what waits for an event may itself be waited for
        for k, place in enumerate(order):
            behind = (found[n] for n, awaited in enumerate(waits) if place in awaited)
            found[k] = found[k].union(*behind)
    return found


def _waits_for(file: ScenarioFile, place: str) -> set[str]:
    """The events that the conditions of an event or a flow look at, as paths."""
    table, _, name = place.partition(".")
    one: PossibleEvent | Flow = (file.events if table == "events" else file.flows)[name]
    return {
        f"events.{reading.removeprefix(mark)}"
        for reading in one.when
        for mark in _MARKS
        if reading.startswith(mark)
    }


def _by_event(file: ScenarioFile, one: PossibleEvent) -> frozenset[str]:
    names = {name for path in one.set for name in _of_path(file, path)}
    if one.event is not None:
        sides = (one.event.actor, opponent(file, one.event), one.event.group)
        names |= {name for name in sides if name is not None}
    return frozenset(names)


def _by_flow(file: ScenarioFile, one: Flow) -> frozenset[str]:
    actors = (*file.states, *file.groups, *file.mediators)
    return frozenset(name for name in actors if name in (one.to, one.against, one.sponsor))


def _of_path(file: ScenarioFile, path: str) -> Iterator[str]:
    """Whose number a dotted path is."""
    table, *names = path.split(".")
    if table in ("rules", "actions"):
        yield EVERYBODY
    elif table == "relations":
        yield from names[2:3] if names[1] == "views" else file.relations[names[0]].between
    elif table == "sectors":
        yield file.sectors[names[0]].state
    elif table == "borders":
        yield from (file.sectors[sector].state for sector in file.borders[names[0]].sectors)
    elif table == "flows":
        yield from _by_flow(file, file.flows[names[0]])
    elif table == "events":
        yield from _by_event(file, file.events[names[0]])
    else:  # a state, group or mediator, and of a group's number the host whose it is
        yield names[0]
        yield from names[2:3] if names[1] == "hosts" else ()


def _changes_by_rule(file: ScenarioFile, log: np.ndarray) -> dict[Cause, list[tuple[int, float]]]:
    """By event and day, the numbers that it set: place among the file's changes, and value."""
    dated = sum(len(one.set) for one in file.interventions)
    owners = [number for number, one in enumerate(file.events.values()) for _ in one.set]
    found: dict[Cause, list[tuple[int, float]]] = {}
    for row in log[log["kind"] == EventKind.CHANGE]:
        place = int(row["action"])
        if place >= dated:
            cause = Cause(int(row["day"]), owners[place - dated])
            found.setdefault(cause, []).append((place, float(row["value"])))
    return found


class RuleHistory:
    """What came by the scenario's own rule in a replication, from the rows of its log."""

    def __init__(self, file: ScenarioFile, log: np.ndarray) -> None:
        self.parties = parties_of(file)
        self.paths = [f"events.{name}" for name in file.events]
        self.paths += [f"flows.{name}" for name in file.flows]
        self.pairs = {name: tuple(one.between) for name, one in file.relations.items()}
        self.events = len(file.events)
        kinds = (EventKind.HAPPENING, EventKind.FLOW_BEGIN, EventKind.FLOW_END)
        self.rows = [
            (int(row["day"]), EventKind(row["kind"]), int(row["action"]))
            for row in log
            if row["kind"] in kinds
        ]
        self.changes = _changes_by_rule(file, log)

    def is_flow(self, cause: Cause) -> bool:
        """Whether a cause is a flow, which goes on, and no event."""
        return cause.number >= self.events

    def before(self, one: Decision) -> list[Cause]:
        """The latest that happened until a decision and concerns those that it is about.

        Of an event its last time, of a flow its beginning if it still flows; in order of days.
        """
        found: dict[int, int] = {}
        for day, kind, row in self.rows:
            number = row if kind is EventKind.HAPPENING else self.events + row
            if day > one.day or not self.parties[number] & self._sides(one):
                continue
            found.pop(number, None)
            if kind is not EventKind.FLOW_END:
                found[number] = day
        latest = sorted((day, number) for number, day in found.items())[-MOST_CAUSES:]
        return [Cause(day, number) for day, number in latest]

    def _sides(self, one: Decision) -> set[str]:
        """Who decides, and whom it is about."""
        actor = one.actor.split(".")[1]
        return {EVERYBODY, actor, *self.pairs.get(one.about, (one.about,))}
