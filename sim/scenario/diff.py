"""In what two scenarios differ, leaf by leaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.scenario.fields import Block, specs
from sim.scenario.schema import ScenarioFile
from sim.scenario.spec import Quantity
from sim.scenario.text import flow


class Change(NamedTuple):
    """A dotted path and what stands there in each scenario, empty where there is nothing."""

    path: str
    before: str
    after: str


def changes(before: ScenarioFile, after: ScenarioFile) -> list[Change]:
    """Every leaf that differs, in the order of the schema.

    Where a number comes from is no difference.
    """
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    paths = dict.fromkeys([*old, *new])
    return [
        Change(path, old.get(path, ""), new.get(path, ""))
        for path in paths
        if old.get(path, "") != new.get(path, "")
    ]


#: What is said about a scenario, which changes nothing in it.
WORDS = frozenset(
    {
        "format",
        "id",
        "title",
        "kind",
        "question",
        "summary",
        "note",
        "sources",
        "expect",
        "levers",
        "teaching",
    }
)


def differences(files: Mapping[str, ScenarioFile]) -> dict[str, dict[str, str]]:
    """Values of every leaf that is not the same in all scenarios.

    By path, then by the name of the scenario; words about it are left out.
    """
    leaves = {name: dict(_leaves(file, "")) for name, file in files.items()}
    paths = dict.fromkeys(
        path for found in leaves.values() for path in found if path.split(".")[0] not in WORDS
    )
    values = {path: {name: found.get(path, "") for name, found in leaves.items()} for path in paths}
    return {path: row for path, row in values.items() if len(set(row.values())) > 1}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    head = f"{path}." if path else ""
    if isinstance(value, Quantity):
        yield path, value.dist.describe() if value.dist else flow(value.value)
    elif isinstance(value, Block):
        for key, spec in specs(type(value)).items():
            yield from _leaves(getattr(value, spec.name), f"{head}{key}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{head}{key}")
    elif isinstance(value, list) and any(isinstance(item, Block) for item in value):
        for i, item in enumerate(value):
            yield from _leaves(item, f"{head}{i}")
    elif value is not None:
        yield path, flow(value)
