"""A day of what accumulates and fades, worked out by hand."""

from __future__ import annotations

import math

import pytest

from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, tiny_world

stocks = plain("sim.engine.rules.stocks")


def test_own_dead_tire_by_the_thousand_mobilised_and_ever_less() -> None:
    w = tiny_world(**{"states.north.personnel": 40_000, "states.north.mobilised": 0.25})
    r, state = w.rules[0], w.states[NORTH]
    state.losses, state.pressure, state.lost_today = 2.0, 0.8, 30.0
    stocks.tire(w, NORTH)
    losses = 2.0 * math.exp(-1 / r.stocks_weariness_life) + 1000 * 30 / 10_000
    assert state.losses == pytest.approx(losses)
    assert state.weariness == pytest.approx(losses / (losses + r.stocks_weariness_losses))
    assert state.pressure == pytest.approx(0.8 * math.exp(-1 / r.stocks_pressure_life))
    assert state.lost_today == 0


def test_the_same_dead_tire_a_larger_army_less() -> None:
    weary = []
    for personnel in (20_000, 200_000):
        w = tiny_world(**{"states.north.personnel": personnel})
        w.states[NORTH].lost_today = 50.0
        stocks.tire(w, NORTH)
        weary.append(float(w.states[NORTH].weariness))
    assert weary[0] > weary[1] > 0


def test_a_state_begins_as_weary_as_its_file_says() -> None:
    w = tiny_world(**{"states.north.weariness": 0.4})
    kept = math.exp(-1 / w.rules[0].stocks_weariness_life)
    losses = w.states[NORTH].losses
    assert losses / (losses + w.rules[0].stocks_weariness_losses) == pytest.approx(0.4)
    stocks.tire(w, NORTH)
    assert w.states[NORTH].losses == pytest.approx(losses * kept)


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
        view.crisis_losses,
        view.own_dead,
        view.met_rung,
    ) = 0.4, 2.0, 100.0, 7.0, 6.0
    theirs.act_rung = 4.0
    stocks.settle_dyad(w, NORTH, SOUTH)
    assert view.targets == pytest.approx(0.4 + 0.6 / r.choice_target_refill)
    assert view.coerced == pytest.approx(2.0 + 2.0 / r.hosting_coercion_window)
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
    stocks.settle_dyad(w, NORTH, SOUTH)
    assert w.dyads[NORTH, SOUTH].met_rung == pytest.approx(left)
