"""No admissible file fails: every number at an end of its range, in random combinations.

In each replication some numbers of the whole schema, from one in a hundred to all, stand at an end
of their ranges. `FUZZ_EXAMPLES` multiplies how many are tried.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from conftest import ROOT

from sim.engine.jit import COMPILED
from sim.engine.replication import run_chunk
from sim.engine.world import Template, build
from sim.scenario import load
from sim.scenario.resolve import spec_at
from sim.scenario.spec import Spec
from sim.vocabulary.codes import FailureKind

#: `make fuzz` sets more.
COMBINATIONS = int(os.environ.get("FUZZ_EXAMPLES") or 8) * (250 if COMPILED else 1)
FEW = max(1, COMBINATIONS // 8)
SHARES = (0.01, 0.03, 0.1, 0.3, 1.0)
ARMED = {f"states.{name}.nuclear": True for name in ("westmark", "eastmark")}
THOUGHTFUL = {f"states.{name}.reasoning": 2 for name in ("westmark", "eastmark")}


def policies(one: str, other: str) -> dict[str, Any]:
    return {"states.westmark.policy": one, "states.eastmark.policy": other}


CASES: dict[str, tuple[str, dict[str, Any], int]] = {
    "two states": ("two_states", {}, COMBINATIONS),
    "three states": ("three_states", {}, COMBINATIONS),
    "the founding case": ("af_pk_2026", {}, FEW),
    "thoughtful and nuclear": ("two_states", ARMED | THOUGHTFUL, COMBINATIONS),
    "tit for tat and grim": ("two_states", policies("proportional", "grim"), COMBINATIONS),
    "chance and power laws": (
        "two_states",
        policies("random", "random") | {"groups.hill_front.severity.family": "power_law"},
        COMBINATIONS,
    ),
}


def spec_of(path: str) -> Spec:
    spec = spec_at(path)
    assert spec is not None
    return spec


def parts(paths: list[str], belongs: Callable[[str], str]) -> Iterator[list[int]]:
    """Columns of shares that must add up to at most 1."""
    found: dict[str, list[int]] = {}
    for k, path in enumerate(paths):
        if name := belongs(path):
            found.setdefault(name, []).append(k)
    yield from found.values()


def combinations(of: Template, count: int, seed: int) -> tuple[Template, np.ndarray]:
    """The template with all its numbers given for each replication, and the numbers, (count, n)."""
    paths = list(of.slots)
    ends = [spec_of(path) for path in paths]
    low, high = (np.array([getattr(spec, end) for spec in ends]) for end in ("low", "high"))
    usual = of.words.view(np.float64)[list(of.slots.values())]
    # a garrison that is left out is the rules' own
    draws = np.random.default_rng(seed)
    at_end = draws.random((count, len(paths))) < draws.choice(SHARES, size=(count, 1))
    values = np.where(at_end, np.where(draws.random((count, len(paths))) < 0.5, high, low), usual)
    for k, path in enumerate(paths):
        if path.endswith(".branching"):  # the reader demands that it stay below 1
            values[:, k] = np.minimum(values[:, k], 0.99)
    for columns in (
        *parts(paths, lambda path: path.split(".")[1] if path.endswith(".share") else ""),
        *parts(paths, lambda path: "borders" if path.endswith(".trade_share") else ""),
    ):
        values[:, columns] /= np.maximum(values[:, columns].sum(axis=1, keepdims=True), 1.0)
    given: list[tuple[str, int, Any]] = [(path, slot, None) for path, slot in of.slots.items()]
    return replace(of, uncertain=given), np.ascontiguousarray(values)


@pytest.mark.parametrize("case", CASES)
def test_no_combination_of_range_ends_fails(case: str) -> None:
    name, overrides, count = CASES[case]
    of = build(load(ROOT / "scenarios" / f"{name}.yaml", overrides))
    at_ends, values = combinations(of, count, seed=20260227)
    chunk = run_chunk(at_ends, 7, 0, count, values)
    found = Counter(FailureKind(code).name for code in chunk.status.tolist())
    assert found == {"NONE": count}, [int(k) for k in np.flatnonzero(chunk.status)[:10]]
    assert (chunk.deaths >= 0).all()


def test_a_number_that_no_file_may_have_fails() -> None:
    """The control: a replication can fail, and it is seen."""
    of = build(load(ROOT / "scenarios" / "two_states.yaml"))
    at_ends, values = combinations(of, 4, seed=1)
    values[:] = of.words.view(np.float64)[list(of.slots.values())]
    values[1, list(of.slots).index("groups.hill_front.base_rate")] = -8.0
    chunk = run_chunk(at_ends, 7, 0, 4, values)
    assert [FailureKind(code).name for code in chunk.status.tolist()] == [
        *("NONE", "BAD_MEAN"),
        *("NONE", "NONE"),
    ]


def test_every_number_of_the_schema_is_moved() -> None:
    of = build(load(ROOT / "scenarios" / "two_states.yaml"))
    _, values = combinations(of, 2000, seed=2)
    assert all(len(np.unique(column)) > 1 for column in values.T)
