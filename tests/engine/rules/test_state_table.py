"""The table from which a state chooses, term by term, and when it deliberates."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.vocabulary.codes import Fighting
from sim.vocabulary.decisions import ActionTerm
from sim.vocabulary.ladder import ACTION_NAMES, Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, REBELS, SOUTH, tiny_world

rules = plain("sim.engine.rules.state_choice")
feelings, balance, chance, war = (
    plain(f"sim.engine.{name}")
    for name in ("rules.feelings", "rules.balance", "chance", "rules.war")
)
RUNG = {a.word: a.rung for a in Action}


def column(w: Any, term: int) -> dict[str, float]:
    rules.state_table(w, NORTH, SOUTH)
    terms = w.table.terms[: len(ACTION_NAMES), term]
    return dict(zip(ACTION_NAMES, terms.tolist(), strict=True))


def test_punish_is_the_squared_distance_from_what_anger_demands() -> None:
    w = tiny_world()
    w.dyads[NORTH, SOUTH].outrage = 1.2
    demanded = feelings.demanded_rung(w, NORTH, SOUTH)
    assert 2 < demanded < 6
    assert column(w, ActionTerm.PUNISH) == pytest.approx(
        {name: -(((rung - demanded) / 6) ** 2) for name, rung in RUNG.items()}
    )


def test_disrupt_is_what_an_action_takes_from_militants_in_whom_one_believes() -> None:
    w = tiny_world()
    view = w.dyads[NORTH, SOUTH]
    view.belief, view.targets = math.log(0.9 / 0.1), 0.5
    w.hosts[REBELS, SOUTH].fighters = 0.8 * w.hosts[REBELS, SOUTH].fighters_start
    assert column(w, ActionTerm.DISRUPT) == pytest.approx(
        {a.word: 0.9 * 0.8 * 0.5 * a.disrupt for a in Action}
    )


def test_without_enemies_there_nothing_is_disrupted() -> None:
    w = tiny_world(**{"groups.rebels": None})
    assert set(column(w, ActionTerm.DISRUPT).values()) == {0.0}


def test_cost_grows_with_weariness_and_weakness() -> None:
    w = tiny_world(
        **{
            "states.north.personnel": 10_000,
            "states.north.armour": 0,
            "states.south.armour": 0,
            "states.south.combat_aircraft": 0,
        }
    )
    w.states[NORTH].weariness = 0.5
    found = column(w, ActionTerm.COST)
    costs = {a.word: a.cost for a in Action}
    assert found["raid"] == pytest.approx(-costs["raid"] * 1.5 / math.sqrt(10 / 50))
    assert found["limited_strike"] == pytest.approx(-costs["limited_strike"] * 1.5)


def test_strength_is_never_counted_as_less_than_a_floor_nor_as_making_war_cheap() -> None:
    tiny, giant = (
        tiny_world(**{"states.north.personnel": 10}),
        tiny_world(**{"states.north.personnel": 1e8}),
    )
    cost = next(a.cost for a in Action if a.word == "raid")
    weariness = 1 + tiny.states[NORTH].weariness
    assert column(tiny, ActionTerm.COST)["raid"] == pytest.approx(-cost * weariness / 0.3)
    assert column(giant, ActionTerm.COST)["raid"] == pytest.approx(-cost * weariness)


def test_the_diplomatic_price_is_pressure_and_pull_by_height() -> None:
    w = tiny_world(**{"mediators.isle.leverage.north": 0.5, "mediators.isle.credibility": 0.8})
    w.states[NORTH].pressure = 0.3
    pull = 0.3 + 1 - math.exp(-0.5 * 0.8)
    assert column(w, ActionTerm.DIPLOMATIC) == pytest.approx(
        {name: -pull * max(0, rung - 1) / 5 for name, rung in RUNG.items()}
    )


def test_commitment_is_the_quality_of_a_ceasefire_and_its_fresh_word() -> None:
    w = tiny_world(**{"relations.neighbours.ceasefire": 0.7})
    bound = 0.7 + w.rules[0].ceasefire_word
    assert column(w, ActionTerm.COMMITMENT) == pytest.approx(
        {a.word: -bound * a.violation for a in Action}
    )
    w.pairs[0].age = 100_000
    assert column(w, ActionTerm.COMMITMENT)["raid"] == pytest.approx(-0.7 * Action.RAID.violation)
    assert set(column(tiny_world(), ActionTerm.COMMITMENT).values()) == {0.0}


def test_the_shadow_falls_on_height_against_a_nuclear_rival_only() -> None:
    assert set(
        column(tiny_world(**{"states.north.nuclear": True}), ActionTerm.SHADOW).values()
    ) == {0.0}
    dark = column(tiny_world(**{"states.south.nuclear": True}), ActionTerm.SHADOW)
    assert all(dark[name] == 0 for name, rung in RUNG.items() if rung <= 3)
    assert (
        0
        > dark["limited_strike"]
        > dark["military_strike"]
        > dark["open_war"]
        > dark["nuclear_signal"]
    )
    signalled = tiny_world(**{"states.south.nuclear": True})
    signalled.dyads[SOUTH, NORTH].signalled = 1.0
    assert column(signalled, ActionTerm.SHADOW)["open_war"] == pytest.approx(2 * dark["open_war"])


def test_inertia_is_the_distance_from_the_posture() -> None:
    w = tiny_world()
    w.dyads[NORTH, SOUTH].posture = ACTION_NAMES.index("border_fire")
    assert column(w, ActionTerm.INERTIA) == pytest.approx(
        {name: -abs(rung - 2) / 6 for name, rung in RUNG.items()}
    )


def attends(**changes: Any) -> float:
    """Share of days on which north deliberates."""
    overrides = {path: value for path, value in changes.items() if "." in path}
    w = tiny_world(**overrides)
    for field, value in changes.items():
        if "." not in field:
            setattr(w.pairs[0] if field == "war" else w.dyads[NORTH, SOUTH], field, value)
    found = []
    for day in range(1, 1001):
        w.clock[0].day = day
        found.append(bool(rules.attends(w, NORTH, SOUTH)))
    return sum(found) / len(found)


def test_a_state_deliberates_now_and_then_and_more_at_war() -> None:
    attention = {"rules.choice.attention": 0.2, "rules.choice.war_attention": 0.6}
    for share, changes in (
        (0.2, {}),
        (0.6, {"war": 1}),
        (1.0, {"outrage": 1.0, "outrage_mark": 0.2, "rules.choice.surprise": 0.7}),
    ):
        assert abs(attends(**attention, **changes) - share) <= 4 * math.sqrt(
            share * (1 - share) / 1000
        )


def test_outrage_that_was_decided_upon_is_no_surprise() -> None:
    assert (
        attends(
            outrage=1.0,
            outrage_mark=0.9,
            **{"rules.choice.attention": 0, "rules.choice.surprise": 0.5},
        )
        == 0
    )


@pytest.mark.parametrize(
    ("posture", "action", "then", "order"),
    [
        ("calm", "tension", "tension", None),
        ("tension", "border_fire", "border_fire", None),
        ("tension", "raid", "tension", "raid"),
        ("border_fire", "open_war", "border_fire", "open_war"),
    ],
)
def test_a_choice_becomes_a_posture_or_an_order(
    posture: str, action: str, then: str, order: str | None
) -> None:
    w = tiny_world()
    view = w.dyads[NORTH, SOUTH]
    view.posture, view.order = ACTION_NAMES.index(posture), -1
    rules.give_order(w, NORTH, SOUTH, ACTION_NAMES.index(action))
    assert ACTION_NAMES[view.posture] == then
    assert view.order == (-1 if order is None else ACTION_NAMES.index(order))


@pytest.mark.parametrize(
    ("posture", "choice", "then"),
    [
        ("open_war", Fighting.FIGHT_ON, "open_war"),
        ("open_war", Fighting.HALT, "tension"),
        ("tension", Fighting.FIGHT_ON, "open_war"),
        ("tension", Fighting.HALT, "tension"),
    ],
)
def test_at_war_a_choice_is_to_halt_or_to_fight_on(
    posture: str, choice: Fighting, then: str
) -> None:
    w = tiny_world()
    war.begin_war(w, SOUTH, NORTH)
    w.dyads[NORTH, SOUTH].posture = ACTION_NAMES.index(posture)
    rules.give_order(w, NORTH, SOUTH, choice)
    assert ACTION_NAMES[w.dyads[NORTH, SOUTH].posture] == then


def test_no_choice_changes_no_order() -> None:
    w = tiny_world()
    view = w.dyads[NORTH, SOUTH]
    view.posture, view.order, view.outrage, view.outrage_mark = 2, 4, 1.0, 0.3
    rules.give_order(w, NORTH, SOUTH, -1)
    assert (view.posture, view.order, view.outrage_mark) == (2, 4, 0.3)
