"""Restraint, chance and a plan."""

from __future__ import annotations

import pytest

from sim.engine.policies.question import Question
from sim.vocabulary.ladder import ACTION_NAMES, Action
from sim.vocabulary.policies import Policy
from tests.engine.policies.situations import AT_WAR, SITUATIONS, decide, named, situation
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, STILL, planned, replay, template, trace, world

#: acts that kill nobody, on places that are certain
QUIET = {
    **STILL,
    "rules.clash.effectiveness": 0,
    "rules.strike.soldiers": 0,
    "rules.strike.civilians": 0,
    "rules.strike.capital": 0,
    "sectors.north_city.garrison": 0,
    "sectors.south_city.garrison": 0,
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_restraint_takes_the_lowest_action(name: str) -> None:
    choice, probability = decide(situation(name, "restrain"))
    assert named(choice, name) == ("halt" if name == AT_WAR else "calm")
    assert probability[0] == 1


def test_restraint_takes_the_lowest_that_is_left() -> None:
    opened, left = situation("outrage"), (Action.RAID, Action.LIMITED_STRIKE, Action.OPEN_WAR)
    opened.table.available[: len(Action)] = [action in left for action in Action]
    simple = plain("sim.engine.policies.simple")
    simple.restrain(opened, opened.table, Question(len(Action), 1.0, NORTH, SOUTH))
    assert opened.table.probability[: len(Action)].tolist() == [
        action is Action.RAID for action in Action
    ]


@pytest.mark.parametrize("name", SITUATIONS)
def test_chance_treats_all_available_actions_alike(name: str) -> None:
    opened = situation(name, "random")
    _, probability = decide(opened)
    available = opened.table.available[: probability.size]
    assert probability.tolist() == pytest.approx((available / available.sum()).tolist())


def test_chance_is_quantal_response_without_precision() -> None:
    one, other = situation("outrage", "random"), situation("outrage")
    other.states[NORTH].rationality = 0.0
    (a, p), (b, q) = decide(one), decide(other)
    assert a == b
    assert p.tolist() == pytest.approx(q.tolist(), rel=1e-12)


def test_a_plan_is_carried_out_day_by_day() -> None:
    plan = [
        {"day": 2, "action": "tension"},
        {"day": 3, "action": "raid"},
        {"day": 5, "action": "military_strike"},
        {"day": 7, "action": "calm"},
    ]
    of = template(
        {**QUIET, **planned(north=plan, south=[]), "horizon": "8 days", "outcome_window": "1 day"}
    )
    story = replay(of)
    assert [line for line in trace(of, story) if "act north" in line] == [
        "+3 act north raid south south_hill",
        "+5 act north military_strike south south_hill",
        "+5 act north military_strike south south_hill",
    ]
    # after an act the forces stay on alert
    assert story.rung.tolist() == [0, 1, 3, 1, 5, 1, 0, 0]


def test_a_line_of_a_plan_is_for_the_rival_that_it_names() -> None:
    third = {
        "states.third": {"personnel": 1000, "assumed": "invented"},
        "sectors.third_city": {
            "state": "third",
            "population": 1,
            "garrison": 1,
            "assumed": "invented",
        },
        "relations.far": {"between": ["north", "third"], "assumed": "invented"},
        "relations.near": {"between": ["south", "third"], "assumed": "invented"},
    }
    of = template(
        {
            **QUIET,
            **third,
            **planned(
                north=[{"day": 1, "action": "tension", "against": "third"}],
                south=[{"day": 1, "action": "tension"}],
            ),
        }
    )
    opened = world(of)
    simple, planned_for = (
        plain("sim.engine.policies.simple"),
        [(NORTH, SOUTH), (NORTH, 2), (SOUTH, NORTH), (SOUTH, 2)],
    )
    assert [simple.plan_of_today(opened, i, j) for i, j in planned_for] == [-1, 1, 1, 1]
    assert [simple.has_new_line(opened, i, j) for i, j in planned_for] == [False, True, True, True]


def test_a_planned_action_without_the_means_is_calm() -> None:
    of = template(
        {
            **QUIET,
            **planned(north=[{"day": 2, "action": "limited_strike"}], south=[]),
            "states.north.combat_aircraft": 0,
        }
    )
    story = replay(of)
    assert trace(of, story) == []
    assert set(story.rung) == {0}


def test_a_plan_is_silent_before_its_first_day() -> None:
    opened = world(template({**QUIET, **planned(north=[{"day": 3, "action": "raid"}])}), day=2)
    assert plain("sim.engine.policies.simple").plan_of_today(opened, NORTH, SOUTH) == -1
    choice, probability = decide_planned(opened)
    assert named(choice) == "calm"
    assert probability == 1


def decide_planned(opened: object) -> tuple[int, float]:
    """A scripted decision on a day without a line of the plan."""
    state_choice, registry = (
        plain("sim.engine.rules.state_choice"),
        plain("sim.engine.policies.registry"),
    )
    state_choice.state_table(opened, NORTH, SOUTH)
    policy = int(Policy.of("scripted"))
    question = Question(len(ACTION_NAMES), 1.0, NORTH, SOUTH)
    choice = registry.choose(opened, opened.table, policy, question, 0.5)  # type: ignore[attr-defined]
    return choice, opened.table.probability[choice]  # type: ignore[attr-defined]
