"""Agents are views: what they say stands in the world, and what is written to them changes it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from model.conftest import Make, two_states
from sim.errors import ModelError
from sim.model import StateAgent


def test_an_attribute_is_a_word_of_the_world(make: Make) -> None:
    model = make()
    state = model.actor("states.westmark")
    word = model.template.slots["states.westmark.resolve"]
    assert state.resolve == model.world.words[word] == 0.85
    state.resolve = 0.5
    assert model.world.words[word] == 0.5
    model.world.words[word] = 0.25
    assert state.resolve == 0.25
    assert type(state.resolve) is float
    assert type(state.reasoning) is int


@pytest.mark.parametrize(
    ("actor", "field", "near"),
    [
        ("states.westmark", "resovle", "resolve"),
        ("groups.hill_front", "base_rat", "base_rate"),
        ("mediators.lakeland", "credibilty", "credibility"),
    ],
)
def test_an_unknown_attribute_names_the_nearest(
    make: Make, actor: str, field: str, near: str
) -> None:
    agent = make().actor(actor)
    with pytest.raises(
        AttributeError, match=f"{actor} has no attribute '{field}'; did you mean '{near}'"
    ):
        getattr(agent, field)
    with pytest.raises(AttributeError, match=f"did you mean '{near}'"):
        setattr(agent, field, 1.0)


def test_a_class_of_ones_own_may_keep_things_but_not_slips(make: Make) -> None:
    class Own(StateAgent):
        pass

    agent = make(policies={"states.westmark.policy": Own}).actor("states.westmark")
    agent.insults = 3
    assert agent.insults == 3
    with pytest.raises(AttributeError, match="did you mean 'resolve'"):
        agent.resolv = 0.1
    with pytest.raises(AttributeError, match="has no attribute 'insults'"):
        make().actor("states.westmark").insults = 3


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("resolve", 1.5, r"resolve must lie in \[0, 1\], got 1.5"),
        ("resolve", math.nan, r"resolve must lie in \[0, 1\]"),
        ("resolve", "high", "resolve must be a number, got 'high'"),
        ("weights_punish", -1, r"weights_punish must lie in \[0, 100\]"),
        ("pressure", math.inf, "pressure must be finite"),
        ("reasoning", 1.5, "reasoning must be a whole number"),
        ("reasoning", 3, r"reasoning must lie in \[0, 2\]"),
        ("capital", 99, "capital cannot be set: the rules rely on it"),
        ("policy", 1, "policy cannot be set"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    make: Make, field: str, value: Any, words: str
) -> None:
    agent = make().actor("states.westmark")
    before = getattr(agent, field)
    with pytest.raises(ModelError, match=f"states.westmark.{words}"):
        setattr(agent, field, value)
    assert getattr(agent, field) == before


def test_every_actor_of_the_scenario_is_there(make: Make) -> None:
    model = make()
    paths = [agent.path for agent in model.agents]
    commands = [
        f"commands.{border}.{state}"
        for border in ("hill_pass", "plain_gate")
        for state in ("westmark", "eastmark")
    ]
    assert sorted(paths) == sorted(
        ["states.westmark", "states.eastmark", "groups.hill_front", *commands, "mediators.lakeland"]
    )
    sets = model.states, model.groups, model.commands, model.mediators
    assert [len(agents) for agents in sets] == [2, 1, 4, 1]
    assert {kind.__name__: len(agents) for kind, agents in model.agents_by_type.items()} == {
        "StateAgent": 2,
        "MilitantGroup": 1,
        "BorderCommand": 4,
        "Mediator": 1,
    }


def test_links_are_names(make: Make) -> None:
    model = make()
    command = model.actor("commands.hill_pass.eastmark")
    assert (command.state, command.rival, command.sector) == ("eastmark", "westmark", "east_hills")
    assert model.actor("groups.hill_front").enemy == "westmark"
    assert model.actor("states.westmark").rivals == ("eastmark",)
    assert command.path in repr(command)


def test_rows_that_are_nobodys(make: Make) -> None:
    model = make()
    west, group = model.actor("states.westmark"), model.actor("groups.hill_front")
    west.toward("eastmark").grievance = 1.25
    assert model.world.dyads[1, 0].grievance == 1.25
    assert group.presence("east_hills").fighters == 2_000
    assert group.host("eastmark").haven == 0.6
    group.presence("east_hills").fighters = 10
    assert model.world.presence[0, model.template.sectors.index("east_hills")].fighters == 10
    numbers = two_states(30).numbers()
    assert model.row("relations.neighbours").trust == float(numbers["relations.neighbours.trust"])
    assert model.actor("mediators.lakeland").leverage_on("westmark").leverage == float(
        numbers["mediators.lakeland.leverage.westmark"]
    )
    assert model.row("rules").choice_attention == float(numbers["rules.choice.attention"])
    assert "grievance" in west.toward("eastmark").fields
    with pytest.raises(
        ModelError, match=r"presence.hill_front.east_hills.fighters must lie in \[0, inf\], got -1"
    ):
        group.presence("east_hills").fighters = -1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("sectors.moon", "no 'moon'; there are east_capital"),
        ("planets.mars", "no rows 'planets'; there are rules, sectors"),
        ("dyads.westmark", "dyads.westmark: needs 2 names after dyads"),
    ],
)
def test_a_row_that_is_not_there(make: Make, path: str, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        make().row(path)


def test_an_actor_that_is_not_there(make: Make) -> None:
    with pytest.raises(ModelError, match=r"no actor 'westmark'; there are states\.eastmark, "):
        make().actor("westmark")


def test_a_written_number_moves_the_world(make: Make) -> None:
    angry, calm = make(collect="nothing"), make(collect="nothing")
    for model, rate in ((angry, 5.0), (calm, 0.0)):
        model.skip_history()
        model.actor("groups.hill_front").base_rate = rate
        model.run_model()
    assert angry.measures["attacks"] > 50 > 10 > calm.measures["attacks"]


def test_uniform_numbers_are_an_agents_own_and_repeatable(make: Make) -> None:
    first, second, other = make(), make(), make(replication=1)
    drawn = []
    for model in (first, second, other):
        model.step()
        drawn.append([agent.uniform(n) for agent in model.agents for n in (0, 1)])
    assert drawn[0] == drawn[1]
    assert not set(drawn[0]) & set(drawn[2])
    assert len(set(drawn[0])) == 16
    assert np.all((np.array(drawn) >= 0) & (np.array(drawn) < 1))
    before = first.actor("states.westmark").uniform()
    first.step()
    assert first.actor("states.westmark").uniform() != before
    with pytest.raises(ValueError, match="number must lie in"):
        first.actor("states.westmark").uniform(-1)
