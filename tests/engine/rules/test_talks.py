"""Talks step by step, what begins a ceasefire, and the crossings."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy.special import expit

from sim.vocabulary.codes import Answer, Collapse, Crossing, Offer, Stage, TruceKind
from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, tiny_world, world

diplomacy, ceasefire, crossings, bargaining, war = (
    plain(f"sim.engine.rules.{rule}")
    for rule in ("diplomacy", "ceasefire", "crossings", "bargaining", "war")
)
tables = plain("sim.engine.world.tables")
NOBODY = tables.NOBODY
YES, NO = Answer.ACCEPT, Answer.REFUSE


def offer(w: Any) -> float:
    """Probability that the mediator offers; with nothing to offer it fills no decision table."""
    w.table.probability[:] = 0
    diplomacy.mediator_decides(w, 0, 0)
    return float(w.table.probability[Offer.MAKE_OFFER])


def accept(w: Any, mediator: int = 0) -> float:
    """Probability that north accepts."""
    diplomacy.state_accepts(w, mediator, NORTH, SOUTH)
    return float(w.table.probability[YES])


@pytest.mark.parametrize("stage", [Stage.NONE, Stage.ACCESS])
def test_an_offer_at_open_war_is_as_likely_as_eagerness_and_speed(stage: Stage) -> None:
    w = tiny_world(
        **{
            "rules.mediation.eagerness": 0.3,
            "rules.mediation.speed": 0.2,
            "mediators.isle.credibility": 0.8,
            "mediators.isle.leverage": {"north": 0.4, "south": 0.6},
        }
    )
    w.pairs[0].activity, w.talks[0, 0].stage = 6.0, stage
    assert offer(w) == pytest.approx(0.3 if stage is Stage.NONE else 0.2)


def test_an_offer_follows_the_height_of_the_crisis_and_the_leverage() -> None:
    low, high, weak = tiny_world(), tiny_world(), tiny_world()
    low.pairs[0].activity, high.pairs[0].activity, weak.pairs[0].activity = 4.0, 6.0, 6.0
    weak.leverage.leverage *= 0.5
    assert 0 < offer(low) < offer(high) < 1
    assert 0 < offer(weak) < offer(high)


@pytest.mark.parametrize(
    "bar",
    [
        lambda w: setattr(w.pairs[0], "in_force", 1),
        lambda w: setattr(w.talks[0, 0], "wait", 0.5),
        lambda w: setattr(w.talks[0, 0], "stage", Stage.TEXT),
        lambda w: setattr(w.pairs[0], "activity", 2.9),
        lambda w: w.leverage.leverage.fill(0.0),
    ],
    ids=["ceasefire", "waiting", "text agreed", "calm", "no leverage"],
)
def test_what_keeps_a_mediator_from_offering(bar: Any) -> None:
    w = tiny_world(**{"rules.mediation.threshold": 3})
    w.pairs[0].activity = 6.0
    assert offer(w) > 0
    bar(w)
    assert offer(w) == 0


def test_an_answer_is_the_price_of_peace_and_what_the_offer_adds() -> None:
    w = tiny_world()
    war.begin_war(w, NORTH, SOUTH)
    w.dyads[NORTH, SOUTH].aim = 0.7
    r = w.rules[0]
    bare = r.bargaining_openness - bargaining.price(w, NORTH, SOUTH)
    pull = r.mediation_leverage * w.leverage[0, NORTH].leverage
    for stage, step in ((Stage.NONE, r.mediation_access), (Stage.ACCESS, 0.0)):
        w.talks[0, 0].stage = stage
        assert accept(w) == pytest.approx(expit(r.bargaining_rationality * (bare + pull + step)))
    assert accept(w, NOBODY) == pytest.approx(expit(r.bargaining_rationality * bare))


def test_below_open_war_the_price_counts_less() -> None:
    w = tiny_world()
    w.dyads[NORTH, SOUTH].aim = 1.5
    crisis = accept(w, NOBODY)
    war.begin_war(w, NORTH, SOUTH)
    assert accept(w, NOBODY) < crisis


@pytest.mark.parametrize("answers", [(NO, NO), (NO, YES), (YES, NO), (YES, YES)])
def test_it_takes_two_to_go_a_stage_further(answers: tuple[int, int]) -> None:
    w = tiny_world()
    w.pairs[0].activity = 6.0
    diplomacy.settle(w, 0, 0, *answers)
    both = answers == (YES, YES)
    assert w.talks[0, 0].stage == (Stage.ACCESS if both else Stage.NONE)
    assert bool(w.talks[0, 0].wait > 0) is (not both)
    assert w.tally[0].offers == 1
    assert w.pairs[0].in_force == 0


def test_a_no_costs_less_time_to_a_mediator_with_more_leverage() -> None:
    waits = []
    for leverage in (0.2, 0.8):
        w = tiny_world(**{"mediators.isle.leverage": {"north": leverage, "south": leverage}})
        diplomacy.settle(w, 0, 0, NO, YES)
        waits.append(float(w.talks[0, 0].wait))
        assert waits[-1] == pytest.approx(w.mediators[0].patience * (1.5 - leverage))
    assert waits[1] < waits[0]


def test_a_no_throws_talks_back_as_often_as_not() -> None:
    back = 0
    for day in range(1, 401):
        w = tiny_world()
        w.clock[0].day, w.talks[0, 0].stage = day, Stage.ACCESS
        diplomacy.settle(w, 0, 0, NO, NO)
        back += w.talks[0, 0].stage == Stage.NONE
    assert abs(back / 400 - 0.5) <= 4 * 0.5 / 20


def test_a_text_enters_into_force_within_days() -> None:
    begun = 0
    for day in range(1, 401):
        w = tiny_world()
        w.clock[0].day, w.talks[0, 0].stage = day, Stage.TEXT
        diplomacy.conclude(w, 0)
        begun += w.pairs[0].in_force == 1
    share = tiny_world().rules[0].mediation_entry
    assert abs(begun / 400 - share) <= 4 * math.sqrt(share * (1 - share) / 400)


def test_leverage_and_trust_make_a_better_ceasefire() -> None:
    r = tiny_world().rules[0]
    for leverage, trust in ((0.01, 0.0), (1.0, 0.0), (1.0, 1.0)):
        w = tiny_world(
            **{
                "rules.mediation.entry": 1,
                "mediators.isle.leverage": {"north": leverage, "south": leverage},
                "relations.neighbours.trust": trust,
            }
        )
        w.talks[0, 0].stage = Stage.TEXT
        diplomacy.conclude(w, 0)
        worth = leverage * w.mediators[0].credibility
        low = r.ceasefire_initial + r.ceasefire_trusted * trust
        assert w.pairs[0].truce_kind == TruceKind.MEDIATED
        assert 0.4 * worth <= w.pairs[0].guarantee <= min(1.0, 1.6 * worth)
        assert w.pairs[0].ceasefire == pytest.approx(
            min(1.0, low + r.ceasefire_guarantees * w.pairs[0].guarantee)
        )


def test_without_any_mediator_the_sides_can_stop() -> None:
    w = tiny_world(**{"mediators.isle": None, "rules.mediation.dated": 0})
    w.pairs[0].activity = 6.0
    assert any(_rings(w, day) for day in range(1, 200))
    diplomacy.answer_call(w, 0, YES, YES)
    diplomacy.conclude(w, 0)
    assert (w.pairs[0].in_force, w.pairs[0].truce_kind) == (1, TruceKind.HOTLINE)
    assert w.pairs[0].mediator == NOBODY


def _rings(w: Any, day: int) -> bool:
    w.clock[0].day = day
    return bool(diplomacy.hotline_rings(w, 0))


def test_the_hotline_rings_more_in_higher_crises_and_with_trust() -> None:
    def share(activity: float, trust: float) -> float:
        w = tiny_world()
        w.pairs[0].activity, w.pairs[0].trust = activity, trust
        return sum(_rings(w, day) for day in range(1, 3001)) / 3000

    hot = tiny_world().rules[0].mediation_hotline
    assert abs(share(6.0, 0.4) - hot) <= 4 * math.sqrt(hot / 3000)
    assert share(3.0, 0.4) < share(6.0, 0.4) < share(6.0, 1.0)
    assert share(2.0, 1.0) == 0


@pytest.mark.parametrize("answers", [(NO, YES), (YES, NO), (NO, NO)])
def test_a_call_that_one_refuses_ends_nothing(answers: tuple[int, int]) -> None:
    w = tiny_world()
    diplomacy.answer_call(w, 0, *answers)
    diplomacy.conclude(w, 0)
    assert w.pairs[0].in_force == 0


def paused(**overrides: Any) -> Any:
    """A pause at open war, on its last day."""
    w = tiny_world(**{"rules.mediation.dated": 1, **overrides})
    war.begin_war(w, NORTH, SOUTH)
    diplomacy.answer_call(w, 0, YES, YES)
    diplomacy.conclude(w, 0)
    assert w.pairs[0].truce_kind == TruceKind.PAUSE
    assert w.pairs[0].pause >= 2
    assert (w.pairs[0].war, w.pairs[0].stopped_war) == (0, 1)
    w.pairs[0].age = w.pairs[0].pause
    assert diplomacy.pause_ends(w, 0)
    return w


def test_a_pause_that_both_prolong_is_a_ceasefire_and_a_firmer_one() -> None:
    w = paused()
    before = float(w.pairs[0].ceasefire)
    diplomacy.prolong(w, 0, YES, YES)
    assert (w.pairs[0].in_force, w.pairs[0].pause) == (1, 0)
    assert w.pairs[0].truce_kind == TruceKind.HOTLINE
    assert w.pairs[0].ceasefire == pytest.approx(before + 0.1)


@pytest.mark.parametrize(("answers", "breaker"), [((NO, YES), NORTH), ((YES, NO), SOUTH)])
def test_a_pause_that_one_will_not_prolong_is_war_again(
    answers: tuple[int, int], breaker: int
) -> None:
    w = paused()
    diplomacy.prolong(w, 0, *answers)
    assert (w.pairs[0].in_force, w.pairs[0].war) == (0, 1)
    assert w.states[breaker].collapses == 1
    ends = [e for e in w.log[: int(w.clock[0].log_length)] if e["action"] == Collapse.LAPSE]
    assert ends


def test_it_is_easier_to_prolong_than_to_begin() -> None:
    w = paused()
    harder = accept(w, NOBODY)
    w.rules[0].mediation_harden = 0.0
    assert accept(w, NOBODY) < harder


def test_of_two_channels_on_one_day_a_draw_decides_and_not_their_order() -> None:
    winners = set()
    for day in range(1, 60):
        w = tiny_world(**{"rules.mediation.entry": 1})
        w.clock[0].day, w.talks[0, 0].stage, w.pairs[0].called = day, Stage.TEXT, 1
        diplomacy.conclude(w, 0)
        winners.add(int(w.pairs[0].mediator))
    assert winners == {0, NOBODY}


def test_a_war_in_which_both_have_halted_is_a_tacit_truce() -> None:
    w = tiny_world()
    war.begin_war(w, NORTH, SOUTH)
    for i, j in ((NORTH, SOUTH), (SOUTH, NORTH)):
        diplomacy.follow_crisis(w, 0)
        assert w.pairs[0].in_force == 0
        w.dyads[i, j].posture = Action.TENSION
    diplomacy.follow_crisis(w, 0)
    r, pair = w.rules[0], w.pairs[0]
    assert (pair.in_force, pair.war, pair.truce_kind) == (1, 0, TruceKind.TACIT)
    assert pair.ceasefire == pytest.approx(
        r.ceasefire_initial * r.ceasefire_tacit + r.ceasefire_trusted * pair.trust
    )


def test_history_makes_no_truce_by_itself() -> None:
    w = world(template(), day=0)
    war.begin_war(w, NORTH, SOUTH)
    for i, j in ((NORTH, SOUTH), (SOUTH, NORTH)):
        w.dyads[i, j].posture = Action.TENSION
    diplomacy.follow_crisis(w, 0)
    assert (w.pairs[0].in_force, w.pairs[0].war) == (0, 0)


def test_talks_end_when_the_crisis_does() -> None:
    w = tiny_world()
    w.pairs[0].activity, w.talks[0, 0].stage = 6.0, Stage.ACCESS
    diplomacy.follow_crisis(w, 0)
    assert w.talks[0, 0].stage == Stage.ACCESS
    w.pairs[0].activity = 2.0
    diplomacy.follow_crisis(w, 0)
    assert w.talks[0, 0].stage == Stage.NONE


def test_a_crisis_opens_after_quiet_days_and_draws_its_aims() -> None:
    w = tiny_world(**{"rules.choice.crisis_gap": 5})
    values = []
    for rung in (4, 0, 0, 0, 4, *[0] * 5, 5):
        w.clock[0].day += 1
        w.dyads[NORTH, SOUTH].crisis_losses += 10
        w.pairs[0].rung = rung
        diplomacy.follow_crisis(w, 0)
        view, rival = w.dyads[NORTH, SOUTH], w.dyads[SOUTH, NORTH]
        values.append((view.private, rival.private, view.aim, view.crisis_losses))
    first, before, last = values[0], values[-2], values[-1]
    assert first[0] != first[1]
    assert before[:3] == first[:3]
    assert before[3] == 90
    assert last[:2] != first[:2]
    assert last[3] == 0


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
