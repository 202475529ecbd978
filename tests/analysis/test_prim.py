"""Boxes of few cases, of words and of whole numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.prim import discover, inside


def test_inside_reads_numbers_and_words() -> None:
    cases = pd.DataFrame({"a": [1.0, 2.0, 3.0], "w": ["x", "y", "x"]})
    assert inside(cases, {"a": (1.5, np.inf)}).tolist() == [False, True, True]
    assert inside(cases, {"a": (1.5, np.inf), "w": frozenset("x")}).tolist() == [False, False, True]
    assert inside(cases, {}).all()


@pytest.mark.parametrize("outcome", [np.zeros(100), np.ones(100)], ids=["none", "all"])
def test_where_nothing_differs_nothing_is_said(outcome: np.ndarray) -> None:
    assert discover(pd.DataFrame({"a": np.arange(100.0)}), outcome) is None


def test_too_few_cases_are_too_few() -> None:
    assert discover(pd.DataFrame({"a": np.arange(30.0)}), np.arange(30) % 3 == 0) is None


def test_a_number_with_few_values_is_cut_between_them() -> None:
    level = np.tile([1.0, 2.0, 3.0, 4.0], 100)
    rng = np.random.default_rng(1)
    cases = pd.DataFrame({"level": rng.permutation(level), "other": rng.random(400)})
    found = discover(cases, (cases["level"] >= 3).to_numpy(dtype=float))
    assert found is not None
    assert found.chosen.sides == {"level": (2.5, np.inf)}
    assert (found.chosen.fresh.density, found.chosen.fresh.coverage) == (1, 1)


def test_words_alone_make_a_box() -> None:
    rng = np.random.default_rng(1)
    cases = pd.DataFrame({"w": rng.choice(["calm", "grim", "mild"], 600)})
    found = discover(cases, (cases["w"] == "grim").to_numpy(dtype=float))
    assert found is not None
    assert found.chosen.sides == {"w": {"grim"}}
