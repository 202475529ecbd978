"""Actors watched at their tables: every choice follows from the record, and watching moves nothing."""

from __future__ import annotations

import itertools
import math

import pytest
from classroom.pages import REPLICATION, SEED

import sim
from sim.classroom.asked import decisions
from sim.classroom.film import Film
from sim.ensemble.retold import retold
from sim.ladder import ACTION_NAMES
from sim.scenario import Scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml")


def test_the_draw_and_the_probabilities_give_the_choice(scenario: Scenario) -> None:
    found = decisions(scenario, SEED, REPLICATION)
    assert {one["kind"] for one in found} >= {"action", "command", "mode"}
    for one in found:
        able = {name: option for name, option in one["options"].items() if option["available"]}
        assert sum(option["probability"] for option in able.values()) == pytest.approx(1.0, abs=1e-12)
        edges = itertools.accumulate(option["probability"] for option in able.values())
        assert one["choice"] == next((name for name, edge in zip(able, edges, strict=True) if one["draw"] < edge), list(able)[-1])
        for option in able.values():
            assert math.fsum(option["terms"].values()) == pytest.approx(option["utility"], abs=1e-9)


def test_what_is_seen_is_what_happened_unwatched(scenario: Scenario) -> None:
    film = Film(retold(scenario, SEED, REPLICATION))
    states = list(scenario.file.states)
    seen = {(states.index(one["actor"].split(".")[1]), one["day"]): one["choice"] for one in decisions(scenario, SEED, REPLICATION) if one["kind"] == "action"}
    assert seen
    for i in range(len(states)):
        kept = film.column("dyads", "choice", i, 1 - i)
        decided = {int(day): ACTION_NAMES[int(choice)] for day, choice in zip(film.days, kept, strict=True) if day > 0 and choice >= 0}
        assert decided == {day: choice for (state, day), choice in seen.items() if state == i}


def test_belief_stands_beside_the_haven_that_is_there(scenario: Scenario) -> None:
    one = next(one for one in decisions(scenario, SEED, REPLICATION) if one["kind"] == "action" and one["actor"] == "states.westmark")
    assert 0.0 < one["believed"]["haven"] < 1.0
    assert one["true"]["haven"] == pytest.approx(float(scenario.file.groups["hill_front"].hosts["eastmark"].haven), abs=0.2)


def test_a_class_of_somebodys_own_is_not_watched(scenario: Scenario) -> None:
    from sim.classroom.asked import _watched

    own = sim.load(sim.scenarios() / "two_states.yaml", {"states.westmark.policy": "mine:Mine"})
    assert "states.westmark.policy" in dict(_watched(scenario))
    assert "states.westmark.policy" not in dict(_watched(own))
