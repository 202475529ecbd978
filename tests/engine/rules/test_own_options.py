"""Own actions with a rung: options of their own, with a row, a height and effects of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import BarReason, EventKind
from sim.vocabulary.decisions import MOST_OPTIONS, ActionTerm
from sim.vocabulary.ladder import N_ACTIONS, Action, Fight
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, STILL, planned, replay, template, world

acts, script, own_acts, choice, balance, quantal, registry, question, simple, feelings, books = (
    plain(f"sim.engine.{name}")
    for name in (
        *("rules.acts", "rules.script", "rules.own_acts", "rules.state_choice", "rules.balance"),
        *("policies.quantal", "policies.registry", "policies.question", "policies.simple"),
        *("rules.feelings", "rules.books"),
    )
)
OPTION = {"label": "option", "does": "does it", "of": "raid", "rung": 2.5}
GESTURE = {
    "label": "gesture",
    "does": "releases prisoners",
    "of": "calm",
    "rung": 0.5,
    "concession": 0.1,
    "relief": 0.25,
    "trust": 0.1,
}
FIRST = N_ACTIONS


def morning(more: dict[str, Any] | None = None, **options: Any) -> Any:
    """The world on a morning on which options have been worked out."""
    w = world(template({**STILL, **(more or {}), "actions": options}))
    own_acts.scale_options(w)
    return w


def terms(w: Any, i: int = NORTH, j: int = SOUTH) -> np.ndarray:
    """The table of a state, (options, terms)."""
    choice.state_table(w, i, j)
    return np.asarray(w.table.terms[: len(w.actions), : len(ActionTerm)])


def acts_of(w: Any) -> Any:
    rows = np.asarray(w.log)[: int(w.clock[0].log_length)]
    return rows[rows["kind"] == EventKind.ACT]


def test_the_rows_of_the_ladder_stay_and_its_own_follow_in_order_of_their_names() -> None:
    w = morning(zeal={**OPTION, "rung": 3}, aid=GESTURE)
    ladder = np.asarray(morning().actions)
    assert len(ladder) == N_ACTIONS
    assert np.asarray(w.actions)[:N_ACTIONS].tobytes() == ladder.tobytes()
    assert w.actions["rung"][FIRST:].tolist() == [0.5, 3]
    assert w.actions["like"][FIRST:].tolist() == [Action.CALM, Action.RAID]


def test_its_factors_scale_the_row_of_its_act() -> None:
    factors = {"cost": 0.5, "harm": 0.2, "delay": 3, "violation": 0.4, "disrupt": 0, "damage": 0.5}
    row = morning(one={**OPTION, **factors, "concession": 0.07}).actions[FIRST]
    raid = Action.RAID
    assert row.cost == pytest.approx(raid.cost * 0.5 + 0.07)
    assert (row.harm, row.delay_days) == pytest.approx((raid.harm * 0.2, raid.delay_days * 3))
    assert (row.violation, row.damage) == pytest.approx((raid.violation * 0.4, raid.damage * 0.5))
    assert (row.disrupt, row.fight, row.spent) == (0, Fight.RAID, raid.spent)


def test_every_term_of_height_takes_its_own() -> None:
    more = {"states.south.nuclear": True, "relations.neighbours.ceasefire": 0.8}
    w = morning(more, one={**OPTION, "rung": 4.5})
    w.dyads[NORTH, SOUTH].outrage = 0.6
    w.states[NORTH].pressure = 0.5
    table = terms(w)
    demanded = feelings.demanded_rung(w, NORTH, SOUTH)
    assert table[FIRST, ActionTerm.PUNISH] == pytest.approx(-(((4.5 - demanded) / 6) ** 2))
    assert table[FIRST, ActionTerm.INERTIA] == pytest.approx(-4.5 / 6)
    for term in (ActionTerm.DIPLOMATIC, ActionTerm.SHADOW):
        below, above = table[Action.LIMITED_STRIKE, term], table[Action.MILITARY_STRIKE, term]
        assert table[FIRST, term] == pytest.approx((below + above) / 2)
    # what it is of decides what has no height
    assert table[FIRST, ActionTerm.COMMITMENT] == table[Action.RAID, ActionTerm.COMMITMENT]
    assert w.table.heights[FIRST] == 4.5


def test_a_twin_of_a_raid_shares_its_probability_as_a_quantal_choice_says() -> None:
    """With one utility, w of a total of W becomes w and w of W + w."""
    alone, both = morning(), morning(twin={**OPTION, "rung": 3})
    shares = []
    for w in (alone, both):
        w.dyads[NORTH, SOUTH].outrage = 0.5
        terms(w)
        options, rationality = len(w.actions), float(w.states[NORTH].rationality)
        registry.weigh_up(w.table, options, len(ActionTerm))
        quantal.quantal(w, w.table, question.Question(options, rationality, NORTH, SOUTH))
        shares.append(np.array(w.table.probability[:options]))
    before, after = shares
    raid = before[Action.RAID]
    assert 0.01 < raid < 0.9
    assert both.table.utility[FIRST] == both.table.utility[Action.RAID]
    assert after[FIRST] == after[Action.RAID] == pytest.approx(raid / (1 + raid), abs=1e-14)
    assert after.sum() == pytest.approx(1)
    assert after[:N_ACTIONS] == pytest.approx(before / (1 + raid), abs=1e-14)


def test_it_is_barred_for_others_and_needs_what_its_act_needs() -> None:
    w = morning(
        mine={**OPTION, "by": "south"},
        net={**OPTION, "fights": False},
        strike={**OPTION, "of": "limited_strike"},
    )
    w.states[SOUTH].combat_aircraft, w.states[SOUTH].standoff = 0, 0
    mine, net, strike = FIRST, FIRST + 1, FIRST + 2
    assert balance.obstacle(w, NORTH, SOUTH, mine) == BarReason.NOT_ITS_OWN
    assert balance.obstacle(w, SOUTH, NORTH, mine) == BarReason.NOTHING
    assert balance.obstacle(w, SOUTH, NORTH, strike) == BarReason.NO_AIRCRAFT
    w.pairs[0].borders = 0
    assert balance.obstacle(w, SOUTH, NORTH, mine) == BarReason.NO_BORDER
    assert balance.obstacle(w, SOUTH, NORTH, net) == BarReason.NOTHING


def test_a_rival_can_answer_with_its_own_of_that_height_and_with_the_ladder_at_its_rung() -> None:
    w = morning(low={**OPTION, "rung": 2.2}, high={**OPTION, "rung": 3})
    high, low = FIRST, FIRST + 1
    replies = {rung: balance.reply_to(w, NORTH, SOUTH, rung) for rung in (1, 2, 2.1, 2.5, 3, 3.9)}
    fire, raid = Action.BORDER_FIRE, Action.RAID
    assert replies == {1: 0, 2: fire, 2.1: fire, 2.5: low, 3: raid, 3.9: raid}
    w.actions[high].rung = 3.5
    assert balance.reply_to(w, NORTH, SOUTH, 3.9) == high


@pytest.mark.parametrize(("met", "choice_of"), [(2, Action.BORDER_FIRE), (2.6, FIRST), (3, 3)])
def test_a_doctrine_of_height_finds_it_between_the_rungs(met: float, choice_of: int) -> None:
    w = morning(one=OPTION, twin={**OPTION, "rung": 3})
    terms(w)
    assert simple.highest(w.table, len(w.actions), met) == choice_of


def test_it_is_felt_by_its_height_and_counted_on_the_rung_that_it_has_reached() -> None:
    def day(rung: float) -> Any:
        w = morning(one={**OPTION, "rung": rung, "deaths": 0})
        acts.act(w, NORTH, SOUTH, FIRST)
        return w

    felt = {rung: float(day(rung).dyads["new_outrage"][SOUTH, NORTH]) for rung in (1.5, 3)}
    assert felt[3] > 0
    assert felt[1.5] == pytest.approx(felt[3] / 2)
    w = day(2.5)
    assert (w.pairs[0].rung, w.dyads[NORTH, SOUTH].act_rung) == (2.5, 2.5)
    assert acts_of(w)["action"].tolist() == [FIRST]
    assert (acts_of(w)["value"][0], w.own_acts["acts"][1], w.tally[0].raids) == (1, 1, 1)
    books.record_day(w)
    assert (w.tally[0].max_rung, w.tally[0].rung_today) == (2, 2)
    assert w.rungs["days"].tolist() == [0, 0, 1, 0, 0, 0, 0, 0]


def test_where_nobody_fights_nobody_dies_and_it_is_no_raid() -> None:
    w = morning(net={**OPTION, "fights": False})
    acts.act(w, NORTH, SOUTH, FIRST)
    assert (w.tally[0].dead_today, w.tally[0].raids, w.own_acts["acts"][1]) == (0, 0, 1)
    assert [float(row["claimed"]) for row in acts_of(w)] == [-1]
    assert w.dyads["new_outrage"][SOUTH, NORTH] > 0


def test_a_gesture_relieves_builds_trust_and_puts_nobody_on_alert() -> None:
    w = morning(one=GESTURE)
    theirs, ours, pair = w.dyads[SOUTH, NORTH], w.dyads[NORTH, SOUTH], w.pairs[0]
    theirs.outrage, theirs.grievance, trust = 1.0, 0.8, float(pair.trust)
    ours.order, ours.posture = FIRST, Action.CALM
    acts.carry_out(w, NORTH, SOUTH, acts.Readiness(0.0, 1.0, 1.0))
    feelings.apply(w)
    assert (theirs.outrage, theirs.grievance) == pytest.approx((0.75, 0.6))
    assert pair.trust == pytest.approx(trust + 0.1 * (1 - trust))
    assert (ours.posture, w.tally[0].dead_today) == (Action.CALM, 0)
    ours.order, ours.posture = FIRST, Action.BORDER_FIRE
    acts.carry_out(w, NORTH, SOUTH, acts.Readiness(0.0, 1.0, 1.0))
    assert ours.posture == Action.TENSION


def test_the_order_of_a_day_does_not_change_what_a_gesture_relieves() -> None:
    left = []
    for first, last in ((NORTH, SOUTH), (SOUTH, NORTH)):
        w = morning(one={**GESTURE, "by": "north"}, two={**OPTION, "by": "south", "deaths": 0})
        w.dyads["outrage"][SOUTH, NORTH] = w.dyads["grievance"][SOUTH, NORTH] = 1.0
        for who in (first, last):
            acts.act(w, who, SOUTH if who == NORTH else NORTH, FIRST if who == NORTH else FIRST + 1)
        feelings.apply(w)
        left.append((w.dyads["outrage"][SOUTH, NORTH], w.dyads["grievance"][SOUTH, NORTH]))
    assert left[0] == left[1]
    assert left[0][1] == 0.75


def test_only_who_thinks_two_rounds_ahead_expects_something_of_a_gesture() -> None:
    """It expects less harm of a rival that is less angry; calm itself changes nothing."""
    found = {}
    for level in (0, 1, 2):
        w = morning({"states.north.reasoning": level}, one=GESTURE)
        w.dyads[SOUTH, NORTH].outrage = 1.5
        found[level] = terms(w)[[FIRST, Action.CALM], ActionTerm.RETALIATION].tolist()
    assert found[0] == found[1] == [0, 0]
    assert found[2][0] > 0.01
    assert found[2][1] == 0


def test_an_event_and_a_plan_can_name_it() -> None:
    event = {"actor": "south", "action": "raid", "own": "one", "target": "north"}
    options = {"one": OPTION, "aid": GESTURE}
    gesture = {"actor": "north", "action": "calm", "own": "aid", "target": "south"}
    days = [{"day": 1, "event": event}, {"day": 1, "event": gesture}]
    w = world(template({**STILL, "actions": options, "interventions": days}))
    script.play(w)
    assert sorted(acts_of(w)["action"].tolist()) == [FIRST, FIRST + 1]
    plan = [{"day": 2, "action": "raid", "own": "one", "against": "south"}]
    story = replay(template({**STILL, **planned(north=plan), "actions": options, "horizon": 12}))
    done = story.events[story.events["kind"] == EventKind.ACT]
    assert (done["action"].tolist(), done["day"].tolist()) == ([FIRST + 1], [2])


def test_a_table_has_room_for_six() -> None:
    w = morning(**{f"one_{n}": {**OPTION, "rung": 2 + n / 10} for n in range(1, 7)})
    assert len(w.actions) == MOST_OPTIONS == N_ACTIONS + 6
    assert np.isfinite(terms(w)).all()
