"""A null anywhere in a file is a value left out: it is read so, or refused with a sentence."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from sim.errors import ScenarioError
from sim.scenario import load_text

FILE = ROOT / "scenarios" / "two_states.yaml"


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every key of a tree, and the first entry of each list."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree[:1])
    for key, value in entries:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def with_null(tree: Any, path: tuple[Any, ...]) -> Any:
    """A copy of a tree with null in one place."""
    changed = copy.deepcopy(tree)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = None
    return changed


def text(tree: Any) -> str:
    """A tree as JSON, which is YAML; dates as they are written."""
    return json.dumps(tree, default=lambda day: day.isoformat() if isinstance(day, date) else day)


def test_a_null_is_read_or_refused() -> None:
    tree = YAML(typ="safe").load(FILE)
    tree.pop("expect")  # what it asks for may be what was taken away
    read, refused = 0, 0
    for place in places(tree):
        try:
            load_text(text(with_null(tree, place)))
        except ScenarioError:
            refused += 1
        else:
            read += 1
    assert read > 30
    assert refused > 30


def test_an_event_whose_date_is_null_has_none() -> None:
    tree = YAML(typ="safe").load(FILE)
    assert load_text(text(tree)).file.history[0].date == date(2000, 3, 5)
    with pytest.raises(ScenarioError, match=r"history\.0\.date: must be given"):
        load_text(text(with_null(tree, ("history", 0, "date"))))
