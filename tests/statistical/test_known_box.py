"""Scenario discovery on a box that is known, and on pure chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.stats.prim import BoxSearch, search_boxes

pytestmark = pytest.mark.statistical

CASES = 2000
IN, OUT = 0.9, 0.05


def inputs(seed: int) -> tuple[pd.DataFrame, np.random.Generator]:
    rng = np.random.default_rng(seed)
    cases = pd.DataFrame(rng.random((CASES, 6)), columns=list("abcdef"))
    return cases.assign(word=rng.choice(["x", "y", "z"], CASES)), rng


def planted(seed: int) -> BoxSearch:
    """The outcome is likely where a is between 0.3 and 0.7, b below 0.4, and the word not y."""
    cases, rng = inputs(seed)
    within = (cases["a"] > 0.3) & (cases["a"] < 0.7) & (cases["b"] < 0.4) & (cases["word"] != "y")
    found = search_boxes(cases, (rng.random(CASES) < np.where(within, IN, OUT)).astype(float))
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_box_is_found(seed: int) -> None:
    found = planted(seed)
    assert found.success
    assert set(found.chosen.sides) == {"a", "b", "word"}
    low, high = found.chosen.sides["a"]
    assert (low, high) == (pytest.approx(0.3, abs=0.05), pytest.approx(0.7, abs=0.05))
    assert found.chosen.sides["b"][1] == pytest.approx(0.4, abs=0.05)
    assert found.chosen.sides["word"] == {"x", "z"}
    # in the cases that it was not made from; the box can hold IN of its own, and misses OUT of the
    # rest
    coverage = 0.107 * IN / (0.107 * IN + 0.893 * OUT)
    assert found.chosen.tested.density == pytest.approx(IN, abs=0.12)
    assert found.chosen.tested.coverage == pytest.approx(coverage, abs=0.15)
    assert max(found.chosen.quasi_p.values()) < 1e-6


def test_in_pure_chance_no_box_is_found() -> None:
    """Negative control: the outcome has nothing to do with the inputs."""
    hits = 0
    for seed in range(20):
        cases, rng = inputs(seed)
        found = search_boxes(cases, (rng.random(CASES) < 0.2).astype(float))
        assert found is not None
        hits += found.success
    assert hits <= 3  # one in forty by chance: more than three of twenty is one in 5,000


def test_the_half_in_which_a_box_was_sought_flatters_it() -> None:
    """Why two halves: where it was sought the chosen box looks denser than it is."""
    made = [planted(seed).chosen for seed in range(10)]
    assert np.mean([box.sought.density - box.tested.density for box in made]) > 0


def test_in_pure_chance_a_box_keeps_no_side() -> None:
    """In pure chance no side is kept; else chance would decide which box looks best."""
    kept = []
    for seed in range(10):
        cases, rng = inputs(seed)
        found = search_boxes(cases, (rng.random(CASES) < 0.2).astype(float))
        assert found is not None
        kept += [len(box.sides) for box in found.boxes]
    assert np.mean(kept) < 0.5


def test_a_box_in_two_of_many_inputs_is_found_in_much_noise() -> None:
    rng = np.random.default_rng(1)
    cases = pd.DataFrame(rng.random((4000, 23)), columns=[f"x{n}" for n in range(23)])
    within = (cases["x1"] < 0.4) & (cases["x2"] > 0.6)
    found = search_boxes(cases, (rng.random(4000) < np.where(within, 0.7, 0.2)).astype(float))
    assert found is not None
    assert set(found.chosen.sides) == {"x1", "x2"}
    assert found.chosen.sides["x1"][1] == pytest.approx(0.4, abs=0.03)
    assert found.chosen.sides["x2"][0] == pytest.approx(0.6, abs=0.03)
    assert found.chosen.tested.density == pytest.approx(0.7, abs=0.08)


def test_two_boxes_at_once_are_not_found_as_one_exact_box() -> None:
    """A known limit: the search seeks one box, so that of two it covers a part."""
    cases, rng = inputs(1)
    within = ((cases["a"] < 0.2) & (cases["b"] < 0.5)) | ((cases["a"] > 0.8) & (cases["b"] > 0.5))
    found = search_boxes(cases, (rng.random(CASES) < np.where(within, IN, OUT)).astype(float))
    assert found is not None
    assert not found.success or found.chosen.tested.coverage < 0.8
