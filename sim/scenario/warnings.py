"""What is allowed and odd.

Numbers without a source, actors that cannot act, things that cannot happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from sim.cells import is_misread
from sim.errors import Problem
from sim.scenario.alliances import idle_alliances
from sim.scenario.build import Builder
from sim.scenario.checks import measures_of
from sim.scenario.event_places import event_slips
from sim.scenario.events import event_days, opponent, rivals
from sim.scenario.fields import specs
from sim.scenario.findings import Finding, locate
from sim.scenario.flows import idle_flows
from sim.scenario.outcomes import are_usual
from sim.scenario.own_acts import domain_of, idle_own_acts
from sim.scenario.possible import idle_events
from sim.scenario.reading import Node, Place, near
from sim.scenario.schema import Condition, Event, PlannedAction, ScenarioFile
from sim.scenario.slips import slips
from sim.scenario.spec import show
from sim.vocabulary.codes import ScriptEvent
from sim.vocabulary.ladder import ACTION_NAMES, N_RUNGS, Domain
from sim.vocabulary.measures import DEFAULT_OUTCOMES
from sim.vocabulary.stories import STORIES

#: What two states do together, so that either may stand first.
MUTUAL = tuple(
    kind.word for kind in (ScriptEvent.CLASH, ScriptEvent.CEASEFIRE, ScriptEvent.CEASEFIRE_END)
)


def warnings(file: ScenarioFile, builder: Builder, root: Node) -> list[Problem]:
    """Everything odd about a scenario that passed the checks; `root` is its tree."""
    found = chain(
        _sources(builder),
        _actors(file),
        _actions(file),
        _twice(file, builder.places),
        _idle(file),
        _outcomes(file),
        _stories(file),
        _mapping_order(root),
        slips(file),
        event_slips(file),
        idle_alliances(file),
        idle_events(file),
        idle_flows(file),
        idle_own_acts(file),
    )
    return [*builder.oddities, *locate(found, builder.places)]


def _sources(builder: Builder) -> Iterator[Finding]:
    for path, number in builder.numbers.items():
        if not number.default and number.source is None and number.assumed is None:
            yield Finding(
                path,
                "should have a source or be assumed",
                show(number.value),
                "a number without a source",
            )


def _stories(file: ScenarioFile) -> Iterator[Finding]:
    """Stories of the lesson that nothing of the file is called; the lesson goes without them.

    A file that has outcomes of its own may have taken the lesson of another one.
    """
    known = [*(file.outcomes or DEFAULT_OUTCOMES), *STORIES]
    for i, story in enumerate(file.teaching.stories):
        if story.pick not in known:
            yield Finding(
                f"teaching.stories.{i}.pick",
                "should be an outcome or a story",
                story.pick,
                near(story.pick, known, "there are"),
            )


def _actors(file: ScenarioFile) -> Iterator[Finding]:
    for name in file.states:
        if not rivals(file, name):
            yield Finding(
                f"states.{name}",
                "should have a relation",
                "none",
                "without one it leaves every other state alone",
            )
    for name, group in file.groups.items():
        if not any(number.high > 0 for number in group.fighters.values()):
            yield Finding(
                f"groups.{name}.fighters",
                "should have fighters somewhere",
                "none",
                "without any it never attacks",
            )
        places = {group.enemy, *group.hosts}
        for sector in group.fighters:
            if file.sectors[sector].state not in places:
                yield Finding(
                    f"groups.{name}.fighters.{sector}",
                    f"should be in {' or '.join(sorted(places))}",
                    f"a sector of {file.sectors[sector].state}",
                )


def _actions(file: ScenarioFile) -> Iterator[Finding]:
    """Actions that are planned or reported, and that the actor has not the means for."""
    for name, state in file.states.items():
        for i, planned in enumerate(state.plan):
            yield from _means(file, name, planned, f"states.{name}.plan.{i}.action")
        if state.plan and state.policy != "scripted":
            yield Finding(
                f"states.{name}.plan",
                "should be empty unless the policy is scripted",
                state.policy,
                "nothing reads it",
            )
    for i, event in enumerate(file.history):
        yield from _means(file, event.actor, event, f"history.{i}.action")
    for i, change in enumerate(file.interventions):
        if change.event is not None:
            path = f"interventions.{i}.event.action"
            yield from _means(file, change.event.actor, change.event, path)
    for name, one in file.events.items():
        if one.event is not None:
            yield from _means(file, one.event.actor, one.event, f"events.{name}.event.action")


def _twice(file: ScenarioFile, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Events that may be one, reported twice: of one day, kind, actor and target."""
    told: dict[tuple[object, ...], str] = {}
    for path, day, event in event_days(file):
        target = opponent(file, event)
        parties: object = (event.actor, target)
        if event.action in MUTUAL:
            parties = frozenset((event.actor, target))
        first = told.setdefault((day, event.action, parties, event.group), path)
        if first != path:
            place = places[first]
            yield Finding(
                path,
                "should be another event than those above",
                f"{event.action} by {event.actor} again on the same day",
                f"if it is that of {first} ({place.shown}:{place.line}), it counts twice: "
                "leave one out",
            )


def _means(
    file: ScenarioFile, actor: str, one: Event | PlannedAction, path: str
) -> Iterator[Finding]:
    action = one.action
    if action not in ACTION_NAMES or actor not in file.states:
        return
    domain, state = domain_of(file, action, one.own), file.states[actor]
    if domain is Domain.AIR and not (state.combat_aircraft.high > 0 or state.standoff.high > 0):
        yield Finding(
            path,
            f"should be an action that {actor} can take",
            action,
            "it has no combat aircraft and no stand-off weapons",
        )
    if domain is Domain.NUCLEAR and not state.nuclear:
        yield Finding(
            path, f"should be an action that {actor} can take", action, "it has no nuclear weapons"
        )


def _idle(file: ScenarioFile) -> Iterator[Finding]:
    for name, group in file.groups.items():
        idle = ("alpha",) if group.severity.family == "lognormal" else ("mu", "sigma")
        for field in idle:
            path = f"groups.{name}.severity.{field}"
            if not getattr(group.severity, field).default:
                yield Finding(
                    path,
                    "should be left out",
                    "",
                    f"nothing reads it in the family {group.severity.family}",
                )


def _outcomes(file: ScenarioFile) -> Iterator[Finding]:
    caught = ""
    units = {measure.name: measure.unit for measure in measures_of(file)}
    tops = {"rung": N_RUNGS - 1, "flag": 1, "days": file.horizon}
    if are_usual(file.outcomes):  # some need more days than a short file has
        return
    for name, conditions in file.outcomes.items():
        path = f"outcomes.{name}"
        if is_misread(name) or not name.strip():
            yield Finding(
                path,
                "should have a name that reads as a word",
                name or "nothing",
                "a spreadsheet or pandas takes it for a formula, a number or a missing value, so "
                "CSV files have an apostrophe before it",
            )
        if caught:
            yield Finding(
                path,
                f"should come before {caught}",
                name,
                f"it cannot happen: {caught} takes everything that is left",
            )
        if not conditions:
            caught = caught or name
        for measure, condition in conditions.items():
            # closures are summed over relations
            top = (
                float("inf")
                if measure == "closure_days"
                else tops.get(units[measure], float("inf"))
            )
            if not _possible(condition, top):
                yield Finding(
                    f"{path}.{measure}",
                    "should be possible",
                    _condition_text(condition),
                    "the outcome cannot happen",
                )


def _mapping_order(root: Node) -> Iterator[Finding]:
    """Mappings of several entries whose order has a meaning, though it has none elsewhere."""
    for key, spec in specs(ScenarioFile).items():
        node = root.value.get(key) if isinstance(root.value, dict) else None
        if spec.ordered and node is not None and not node.ordered and len(node.value) > 1:
            yield Finding(
                key,
                "should be a list, as the first whose conditions hold counts",
                "a mapping",
                "put '- ' before each name",
            )


def _possible(condition: Condition, top: float) -> bool:
    """Whether some value from 0 to `top` meets the condition."""
    low = max(b for b in (condition.at_least, condition.above, 0.0) if b is not None)
    high = min(b for b in (condition.at_most, condition.below, top) if b is not None)
    return low < high or (low == high and low not in (condition.above, condition.below))


def _condition_text(condition: Condition) -> str:
    bounds: dict[str, Any] = condition.bounds
    return ", ".join(f"{key} {value:g}" for key, value in bounds.items())
