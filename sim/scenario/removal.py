"""What goes with an entity that a file removes from the one below it (`groups: {reds: null}`).

Whatever the file below says about the entity: its events, its relations, its fighters, levers and
numbers to watch. What the file itself still says about it stays, and is refused like any name that
does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from itertools import pairwise

from sim.scenario.fields import specs
from sim.scenario.reading import Node
from sim.scenario.spec import Spec
from sim.vocabulary.measures import measures
from sim.vocabulary.own_measures import OF_SERIES
from sim.vocabulary.readings import Entities, readings

TABLES = (
    "states",
    "groups",
    "mediators",
    "sectors",
    "relations",
    "alliances",
    "borders",
    "actions",
    "events",
    "flows",
)
_ACTORS = ("states", "groups", "mediators")
#: Fields whose text is the dotted path of a number, and whose keys are.
_PATHS, _BY_PATH = ("path", *OF_SERIES), ("set", "vary")
#: Where the blocks are declared that are about all that they name, and would be others without one
#: of these: a file's own measures, and designs.
_ABOUT_ALL = ("sim.scenario.schema.own_measures", "sim.scenario.schema.designs")
#: Fields that name a measure, and fields whose keys are readings.
_MEASURES, _BY_READING = ("measure", "look", "regret"), ("when",)
#: Without what it does, or a condition, a change of the file would be another one.
_WHOLE = ("event", "at", *_BY_READING)

#: Tables whose names are the keys of a field.
_KEYED = {
    **dict.fromkeys(("hosts", "leverage", "garrison", "views"), "states"),
    "fighters": "sectors",
}

Removed = Mapping[str, Set[str]]


def entities_removed(parent: Node, child: Node) -> dict[str, set[str]]:
    """Names of the entities of the file below that a file removes, by their tables."""
    found: dict[str, set[str]] = {}
    for table in TABLES:
        there, changes = _table(parent, table), _table(child, table)
        names = {name for name, node in changes.items() if node.missing and name in there}
        if names:
            found[table] = names
    return found


def _table(root: Node, name: str) -> Mapping[str, Node]:
    node = root.value.get(name) if isinstance(root.value, dict) else None
    return node.value if node is not None and isinstance(node.value, dict) else {}


def without(root: Node, removed: Removed, spec: Spec) -> Node | None:
    """The tree without what it says about some entities.

    What cannot stand without one of them goes too (the sectors of a state, the borders of a
    sector), and what is said about that.
    """
    known, whole = {table: set(names) for table, names in removed.items()}, root
    while any(known.values()):
        pruned = _Pruning(whole, known).of(root, spec, "")
        if pruned is None:
            return None
        gone = {
            table: names
            for table in TABLES
            if (names := _table(root, table).keys() - _table(pruned, table).keys())
        }
        root = pruned
        if not any(names - known.get(table, set()) for table, names in gone.items()):
            break
        known = {table: known.get(table, set()) | gone.get(table, set()) for table in TABLES}
    return root


class _Pruning:
    """One pass over a tree; `whole` is the tree before the first one."""

    def __init__(self, whole: Node, removed: Removed) -> None:
        self.names = {table: set(names) for table, names in removed.items()}
        actors = (self.names.get(table, set()) for table in _ACTORS)
        self.names["actors"] = set().union(*actors)
        self.paths = {f"{table}.{name}" for table, names in removed.items() for name in names}
        self.measures = _own_measures(whole, removed)

    def of(self, node: Node, spec: Spec | None, key: str) -> Node | None:
        """The node without what is said of the entities; None if it cannot stand without them."""
        if spec is None:
            return node
        if isinstance(node.value, dict):
            return self._mapping(node, spec, key)
        if isinstance(node.value, list):
            return self._list(node, spec, key)
        names = self.names.get(spec.table, ()) if spec.table else ()
        if node.value in names:
            return None
        if key in _PATHS and self._is_path(node.value):
            return None
        return None if key in _MEASURES and node.value in self.measures else node

    def _is_path(self, path: str) -> bool:
        """Whether a dotted path leads to one of the entities, or to what is said about one."""
        words = path.split(".")
        if words[0] == "events" and words[2:3] == ["set"] and self._is_path(".".join(words[3:])):
            return True
        if ".".join(words[:2]) in self.paths:
            return True
        return any(
            name in self.names.get(_KEYED.get(field, ""), ()) for field, name in pairwise(words[2:])
        )

    def _mapping(self, node: Node, spec: Spec, key: str) -> Node | None:
        assert isinstance(node.value, dict)
        entries = {}
        for name, inner in node.value.items():
            gone = spec.form == "map" and name in self.names.get(spec.table, ())
            if gone or (key in _BY_PATH and self._is_path(name)):
                if _is_about_all(spec):
                    return None
                continue
            if key in _BY_READING and name in self.measures:
                return None
            known = spec.item if spec.form == "map" else None
            if spec.form == "block" and spec.block is not None:
                known = specs(spec.block).get(name)
            left = self.of(inner, known, name)
            if left is not None:
                entries[name] = left
            elif spec.form == "block" and known is not None and self._is_needed(known, key):
                return None
        if key in _BY_PATH and not entries and node.value:
            return None
        return replace(node, value=entries)

    def _is_needed(self, spec: Spec, owner: str) -> bool:
        """Whether a block cannot stand without a field that names what was removed."""
        if spec.is_required or spec.length is not None or spec.key in _WHOLE:
            return True
        if _is_about_all(spec):
            return True
        if spec.form == "list" and spec.item is not None and spec.item.table == "states":
            return True  # an alliance against nobody that is left is not one against all
        # an event against a state, or about a group, would be another one without it
        return spec.form == "text" and spec.table in ("states", "groups", "actors")

    def _list(self, node: Node, spec: Spec, key: str) -> Node | None:
        assert isinstance(node.value, list)
        item, key = spec.item, key if key in _MEASURES else ""
        left = [one for inner in node.value if (one := self.of(inner, item, key)) is not None]
        if len(left) == len(node.value):
            return replace(node, value=left)
        if _is_about_all(spec):
            return None
        names_only = item is not None and item.form != "block"
        tables = ("sectors", "states")
        emptied = names_only and not left and item is not None and item.table in tables
        if (names_only and spec.length is not None) or emptied:
            return None
        return replace(node, value=left)


def _is_about_all(spec: Spec) -> bool:
    """Whether the block in which a field stands is about all that it names."""
    return spec.home is not None and spec.home[0] in _ABOUT_ALL


def _own_measures(root: Node, removed: Removed) -> set[str]:
    """Measures and readings that there are for the sake of the entities alone."""
    kinds = ("states", "groups", "sectors", "events", "flows", "actions", "alliances")
    tables = [tuple(_table(root, table)) for table in kinds]
    left = [
        tuple(name for name in names if name not in removed.get(table, ()))
        for table, names in zip(kinds, tables, strict=True)
    ]

    def names(
        states: tuple[str, ...],
        groups: tuple[str, ...],
        sectors: tuple[str, ...],
        events: tuple[str, ...],
        flows: tuple[str, ...],
        actions: tuple[str, ...],
        alliances: tuple[str, ...],
    ) -> set[str]:
        views = tuple((a, b) for a in states for b in states if a != b)
        hosts = [(group, state) for group in groups for state in states]
        own = (events, flows, actions, alliances)
        found = measures(states, groups, sectors, views, *own)
        read = readings(Entities(states, groups, sectors, views, hosts, events, alliances))
        return {one.name for one in found} | {one.name for one in read}

    return names(*tables) - names(*left)
