"""What a file itself says, without what it extends and without defaults."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.diff import Leaf
from sim.scenario.fields import CITE
from sim.scenario.quantities import PROVENANCE
from sim.scenario.reading import Node, Place, Unreadable, parse
from sim.scenario.resolve import ROOT, below
from sim.scenario.sequences import with_sequences
from sim.scenario.source import decode
from sim.scenario.spec import Spec

_NUMBER = ("value", "dist", "values")


def written_leaves(data: bytes, shown: str) -> dict[str, Leaf]:
    """Every value of a file's own text by its dotted path.

    Parameters
    ----------
    data : the file
    shown : what problems call it

    Raises
    ------
    Unreadable : if it is no YAML
    """
    place = Place(shown, shown)
    root, problems = parse(decode(data, place, len(data)), place)
    if problems:
        first = problems[0]
        where = place._replace(line=first.line, column=first.column)
        raise Unreadable(where, first.rule, first.given, first.hint)
    return dict(_leaves(with_sequences(root, []), ROOT, "", moves=True))


def _leaves(node: Node, spec: Spec | None, path: str, *, moves: bool) -> Iterator[tuple[str, Leaf]]:
    value, head = node.value, f"{path}." if path else ""
    moves = moves and not (spec is not None and spec.aside)
    if isinstance(value, dict) and not (set(value) & set(_NUMBER)):
        for key, inner in value.items():
            cites = key in CITE and below(spec, key) is None if spec is not None else False
            known = below(spec, key) if spec is not None else None
            yield from _leaves(inner, known, f"{head}{key}", moves=moves and not cites)
    elif isinstance(value, list) and any(isinstance(item.value, dict) for item in value):
        for i, item in enumerate(value):
            known = spec.item if spec is not None else None
            yield from _leaves(item, known, f"{head}{i}", moves=moves)
    else:
        unit = spec.unit if spec is not None and spec.form == "number" and spec.unit != "1" else ""
        yield path, Leaf(_text(node), unit, moves)


def _text(node: Node) -> str:
    """A value in one line, without where a number comes from."""
    value = node.value
    if isinstance(value, dict):
        parts = {key: _text(inner) for key, inner in value.items() if key not in PROVENANCE}
        if set(parts) == {"value"}:
            return parts["value"]
        return f"{{{', '.join(f'{key}: {text}' for key, text in parts.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return " ".join(value.split())
