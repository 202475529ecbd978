"""Slips that a careful reader would see: allowed, and probably not meant.

People who are not there, armies smaller than their posts, numbers that contradict each other. What
happens where and when is in `event_places.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain

from sim.scenario.findings import Finding
from sim.scenario.schema import Group, Relation, ScenarioFile
from sim.scenario.spec import show

_MANY_TIMES = 4.0  # attacks at the start, relative to the base rate, that are hardly meant


def slips(file: ScenarioFile) -> Iterator[Finding]:
    """Everything of the kind about actors, places and rules."""
    return chain(
        _people(file), _armies(file), _trade(file), _groups(file), _seats(file), _numbers(file)
    )


def men_asked(file: ScenarioFile, state: str) -> float:
    """Men that the sectors and border commands of a state ask for."""
    posts = [float(s.garrison) for s in file.sectors.values() if s.state == state]
    for border in file.borders.values():
        sides = [file.sectors[sector].state for sector in border.sectors]
        if state in sides:
            posts.append(float(border.garrison.get(state, file.rules.clash.garrison)))
    return math.fsum(posts)


def _people(file: ScenarioFile) -> Iterator[Finding]:
    """Sectors that can be fought in, and where nobody lives."""
    fighting = {state for relation in file.relations.values() for state in relation.between}
    fighting |= {group.enemy for group in file.groups.values()}
    for name, sector in file.sectors.items():
        if sector.state in fighting and not sector.population.high > 0:
            yield Finding(
                f"sectors.{name}.population",
                "should be above 0 where there can be fights",
                show(float(sector.population)),
                "nobody lives there, so no civilian will die there",
            )


def _armies(file: ScenarioFile) -> Iterator[Finding]:
    for name, state in file.states.items():
        asked = men_asked(file, name)
        if asked > float(state.personnel):
            yield Finding(
                f"states.{name}.personnel",
                "should be enough for the garrisons of its sectors and borders, "
                f"{show(asked)} in all",
                show(float(state.personnel)),
                "each post gets its share of the men that there are",
            )
        if state.combat_aircraft.high > 0 and not state.serviceability.high > 0:
            yield Finding(
                f"states.{name}.serviceability",
                "should be above 0 for a state with aircraft",
                "0",
                "none of them can fly",
            )
        if state.true_positive.high <= state.false_positive.low:
            yield Finding(
                f"states.{name}.false_positive",
                f"should be below true_positive, {show(float(state.true_positive))}",
                show(float(state.false_positive)),
                "evidence would clear the guilty",
            )


def _trade(file: ScenarioFile) -> Iterator[Finding]:
    for name, relation in file.relations.items():
        borders = {
            key: border
            for key, border in file.borders.items()
            if {file.sectors[sector].state for sector in border.sectors} == set(relation.between)
        }
        if relation.trade.high > 0:
            yield from _passage(name, relation, [b.crossing is not None for b in borders.values()])
        shares = {key: border.trade_share for key, border in borders.items()}
        if (
            relation.trade.high > 0
            and any(border.crossing is not None for border in borders.values())
            and not any(share.high > 0 for share in shares.values())
        ):
            yield Finding(
                f"relations.{name}.trade",
                "should pass somewhere",
                f"{show(float(relation.trade))}",
                f"give trade_share to {', '.join(f'borders.{key}' for key in shares)}",
            )
        for key, border in borders.items():
            if border.trade_share.high > 0 and border.crossing is None:
                yield Finding(
                    f"borders.{key}.trade_share",
                    "should be 0 where there is no crossing",
                    show(float(border.trade_share)),
                    "name the crossing",
                )


def _passage(name: str, relation: Relation, crossings: list[bool]) -> Iterator[Finding]:
    if not any(crossings):
        yield Finding(
            f"relations.{name}.trade",
            "should have a crossing on a border between the two",
            f"{show(float(relation.trade))}, and no crossing",
            "it can never be stopped",
        )


def effective_strength(file: ScenarioFile, group: Group) -> float:
    """Fighters at home, and those in havens by how free these are, at the start."""
    total = 0.0
    for sector, fighters in group.fighters.items():
        state = file.sectors[sector].state
        host = group.hosts.get(state)
        if state == group.enemy:
            total += float(fighters)
        elif host is not None:
            total += float(fighters) * float(host.haven)
    return total


def _groups(file: ScenarioFile) -> Iterator[Finding]:
    for name, group in file.groups.items():
        path, strength = f"groups.{name}", effective_strength(file, group)
        times = (strength / float(group.reference_strength)) ** float(group.elasticity)
        if strength > 0 and not 1 / _MANY_TIMES <= times <= _MANY_TIMES:
            yield Finding(
                f"{path}.reference_strength",
                f"should be near its effective strength at the start, {strength:.0f}",
                show(float(group.reference_strength)),
                f"it would begin with {times:.2g} times the attacks of base_rate",
            )
        fighters = math.fsum(float(number) for number in group.fighters.values())
        if fighters > group.capacity.high:
            yield Finding(
                f"{path}.capacity",
                f"should not be below its fighters at the start, {show(fighters)}",
                show(float(group.capacity)),
                "more than it can sustain leave it day by day",
            )
        severity = group.severity
        if severity.family == "lognormal" and severity.cap.high < math.exp(severity.mu.low):
            yield Finding(
                f"{path}.severity.cap",
                "should not be below the deaths in a usual attack, "
                f"{math.exp(float(severity.mu)):.1f}",
                show(float(severity.cap)),
                "most attacks would kill as many as it says",
            )


def _seats(file: ScenarioFile) -> Iterator[Finding]:
    capitals: dict[str, list[str]] = {}
    for name, sector in file.sectors.items():
        if sector.capital:
            capitals.setdefault(sector.state, []).append(name)
    for state, seats in capitals.items():
        if len(seats) > 1:
            yield Finding(
                f"sectors.{seats[-1]}.capital",
                f"should be true for one sector of {state} only",
                ", ".join(seats),
                "the one with most people is taken for the seat of government",
            )
    touched = {sector for border in file.borders.values() for sector in border.sectors}
    for name, sector in file.sectors.items():
        touched |= {name, *sector.neighbours} if sector.neighbours else set()
    for name, sector in file.sectors.items():
        others = [s for s in file.sectors.values() if s.state == sector.state]
        if len(others) > 1 and name not in touched:
            yield Finding(
                f"sectors.{name}",
                f"should touch another sector of {sector.state} or a border",
                "none",
                "name its neighbours",
            )
    bound = {state for relation in file.relations.values() for state in relation.between}
    for name, mediator in file.mediators.items():
        if not any(mediator.leverage[s].high > 0 for s in bound if s in mediator.leverage):
            yield Finding(
                f"mediators.{name}.leverage",
                "should be above 0 on a state that has a relation",
                "none",
                "without any it never offers talks",
            )


def _numbers(file: ScenarioFile) -> Iterator[Finding]:
    """Rules whose numbers stand in the wrong order, and levers that leave out where they are."""
    for path, less, more in (
        ("militancy", "low_mode", "surge_mode"),
        ("hosting", "cracked_down", "restrained"),
    ):
        block = getattr(file.rules, path)
        low, high = getattr(block, less), getattr(block, more)
        if low.low > high.high:
            yield Finding(
                f"rules.{path}.{less}",
                f"should not be above {more}, {show(float(high))}",
                show(float(low)),
                "the two have changed places",
            )
    numbers: dict[str, int] = {}
    for i, lever in enumerate(file.levers):
        numbers.setdefault(lever.path, i)
        if numbers[lever.path] != i:
            yield Finding(
                f"levers.{i}.path", "should be that of one lever only", lever.path, "leave one out"
            )
