"""Checks of alliances, and whom an alliance is against."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.events import rivals
from sim.scenario.findings import Finding
from sim.scenario.schema import Alliance, ScenarioFile


def promises(one: Alliance) -> Iterator[tuple[str, str]]:
    """Who has promised to stand with whom."""
    first, second = one.between
    for state, ally in ((first, second), (second, first)):
        if one.by in (None, state):
            yield state, ally


def enemies(file: ScenarioFile, one: Alliance) -> tuple[str, ...]:
    """States against which an alliance holds: those named, or all rivals of who is promised help.

    In the order of the file's states.
    """
    meant = set(one.against)
    if not meant:
        meant = {rival for _, ally in promises(one) for rival in rivals(file, ally)}
    return tuple(name for name in file.states if name in meant - set(one.between))


def alliances(file: ScenarioFile) -> Iterator[Finding]:
    """Everything wrong with alliances beside their numbers."""
    seen: dict[frozenset[str], str] = {}
    for name, one in file.alliances.items():
        path = f"alliances.{name}"
        pair = frozenset(filter(None, one.between))
        if len(one.between) == 2 and len(pair) == 1:
            yield Finding(
                f"{path}.between",
                "must be two different states",
                " and ".join(one.between),
                "a state needs no promise to stand with itself",
            )
        if len(pair) != 2 or not pair <= set(file.states):
            continue
        if pair in seen:
            yield Finding(
                f"{path}.between",
                "must be a pair that no other alliance has",
                " and ".join(one.between),
                f"see alliances.{seen[pair]}",
            )
            continue
        seen[pair] = name
        if one.by is not None and one.by in file.states and one.by not in pair:
            yield Finding(f"{path}.by", f"must be {' or '.join(sorted(pair))}", one.by)
            continue
        yield from _against(file, path, one)
    yield from _both_sides(file)


def _against(file: ScenarioFile, path: str, one: Alliance) -> Iterator[Finding]:
    """Against whom it holds: no member, and somebody whom the one who promised can fight."""
    for i, name in enumerate(one.against):
        if name in one.between:
            rule = "must not be one of the two that it is between"
            yield Finding(f"{path}.against.{i}", rule, name)
    known = set(file.states)
    found = [name for name in enemies(file, one) if name in known]
    if not found and set(one.against) <= known:
        yield Finding(
            path,
            "must be against somebody",
            "nobody",
            "add a relation of one of the two with a third state, or name it in against",
        )
    for state, ally in promises(one):
        theirs = rivals(file, ally)
        for enemy in found:
            if enemy in theirs and enemy not in rivals(file, state):
                yield Finding(
                    path,
                    f"must be against states with which {state} has a relation too",
                    f"{enemy}, a rival of {ally}",
                    f"add relations.{state}_{enemy}: {{between: [{state}, {enemy}]}}, or leave "
                    f"{enemy} out of against",
                )
    if one.against and not any(
        enemy in rivals(file, ally) for _, ally in promises(one) for enemy in found
    ):
        for i, enemy in enumerate(one.against):
            if enemy in known and enemy not in one.between:
                allies = " or ".join(ally for _, ally in promises(one))
                yield Finding(
                    f"{path}.against.{i}",
                    f"must be a state with which {allies} has a relation",
                    enemy,
                    f"add relations.{one.between[0]}_{enemy}: "
                    f"{{between: [{one.between[0]}, {enemy}]}}",
                )


def _both_sides(file: ScenarioFile) -> Iterator[Finding]:
    """Nobody can have promised both sides of a relation to stand with them against the other."""
    stands = {
        (state, ally, enemy): name
        for name, one in file.alliances.items()
        if len(set(one.between)) == 2
        for state, ally in promises(one)
        for enemy in enemies(file, one)
        if enemy in rivals(file, ally)
    }
    for (state, ally, enemy), name in stands.items():
        other = stands.get((state, enemy, ally))
        if other is not None and name > other:
            yield Finding(
                f"alliances.{name}",
                "must not stand with both sides of a relation against each other",
                f"{state} with {ally} against {enemy}, and with {enemy} against {ally}",
                f"say in against of one of them, or of alliances.{other}, whom it is meant for",
            )


def idle_alliances(file: ScenarioFile) -> Iterator[Finding]:
    """Warnings: promises that bind nobody, or that who made them could not keep."""
    for name, one in file.alliances.items():
        path = f"alliances.{name}"
        if not one.commitment.high > 0:
            hint = "a promise without commitment is none"
            yield Finding(f"{path}.commitment", "should be above 0", "0", hint)
        for state, ally in promises(one):
            for enemy in enemies(file, one):
                if enemy in rivals(file, ally) and not _reaches(file, state, enemy):
                    yield Finding(
                        path,
                        f"should be against states that {state} can reach",
                        enemy,
                        f"it has no border with {enemy}, no combat aircraft and no standoff",
                    )


def _reaches(file: ScenarioFile, state: str, enemy: str) -> bool:
    """Whether a state could ever wage war on another."""
    own = file.states[state]
    by_air = own.combat_aircraft.high > 0 or own.standoff.high > 0
    return by_air or any(
        {file.sectors[name].state for name in border.sectors} == {state, enemy}
        for border in file.borders.values()
    )
