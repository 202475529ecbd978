"""The dated events, interventions and plans of a scenario as rows for the compiled rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.engine.chance import key
from sim.engine.world.tables import CHANGES, NOBODY, PLANS, SCRIPT
from sim.vocabulary.codes import SCRIPT_NAMES, Target, turn_of
from sim.vocabulary.ladder import Action

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.schema import ScenarioFile

_UNSTATED = -1.0
# draws of the script are numbered from here, out of the way of the others, within so many numbers
_FIRST_DRAWS, _DRAWS = 1 << 12, 1 << 40


def _stated_count(number: Any) -> float:
    return _UNSTATED if number is None else float(number)


def _days_after(release: date, event: Any, day: int) -> int:
    if event.date is not None:
        return int((event.date - release).days)
    return int(day if event.day is None else event.day)


def only_rival(names: Any, actor: str) -> int:
    """The only state that an actor has a relation with, or NOBODY.

    The reader demands a target where there are more.
    """
    others = [b if a == actor else a for a, b in names.pairs if actor in (a, b)]
    return names.state[others[0]] if len(others) == 1 else NOBODY


class DatedEvent(NamedTuple):
    """An event of the file, its number (history first, then interventions) and its day."""

    event: Any
    number: int
    day: int


def _draws(event: Any, seen: Counter[tuple[Any, ...]]) -> int:
    """The number of the random draws of an event: by what it is and where, not by its place.

    So another event of that day moves none of its draws. Whoever acts is in the address of a draw
    already. Of events that are alike, each has draws of its own.
    """
    what = (event.action, event.kind, tuple(event.sectors), tuple(event.mediators))
    alike = (event.actor, event.target, event.group, what)
    seen[alike] += 1
    return draws_of(repr((what, seen[alike])))


def draws_of(what: str) -> int:
    """The number of the random draws of a line of the script, by what tells it from others."""
    return _FIRST_DRAWS + key(what) % _DRAWS


def places_of(names: Any, event: Any) -> list[int]:
    """The sectors and then the mediators of an event, by number."""
    sectors = [names.sector[sector] for sector in event.sectors]
    return sectors + [names.mediator[mediator] for mediator in event.mediators]


def number_of_dated(file: ScenarioFile) -> int:
    """How many events of a file have a day; those that have none are numbered on from there."""
    return len(file.history) + sum(one.event is not None for one in file.interventions)


def line_of(one: DatedEvent, names: Any, first: int, draws: int) -> tuple[Any, ...]:
    """One row of the script; events of groups carry the group, those of states their number."""
    event = one.event
    group = names.group.get(event.actor, names.group.get(event.group, NOBODY))
    actor = names.state.get(event.actor, NOBODY)
    target = names.state[event.target] if event.target else only_rival(names, event.actor)
    kind = int(Target.of(event.kind)) if event.kind else NOBODY
    evidence = NOBODY if event.evidence is None else int(event.evidence)
    dead = event.deaths
    claimed = _stated_count(event.claims.get(event.actor))
    countered = _stated_count(event.claims.get(event.target) if event.target else None)
    return (
        *(
            one.day,
            SCRIPT_NAMES.index(event.action),
            actor,
            target,
            group,
            kind,
            first,
            len(event.sectors),
            len(event.mediators),
            evidence,
            draws,
            int(event.announced),
            one.number,
            names.own_act[event.own] if event.own else 0,
        ),
        *(
            _stated_count(dead.own),
            _stated_count(dead.security),
            _stated_count(dead.civilians),
            _stated_count(dead.militants),
        ),
        *(claimed, countered, _stated_count(event.quality)),
    )


def script_of(scenario: Scenario, names: Any) -> tuple[np.ndarray, list[int]]:
    """The script, and what its lines point to.

    Returns (n_lines,) SCRIPT in order of day and of turn (`ScriptEvent.turn`); sectors and then
    mediators of each line.
    """
    dated = [(event, 0) for event in scenario.file.history]
    dated += [(one.event, one.day) for one in scenario.file.interventions if one.event is not None]
    events = [
        DatedEvent(event, number, _days_after(scenario.release, event, day))
        for number, (event, day) in enumerate(dated)
    ]
    rows: list[tuple[Any, ...]] = []
    places: list[int] = []
    seen: dict[int, Counter[tuple[Any, ...]]] = defaultdict(Counter)
    for one in sorted(events, key=lambda one: (one.day, turn_of(one.event.action))):
        event = one.event
        rows.append(line_of(one, names, len(places), _draws(event, seen[one.day])))
        places += places_of(names, event)
    return np.array(rows, dtype=SCRIPT), places


def changes_of(scenario: Scenario, slots: dict[str, int]) -> np.ndarray:
    """Numbers that interventions set, (n_changes,) CHANGES."""
    rows = [
        (i.day, slots[path], value)
        for i in scenario.file.interventions
        for path, value in i.set.items()
    ]
    return np.array(rows, dtype=CHANGES)


def plans_of(scenario: Scenario, names: Any) -> np.ndarray:
    """Lines of the plans of scripted states, (n_lines,) PLANS."""
    rows = [
        (
            names.state[name],
            names.state.get(line.against, NOBODY),
            line.day,
            names.option[line.own] if line.own else int(Action.of(line.action)),
        )
        for name, state in scenario.file.states.items()
        for line in state.plan
    ]
    return np.array(rows, dtype=PLANS)
