"""What a crisis is about, what war teaches, and the price of peace, worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.special import expit

from sim.vocabulary.codes import CrisisKind, Fighting
from sim.vocabulary.decisions import DecisionKind, PriceTerm, WarTerm
from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, tiny_world

bargaining, war = (plain(f"sim.engine.rules.{rule}") for rule in ("bargaining", "war"))


def crises(number: int = 400, **overrides: Any) -> list[tuple[int, float, float, float]]:
    """Kind of the crisis, aim of north, and the balance for both, in many crises."""
    w = tiny_world(**overrides)
    found = []
    for day in range(1, number + 1):
        w.clock[0].day = day
        bargaining.open_crisis(w, 0)
        ours, theirs = w.dyads[NORTH, SOUTH], w.dyads[SOUTH, NORTH]
        found.append((int(w.pairs[0].crisis_kind), ours.aim, ours.balance, theirs.balance))
    return found


def test_crises_are_a_mixture_and_both_sides_are_in_the_same_one() -> None:
    kinds = np.array([kind for kind, *_ in crises()])
    r = tiny_world().rules[0]
    for kind, share in (
        (CrisisKind.DEMONSTRATION, r.bargaining_demonstration),
        (CrisisKind.ATTRITION, r.bargaining_attrition),
    ):
        error = math.sqrt(share * (1 - share) / len(kinds))
        assert abs((kinds == kind).mean() - share) <= 4 * error


def test_aims_are_of_their_kind_and_never_below_nothing() -> None:
    spread = crises(**{"rules.bargaining.aim_spread": 2})
    assert min(aim for _, aim, *_ in spread) == 0
    exact = crises(50, **{"rules.bargaining.aim_spread": 0})
    r = tiny_world().rules[0]
    wanted = {
        CrisisKind.DEMONSTRATION: r.bargaining_aim_demonstration,
        CrisisKind.LIMITED: r.bargaining_aim_limited,
        CrisisKind.ATTRITION: r.bargaining_aim_attrition,
    }
    assert all(aim == wanted[CrisisKind(kind)] for kind, aim, *_ in exact)


def test_the_balance_of_one_side_is_the_others_with_the_other_sign() -> None:
    found = crises(50)
    assert all(ours == -theirs for *_, ours, theirs in found)
    more = crises(50, **{"states.north.personnel": 100_000})
    gap = tiny_world().rules[0].bargaining_balance_numbers * math.log(2)
    assert [a[2] - b[2] for a, b in zip(more, found, strict=True)] == pytest.approx([gap] * 50)


def test_a_side_that_inflicts_more_learns_that_it_is_the_stronger() -> None:
    w = tiny_world()
    ours, theirs = w.dyads[NORTH, SOUTH], w.dyads[SOUTH, NORTH]
    ours.own_dead, theirs.own_dead = 5.0, 20.0
    bargaining.learn(w, 0)
    r = w.rules[0]
    weight = math.log(26) / math.log(1 + 2 * r.bargaining_usual_dead)
    seen = weight * math.log(21 / 6) / (r.bargaining_conviction + weight)
    assert ours.result == pytest.approx(seen)
    assert theirs.result == pytest.approx(-seen)
    assert ours.text == pytest.approx(seen / r.bargaining_text_lag)
    for _ in range(2_000):
        bargaining.learn(w, 0)
    assert ours.result == pytest.approx(math.log(21 / 6), rel=0.01)


def test_a_day_without_dead_teaches_nothing() -> None:
    w = tiny_world()
    bargaining.learn(w, 0)
    assert (w.pairs[0].information, w.dyads[NORTH, SOUTH].result) == (0, 0)


def test_losses_count_by_the_thousand_mobilised_and_saturate() -> None:
    w = tiny_world()
    half = w.rules[0].stocks_weariness_losses
    assert bargaining.saturation(w, half) == pytest.approx(0.5)
    assert bargaining.saturation(w, 0.0) == 0
    assert bargaining.saturation(w, 1e9) == pytest.approx(1)


def situation() -> Any:
    """North at war after some weeks, everything in play."""
    w = tiny_world()
    war.begin_war(w, NORTH, SOUTH)
    s, d, pair = w.states[NORTH], w.dyads[NORTH, SOUTH], w.pairs[0]
    s.weariness, s.pressure, d.outrage, d.targets, pair.trust = 0.4, 0.3, 0.8, 0.6, 0.2
    d.aim, d.optimism, d.private, d.result, d.text, d.crisis_losses = 0.9, 0.5, -0.1, 0.3, 0.1, 60.0
    pair.information = 6.0
    return w


def test_the_price_of_peace_by_hand() -> None:
    w = situation()
    r = w.rules[0]
    bargaining.fill_price(w, NORTH, SOUTH, Fighting.HALT, 1.0)
    mobilised = w.states[NORTH].personnel * w.states[NORTH].mobilised
    lost = 1000 * 60 / mobilised
    left = r.bargaining_conviction / (r.bargaining_conviction + 6)
    wanted = {
        PriceTerm.OPENNESS: r.bargaining_openness,
        PriceTerm.AIM: -0.9,
        PriceTerm.OPTIMISM: -r.bargaining_hopes * 0.5 * left,
        PriceTerm.RESULTS: -r.bargaining_hopes * 0.2,
        PriceTerm.GAINS: r.bargaining_hopes * r.bargaining_gains * 0.3,
        PriceTerm.SUNK: -r.bargaining_sunk
        * r.bargaining_losses
        * (lost / (lost + r.stocks_weariness_losses)),
        PriceTerm.OUTRAGE: -r.bargaining_outrage * 0.8,
        PriceTerm.LOSSES: r.bargaining_losses * 0.4,
        PriceTerm.PRESSURE: r.bargaining_pressure * 0.3,
        PriceTerm.TARGETS: r.bargaining_targets * 0.4,
        PriceTerm.TRUST: r.bargaining_trust * 0.2,
        PriceTerm.PRIVATE: -0.1,
    }
    row = w.table.terms[Fighting.HALT]
    assert {term: float(row[term]) for term in PriceTerm} == pytest.approx(wanted)
    assert bargaining.price(w, NORTH, SOUTH) == pytest.approx(
        -sum(worth for term, worth in wanted.items() if term is not PriceTerm.OPENNESS)
    )


def test_below_war_the_price_counts_less_and_openness_does_not() -> None:
    w = situation()
    rows = []
    for factor in (1.0, 0.5):
        bargaining.fill_price(w, NORTH, SOUTH, Fighting.HALT, factor)
        rows.append(np.array(w.table.terms[Fighting.HALT][: len(PriceTerm)]))
    assert rows[1][0] == rows[0][0]
    assert rows[1][1:].tolist() == pytest.approx((0.5 * rows[0][1:]).tolist())


def halts(w: Any) -> float:
    """Probability that north halts."""
    war.war_decides(w, NORTH, SOUTH)
    return float(w.table.probability[Fighting.HALT])


def test_halting_is_accepting_alone() -> None:
    w = situation()
    r = w.rules[0]
    utility = (
        r.bargaining_openness
        - bargaining.price(w, NORTH, SOUTH)
        - r.bargaining_alone
        - r.bargaining_inertia
    )
    assert halts(w) == pytest.approx(expit(r.bargaining_rationality * utility))


def test_a_rival_that_has_halted_makes_it_easier_and_so_does_having_halted() -> None:
    fights, waits, halted = situation(), situation(), situation()
    waits.dyads[SOUTH, NORTH].posture = Action.TENSION
    halted.dyads[NORTH, SOUTH].posture = Action.TENSION
    assert halts(fights) < halts(waits)
    assert halts(fights) < halts(halted)


@pytest.mark.parametrize(
    ("field", "change", "dearer"),
    [
        ("aim", 0.5, True),
        ("optimism", 0.5, True),
        ("crisis_losses", 500.0, True),
        ("outrage", 1.0, True),
        ("private", 0.5, False),
        ("targets", -0.5, False),
    ],
)
def test_what_makes_peace_dearer(field: str, change: float, dearer: bool) -> None:
    w = situation()
    usual = halts(w)
    setattr(w.dyads[NORTH, SOUTH], field, getattr(w.dyads[NORTH, SOUTH], field) + change)
    assert (halts(w) < usual) is dearer


def test_war_is_begun_for_both() -> None:
    w = tiny_world()
    war.begin_war(w, NORTH, SOUTH)
    assert w.pairs[0].war == 1
    assert [w.dyads[i, j].posture for i, j in ((NORTH, SOUTH), (SOUTH, NORTH))] == [
        Action.OPEN_WAR,
        Action.OPEN_WAR,
    ]


def test_a_side_that_halts_may_go_back() -> None:
    w = situation()
    war.fight_or_halt(w, NORTH, SOUTH, Fighting.HALT)
    assert w.dyads[NORTH, SOUTH].posture == Action.TENSION
    assert w.dyads[SOUTH, NORTH].posture == Action.OPEN_WAR
    war.fight_or_halt(w, NORTH, SOUTH, Fighting.FIGHT_ON)
    assert w.dyads[NORTH, SOUTH].posture == Action.OPEN_WAR


def test_the_terms_of_war_and_of_answers_begin_with_the_price() -> None:
    for kind in (DecisionKind.ANSWER, DecisionKind.WAR):
        assert list(kind.terms.__members__)[: len(PriceTerm)] == list(PriceTerm.__members__)
    assert len(WarTerm) > len(PriceTerm)
