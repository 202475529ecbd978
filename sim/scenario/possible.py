"""Checks of what may happen by a scenario's own rule, and the readings that its conditions name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sim.scenario.events import pairs
from sim.scenario.findings import Finding
from sim.scenario.reading import near
from sim.scenario.schema import PossibleEvent, ScenarioFile, Threshold
from sim.scenario.spec import Quantity, show
from sim.vocabulary.measures import Measure
from sim.vocabulary.readings import Entities, Reading, readings

BOUNDS = ("at_least", "at_most", "above", "below")


def readings_of(file: ScenarioFile, measures: Sequence[Measure]) -> tuple[Reading, ...]:
    """Everything that a condition of the scenario can look at.

    A file's own measures are not: they are computed when a replication is over.
    """
    entities = Entities(
        *(tuple(file.states), tuple(file.groups), tuple(file.sectors)),
        pairs=[pair for pair in pairs(file) if len(set(pair)) == 2],
        hosts=[(name, host) for name, group in file.groups.items() for host in group.hosts],
        events=tuple(file.events),
        alliances=tuple(file.alliances),
    )
    return readings(entities, [one for one in measures if one.own is None])


def conditions(file: ScenarioFile, measures: Sequence[Measure]) -> Iterator[Finding]:
    """Everything wrong with the conditions of events and of flows."""
    when = {f"events.{name}.when": one.when for name, one in file.events.items()}
    when |= {f"flows.{name}.when": one.when for name, one in file.flows.items()}
    known = readings_of(file, measures) if when else ()
    for path, bounds in when.items():
        yield from _conditions(path, bounds, known)


def possible(file: ScenarioFile) -> Iterator[Finding]:
    """Everything wrong with possible events beside their numbers, conditions and acts."""
    for name, one in file.events.items():
        if one.event is not None:
            yield from _no_date(f"events.{name}", one)
            yield from _claims(f"events.{name}", one)


def _conditions(
    path: str, when: Mapping[str, Threshold], readings: Sequence[Reading]
) -> Iterator[Finding]:
    """Everything wrong with the conditions at a path."""
    twins = {name for name, count in Counter(one.name for one in readings).items() if count > 1}
    known = {one.name: one for one in readings}
    for name, bounds in when.items():
        at = f"{path}.{name}"
        if name not in known:
            yield Finding(at, "must be a reading", name, near(name, known, "readings"))
        elif name in twins:
            hint = "rename a state, group, sector or event in it"
            yield Finding(at, "must be the name of one reading", f"{name}, of two", hint)
        else:
            yield from _bounds(at, bounds, known[name])


def _bounds(at: str, bounds: Threshold, reading: Reading) -> Iterator[Finding]:
    given = {key: bound for key in BOUNDS if (bound := getattr(bounds, key)) is not None}
    if not given and bounds.never is None:
        yield Finding(at, f"must have a bound: {', '.join(BOUNDS)} or never", "none")
    if bounds.never is not None and not reading.time:
        yield Finding(
            f"{at}.never",
            "must be left out: only what comes at some time can be missing",
            "",
            f"{reading.name} is in {reading.unit}",
        )
    elif bounds.never and given:
        yield Finding(f"{at}.never", "must stand alone: what never came has no bounds", "true")
    if not _is_met_by_some(given):
        text = ", ".join(f"{key} {show(float(bound))}" for key, bound in given.items())
        yield Finding(at, "must leave some value between its bounds", text)


def _is_met_by_some(given: Mapping[str, Quantity]) -> bool:
    """Whether some value meets the bounds, whatever is drawn of them."""
    lows = [given[key].low for key in ("at_least", "above") if key in given]
    highs = [given[key].high for key in ("at_most", "below") if key in given]
    low, high = max(lows, default=float("-inf")), min(highs, default=float("inf"))
    strict = any(
        key in given and bound == end
        for key, bound, end in (
            ("above", low, given["above"].low if "above" in given else None),
            ("below", high, given["below"].high if "below" in given else None),
        )
    )
    return low < high or (low == high and not strict)


def _no_date(path: str, one: PossibleEvent) -> Iterator[Finding]:
    assert one.event is not None
    for field in ("date", "day"):
        if (given := getattr(one.event, field)) is not None:
            yield Finding(
                f"{path}.event.{field}",
                "must be left out: the event happens when its conditions hold",
                str(given),
                "a condition on day says from when and until when",
            )


def _claims(path: str, one: PossibleEvent) -> Iterator[Finding]:
    """Claims of others than the two parties are told in a history, and move nothing here."""
    event = one.event
    assert event is not None
    for who in event.claims:
        if who not in (event.actor, event.target):
            yield Finding(
                f"{path}.event.claims.{who}",
                "must be a claim of the actor or the target",
                who,
            )


def idle_events(file: ScenarioFile) -> Iterator[Finding]:
    """Warnings: events that do nothing, or that cannot happen within the run."""
    named = {name for one in file.events.values() for name in one.when}
    named |= {name for one in file.flows.values() for name in one.when}
    asked = {name for bounds in file.outcomes.values() for name in bounds}
    asked |= {claim.measure for claim in file.expect}
    for name, one in file.events.items():
        path = f"events.{name}"
        marks = {f"times_{name}", f"since_{name}"}
        if one.event is None and not one.set and not marks & (named | asked):
            yield Finding(
                path,
                "should do something",
                "nothing",
                f"give it set or event, or let another condition look at times_{name}",
            )
        if not one.chance.high > 0:
            yield Finding(f"{path}.chance", "should be above 0", "0", "it never happens")
        yield from too_late(file, path, one.when)


def too_late(file: ScenarioFile, path: str, when: Mapping[str, Threshold]) -> Iterator[Finding]:
    """A warning: conditions that wait for a day after the last one."""
    day = when.get("day")
    first = None if day is None else day.at_least or day.above
    if first is not None and first.low > file.horizon:
        yield Finding(
            f"{path}.when.day",
            f"should begin within the horizon, {file.horizon} days",
            show(first.low),
            "it never happens",
        )
