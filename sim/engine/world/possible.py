"""What may happen by a scenario's own rule, as rows for the compiled rules."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.engine.chance import key
from sim.engine.world.rule_tables import CONDITIONS, SETTINGS
from sim.engine.world.script import DatedEvent, draws_of, line_of, number_of_dated, places_of
from sim.engine.world.tables import NOBODY, SCRIPT
from sim.scenario.possible import BOUNDS as BOUND_NAMES
from sim.scenario.possible import readings_of
from sim.vocabulary.codes import turn_of
from sim.vocabulary.stocks import Stock

if TYPE_CHECKING:
    from sim.engine.world.first_day import FirstDay
    from sim.scenario import Scenario
    from sim.scenario.schema import Flow, Threshold
    from sim.vocabulary.readings import Reading

_OPEN = {"at_least": -math.inf, "above": -math.inf, "at_most": math.inf, "below": math.inf}
_BEFORE_ALL = -1000  # the turn of what sets numbers or only marks a day
_TURN = 100  # more than there are kinds in one turn


class Rules(NamedTuple):
    """The fixed tables of possible events, and the places to which their lines point."""

    conditions: np.ndarray
    sets: np.ndarray
    places: list[int]


def write_possible(day: FirstDay, scenario: Scenario, first_place: int) -> Rules:
    """Write the rows of possible events; `first_place` is the number of the next place."""
    file = scenario.file
    known = {one.name: one for one in readings_of(file, scenario.measures)}
    conditions: list[tuple[int, int, int, int]] = []
    targets: list[str] = []
    places: list[int] = []
    told, lines = number_of_dated(file), 0
    for n, (name, one) in enumerate(file.events.items()):
        path, row = f"events.{name}", day.row("possible", n)
        first, first_change = len(conditions), len(targets)
        when = [(known[at], bounds, f"{path}.when.{at}") for at, bounds in one.when.items()]
        conditions += write_conditions(day, first, when)
        for k, (target, value) in enumerate(one.set.items(), start=first_change):
            day.row("new_values", k).number("value", value, f"{path}.set.{target}")
        targets += one.set
        row.put(key=key(path), again=math.inf, since=math.nan, line=NOBODY, told=told + n)
        row.put(first=first, count=len(conditions) - first, turn=_BEFORE_ALL)
        row.put(first_change=first_change, changed=len(one.set))
        row.number("chance", one.chance, f"{path}.chance")
        if one.again is not None:
            row.number("again", one.again, f"{path}.again")
        if one.event is not None:
            turn, number = turn_of(one.event.action)
            row.put(line=lines, turn=_TURN * turn + number)
            made = DatedEvent(one.event, told + n, 0)
            _write_line(day, lines, made, first_place + len(places), path)
            places += places_of(day.names, one.event)
            lines += 1
    conditions += write_flows(day, scenario, len(conditions), told + len(file.events))
    sets = [(day.slots[target],) for target in targets]
    return Rules(np.array(conditions, CONDITIONS), np.array(sets, SETTINGS), places)


def write_conditions(
    day: FirstDay, first: int, when: Iterable[tuple[Reading, Threshold, str]]
) -> Iterator[tuple[int, int, int, int]]:
    """Write the bounds of conditions, numbered from `first`; yields the rows of CONDITIONS."""
    for c, (reading, bounds, path) in enumerate(when, start=first):
        row = day.row("bounds", c)
        row.put(**_OPEN)
        for name in BOUND_NAMES:
            if (bound := getattr(bounds, name)) is not None:
                row.number(name, bound, f"{path}.{name}")
        slot = day.word_of(reading.table, reading.field, reading.row)
        yield slot, int(reading.whole), int(reading.odds), int(bounds.never is True)


def write_flows(
    day: FirstDay, scenario: Scenario, first: int, told: int
) -> list[tuple[int, int, int, int]]:
    """Write the rows of flows; returns the rows of their conditions, numbered from `first`."""
    known = {one.name: one for one in readings_of(scenario.file, scenario.measures)}
    conditions: list[tuple[int, int, int, int]] = []
    for n, (name, one) in enumerate(scenario.file.flows.items()):
        path, row, stock = f"flows.{name}", day.row("flows", n), Stock.of(one.stock)
        next_one = first + len(conditions)
        when = [(known[at], bounds, f"{path}.when.{at}") for at, bounds in one.when.items()]
        conditions += write_conditions(day, next_one, when)
        giver = NOBODY
        if stock.moved and one.sponsor in day.names.state:
            giver = day.word_of(stock.table, stock.field, one.sponsor)
        row.put(
            key=key(path),
            first=next_one,
            count=len(when),
            slot=day.word_of(stock.table, stock.field, _holder(one, stock)),
            giver=giver,
            low=stock.low,
            high=stock.high,
            limit=math.nan,
            men=stock.men,
            told=told + n,
        )
        row.number("amount", one.amount, f"{path}.amount")
        if one.limit is not None:
            row.number("limit", one.limit, f"{path}.limit")
    return conditions


def _holder(one: Flow, stock: Stock) -> str:
    """The row of the stock that a flow moves, by the names of its entities."""
    other = {"view": one.against, "place": one.at}.get(stock.holder)
    return one.to if other is None else f"{one.to}>{other}"


def _write_line(day: FirstDay, line: int, made: DatedEvent, first: int, path: str) -> None:
    """Write what an event plays as a line of the script in the block; its numbers have slots."""
    event, row = made.event, day.row("lines", line)
    values = line_of(made, day.names, first, draws_of(path))
    row.put(**dict(zip(SCRIPT.names or (), values, strict=True)))
    stated: dict[str, tuple[Any, str]] = {
        name: (getattr(event.deaths, name), f"deaths.{name}")
        for name in ("own", "security", "civilians", "militants")
    }
    stated["quality"] = (event.quality, "quality")
    stated["claimed"] = (event.claims.get(event.actor), f"claims.{event.actor}")
    stated["countered"] = (event.claims.get(event.target or ""), f"claims.{event.target}")
    for name, (number, below) in stated.items():
        if number is not None:
            row.number(name, number, f"{path}.event.{below}")
