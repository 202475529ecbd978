"""A scenario in another order: its mappings, and lists that mean sets, turned round.

For the tests and the audit, which hold that the order of a file decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from sim.scenario.canonical import is_set
from sim.scenario.reading import Node
from sim.scenario.resolve import ROOT, below
from sim.scenario.spec import Spec


def orders(root: Node) -> Iterator[str]:
    """Dotted paths of everything in a tree that has an order and should have none.

    The top of the file is the empty path.
    """
    return _orders(root, ROOT, "")


def _orders(node: Node, spec: Spec | None, path: str) -> Iterator[str]:
    if _is_free(node, spec) and len(node.value) > 1:
        yield path
    for key, child, inner in _children(node, spec):
        yield from _orders(child, inner, f"{path}.{key}" if path else key)


def reverse_at(root: Node, paths: Collection[str]) -> Node:
    """The tree with what stands at these paths in the opposite order."""
    return _reverse(root, ROOT, "", frozenset(paths))


def _reverse(node: Node, spec: Spec | None, path: str, paths: frozenset[str]) -> Node:
    if not isinstance(node.value, dict | list):
        return node
    made = [
        (key, _reverse(child, inner, f"{path}.{key}" if path else key, paths))
        for key, child, inner in _children(node, spec)
    ]
    if path in paths:
        made.reverse()
    if isinstance(node.value, dict):
        return replace(node, value=dict(made))
    return replace(node, value=[child for _, child in made])


def _children(node: Node, spec: Spec | None) -> Iterator[tuple[str, Node, Spec | None]]:
    """What stands in a node: key or number, node, and what the schema says of it."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield key, child, below(spec, key) if spec is not None else None
    elif isinstance(node.value, list):
        for i, child in enumerate(node.value):
            yield str(i), child, spec.item if spec is not None else None


def _is_free(node: Node, spec: Spec | None) -> bool:
    """Whether the order of what stands in a node has no meaning."""
    if isinstance(node.value, dict):
        return spec is None or not spec.ordered
    return isinstance(node.value, list) and spec is not None and is_set(spec)
