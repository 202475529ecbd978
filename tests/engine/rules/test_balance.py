"""What a state can do, and how it compares."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.vocabulary.ladder import ACTION_NAMES, Action, Domain
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, world

balance = plain("sim.engine.rules.balance")

GROUND = {a.word for a in Action if a.domain is Domain.GROUND}
AIR = {a.word for a in Action if a.domain is Domain.AIR}
REST = {"calm", "tension"}


def means(**overrides: Any) -> set[str]:
    opened = world(template(overrides))
    return {name for a, name in enumerate(ACTION_NAMES) if balance.can(opened, NORTH, SOUTH, a)}


def test_means_decide_what_is_possible() -> None:
    assert means() == REST | GROUND | AIR
    assert means(**{"states.north.combat_aircraft": 0}) == REST | GROUND
    assert means(**{"borders.ridge": None}) == REST | AIR | {"open_war"}
    assert means(**{"borders.ridge": None, "states.north.combat_aircraft": 0}) == REST


def test_an_aircraft_has_to_be_fit_to_fly() -> None:
    assert "limited_strike" in means(
        **{"states.north.combat_aircraft": 10, "states.north.serviceability": 0.1}
    )
    assert "limited_strike" not in means(
        **{"states.north.combat_aircraft": 10, "states.north.serviceability": 0.09}
    )
    assert "limited_strike" not in means(
        **{"states.north.combat_aircraft": 0, "states.north.helicopters": 500}
    )


def vital(nuclear: bool = True, **view: float) -> set[str]:
    opened = world(template({"states.north.nuclear": nuclear}))
    for field, value in view.items():
        setattr(opened.dyads[NORTH, SOUTH], field, value)
    return {name for a, name in enumerate(ACTION_NAMES) if balance.can(opened, NORTH, SOUTH, a)}


def test_nuclear_signals_need_weapons_an_attack_and_a_threat_to_what_is_vital() -> None:
    assert "nuclear_signal" in vital(met_rung=6.0, crisis_losses=5_000)
    assert "nuclear_signal" in vital(met_rung=5.0, posts_lost=6.0)
    assert "nuclear_signal" not in vital(nuclear=False, met_rung=6.0, crisis_losses=5_000)
    assert "nuclear_signal" not in vital(met_rung=4.0, crisis_losses=5_000)
    assert "nuclear_signal" not in vital(met_rung=6.0, crisis_losses=500, posts_lost=2.0)


def test_superiority_on_the_ground_is_the_root_of_numbers_up_to_a_cap() -> None:
    opened = world(
        template(
            {"states.north.personnel": 100_000, "states.north.armour": 0, "states.south.armour": 0}
        )
    )
    raid = ACTION_NAMES.index("raid")
    assert balance.superiority(opened, NORTH, SOUTH, raid) == pytest.approx(math.sqrt(2))
    assert balance.superiority(opened, SOUTH, NORTH, raid) == pytest.approx(math.sqrt(0.5))
    opened.states[NORTH].personnel = 1e7
    assert balance.superiority(opened, NORTH, SOUTH, raid) == opened.rules[0].choice_ground_cap


def test_the_dead_no_longer_count_on_the_ground() -> None:
    opened = world(template({"states.north.armour": 10}))
    before = balance.ground_power(opened, NORTH)
    opened.states[NORTH].lost = 1_000
    assert balance.ground_power(opened, NORTH) == before - 1_000
    opened.states[NORTH].lost = 1e9
    assert balance.ground_power(opened, NORTH) == 1.0


def test_superiority_in_the_air_is_a_share() -> None:
    opened = world(
        template(
            {
                "states.north.combat_aircraft": 60,
                "states.south.combat_aircraft": 20,
                "rules.choice.air_balance": 0.5,
            }
        )
    )
    strike = ACTION_NAMES.index("limited_strike")
    assert balance.superiority(opened, NORTH, SOUTH, strike) == pytest.approx(60 / (60 + 0.5 * 20))
    opened.states[SOUTH].combat_aircraft = 0
    assert balance.superiority(opened, NORTH, SOUTH, strike) == 1.0
    assert balance.superiority(opened, SOUTH, NORTH, strike) == 0.0


def test_a_reply_is_the_highest_action_not_above_the_act() -> None:
    """South has no militant enemy in the north: it cannot strike at any, and raids."""
    opened = world(template())
    replies = {
        rung: ACTION_NAMES[balance.reply_to(opened, NORTH, SOUTH, rung)] for rung in range(2, 8)
    }
    assert replies == {
        2: "border_fire",
        3: "raid",
        4: "raid",
        5: "ground_offensive",
        6: "open_war",
        7: "open_war",
    }
    helpless = world(template({"borders.ridge": None, "states.south.combat_aircraft": 0}))
    assert {
        ACTION_NAMES[balance.reply_to(helpless, NORTH, SOUTH, rung)] for rung in range(2, 8)
    } == {"calm"}
