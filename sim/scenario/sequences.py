"""Maps whose order has a meaning: a file gives them as lists of single entries."""

from __future__ import annotations

from dataclasses import replace

from sim.errors import Problem
from sim.scenario.fields import specs
from sim.scenario.reading import Node
from sim.scenario.schema import ScenarioFile


def with_sequences(root: Node, problems: list[Problem]) -> Node:
    """The tree with ordered maps, which a file gives as lists of single entries, as mappings."""
    assert isinstance(root.value, dict)
    changes = {}
    for key, spec in specs(ScenarioFile).items():
        node = root.value.get(key)
        if spec.ordered and node is not None and isinstance(node.value, list):
            changes[key] = _sequence(node, key, problems)
    return replace(root, value=root.value | changes)


def _sequence(node: Node, path: str, problems: list[Problem]) -> Node:
    """A list of single entries as an ordered mapping."""
    entries: dict[str, Node] = {}
    for i, item in enumerate(node.value):
        assert isinstance(item, Node)
        name = next(iter(item.value), None) if isinstance(item.value, dict) else None
        rule, given = "", item.preview
        if name is None or len(item.value) != 1:
            rule = "must be a single entry, a name and what belongs to it"
        elif name in entries:
            rule, given = "must be given once", name
        if rule or not isinstance(item.value, dict) or name is None:
            place = item.place
            problems.append(
                Problem(place.shown, place.line, place.column, f"{path}.{i}", rule, given)
            )
        else:
            entries[name] = item.value[name]
    return replace(node, value=entries, ordered=True)
