"""From files to one tree.

`extends`, overrides, and what the schema can only fill in by looking at other parts.

A child file wins over the file that it extends: mappings are merged key by key, lists and numbers
replaced, and a key that is null removes what was inherited. An override is the last child, of one
key.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import attrs

from sim.errors import Problem
from sim.scenario.bases import base_of, is_bundled
from sim.scenario.fields import CITE, specs
from sim.scenario.reading import (
    MAX_NODES,
    RESOLVED_NODES,
    Node,
    Place,
    Unreadable,
    inside,
    parse,
)
from sim.scenario.removal import entities_removed, without
from sim.scenario.schema import ScenarioFile
from sim.scenario.sequences import with_sequences
from sim.scenario.source import decode, read_text, seems_resolved
from sim.scenario.spec import DEFAULT, ID, OF_PATH, Spec
from sim.scenario.variants import VARIANTS, changes_of, variants_of

ROOT = Spec("block", block=ScenarioFile)
ORIGINS = "from"
EXTENDS = "extends"
LANGUAGES = "languages"
#: The file that a text is taken to lie in as long as no `id` says its name.
NAMELESS = "scenario.yaml"
MAX_ENTRIES = {
    "states": 50,
    "groups": 50,
    "mediators": 50,
    "relations": 200,
    "sectors": 300,
    "borders": 300,
    "alliances": 100,
    "actions": 30,
    "events": 100,
    "flows": 100,
    "designs": 100,
}


@dataclass(frozen=True, slots=True)
class Gathering:
    """The tree of a file and all that it extends; `resolved` if it is itself a resolved form.

    `variants` are those of all these files, by name; `languages` those that the file itself gives,
    by tag. `is_variant` if a variant stands in the place of its file.
    """

    root: Node
    problems: list[Problem]
    resolved: bool
    variants: Mapping[str, Node] = field(default_factory=dict)
    languages: Mapping[str, Node] = field(default_factory=dict)
    is_variant: bool = False


def gather(path: Path) -> Gathering:
    """Read a file and the chain of files that it extends.

    Raises
    ------
    Unreadable : if one of them cannot be read at all
    """
    folder = Path(os.path.abspath(path)).parent
    return _gather(path, Place(str(path), path.name), folder, [])


def gather_text(data: bytes, shown: str) -> Gathering:
    """Read a text that lies in no file, as if it lay in one of the name that its `id` says.

    Raises
    ------
    Unreadable : if it cannot be read at all, or extends a file
    """
    place = Place(shown, NAMELESS)
    root, problems = _parse(decode(data, place, len(data)), place)
    entries = _mapping(root)
    if (extends := entries.get(EXTENDS)) is not None and not extends.missing:
        raise Unreadable(
            extends.place, "extends: must be left out of a text that lies in no folder", "it"
        )
    named = entries.get("id")
    if named is not None and isinstance(named.value, str) and re.fullmatch(ID, named.value):
        root = _of_file(root, f"{named.value}.yaml")
    variants = variants_of(entries.get(VARIANTS), problems)
    root, resolved = _without_origins(root, problems)
    return _whole(root, problems, resolved, variants)


def _that_remain(variants: Mapping[str, Node]) -> dict[str, Node]:
    """Variants without those that a file removes."""
    return {name: node for name, node in variants.items() if not node.missing}


def _parse(text: str, place: Place) -> tuple[Node, list[Problem]]:
    return parse(text, place, RESOLVED_NODES if seems_resolved(text.encode()) else MAX_NODES)


def _mapping(root: Node) -> dict[str, Node]:
    """The fields of a file."""
    if not isinstance(root.value, dict):
        raise Unreadable(
            root.place,
            "must be a mapping of fields",
            root.preview,
            f"with {', '.join(specs(ScenarioFile))}",
        )
    return root.value


def _of_file(node: Node, origin: str) -> Node:
    """The tree, each of its places in a file of this name."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _of_file(inner, origin) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_of_file(inner, origin) for inner in value]
    key = None if node.key is None else node.key._replace(origin=origin)
    return replace(node, value=value, place=node.place._replace(origin=origin), key=key)


def _without_origins(root: Node, problems: list[Problem]) -> tuple[Node, bool]:
    """The tree without what a resolved form adds, and whether it is one."""
    entries = dict(_mapping(with_sequences(root, problems)))
    origins = entries.pop(ORIGINS, None)
    for key in (EXTENDS, VARIANTS):
        entries.pop(key, None)
    root = replace(root, value=entries)
    return (root, False) if origins is None else (_mark(root, origins, problems), True)


def _gather(path: Path, place: Place, folder: Path, chain: list[Path]) -> Gathering:
    root, problems = _parse(read_text(path, place), place)
    extends = _mapping(root).get(EXTENDS)
    variants = variants_of(_mapping(root).get(VARIANTS), problems)
    root, resolved = _without_origins(root, problems)
    if extends is None or extends.missing:
        return _whole(root, problems, resolved, variants)
    here = [*chain, Path(os.path.realpath(path))]
    base = base_of(path, extends, folder, here)
    if is_bundled(base) and not is_bundled(path):  # where they lie is of no concern to a result
        shown, origin, folder = str(base), base.name, base.parent
    else:
        shown = os.path.normpath(Path(place.shown).parent / str(extends.value))
        origin = Path(os.path.relpath(base, folder)).as_posix()
    below = _gather(base, Place(shown, origin), folder, here)
    whole = overlay(below.root, root) or root
    problems = [*below.problems, *problems]
    variants = {**below.variants, **variants}
    return replace(_whole(whole, problems, resolved, variants), languages=_languages(root))


def _whole(
    root: Node, problems: list[Problem], resolved: bool, variants: Mapping[str, Node]
) -> Gathering:
    own = {} if resolved else _languages(root)
    return Gathering(root, problems, resolved, _that_remain(variants), own)


def _languages(root: Node) -> dict[str, Node]:
    """The languages that a file gives, by tag."""
    given = inside(root, LANGUAGES)
    return {tag: node for tag, node in given.items() if not node.missing}


def with_variant(gathered: Gathering, name: str) -> Gathering:
    """A variant of a file in the place of the file.

    Raises
    ------
    Unreadable : if there is no such variant
    """
    problems = list(gathered.problems)
    changes = with_sequences(changes_of(gathered.root, gathered.variants, name), problems)
    root = overlay(with_sequences(gathered.root, []), changes) or gathered.root
    return Gathering(root, problems, gathered.resolved, is_variant=True)


def overlay(parent: Node, child: Node) -> Node | None:
    """A whole file over the one that it extends: merged, and without what it removes.

    What the file below says about an entity that is removed goes with it.
    """
    return merge(without(parent, entities_removed(parent, child), ROOT) or parent, child, ROOT)


def merge(parent: Node, child: Node, spec: Spec | None) -> Node | None:
    """The child's node over the parent's; None if the child removes it."""
    if child.missing:
        return None
    if (
        spec is None
        or spec.form not in ("block", "map")
        or not isinstance(parent.value, dict)
        or not isinstance(child.value, dict)
    ):
        return child
    # where the numbers of a block come from is no more than a word on the numbers beside it
    cites = {key for key in CITE if spec.block is not None and key not in specs(spec.block)}
    own = tuple((key, node) for key, node in parent.value.items() if key in cites)
    entries = {key: node for key, node in parent.value.items() if key not in cites}
    for key, node in child.value.items():
        if key not in entries or node.ordered:
            entries[key] = node
        elif (merged := merge(entries[key], node, below(spec, key))) is None:
            del entries[key]
        else:
            entries[key] = merged
    carried = (*own, *parent.carried)
    return replace(child, value=entries, carried=carried, ordered=parent.ordered)


def below(spec: Spec, key: str) -> Spec | None:
    """What the schema says of a key of a block or map."""
    if spec.form == "map" and spec.item is not None and spec.item.unit == OF_PATH:
        found = spec_at(key)
        if found is None or found.form != "number":
            return spec.item
        return attrs.evolve(found, optional=False, default=...)
    if spec.form == "map":
        return spec.item
    return specs(spec.block).get(key) if spec.block else None


def spec_at(path: str) -> Spec | None:
    """What the schema says of a dotted path, whatever the names in it; None if there is none."""
    spec: Spec | None = ROOT
    for key in keys_of(path):
        spec = None if spec is None else below(spec, key)
    return spec


def keys_of(path: str) -> list[str]:
    """The keys of a dotted path; a key that is itself a path, as in `events.NAME.set`, is one."""
    spec: Spec | None = ROOT
    keys = path.split(".")
    for n, key in enumerate(keys):
        if spec is None:
            break
        if spec.item is not None and spec.item.unit == OF_PATH:
            return [*keys[:n], ".".join(keys[n:])]
        spec = below(spec, key)
    return keys


def _mark(root: Node, origins: Node, problems: list[Problem]) -> Node:
    """The tree of a resolved form, its leaves marked with the files that they came from."""
    place = origins.place
    if not isinstance(origins.value, dict) or not all(
        isinstance(n.value, list) for n in origins.value.values()
    ):
        problems.append(
            Problem(
                place.shown,
                place.line,
                place.column,
                ORIGINS,
                "must be a mapping from files to lists of paths",
                origins.preview,
            )
        )
        return root
    files = {
        item.value: name
        for name, paths in origins.value.items()
        for item in paths.value
        if isinstance(item, Node) and isinstance(item.value, str)
    }

    named = root.value.get("id") if isinstance(root.value, dict) else None
    own = (
        f"{named.value}.yaml"
        if named is not None and isinstance(named.value, str)
        else root.place.origin
    )

    def mark(node: Node, path: str) -> Node:
        if isinstance(node.value, dict):
            return replace(
                node,
                value={
                    key: mark(n, f"{path}.{key}" if path else key) for key, n in node.value.items()
                },
            )
        return replace(node, place=node.place._replace(origin=files.get(path, own)))

    return mark(root, "")


def too_large(root: Node) -> list[Problem]:
    """Tables with more entries than a world is made for; more would take minutes to fill in."""
    found = []
    for table, most in MAX_ENTRIES.items():
        if (count := len(inside(root, table))) > most and isinstance(root.value, dict):
            place = root.value[table].place
            found.append(
                Problem(
                    place.shown,
                    place.line,
                    place.column,
                    table,
                    f"must have at most {most} entries",
                    f"{count}",
                )
            )
    return found


def complete(root: Node) -> Node:
    """The tree with the entries that follow from other parts.

    Both views of a relation, the leverage of a mediator on every state.
    """
    states = inside(root, "states")
    nothing = Node(Place(DEFAULT, DEFAULT), {})
    none = Node(Place(DEFAULT, DEFAULT), "0", plain=True)

    def fill(entity: Node, field: str, names: list[str], empty: Node) -> Node:
        given = entity.value.get(field) if isinstance(entity.value, dict) else None
        if not isinstance(entity.value, dict) or (
            given is not None and not isinstance(given.value, dict)
        ):
            return entity
        entries = dict(given.value) if given is not None and isinstance(given.value, dict) else {}
        entries |= {name: empty for name in names if name not in entries}
        return replace(
            entity, value=entity.value | {field: replace(given or entity, value=entries)}
        )

    def pair(relation: Node) -> list[str]:
        node = relation.value.get("between") if isinstance(relation.value, dict) else None
        items = node.value if node is not None and isinstance(node.value, list) else []
        return [
            n.value
            for n in items
            if isinstance(n, Node) and isinstance(n.value, str) and n.value in states
        ]

    changes = {
        "relations": {
            k: fill(n, "views", pair(n), nothing) for k, n in inside(root, "relations").items()
        }
    }
    changes["mediators"] = {
        k: fill(n, "leverage", list(states), none) for k, n in inside(root, "mediators").items()
    }
    assert isinstance(root.value, dict)
    return replace(
        root,
        value=root.value
        | {
            key: replace(root.value[key], value=entries)
            for key, entries in changes.items()
            if entries
        },
    )
