"""Whatever value is wrong, `check` says so, says all else that is wrong, and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scenario.conftest import BASE
from sim.errors import Problem, ScenarioError
from sim.scenario import load_text

WRONG = (
    *("{}", "[]", "~", "''", "x", "-1", "1.5", "1e999", "true", "2001-01-01", "[~]", "[1, 2]"),
    *("[x, x]", "{x: y}", "{dist: normal}", "{value: ~}", "{values: []}", ".nan", "[{}, ~]"),
    *("99999999999999999999", "[[]]", "{~: ~}", "{x: {}}", "0120", "<<"),
)
Key = str | int
TREE: dict[str, Any] = YAML(typ="safe", pure=True).load(BASE.read_text(encoding="utf-8"))


def paths(value: Any, path: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    """The paths of all values in a tree but the tree itself."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from paths(inner, (*path, key))


def text(value: Any, change: dict[tuple[Key, ...], str], path: tuple[Key, ...] = ()) -> str:
    """A tree as YAML, with other text at some paths."""
    if path in change:
        return change[path]
    if isinstance(value, dict):
        entries = (f"{json.dumps(k)}: {text(v, change, (*path, k))}" for k, v in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(text(v, change, (*path, i)) for i, v in enumerate(value))}]"
    plain = isinstance(value, bool | int | float) or value is None
    return json.dumps(value if plain else str(value))


def problems_of(data: str) -> list[Problem]:
    try:
        load_text(data)
    except ScenarioError as error:
        return error.problems
    return []


PATHS = list(paths(TREE))


@pytest.mark.parametrize("part", TREE)
def test_a_wrong_value_hides_no_other_mistake(part: str) -> None:
    tree = TREE | {
        "titel": "x",
        "mediators": TREE["mediators"] | {"Nobody Known": {}},
        "outcomes": TREE.get("outcomes", {}) | {"never": {"no_measure": {"above": 1}}},
    }
    elsewhere = {"titel", "mediators", "outcomes"} - {part}
    inside = [path for path in PATHS if path[0] == part]
    for at, path in enumerate(inside):
        # the words in turn, so that all are tried and none at every path
        for word in (WRONG[at % len(WRONG)], WRONG[(7 * at + 5) % len(WRONG)]):
            found = problems_of(text(tree, {path: word}))
            reported = {problem.path.split(".")[0] for problem in found}
            assert elsewhere <= reported, (path, word, [str(one) for one in found])


@given(
    st.dictionaries(st.sampled_from(PATHS), st.sampled_from(WRONG), min_size=2, max_size=6),
)
@settings(max_examples=120)
def test_any_number_of_wrong_values_is_a_list_of_problems(
    changes: dict[tuple[Key, ...], str],
) -> None:
    assert all(problem.rule.startswith("must") for problem in problems_of(text(TREE, changes)))
