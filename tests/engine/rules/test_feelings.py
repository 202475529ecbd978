"""Outrage and grievance: what fills them, what spends them, what fades."""

from __future__ import annotations

import math

import pytest

from sim.engine.rules.records import Dead, Deed, Manner, News
from sim.vocabulary.codes import TARGET_NAMES, Target
from sim.vocabulary.ladder import ACTION_NAMES, Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, tiny_world

feelings = plain("sim.engine.rules.feelings")
stocks = plain("sim.engine.rules.stocks")
RUNG = {a.word: a.rung for a in Action}
SPENT = {a.word: a.spent for a in Action}


def test_the_demanded_rung_grows_from_nothing_to_open_war() -> None:
    w = tiny_world(**{"relations.neighbours.views.north.grievance": 0})
    view, s = w.dyads[NORTH, SOUTH], w.states[NORTH]
    s.resolve = 0.5
    assert feelings.demanded_rung(w, NORTH, SOUTH) == 0
    view.outrage, view.grievance = 1.0, 0.5
    anger = 1.0 + w.rules[0].feelings_grievance_share * 0.5
    assert feelings.demanded_rung(w, NORTH, SOUTH) == pytest.approx(
        6 * (1 - math.exp(-0.5 * anger))
    )
    view.outrage = 1e3
    assert feelings.demanded_rung(w, NORTH, SOUTH) == pytest.approx(6)
    s.resolve = 0
    assert feelings.demanded_rung(w, NORTH, SOUTH) == 0


def test_an_attack_is_news_above_what_people_are_used_to() -> None:
    w = tiny_world(
        **{
            "rules.feelings.news_floor": 6,
            "rules.feelings.news_multiple": 2,
            "rules.feelings.news_spectacular": 1.5,
        }
    )
    patrol, base = TARGET_NAMES.index("patrol"), TARGET_NAMES.index("base")
    assert [bool(t.spectacular) for t in Target] == [False, False, True, False]
    w.states[NORTH].news_mean = 1.0
    assert feelings.news(w, NORTH, 0, base) == 0
    assert feelings.news(w, NORTH, 5, patrol) == 0
    assert feelings.news(w, NORTH, 11, patrol) == pytest.approx(math.log(12 / 6))
    assert feelings.news(w, NORTH, 11, base) == pytest.approx(math.log(18 / 6))
    w.states[NORTH].news_mean = 10.0
    assert feelings.news(w, NORTH, 11, patrol) == 0
    assert feelings.news(w, NORTH, 39, patrol) == pytest.approx(math.log(40 / 20))


def test_blame_for_an_attack_goes_with_belief_and_share() -> None:
    w = tiny_world()
    r, view = w.rules[0], w.dyads[NORTH, SOUTH]
    view.belief = math.log(0.8 / 0.2)
    feelings.resent_attack(w, NORTH, SOUTH, News(9, Target.PATROL, 1.5), 0.6)
    assert view.new_outrage == pytest.approx(
        r.feelings_attack_outrage * 0.8 * 0.6 * 1.5 * Target.PATROL.arousal * r.attribution_blame
    )
    assert view.new_grievance == pytest.approx(
        r.feelings_attack_grievance * 0.8 * 0.6 * math.log(10) * r.attribution_blame
    )
    assert w.dyads[SOUTH, NORTH].new_outrage == 0


def test_an_act_is_felt_by_its_height_its_dead_and_its_place() -> None:
    plainly, capital = tiny_world(), tiny_world()
    for w, seat in ((plainly, False), (capital, True)):
        deed = Deed(NORTH, SOUTH, ACTION_NAMES.index("limited_strike"))
        feelings.resent_act(w, deed, Dead(4, 9, 0, 0), Manner(seat, announced=False))
    r, hurt = plainly.rules[0], plainly.dyads[SOUTH, NORTH]
    assert hurt.new_outrage == pytest.approx(
        r.feelings_act_outrage * 4 / 6 + r.feelings_act_deaths * math.log(10)
    )
    assert hurt.new_grievance == pytest.approx(r.feelings_act_grievance * 4 / 6)
    assert plainly.dyads[NORTH, SOUTH].new_outrage == pytest.approx(
        r.feelings_own_deaths * math.log(5)
    )
    assert capital.dyads[SOUTH, NORTH].new_outrage == pytest.approx(
        r.feelings_capital_factor * hurt.new_outrage
    )


def test_an_announced_act_without_dead_is_a_gesture() -> None:
    felt = {}
    for announced in (False, True):
        for dead in (0, 3):
            w = tiny_world()
            deed = Deed(NORTH, SOUTH, ACTION_NAMES.index("military_strike"))
            feelings.resent_act(w, deed, Dead(0, dead, 0, 0), Manner(False, announced))
            felt[announced, dead] = float(w.dyads[SOUTH, NORTH].new_outrage)
    assert felt[True, 0] == pytest.approx(tiny_world().rules[0].feelings_gesture * felt[False, 0])
    assert felt[True, 3] == felt[False, 3]


def test_acting_spends_outrage_before_the_day_adds_to_it() -> None:
    w = tiny_world()
    r, view = w.rules[0], w.dyads[NORTH, SOUTH]
    view.outrage, view.grievance, view.new_outrage = 2.0, 1.0, 0.3
    feelings.discharge(w, NORTH, SOUTH, ACTION_NAMES.index("limited_strike"))
    feelings.apply(w)
    assert view.outrage == pytest.approx(
        2.0 * (1 - r.feelings_discharge * SPENT["limited_strike"]) + 0.3
    )
    assert view.grievance == pytest.approx(1.0 * (1 - r.feelings_grievance_spent))
    feelings.apply(w)
    assert view.outrage == pytest.approx(
        2.0 * (1 - r.feelings_discharge * SPENT["limited_strike"]) + 0.3
    )


def test_two_acts_of_a_day_spend_outrage_once() -> None:
    w = tiny_world()
    view = w.dyads[NORTH, SOUTH]
    view.outrage = 1.0
    for action in ("raid", "open_war"):
        feelings.discharge(w, NORTH, SOUTH, ACTION_NAMES.index(action))
    feelings.apply(w)
    assert view.outrage == pytest.approx(
        1 - w.rules[0].feelings_discharge * max(SPENT["raid"], SPENT["open_war"])
    )


def test_feelings_have_a_top() -> None:
    w = tiny_world()
    view = w.dyads[NORTH, SOUTH]
    view.new_outrage = view.new_grievance = 99.0
    feelings.apply(w)
    assert (view.outrage, view.grievance) == (
        w.rules[0].feelings_outrage_cap,
        w.rules[0].feelings_grievance_cap,
    )


def test_outrage_fades_in_days_and_grievance_in_months() -> None:
    w = tiny_world()
    r, view = w.rules[0], w.dyads[NORTH, SOUTH]
    view.outrage, view.grievance = 1.0, 1.0
    for _ in range(10):
        feelings.fade(w, NORTH, SOUTH)
    assert view.outrage == pytest.approx(math.exp(-10 / r.feelings_outrage_life))
    assert view.grievance == pytest.approx(math.exp(-10 / r.feelings_grievance_life))
    assert view.outrage < view.grievance


def test_an_act_is_remembered_on_both_sides() -> None:
    w = tiny_world()
    feelings.note_act(w, NORTH, SOUTH, 4)
    assert (w.dyads[NORTH, SOUTH].act_rung, w.dyads[NORTH, SOUTH].met_rung) == (4, 0)
    assert (w.dyads[SOUTH, NORTH].act_rung, w.dyads[SOUTH, NORTH].met_rung) == (0, 4)
    assert w.pairs[0].rung == 4
    assert (w.dyads[SOUTH, NORTH].provoked, w.dyads[NORTH, SOUTH].provoked) == (1, 0)
