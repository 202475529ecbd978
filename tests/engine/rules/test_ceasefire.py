"""A ceasefire with an age: what wears it, what repairs it, how it ends."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.vocabulary.codes import Collapse, TruceKind
from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, tiny_world, world

ceasefire, bargaining, war, state_choice = (
    plain(f"sim.engine.rules.{rule}") for rule in ("ceasefire", "bargaining", "war", "state_choice")
)
NOBODY = plain("sim.engine.world.tables").NOBODY
QUIET: dict[str, Any] = {"rules.ceasefire.contact": 0}


def begin(w: Any, quality: float = 0.5, guarantee: float = 0.0, mediator: int = NOBODY) -> Any:
    """A ceasefire between the two; the world."""
    kind = TruceKind.HOTLINE if mediator == NOBODY else TruceKind.MEDIATED
    ceasefire.begin_ceasefire(w, 0, ceasefire.Terms(kind, mediator, quality, guarantee))
    return w


def test_a_ceasefire_stills_both_sides_and_relieves_anger() -> None:
    w = tiny_world()
    war.begin_war(w, NORTH, SOUTH)
    for i, j in ((NORTH, SOUTH), (SOUTH, NORTH)):
        view = w.dyads[i, j]
        view.order, view.outrage, view.grievance, view.aim = 4, 2.0, 1.0, 0.9
    w.commands[0, 0].grievance = 2.0
    begin(w)
    r = w.rules[0]
    assert w.pairs[0].war == 0
    for i, j in ((NORTH, SOUTH), (SOUTH, NORTH)):
        view = w.dyads[i, j]
        assert (view.posture, view.order) == (Action.TENSION, NOBODY)
        assert view.outrage == pytest.approx(2.0 * r.ceasefire_relief)
        assert view.grievance == pytest.approx(1.0 * r.ceasefire_relief_grievance)
        assert view.aim == 0.9  # what a crisis is about outlives its truces
    assert w.commands[0, 0].grievance == pytest.approx(2.0 * r.ceasefire_relief)


def test_what_wears_a_young_ceasefire_costs_an_old_one_little() -> None:
    w = begin(tiny_world())
    r, pair = w.rules[0], w.pairs[0]
    costs = []
    for age in (0, 30, 3650):
        pair.age = age
        costs.append(float(ceasefire.frailty(w, pair)))
    assert costs[0] == 1
    left = r.ceasefire_wear_left
    assert costs[1] == pytest.approx(left + (1 - left) * math.exp(-30 / r.ceasefire_wear_life))
    assert costs[2] == pytest.approx(left)


def after_a_day(w: Any) -> float:
    ceasefire.wear(w, 0)
    return float(w.pairs[0].ceasefire)


def test_an_act_takes_its_damage_by_age() -> None:
    losses = []
    for age in (10, 200):
        w = begin(tiny_world(**QUIET))
        w.pairs[0].age, w.pairs[0].activity, w.pairs[0].hit = age, 6.0, 0.1
        still = begin(tiny_world(**QUIET))
        still.pairs[0].age, still.pairs[0].activity = age, 6.0
        losses.append(after_a_day(still) - after_a_day(w))
        assert losses[-1] == pytest.approx(0.1 * ceasefire_frailty(w, age))
    assert losses[1] < losses[0]


def ceasefire_frailty(w: Any, age: int) -> float:
    w.pairs[0].age = age
    return float(ceasefire.frailty(w, w.pairs[0]))


def test_local_incidents_wear_by_share_and_twice_in_the_first_week() -> None:
    lost = {}
    for quality in (0.3, 0.6):
        for age in (3, 10):
            rubbed, still = (begin(tiny_world(**QUIET), quality) for _ in range(2))
            for w in (rubbed, still):
                w.pairs[0].age, w.pairs[0].activity = age, 6.0
            rubbed.pairs[0].rubbed = 0.01
            lost[quality, age] = (after_a_day(still) - after_a_day(rubbed)) / ceasefire_frailty(
                still, age
            )
    assert lost[0.3, 10] == pytest.approx(0.01)
    assert lost[0.6, 10] == pytest.approx(0.02)
    assert lost[0.3, 3] == pytest.approx(0.02)


def test_lines_that_touch_make_incidents_that_soon_become_rare() -> None:
    counts = dict.fromkeys((0, 4, 30), 0)
    for age in counts:
        for day in range(1, 301):
            w = begin(tiny_world())
            w.clock[0].day, w.pairs[0].age = day, age
            counts[age] += int(ceasefire.incidents(w, w.pairs[0]))
    r = tiny_world().rules[0]
    first = 300 * r.ceasefire_contact
    assert abs(counts[0] - first) <= 4 * math.sqrt(first)
    later = first * math.exp(-4 / r.ceasefire_contact_life)
    assert abs(counts[4] - later) <= 4 * math.sqrt(later)
    assert counts[30] == 0


def test_repair_leads_to_what_guarantee_trust_and_age_can_hold() -> None:
    w = begin(tiny_world(**QUIET), 0.3, 0.5)
    r, pair = w.rules[0], w.pairs[0]
    pair.trust = 0.4
    for age in (0, 75, 100_000):
        pair.age = age
        held = r.ceasefire_lasting + r.ceasefire_monitoring * 0.5
        grown = (held + r.ceasefire_lasting_trust * 0.4) * (1 - math.exp(-age / r.ceasefire_ageing))
        assert ceasefire.reachable(w, pair) == pytest.approx(max(grown, min(0.3, held)))


def test_an_old_ceasefire_with_a_guarantor_can_become_a_settlement_and_a_bare_one_cannot() -> None:
    ends = []
    for guarantee in (0.6, 0.0):
        w = begin(tiny_world(**QUIET), 0.3, guarantee)
        w.pairs[0].trust = 0.3
        for _ in range(720):
            after_a_day(w)
        ends.append(float(w.pairs[0].ceasefire))
        assert w.pairs[0].in_force == 1
    assert ends[0] > 0.6 > ends[1]


def test_busy_days_erode_and_quiet_ones_repair() -> None:
    quality = {}
    for activity in (0.0, 5.0):
        w = begin(tiny_world(**QUIET), 0.5, 0.9)
        w.pairs[0].age, w.pairs[0].activity = 400, activity
        quality[activity] = after_a_day(w)
    r = tiny_world().rules[0]
    assert quality[5.0] == pytest.approx(0.5 * (1 - 1 / r.ceasefire_erosion))
    assert quality[0.0] > 0.5


def test_a_fresh_word_binds_whatever_the_quality() -> None:
    w = begin(tiny_world(), 0.2)
    r = w.rules[0]
    assert bargaining.binding(w, 0) == pytest.approx(0.2 + r.ceasefire_word)
    w.pairs[0].age = 50
    assert bargaining.binding(w, 0) == pytest.approx(
        0.2 + r.ceasefire_word * math.exp(-50 / r.ceasefire_word_life)
    )
    w.pairs[0].in_force = 0
    assert bargaining.binding(w, 0) == 0


def test_who_did_more_damage_breaks_it() -> None:
    for ours, theirs, breaker in ((0.3, 0.1, NORTH), (0.1, 0.3, SOUTH), (0.2, 0.2, NOBODY)):
        w = begin(tiny_world())
        w.dyads[NORTH, SOUTH].hit, w.dyads[SOUTH, NORTH].hit, w.pairs[0].hit = ours, theirs, 0.6
        ceasefire.wear(w, 0)
        assert w.pairs[0].in_force == 0
        assert [w.states[i].collapses for i in (NORTH, SOUTH)] == [
            breaker == NORTH,
            breaker == SOUTH,
        ]


def test_open_war_ends_it_at_once() -> None:
    w = begin(tiny_world(), 1.0)
    war.begin_war(w, SOUTH, NORTH)
    ceasefire.wear(w, 0)
    assert (w.pairs[0].in_force, w.tally[0].collapses_by_climb) == (0, 1)


def failing(**values: float) -> Any:
    """A young ceasefire that stopped a war and is about to fail."""
    w = tiny_world()
    war.begin_war(w, NORTH, SOUTH)
    begin(w, 0.1)
    w.dyads[NORTH, SOUTH].aim = values.get("aim", 0.9)
    w.pairs[0].age, w.pairs[0].hit = int(values.get("age", 10)), 0.6
    w.pairs[0].stopped_war = int(values.get("stopped_war", 1))
    return w


def relapse(**values: float) -> float:
    """Share of failing ceasefires that bring the war back."""
    back = 0
    for day in range(1, 201):
        w = failing(**values)
        w.clock[0].day = day
        ceasefire.wear(w, 0)
        assert w.pairs[0].in_force == 0
        back += w.pairs[0].war == 1
    return back / 200


def test_a_young_ceasefire_that_fails_may_bring_its_war_back() -> None:
    assert relapse(aim=3.0) > 0.9 > relapse(aim=0.9) > relapse(aim=0.0)
    assert relapse(aim=3.0, age=100) == 0
    assert relapse(aim=3.0, stopped_war=0) == 0


def test_history_ends_a_ceasefire_only_by_its_script() -> None:
    w = begin(world(template(), day=0))
    w.pairs[0].hit = 2.0
    ceasefire.wear(w, 0)
    assert w.pairs[0].in_force == 1
    assert w.pairs[0].ceasefire > w.rules[0].ceasefire_collapse


def test_the_first_quality_is_what_brought_it_about() -> None:
    w = tiny_world()
    r, pair = w.rules[0], w.pairs[0]
    trusted = r.ceasefire_trusted * pair.trust
    for kind, guarantee, wanted in (
        (TruceKind.HOTLINE, 0.0, r.ceasefire_initial + trusted),
        (TruceKind.TACIT, 0.0, r.ceasefire_initial * r.ceasefire_tacit + trusted),
        (TruceKind.MEDIATED, 0.5, r.ceasefire_initial + 0.5 * r.ceasefire_guarantees + trusted),
        (TruceKind.MEDIATED, 1.0, r.ceasefire_initial + r.ceasefire_guarantees + trusted),
    ):
        assert ceasefire.first_quality(w, pair, kind, guarantee) == pytest.approx(wanted)


def test_why_it_ended_is_told() -> None:
    w = begin(tiny_world())
    ceasefire.end_ceasefire(w, 0, Collapse.LAPSE, NOBODY)
    assert w.tally[0].ceasefire_collapses == 1
    assert (w.tally[0].collapses_by_climb, w.tally[0].collapses_by_erosion) == (0, 0)
