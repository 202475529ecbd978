"""Values set by dotted path, from the command line or from Python: the last child, of one key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.errors import Problem
from sim.scenario.fields import specs
from sim.scenario.quantities import SET
from sim.scenario.reading import Node, Place, Unreadable, from_python, inside, near, parse
from sim.scenario.resolve import ROOT, below, keys_of, overlay
from sim.scenario.spec import Spec
from sim.scenario.successors import successor


def override(root: Node, overrides: Mapping[str, object], problems: list[Problem]) -> Node:
    """The tree with values set by dotted path; problems are added for paths that do not exist."""
    for path, value in overrides.items():
        place = Place(SET, SET)
        try:
            node = (
                parse(value, place)[0]
                if isinstance(value, str) and value.strip()
                else from_python(value, place)
            )
        except Unreadable as error:
            problem = error.problem
            problems.append(
                Problem(
                    SET, 0, 0, path, problem.rule, problem.given or repr(value)[:60], problem.hint
                )
            )
            continue
        found = _override(root, path, _at(node, place), problems)
        root = found if found is not None else root
    return root


def _at(node: Node, place: Place) -> Node:
    """The tree with every place on the command line."""
    if isinstance(node.value, dict):
        return Node(
            place, {key: replace(_at(n, place), key=place) for key, n in node.value.items()}
        )
    if isinstance(node.value, list):
        return Node(place, [_at(n, place) for n in node.value])
    return replace(node, place=place, key=place)


def _override(root: Node, path: str, value: Node, problems: list[Problem]) -> Node | None:
    keys = keys_of(path)
    spec: Spec | None = ROOT
    here: Node | None = root
    for i, key in enumerate(keys):
        names, last = _names(spec, here, root), i == len(keys) - 1
        new = (
            spec is not None
            and spec.form == "map"
            and not spec.table
            and (last and not value.missing)
        )
        if spec is None or spec.form not in ("block", "map") or (key not in names and not new):
            hint = successor(path) or (
                near(key, names, f"{'.'.join(keys[:i]) or 'a scenario'} has")
                if names
                else f"{'.'.join(keys[:i])} is the whole path"
            )
            rule = "must be the dotted path of a value"
            problems.append(Problem(SET, 0, 0, path, rule, "", hint))
            return None
        here = here.value.get(key) if here is not None and isinstance(here.value, dict) else None
        spec = below(spec, key)
    for key in reversed(keys):
        value = Node(value.place, {key: replace(value, key=value.place)})
    return overlay(root, value)


def _names(spec: Spec | None, node: Node | None, root: Node) -> list[str]:
    """The keys that can follow in a dotted path."""
    if spec is not None and spec.form == "block" and spec.block is not None:
        return list(specs(spec.block))
    if spec is None or spec.form != "map":
        return []
    return (
        list(inside(root, spec.table))
        if spec.table
        else list(node.value)
        if node is not None and isinstance(node.value, dict)
        else []
    )
