"""The resolved form: a scenario written out in full; its SHA-256 is part of every result.

Every number states unit, provenance and the file it came from; `from` at the end lists where the
other leaves came from, the scenario's own file apart. An optional value that is not given stays
out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sim.scenario.fields import Block, specs
from sim.scenario.reading import CONTROL, Node, Place
from sim.scenario.scalars import OLD_FLAGS
from sim.scenario.spec import Quantity, show

BARE = re.compile(r"[A-Za-z_/]([\w ./()%+;<>=*^-]*[\w./()%+;<>=*^-])?", re.ASCII)
#: YAML looks for the colon behind a key within 1024 characters.
LONGEST_SIMPLE_KEY = 1000
ODD = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")


def resolved(file: Block, origins: Mapping[str, str]) -> str:
    """The resolved form of a scenario.

    Parameters
    ----------
    file : the whole scenario
    origins : dotted path of each leaf that is no number, and the file it came from

    Returns
    -------
    YAML text that can be loaded again, and then resolves to itself
    """
    own = origins["id"]
    inherited: dict[str, list[str]] = {}
    for path, origin in origins.items():
        if origin != own:
            inherited.setdefault(origin, []).append(path)
    lines = [*_block(file, ""), "from:"]
    for origin in sorted(inherited):
        lines += [
            f"  {scalar(origin)}:",
            *(f"    - {scalar(path)}" for path in sorted(inherited[origin])),
        ]
    return "\n".join(lines) + ("\n" if inherited else " {}\n")


def count_events(value: Any) -> int:
    """As how many values the reader counts something in the resolved form."""
    if isinstance(value, Quantity):
        value = _quantity(value)
    if isinstance(value, Block):
        fields = specs(type(value)).values()
        inner = (getattr(value, spec.name) for spec in fields)
        return 2 + sum(1 + count_events(one) for one in inner if one is not None)
    if isinstance(value, dict):
        return 2 + sum(1 + count_events(one) for one in value.values())
    if isinstance(value, list | tuple):
        return 2 + sum(map(count_events, value))
    return 1


def _block(block: Block, indent: str) -> Iterator[str]:
    for key, spec in specs(type(block)).items():
        value = getattr(block, spec.name)
        if spec.ordered and value:
            yield f"{indent}{scalar(key)}:"
            for name, item in value.items():
                yield from _value(f"{indent}  - {scalar(name)}:", item, indent + "      ")
        elif value is not None:
            yield from _value(f"{indent}{scalar(key)}:", value, indent + "  ")


def _value(head: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of a value; `head` is what stands before it on its first line."""
    if isinstance(value, Block):
        lines = list(_block(value, indent))
        yield from [head, *lines] if lines else [f"{head} {{}}"]
    elif isinstance(value, dict) and value:
        yield head
        for key, item in value.items():
            yield from _entry(scalar(key), item, indent)
    elif isinstance(value, list) and any(isinstance(item, Block) for item in value):
        yield head
        for item in value:
            first, *rest = list(_block(item, indent + "  ")) or ["{}"]
            yield from [f"{indent}- {first.strip()}", *rest]
    else:
        yield f"{head} {flow(value)}"


def _entry(key: str, item: Any, indent: str) -> Iterator[str]:
    """An entry of a map; a key that is too long for its line stands behind a question mark."""
    if len(key) < LONGEST_SIMPLE_KEY:
        yield from _value(f"{indent}{key}:", item, indent + "  ")
    else:
        yield from (f"{indent}? {key}", f"{indent}: {flow(item)}")


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Quantity):
        return _flow_map(_quantity(value))
    if isinstance(value, dict):
        return _flow_map(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(flow(item) for item in value)}]"
    return scalar(value)


def _flow_map(entries: Mapping[str, Any]) -> str:
    return f"{{{', '.join(f'{scalar(key)}: {flow(item)}' for key, item in entries.items())}}}"


def amount(made: Quantity) -> dict[str, Any]:
    """A number or its distribution as a file writes it, without where it comes from."""
    if made.dist is None:
        return {"value": made.value}
    if made.dist.choices:
        return {"values": made.dist.choices, "probabilities": made.dist.chances}
    bounds = {
        key: bound
        for key, bound in (("low", made.dist.low), ("high", made.dist.high))
        if bound is not None
    }
    return {"dist": made.dist.name, **dict(made.dist.params), **bounds}


def _quantity(made: Quantity) -> dict[str, Any]:
    words = {key: getattr(made, key) for key in ("unit", "source", "assumed", "note", "claimed_by")}
    return (
        amount(made)
        | {key: word for key, word in words.items() if word is not None}
        | {"from": made.file}
    )


def scalar(value: Any) -> str:
    """A plain value as YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return show(value)
    if isinstance(value, date):
        return value.isoformat()
    node = Node(Place("", ""), value, plain=True)
    if BARE.fullmatch(value) and node.scalar == value and value.lower() not in OLD_FLAGS:
        return value
    quoted = ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
    assert not CONTROL.search(value)
    return quoted
