"""Designs fill the space evenly, each seed in its own way; factors that a scenario offers."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.design.sampling import filling, movable, seed_for, uncertain
from sim.errors import ModelError
from sim.scenario import load


@pytest.mark.parametrize("kind", ["sobol", "lhs"])
def test_each_slice_of_each_input_holds_as_many_points(kind: str) -> None:
    made = filling(kind, 64, 5, seed=7)
    assert made.shape == (64, 5)
    for column in made.T:
        assert np.bincount((column * 64).astype(int), minlength=64).tolist() == [1] * 64


def test_any_number_of_points_can_be_had_without_a_warning() -> None:
    assert len(filling("sobol", 100, 3, seed=7)) == 100
    assert len(filling("sobol", 1, 3, seed=7)) == 1


@pytest.mark.parametrize("kind", ["sobol", "lhs"])
def test_a_seed_gives_the_same_design_and_another_another(kind: str) -> None:
    assert (filling(kind, 16, 2, seed=7) == filling(kind, 16, 2, seed=7)).all()
    assert (filling(kind, 16, 2, seed=7) != filling(kind, 16, 2, seed=8)).all()


def test_seeds_for_two_purposes_differ_and_fit_every_library() -> None:
    assert seed_for(7, "a") != seed_for(7, "b")
    assert all(0 <= seed_for(seed, "a") < 2**31 for seed in (0, 2**64 - 1))


def test_uncertain_numbers_are_found_with_their_distributions() -> None:
    scenario = load(
        sim.scenarios() / "two_states.yaml",
        {
            "states.westmark.resolve": {
                "dist": "uniform",
                "low": 0,
                "high": 1,
                "assumed": "invented",
            }
        },
    )
    (factor,) = uncertain(scenario)
    assert (factor.path, factor.at([0.25, 0.5]).tolist()) == (
        "states.westmark.resolve",
        [0.25, 0.5],
    )


def test_a_number_of_few_values_is_moved_between_them() -> None:
    scenario = load(
        sim.scenarios() / "two_states.yaml",
        {"levers": [], "states.westmark.resolve": {"values": [0.8, 0.2], "assumed": "invented"}},
    )
    (factor,) = movable(scenario)
    assert factor.values == (0.2, 0.8)


def test_a_lever_that_is_uncertain_is_one_factor_and_keeps_its_range() -> None:
    as_it_is = load(sim.scenarios() / "two_states.yaml")
    lever = as_it_is.file.levers[0]
    unsure = load(
        as_it_is.path,
        {
            lever.path: {
                "dist": "uniform",
                "low": lever.low,
                "high": lever.high,
                "assumed": "invented",
            }
        },
    )
    assert [factor.path for factor in uncertain(unsure)] == [lever.path]
    assert movable(unsure) == movable(as_it_is)


def test_a_scenario_with_nothing_to_vary_says_so() -> None:
    scenario = load(sim.scenarios() / "two_states.yaml", {"levers": []})
    with pytest.raises(
        ModelError, match=r"two_states: has no levers and no uncertain numbers, so say what to vary"
    ):
        movable(scenario)
