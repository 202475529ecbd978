"""Whatever value is wrong, `check` says so, says all else that is wrong, and goes on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scenario.conftest import BASE
from sim.errors import Problem, ScenarioError
from sim.scenario import load_text
from tests.fuzz.inputs import WRONG as SOME_WRONG
from tests.fuzz.inputs import Key, flow, paths

#: Those of the fuzzer, and some that only a whole value can be.
WRONG = (*SOME_WRONG, "[1, 2]", "99999999999999999999", "{~: ~}", "{x: {}}", "<<")
TREE: dict[str, Any] = YAML(typ="safe", pure=True).load(BASE.read_text(encoding="utf-8"))


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
        "outcomes": [*TREE.get("outcomes", []), {"never": {"no_measure": {"above": 1}}}],
    }
    elsewhere = {"titel", "mediators", "outcomes"} - {part}
    inside = [path for path in PATHS if path[0] == part]
    for at, path in enumerate(inside):
        # the words in turn, so that all are tried and none at every path
        for word in (WRONG[at % len(WRONG)], WRONG[(7 * at + 5) % len(WRONG)]):
            found = problems_of(flow(tree, {path: word}))
            reported = {problem.path.split(".")[0] for problem in found}
            assert elsewhere <= reported, (path, word, [str(one) for one in found])


@given(
    st.dictionaries(st.sampled_from(PATHS), st.sampled_from(WRONG), min_size=2, max_size=6),
)
@settings(max_examples=120)
def test_any_number_of_wrong_values_is_a_list_of_problems(
    changes: dict[tuple[Key, ...], str],
) -> None:
    assert all(problem.rule.startswith("must") for problem in problems_of(flow(TREE, changes)))
