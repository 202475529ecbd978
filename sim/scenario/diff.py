"""In what two scenarios differ, leaf by leaf."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.scenario.fields import Block, specs
from sim.scenario.schema import ScenarioFile
from sim.scenario.spec import Quantity
from sim.scenario.text import amount, flow


class Leaf(NamedTuple):
    """A value as text, its unit (empty for what is no number), and whether it moves results."""

    text: str
    unit: str = ""
    moves: bool = True


class Change(NamedTuple):
    """A dotted path and what stands there in each scenario, empty where there is nothing.

    `unit` is that of a number; `moves` tells whether it can move a result.
    """

    path: str
    before: str
    after: str
    unit: str = ""
    moves: bool = True


def changes(before: ScenarioFile, after: ScenarioFile) -> list[Change]:
    """Every leaf that differs, in the order of the schema.

    Where a number comes from is no difference.
    """
    return leaf_changes(dict(_leaves(before, "")), dict(_leaves(after, "")))


def leaf_changes(old: Mapping[str, Leaf], new: Mapping[str, Leaf]) -> list[Change]:
    """The paths that do not have the same value in both."""
    nothing = Leaf("")
    found = []
    for path in dict.fromkeys([*old, *new]):
        was, now = old.get(path, nothing), new.get(path, nothing)
        if was.text != now.text:
            known = now if path in new else was
            found.append(Change(path, was.text, now.text, known.unit, known.moves))
    return found


def substance(file: ScenarioFile) -> str:
    """All that can move a result, a line for each leaf: what the digest of a scenario is of.

    Titles, notes, labels, sources and the lesson are left out, and where a number comes from.

    Parameters
    ----------
    file : a scenario in its canonical order
    """
    leaves = _leaves(file, "", exact=True)
    # a path can hold any text, as the name of an outcome does
    return "".join(f"{json.dumps(path)}: {leaf.text}\n" for path, leaf in leaves if leaf.moves)


def leaves_of(block: Block) -> dict[str, str]:
    """Every value of a part of a scenario as text, by its dotted path within the part."""
    return {path: leaf.text for path, leaf in _leaves(block, "") if leaf.text != "[]"}


def differences(files: Mapping[str, ScenarioFile]) -> dict[str, dict[str, str]]:
    """Values of every leaf that is not the same in all scenarios.

    By path, then by the name of the scenario; words about it are left out.
    """
    leaves = {
        name: {path: leaf.text for path, leaf in _leaves(file, "") if leaf.moves}
        for name, file in files.items()
    }
    paths = dict.fromkeys(path for found in leaves.values() for path in found)
    values = {path: {name: found.get(path, "") for name, found in leaves.items()} for path in paths}
    return {path: row for path, row in values.items() if len(set(row.values())) > 1}


def _leaves(
    value: Any, path: str, *, moves: bool = True, exact: bool = False
) -> Iterator[tuple[str, Leaf]]:
    """Path and value of every leaf; `exact` writes distributions with all that they are."""
    head = f"{path}." if path else ""
    if isinstance(value, Quantity):
        unit = "" if value.unit == "1" else value.unit
        yield path, Leaf(_number(value, exact=exact), unit, moves)
    elif isinstance(value, Block):
        for key, spec in specs(type(value)).items():
            inner, matters = getattr(value, spec.name), moves and not spec.aside
            if inner == [] and spec.item is not None and spec.item.form == "block":
                continue
            if spec.ordered and exact:  # the first that holds counts, so the order has a meaning
                yield f"{head}{key}", Leaf(flow(list(inner)), "", matters)
            yield from _leaves(inner, f"{head}{key}", moves=matters, exact=exact)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{head}{key}", moves=moves, exact=exact)
    elif isinstance(value, list) and any(isinstance(item, Block) for item in value):
        for i, item in enumerate(value):
            yield from _leaves(item, f"{head}{i}", moves=moves, exact=exact)
    elif value is not None:
        yield path, Leaf(flow(value), "", moves)


def _number(number: Quantity, *, exact: bool) -> str:
    if number.dist is None:
        return flow(number.value)
    return flow(amount(number)) if exact else number.dist.describe()
