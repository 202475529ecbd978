"""What must hold between the parts of a scenario. Each check yields findings.

`check` says where they stand.

The checks see a scenario in which wrong values were replaced by harmless ones, None where there is
nothing harmless.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from itertools import chain

from sim.errors import Problem
from sim.scenario.alliances import alliances
from sim.scenario.asks import asks
from sim.scenario.build import ACTORS, Builder
from sim.scenario.event_places import place_errors
from sim.scenario.events import events, pairs
from sim.scenario.findings import Finding, locate
from sim.scenario.flows import flows
from sim.scenario.own_acts import own_acts
from sim.scenario.own_measures import faults, own_measures
from sim.scenario.possible import conditions, possible
from sim.scenario.schema import Border, Relation, ScenarioFile
from sim.scenario.spec import DEFAULT, ID, NAME_RULES
from sim.vocabulary.measures import Measure
from sim.vocabulary.measures import measures as list_measures
from sim.words.names import place_name, readable_name

MAX_HISTORY_DAYS = 7300
#: The tag of a language: pt, pt-BR, zh-Hant.
TAG = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"


def check(file: ScenarioFile, builder: Builder, stem: str | None) -> list[Problem]:
    """Everything wrong between the parts.

    `stem` is the name that the file's `id` must equal, None for any.
    """
    broken = {table for table, names in builder.tables.items() if names is None}
    parts = (
        _dates(file, builder.origins),
        _names(file),
        _relations(file),
        _groups(file),
        _sectors(file),
        _homeless(file),
        _borders(file),
        _twin_borders(file),
        _languages(file),
    )
    found = chain(
        _identity(file, stem, broken),
        *parts,
        events(file, builder.left_out),
        place_errors(file),
        own_acts(file, builder.left_out),
        alliances(file),
        conditions(file, measures_of(file)),
        possible(file),
        flows(file),
        faults(file, {one.name for one in _built_in(file)}, builder.left_out, broken),
        asks(file, measures_of(file), builder.slots, broken),
    )
    return locate(found, builder.places)


def _languages(file: ScenarioFile) -> Iterator[Finding]:
    for tag in file.languages:
        if not re.fullmatch(TAG, tag):
            yield Finding(
                f"languages.{tag}", "must be the tag of a language, such as fr or pt-BR", tag
            )


def measures_of(file: ScenarioFile) -> tuple[Measure, ...]:
    """Every measure of the scenario, its own last."""
    return (*_built_in(file), *own_measures(file))


def _built_in(file: ScenarioFile) -> tuple[Measure, ...]:
    """The measures of any scenario; each relation gives two views, in the order of `between`."""
    related = [pair for pair in pairs(file) if len(set(pair)) == 2]
    views = dict.fromkeys(view for a, b in related for view in ((a, b), (b, a)))
    entities = (tuple(file.states), tuple(file.groups), tuple(file.sectors))
    own = (tuple(file.events), tuple(file.flows), tuple(file.actions))
    found = list_measures(*entities, tuple(views), *own, tuple(file.alliances))
    return tuple(m._replace(title=_title(file, m)) for m in found)


def _title(file: ScenarioFile, measure: Measure) -> str:
    """What the scenario calls the entity of a measure in a sentence; empty if it does not say."""
    if measure.table == "groups":
        group = file.groups[measure.row]
        return group.prose or group.title or group.short or ""
    if measure.table == "sectors":
        sector = file.sectors[measure.row]
        return place_name(sector.title, measure.row) if sector.title else ""
    if measure.table == "possible":
        return file.events[measure.row].label or ""
    if measure.table == "flows":
        return file.flows[measure.row].label or ""
    if measure.table == "own_acts":
        return file.actions[measure.row].label or ""
    if measure.table == "alliances":
        return file.alliances[measure.row].label or ""
    if measure.table not in ("states", "dyads"):
        return ""
    names = measure.row.split(">")
    known = [file.states.get(name) for name in names]  # a state may have been refused
    given = [(state.prose or state.title) if state else None for state in known]
    if not any(given):
        return ""
    return ">".join(one or readable_name(name) for one, name in zip(given, names, strict=True))


def _identity(file: ScenarioFile, stem: str | None, broken: Set[str]) -> Iterator[Finding]:
    if stem is not None and file.id is not None and file.id != stem:
        what, hint = f"{stem}, the", "a file that extends another needs an id of its own"
        if not re.fullmatch(ID, stem):
            what, hint = "the", f"rename the file: its name {NAME_RULES[ID]}"
        yield Finding("id", f"must be {what} file's name without its ending", file.id, hint)
    if not file.states and "states" not in broken:
        yield Finding("states", "must have at least one state", "none")


def _dates(file: ScenarioFile, origins: Mapping[str, str]) -> Iterator[Finding]:
    if any(day is None for day in (file.start, file.release)):
        return
    if file.release < file.start:
        yield Finding("release", f"must not be before start, {file.start}", str(file.release))
    elif (file.release - file.start).days > MAX_HISTORY_DAYS:
        yield Finding(
            "start",
            f"must be at most {MAX_HISTORY_DAYS} days before release, {file.release}",
            str(file.start),
        )
    given = (
        origins.get("outcome_window") != DEFAULT
        and file.outcome_window is not None
        and file.horizon is not None
    )
    if given and file.outcome_window > file.horizon:
        yield Finding(
            "outcome_window",
            f"must be at most the horizon, {file.horizon} days",
            str(file.outcome_window),
        )


def _names(file: ScenarioFile) -> Iterator[Finding]:
    kinds: dict[str, str] = {}
    for kind in ACTORS:
        for name in getattr(file, kind):
            if name in kinds:
                yield Finding(
                    f"{kind}.{name}",
                    "must be a name that no other actor has",
                    name,
                    f"it is one of the {kinds[name]} already",
                )
            kinds[name] = kind
    for measure, count in Counter(m.name for m in _built_in(file)).items():
        if count > 1:
            yield Finding(
                "states",
                "must give every measure a name of its own",
                measure,
                "rename the state, group or sector in it",
            )


def _relations(file: ScenarioFile) -> Iterator[Finding]:
    seen: dict[frozenset[str], str] = {}
    for name, relation in file.relations.items():
        path = f"relations.{name}"
        pair = frozenset(filter(None, relation.between))
        if len(relation.between) == 2 and len(pair) == 1:
            yield Finding(
                f"{path}.between", "must be two different states", " and ".join(relation.between)
            )
        if len(pair) != 2:
            continue
        if pair in seen:
            yield Finding(
                f"{path}.between",
                "must be a pair that no other relation has",
                " and ".join(relation.between),
                f"see relations.{seen[pair]}",
            )
        seen.setdefault(pair, name)
        for state in relation.views:
            if state not in pair:
                yield Finding(
                    f"{path}.views.{state}", f"must be {' or '.join(sorted(pair))}", state
                )
        yield from _trade(file, path, relation)


def _trade(file: ScenarioFile, path: str, relation: Relation) -> Iterator[Finding]:
    """The shares of a relation's trade that pass its borders cannot exceed the whole."""
    shares = {
        f"borders.{n}": b.trade_share
        for n, b in file.borders.items()
        if sides(file, b) == frozenset(relation.between)
    }
    total = sum(share.high for share in shares.values())
    if total > 1 + 1e-9:
        yield Finding(
            f"{list(shares)[-1]}.trade_share",
            f"must add up to at most 1 over the borders of {path}",
            f"{total:g}",
            ", ".join(shares),
        )


def sides(file: ScenarioFile, border: Border) -> frozenset[str]:
    """The states of the sectors of a border, as far as they are known."""
    return frozenset(
        file.sectors[s].state for s in border.sectors if s in file.sectors and file.sectors[s].state
    )


def _groups(file: ScenarioFile) -> Iterator[Finding]:
    for name, group in file.groups.items():
        path = f"groups.{name}"
        if group.enemy in group.hosts:
            yield Finding(
                f"{path}.hosts.{group.enemy}",
                "must not be the state that the group fights",
                group.enemy,
            )
        if group.branching.high >= 1:
            rule = (
                "must stay below 1, or each attack excites more than one and their number grows "
                "without end"
            )
            yield Finding(
                f"{path}.branching",
                rule,
                f"{group.branching.high:g}",
                "cut a distribution off with high: 0.95" if group.branching.dist else "",
            )
        total = sum(host.share.high for host in group.hosts.values())
        if len(group.hosts) > 1 and total > 1 + 1e-9:
            yield Finding(
                f"{path}.hosts",
                "must have shares of violence that add up to at most 1",
                f"{total:g}",
            )


def _sectors(file: ScenarioFile) -> Iterator[Finding]:
    for name, sector in file.sectors.items():
        for i, other in enumerate(sector.neighbours):
            path = f"sectors.{name}.neighbours.{i}"
            if other == name:
                yield Finding(path, "must be another sector", other)
            elif other in file.sectors and file.sectors[other].state != sector.state:
                yield Finding(
                    path,
                    f"must be a sector of {sector.state}",
                    f"{other}, of {file.sectors[other].state}",
                    "sectors of two states touch at a border",
                )


def _homeless(file: ScenarioFile) -> Iterator[Finding]:
    """What is done to a state is done in one of its sectors."""
    settled = {sector.state for sector in file.sectors.values()}
    involved = {state for relation in file.relations.values() for state in relation.between}
    involved |= {group.enemy for group in file.groups.values() if group.enemy}
    for name in sorted((involved & set(file.states)) - settled):
        yield Finding(
            f"states.{name}",
            "must have at least one sector, as others may act against it",
            "none",
            "add one under sectors",
        )


def _twin_borders(file: ScenarioFile) -> Iterator[Finding]:
    """Two stretches of border between the same sectors would share their random draws."""
    seen: dict[frozenset[str], str] = {}
    for name, border in file.borders.items():
        first = seen.setdefault(frozenset(border.sectors), name)
        if first != name:
            yield Finding(
                f"borders.{name}.sectors",
                "must not be the sectors of another border",
                f"those of {first}",
                "make them one, or split a sector",
            )


def _borders(file: ScenarioFile) -> Iterator[Finding]:
    for name, border in file.borders.items():
        path = f"borders.{name}"
        if len(border.sectors) != 2 or not all(s in file.sectors for s in border.sectors):
            continue
        states = sides(file, border)
        if len(states) == 1:
            yield Finding(
                f"{path}.sectors",
                "must be sectors of two states",
                f"{' and '.join(border.sectors)}, both of {min(states)}",
                "sectors of one state are neighbours",
            )
        for state in border.garrison:
            if state not in states and state in file.states and len(states) == 2:
                yield Finding(
                    f"{path}.garrison.{state}", f"must be {' or '.join(sorted(states))}", state
                )
