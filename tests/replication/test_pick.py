"""A replication is found by what happens in it, and it does happen there."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import ROOT

import sim
from sim.errors import ModelError
from sim.replication.pick import pick, stories
from sim.scenario import load
from sim.vocabulary.stories import STORIES
from tests.engine.world.many import needs_compilation

SEED = 7
MEASURES = {"first war": "wars", "truce": "ceasefires", "broken truce": "ceasefire_collapses"}


@pytest.fixture(scope="module")
def scenario() -> sim.Scenario:
    return load(ROOT / "scenarios" / "two_states.yaml")


@pytest.fixture(scope="module")
def runs(scenario: sim.Scenario) -> dict[str, np.ndarray]:
    """The first two hundred replications, from the table of a run."""
    table = sim.run(scenario, runs=200, seed=SEED, jobs=1).runs
    return {name: table[name].to_numpy() for name in (*MEASURES.values(), "outcome")}


@needs_compilation
@pytest.mark.parametrize("story", STORIES)
def test_it_is_the_first_with_the_story(
    scenario: sim.Scenario, runs: dict[str, np.ndarray], story: str
) -> None:
    happens = runs[MEASURES[story]] >= 1
    found = pick(scenario, SEED, story)
    assert 0 < happens.sum() < 200
    assert found == (int(np.argmax(happens)), int(happens.sum()), 200)


@needs_compilation
def test_it_is_the_first_with_the_outcome(
    scenario: sim.Scenario, runs: dict[str, np.ndarray]
) -> None:
    for outcome in ("quiet", "war, then a truce"):
        happens = runs["outcome"] == outcome
        assert pick(scenario, SEED, outcome).replication == int(np.argmax(happens))


def test_a_story_that_nobody_knows_is_told_with_those_that_there_are(
    scenario: sim.Scenario,
) -> None:
    assert stories(scenario)[-3:] == list(STORIES)
    with pytest.raises(ModelError, match=r"got a great peace \(there are: war, not over, "):
        pick(scenario, SEED, "a great peace")


@needs_compilation
def test_what_never_happens_is_one_sentence() -> None:
    calm = load(
        ROOT / "scenarios" / "two_states.yaml",
        {"horizon": 2, "outcome_window": 1, "expect": [], "states.westmark.resolve": 0},
    )
    with pytest.raises(ModelError, match="one of the first 2000 replications, got broken truce"):
        pick(calm, SEED, "broken truce")
