"""A day of what accumulates and fades, worked out by hand."""

from __future__ import annotations

import math

import pytest

from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, tiny_world

stocks = plain("sim.engine.rules.stocks")


@pytest.mark.parametrize(
    ("own_dead", "personnel", "posture", "smaller", "warring"),
    [
        (30.0, 50_000, 0, 1, 0),
        (30.0, 49_000, 0, 2, 0),
        (0.0, 49_000, 0, 1, 0),
        (30.0, 51_000, 0, 1, 0),
        (0.0, 50_000, Action.OPEN_WAR, 1, 1),
    ],
    ids=["equals", "the weaker of the two", "weaker and unhurt by it", "the stronger", "at war"],
)
def test_losses_tire_the_weaker_twice_and_war_tires_by_itself(
    own_dead: float, personnel: int, posture: int, smaller: int, warring: int
) -> None:
    w = tiny_world(**{"states.north.personnel": personnel})
    r, state, view = w.rules[0], w.states[NORTH], w.dyads[NORTH, SOUTH]
    state.weariness, state.pressure, state.lost_today, view.own_dead, view.posture = (
        0.4,
        0.8,
        30.0,
        own_dead,
        posture,
    )
    stocks.tire(w, NORTH, stocks.fading(w))
    kept = 0.4 * math.exp(-1 / r.stocks_weariness_life)
    assert state.weariness == pytest.approx(
        kept + smaller * 30 * r.stocks_weariness_soldier + warring * r.stocks_weariness_war_day
    )
    assert state.pressure == pytest.approx(0.8 * math.exp(-1 / r.stocks_pressure_life))
    assert state.lost_today == 0


def test_people_get_used_to_a_toll() -> None:
    w = tiny_world(**{"rules.feelings.news_window": 20})
    state = w.states[NORTH]
    state.news_mean, state.toll = 1.0, 5.0
    stocks.habituate(w, NORTH)
    assert (state.news_mean, state.toll) == (pytest.approx(1.0 + 4.0 / 20), 0.0)


def test_the_end_of_a_day_between_two() -> None:
    w = tiny_world()
    r, view, theirs = w.rules[0], w.dyads[NORTH, SOUTH], w.dyads[SOUTH, NORTH]
    (
        view.targets,
        view.coerced,
        view.recent_losses,
        view.crisis_losses,
        view.own_dead,
        view.met_rung,
    ) = 0.4, 2.0, 10.0, 100.0, 7.0, 6.0
    theirs.act_rung = 4.0
    stocks.settle_dyad(w, NORTH, SOUTH, stocks.fading(w))
    assert view.targets == pytest.approx(0.4 + 0.6 / r.choice_target_refill)
    assert view.coerced == pytest.approx(2.0 + 2.0 / r.hosting_coercion_window)
    assert view.recent_losses == pytest.approx(10.0 * math.exp(-1 / 14) + 7.0)
    assert view.crisis_losses == 107.0
    assert view.met_rung == pytest.approx(5.4)
    assert (theirs.act_rung, view.own_dead) == (4.0, 7.0)  # until all have settled
    stocks.close_dyad(w, NORTH, SOUTH)
    assert view.own_dead == 0.0


@pytest.mark.parametrize(
    ("met", "act", "left"),
    [(4.0, 4.0, 4.0), (1.1, 0.0, 0.0), (1.2, 0.0, 1.08)],
    ids=["again", "forgotten", "remembered"],
)
def test_what_one_met_is_remembered_until_it_is_less_than_a_rung(
    met: float, act: float, left: float
) -> None:
    w = tiny_world()
    w.dyads[NORTH, SOUTH].met_rung, w.dyads[SOUTH, NORTH].act_rung = met, act
    stocks.settle_dyad(w, NORTH, SOUTH, stocks.fading(w))
    assert w.dyads[NORTH, SOUTH].met_rung == pytest.approx(left)
