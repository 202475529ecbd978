"""Named designs of a file as studies run them: factors, points, choices."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ModelError
from sim.scenario import Scenario, load
from sim.studies.designs import (
    choices_of,
    factors_of,
    grid_of,
    ranged_factors,
    require_fit,
    strategies_and_states,
)

WEST, EAST = "states.westmark.resolve", "states.eastmark.resolve"
TEXT = f"""
id: own
extends: two_states
designs:
  grid:
    vary:
      {WEST}: {{steps: 3}}
      {EAST}: {{values: [0.2, 0.4]}}
  whole: {{vary: {{{WEST}: {{drawn: {{dist: uniform, low: 0.2, high: 0.8}}}}}}}}
  fill: {{fill: 5, vary: {{{WEST}: {{low: 0.2, high: 0.8}}}}}}
  meet: {{policies: {{westmark: [mirror, grim], eastmark: [mirror, grim]}}}}
  points: {{points: [{{label: bold, set: {{{WEST}: 1}}}}, {{set: {{{WEST}: 0}}}}]}}
  chosen:
    chooser: eastmark
    policies: {{westmark: [mirror, grim], eastmark: [dice, restrain]}}
    vary: {{{WEST}: {{values: [0.2, 0.4]}}}}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path: Path = tmp_path_factory.mktemp("designs") / "own.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return load(path)


def test_a_grid_has_every_value_of_every_path(scenario: Scenario) -> None:
    design = scenario.designs["grid"]
    assert [factor.path for factor in factors_of(scenario, design)] == [EAST, WEST]
    assert factors_of(scenario, design)[1].label == "Resolve of Westmark"
    assert grid_of(design) == ((0.2, 0.4), (0.0, 0.5, 1.0))


def test_a_range_of_a_distribution_lies_between_its_quantiles(scenario: Scenario) -> None:
    (factor,) = ranged_factors(scenario.designs["whole"])
    assert (factor.low, factor.high) == pytest.approx((0.23, 0.77))
    (drawn,) = factors_of(scenario, scenario.designs["whole"])
    assert drawn.dist is not None


def test_points_of_a_hypercube_follow_from_the_seed(scenario: Scenario) -> None:
    design = scenario.designs["fill"]
    values = [[one.settings[WEST] for one in choices_of(design, seed)] for seed in (1, 1, 2)]
    assert values[0] == values[1] != values[2]
    assert sorted(int((value - 0.2) / 0.12) for value in values[0]) == [0, 1, 2, 3, 4]


def test_what_a_state_chooses_is_apart_from_what_it_cannot(scenario: Scenario) -> None:
    found = choices_of(scenario.designs["chosen"], 0)
    assert len(found) == len({(one.option, one.given) for one in found}) == 8
    assert {one.option for one in found} == {"dice", "restrain"}
    assert {one.given for one in found} == {
        f"westmark: {name}, Resolve of Westmark {value}"
        for name in ("mirror", "grim")
        for value in ("0.2", "0.4")
    }
    assert found[0].settings == {
        "states.westmark.policy": "proportional",
        "states.westmark.overshoot": 0,
        "states.eastmark.policy": "random",
        WEST: 0.2,
    }
    assert [one.option for one in choices_of(scenario.designs["points"], 0)] == [
        "bold",
        "resolve 0",
    ]


def test_a_tournament_takes_the_names_of_both_states(scenario: Scenario) -> None:
    strategies, states = strategies_and_states(scenario.designs["meet"])
    assert [one.name for one in strategies] == ["mirror", "grim"]
    assert states == ("eastmark", "westmark")


def test_a_command_refuses_a_design_of_another_kind(scenario: Scenario) -> None:
    with pytest.raises(ModelError, match=r"design chosen: must be one that sweep can run, got one"):
        require_fit(scenario.designs["chosen"], "sweep")
