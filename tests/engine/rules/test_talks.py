"""Offers, their acceptance, ceasefires and crossings."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy.special import expit

from sim.vocabulary.codes import Answer, Crossing, Offer
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, tiny_world, world

diplomacy, ceasefire, crossings = (
    plain(f"sim.engine.rules.{rule}") for rule in ("diplomacy", "ceasefire", "crossings")
)
tables = plain("sim.engine.world.tables")


def offer(w: Any) -> float:
    """Probability that the mediator offers; with nothing to offer it fills no decision table."""
    w.table.probability[:] = 0
    diplomacy.mediator_decides(w, 0, 0)
    return float(w.table.probability[Offer.MAKE_OFFER])


def accept(w: Any) -> float:
    """Probability that north accepts."""
    diplomacy.state_accepts(w, 0, NORTH, SOUTH)
    return float(w.table.probability[Answer.ACCEPT])


@pytest.mark.parametrize("threshold", [3.0, 2.0])
def test_an_offer_at_open_war_is_as_likely_as_the_eagerness(threshold: float) -> None:
    w = tiny_world(
        **{
            "rules.mediation.threshold": threshold,
            "rules.mediation.eagerness": 0.3,
            "rules.mediation.deaths": 0,
            "mediators.isle.credibility": 0.8,
        }
    )
    w.pairs[0].activity = 6.0
    assert offer(w) == pytest.approx(0.3)


def test_an_offer_follows_the_height_of_the_crisis_and_its_dead() -> None:
    quiet, high, bloody = tiny_world(), tiny_world(), tiny_world()
    quiet.pairs[0].activity, high.pairs[0].activity, bloody.pairs[0].activity = 4.0, 6.0, 6.0
    bloody.pairs[0].recent_dead = 200.0
    assert 0 < offer(quiet) < offer(high) < offer(bloody) < 1


@pytest.mark.parametrize(
    "bar",
    [
        lambda w: setattr(w.pairs[0], "in_force", 1),
        lambda w: setattr(w.mediators[0], "wait", 0.5),
        lambda w: setattr(w.pairs[0], "activity", 2.9),
        lambda w: w.leverage.leverage.fill(0.0),
    ],
    ids=["ceasefire", "waiting", "calm", "no leverage"],
)
def test_what_keeps_a_mediator_from_offering(bar: Any) -> None:
    w = tiny_world(**{"rules.mediation.threshold": 3})
    w.pairs[0].activity = 6.0
    assert offer(w) > 0
    bar(w)
    assert offer(w) == 0


def test_acceptance_is_ripeness_by_hand() -> None:
    w = tiny_world()
    r, s, d = w.rules[0], w.states[NORTH], w.dyads[NORTH, SOUTH]
    s.weariness, s.pressure, d.targets, d.outrage, d.recent_losses, d.war_aim, d.private = (
        0.7,
        0.3,
        0.4,
        0.9,
        25.0,
        0.6,
        -0.2,
    )
    utility = (
        r.mediation_openness
        + r.mediation_weariness * 0.7
        + r.mediation_pressure * 0.3
        + r.mediation_leverage * 0.5
        + r.mediation_targets * 0.6
        + r.mediation_trust * w.pairs[0].trust
        - r.mediation_outrage * 0.9
        + r.mediation_losses * math.log(26)
        - r.mediation_war_aim * 0.6
        - 0.2
    )
    assert accept(w) == pytest.approx(expit(r.mediation_rationality * utility))


@pytest.mark.parametrize("accepted", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_it_takes_two_to_make_a_ceasefire(accepted: tuple[int, int]) -> None:
    w = tiny_world()
    assert diplomacy.is_accepted(w, 0, 0, *accepted) == (accepted == (1, 1))
    assert w.tally[0].offers == 1
    assert w.mediators[0].wait == w.mediators[0].patience


def test_leverage_and_trust_make_a_better_ceasefire() -> None:
    r = tiny_world().rules[0]
    for leverage, trust in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)):
        w = tiny_world(
            **{
                "mediators.isle.leverage": {"north": leverage, "south": leverage},
                "relations.neighbours.trust": trust,
            }
        )
        diplomacy.settle(w, 0, 0)
        low = r.ceasefire_initial + r.ceasefire_trusted * trust
        assert low <= w.pairs[0].ceasefire <= min(1.0, low + r.ceasefire_guarantees * leverage)
        assert w.pairs[0].guarantee == pytest.approx(leverage * w.mediators[0].credibility)


def test_a_ceasefire_stills_both_sides() -> None:
    w = tiny_world()
    for i, j in ((NORTH, SOUTH), (SOUTH, NORTH)):
        view = w.dyads[i, j]
        view.posture, view.order, view.war_aim, view.outrage = 7, 4, 0.9, 2.0
    ceasefire.begin_ceasefire(w, 0, 0, 0.5, 0.4)
    for i, j in ((NORTH, SOUTH), (SOUTH, NORTH)):
        view = w.dyads[i, j]
        assert (view.posture, view.order, view.war_aim) == (1, tables.NOBODY, 0)
        assert view.outrage == pytest.approx(2.0 * w.rules[0].ceasefire_relief)


def test_monitors_repair_in_quiet_times_only() -> None:
    quality = {}
    for activity in (0.0, 5.0):
        w = tiny_world(**{"rules.ceasefire.monitoring": 0.02, "rules.ceasefire.erosion": 100})
        ceasefire.begin_ceasefire(w, 0, 0, 0.5, 0.8)
        w.pairs[0].activity = activity
        ceasefire.wear(w, 0)
        quality[activity] = w.pairs[0].ceasefire
    assert quality[5.0] == pytest.approx(0.5 * 0.99)
    assert quality[0.0] == pytest.approx(0.5 * 0.99 + 0.02 * 0.8 * 0.5)


def test_who_did_more_damage_breaks_it() -> None:
    for ours, theirs, breaker in ((0.3, 0.1, NORTH), (0.1, 0.3, SOUTH), (0.2, 0.2, tables.NOBODY)):
        w = tiny_world()
        ceasefire.begin_ceasefire(w, 0, 0, 0.5, 0.0)
        w.dyads[NORTH, SOUTH].hit, w.dyads[SOUTH, NORTH].hit, w.pairs[0].hit = ours, theirs, 0.6
        ceasefire.wear(w, 0)
        assert w.pairs[0].in_force == 0
        assert [w.states[i].collapses for i in (NORTH, SOUTH)] == [
            breaker == NORTH,
            breaker == SOUTH,
        ]


def test_history_ends_a_ceasefire_only_by_its_script() -> None:
    w = world(template(), day=0)
    ceasefire.begin_ceasefire(w, 0, 0, 0.5, 0.0)
    w.pairs[0].hit = 2.0
    ceasefire.wear(w, 0)
    assert w.pairs[0].in_force == 1
    assert w.pairs[0].ceasefire > w.rules[0].ceasefire_collapse


def test_a_crisis_opens_after_quiet_days_and_draws_private_values() -> None:
    w = tiny_world(**{"rules.choice.crisis_gap": 5})
    values = []
    for rung in (4, 0, 0, 0, 4, *[0] * 5, 5):
        w.clock[0].day += 1
        w.dyads[NORTH, SOUTH].crisis_losses += 10
        w.pairs[0].rung = rung
        diplomacy.follow_crisis(w, 0)
        values.append(
            (
                w.dyads[NORTH, SOUTH].private,
                w.dyads[SOUTH, NORTH].private,
                w.dyads[NORTH, SOUTH].crisis_losses,
            )
        )
    first, before, last = values[0], values[-2], values[-1]
    assert first[0] != first[1]
    assert before[:2] == first[:2]
    assert before[2] == 90
    assert last[:2] != first[:2]
    assert last[2] == 0


def test_activity_is_the_memory_of_the_highest_rung() -> None:
    w = tiny_world(**{"rules.mediation.activity_life": 4})
    for rung, want in ((6, 6.0), (0, 6 * math.exp(-1 / 4)), (5, 5.0), (1, 5 * math.exp(-1 / 4))):
        w.pairs[0].rung = rung
        diplomacy.follow_crisis(w, 0)
        assert w.pairs[0].activity == pytest.approx(want)


def close(w: Any) -> float:
    """Probability that north closes its side, asked for sure."""
    w.pairs[0].rung = 3.0
    crossings.crossing_decides(w, NORTH, SOUTH)
    return float(w.table.probability[Crossing.CLOSE_CROSSINGS])


def test_crossings_close_in_anger_and_violence_and_open_for_trade() -> None:
    usual = close(tiny_world())
    angry, violent, poor = (
        tiny_world(),
        tiny_world(),
        tiny_world(**{"relations.neighbours.trade": 0}),
    )
    angry.dyads[NORTH, SOUTH].outrage = 2.0
    violent.pairs[0].activity = 6.0
    assert close(angry) > usual
    assert close(violent) > usual
    assert close(poor) > usual


def test_what_is_closed_stays_closed_for_a_while_but_not_for_ever() -> None:
    chances = []
    for closed, days in ((0.0, 0.0), (1.0, 1.0), (1.0, 400.0)):
        w = tiny_world()
        w.dyads[NORTH, SOUTH].closed, w.dyads[NORTH, SOUTH].closed_days = closed, days
        chances.append(close(w))
    assert chances[1] > chances[0]
    assert chances[1] > chances[2]


def test_without_a_crossing_there_is_nothing_to_close() -> None:
    w = tiny_world(**{"borders.ridge.crossing": None})
    w.dyads[NORTH, SOUTH].outrage, w.pairs[0].activity, w.pairs[0].rung = 4.0, 6.0, 6.0
    assert crossings.crossing_decides(w, NORTH, SOUTH) == Crossing.OPEN_CROSSINGS
