"""The order of what has no order of its own, so that the order of a file decides nothing.

Mappings, and lists that mean sets, come out of a scenario in one order whatever a file's is: names
by the alphabet; relations, alliances and borders by whom they join, so that renaming one moves
nothing; dated things by day and, within it, by the order in which a day plays them
(`ScriptEvent.turn`). Whatever is made from a scenario (a world, tables, pages, its digest) has that
order, to the bit. Who comes first in it has no advantage in the rules: where several are equal,
draws decide.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs

from sim.scenario.fields import Block, specs
from sim.scenario.schema import Event, Intervention, PlannedAction, ScenarioFile
from sim.scenario.spec import Quantity, Spec
from sim.scenario.text import amount, flow
from sim.vocabulary.codes import turn_of


def in_canonical_order(file: ScenarioFile) -> ScenarioFile:
    """The same scenario in its canonical order.

    Parameters
    ----------
    file : a scenario that has passed its checks

    Returns
    -------
    ScenarioFile
    """
    ordered: Any = _block(file)
    scenario: ScenarioFile = attrs.evolve(
        ordered,
        relations=_by(ordered.relations, lambda relation: relation.between),
        borders=_by(ordered.borders, lambda border: border.sectors),
        alliances=_by(ordered.alliances, lambda alliance: alliance.between),
    )
    return scenario


def is_set(spec: Spec) -> bool:
    """Whether a list means a set: names of a table, or things that have a day of their own."""
    item = spec.item
    return item is not None and (bool(item.table) or item.block in _ORDERS)


def _block(block: Any) -> Any:
    """A block whose mappings and sets are in order, however deep."""
    fields = specs(type(block)).values()
    return attrs.evolve(
        block, **{spec.name: _value(spec, getattr(block, spec.name)) for spec in fields}
    )


def _value(spec: Spec, value: Any) -> Any:
    if isinstance(value, Block):
        return _block(value)
    if isinstance(value, dict) and spec.item is not None:
        names = value if spec.ordered else sorted(value)
        return {name: _value(spec.item, value[name]) for name in names}
    if isinstance(value, list) and spec.item is not None:
        items = [_value(spec.item, item) for item in value]
        return sorted(items, key=_ORDERS.get(spec.item.block, str)) if is_set(spec) else items
    return value


def _by(table: dict[str, Any], parts: Callable[[Any], list[str]]) -> dict[str, Any]:
    """A table in the order of what its entries join."""
    return dict(sorted(table.items(), key=lambda entry: parts(entry[1])))


def _words(block: Block) -> tuple[str, str]:
    """What a block says, to tell apart what is otherwise alike.

    First all that can move a result, so that no note decides an order; then everything.
    """
    return _text_of(block, whole=False), _text_of(block, whole=True)


def _text_of(value: Any, *, whole: bool) -> str:
    if isinstance(value, Block):
        fields = specs(type(value)).items()
        inner = {key: getattr(value, spec.name) for key, spec in fields if whole or not spec.aside}
        return repr(
            {key: _text_of(one, whole=whole) for key, one in inner.items() if one is not None}
        )
    if isinstance(value, dict):
        return repr({key: _text_of(one, whole=whole) for key, one in value.items()})
    if isinstance(value, Quantity) and not whole:
        return flow(amount(value))
    return flow(value)


def _event_order(event: Event) -> tuple[date, tuple[int, int], tuple[str, str]]:
    return event.date or date.min, turn_of(event.action), _words(event)


def _intervention_order(change: Intervention) -> tuple[int, tuple[int, int], tuple[str, str]]:
    """Numbers change before anything happens."""
    turn = (-1, 0) if change.event is None else turn_of(change.event.action)
    return change.day, turn, _words(change)


def _plan_order(line: PlannedAction) -> tuple[int, bool, tuple[str, str]]:
    """A line against one rival comes after one against all, and so goes before it."""
    return line.day, line.against is not None, _words(line)


_ORDERS: dict[Any, Callable[[Any], Any]] = {
    Event: _event_order,
    Intervention: _intervention_order,
    PlannedAction: _plan_order,
}
