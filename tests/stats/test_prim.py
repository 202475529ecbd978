"""Boxes of few cases, of words and of whole numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.stats.prim import _slices, _wider, inside, search_boxes


def test_inside_reads_numbers_and_words() -> None:
    cases = pd.DataFrame({"a": [1.0, 2.0, 3.0], "w": ["x", "y", "x"]})
    assert inside(cases, {"a": (1.5, np.inf)}).tolist() == [False, True, True]
    assert inside(cases, {"a": (1.5, np.inf), "w": frozenset("x")}).tolist() == [False, False, True]
    assert inside(cases, {}).all()


@pytest.mark.parametrize("outcome", [np.zeros(100), np.ones(100)], ids=["none", "all"])
def test_where_nothing_differs_nothing_is_said(outcome: np.ndarray) -> None:
    assert search_boxes(pd.DataFrame({"a": np.arange(100.0)}), outcome) is None


def test_too_few_cases_are_too_few() -> None:
    assert search_boxes(pd.DataFrame({"a": np.arange(30.0)}), np.arange(30) % 3 == 0) is None


def test_a_number_with_few_values_is_cut_between_them() -> None:
    level = np.tile([1.0, 2.0, 3.0, 4.0], 100)
    rng = np.random.default_rng(1)
    cases = pd.DataFrame({"level": rng.permutation(level), "other": rng.random(400)})
    found = search_boxes(cases, (cases["level"] >= 3).to_numpy(dtype=float))
    assert found is not None
    assert found.chosen.sides == {"level": (2.5, np.inf)}
    assert (found.chosen.tested.density, found.chosen.tested.coverage) == (1, 1)


def test_words_alone_make_a_box() -> None:
    rng = np.random.default_rng(1)
    cases = pd.DataFrame({"w": rng.choice(["calm", "grim", "mild"], 600)})
    found = search_boxes(cases, (cases["w"] == "grim").to_numpy(dtype=float))
    assert found is not None
    assert found.chosen.sides == {"w": {"grim"}}


@pytest.mark.parametrize(
    ("cases", "slice_"), [(40, 2), (10, 1)], ids=["a twentieth", "at least one"]
)
def test_a_slice_takes_a_twentieth_from_either_end(cases: int, slice_: int) -> None:
    column = pd.Series(np.arange(float(cases)))
    (bottom, without_bottom), (top, without_top) = _slices(column, np.ones(cases, bool), None)
    assert (bottom, top) == ((slice_ - 0.5, np.inf), (-np.inf, cases - slice_ - 0.5))
    assert column[without_bottom].tolist() == list(range(slice_, cases))
    assert column[without_top].tolist() == list(range(cases - slice_))


def test_a_side_moves_out_by_a_slice_of_the_cases_that_the_others_let_in() -> None:
    column, all_of_them = pd.Series(np.arange(80.0)), np.ones(80, bool)
    assert _wider(column, all_of_them, (19.5, 59.5)) == [
        (17.5, 59.5),
        (19.5, 61.5),
    ]  # forty held, so two at a time
    assert _wider(column, (column != 18).to_numpy(), (19.5, 59.5))[0] == (16.5, 59.5)
    assert _wider(column, all_of_them, (1.5, 77.5)) == [(-np.inf, 77.5), (1.5, np.inf)]
    assert _wider(column, all_of_them, (-np.inf, np.inf)) == []
