"""Where several are equal nobody is the first by place or name: a draw of the day decides."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from sim.vocabulary.codes import EventKind, Offer
from sim.vocabulary.decisions import DecisionKind
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, SOUTH_HILL, tiny_world

phases, diplomacy = plain("sim.engine.rules.phases"), plain("sim.engine.rules.diplomacy")
script, militants = plain("sim.engine.rules.script"), plain("sim.engine.rules.militants")
ceasefire, chance = plain("sim.engine.rules.ceasefire"), plain("sim.engine.chance")
border = plain("sim.engine.rules.border")

DAYS = 400  # the standard error of a share of one half is 0.025
FAIR = pytest.approx(0.5, abs=0.1)
PULL = {"leverage": {"north": 0.6, "south": 0.6}, "credibility": 0.8, "patience": 0}
TALKATIVE: dict[str, Any] = {
    "mediators.isle": {**PULL, "assumed": "invented"},
    "mediators.atoll": {**PULL, "assumed": "invented"},
    "rules.mediation.eagerness": 0.999,
    "rules.mediation.openness": 10,
    "rules.mediation.urgency": 0,
}

TWO_TABLES: dict[str, Any] = {
    path: value for path, value in TALKATIVE.items() if "atoll" not in path
} | {
    "states.west": {"personnel": 50_000, "assumed": "invented"},
    "relations.others": {"between": ["north", "west"], "assumed": "invented"},
    "sectors.west_end": {
        "state": "west",
        "population": 1000,
        "garrison": 100,
        "assumed": "invented",
    },
    "mediators.isle.leverage.west": 0.6,
}


def brokers(w: Any, days: int = DAYS) -> Counter[int]:
    """Who brings a ceasefire about, on many days on which all offer and both sides accept."""
    found: Counter[int] = Counter()
    for day in range(1, days + 1):
        w.clock[0].day = day
        w.pairs[0].in_force, w.pairs[0].activity = 0, 6.0
        for m in range(len(w.mediators)):
            w.mediators[m].table = -1
        phases.mediators_talk(w)
        if w.pairs[0].in_force:
            found[int(w.pairs[0].mediator)] += 1
    return found


def test_of_two_offers_that_are_accepted_either_is_as_likely_to_be_the_one() -> None:
    w = tiny_world(**TALKATIVE)
    found = brokers(w)
    assert found.total() == DAYS
    assert found[0] / DAYS == FAIR
    assert w.tally[0].offers == pytest.approx(2 * DAYS, rel=0.02)


def test_the_first_accepted_would_nearly_always_be_the_first_in_the_alphabet() -> None:
    """The control: the rule that was here before."""
    w = tiny_world(**TALKATIVE)
    rule, diplomacy.broker_of = (
        diplomacy.broker_of,
        lambda _w, _p, one, other: other if one == -1 else one,
    )
    try:
        found = brokers(w)
    finally:
        diplomacy.broker_of = rule
    assert found[0] / DAYS > 0.9


def test_a_mediator_has_one_table_a_day_and_none_comes_first() -> None:
    w = tiny_world(**TWO_TABLES)
    tables: Counter[int] = Counter()
    for day in range(1, DAYS + 1):
        w.clock[0].day = day
        w.mediators[0].table = -1
        for p in range(2):
            w.pairs[p].in_force, w.pairs[p].activity = 0, 6.0
        phases.mediators_talk(w)
        tables[int(w.mediators[0].table)] += 1
        offers = [row for row in w.log[: w.clock[0].log_length] if row.kind == EventKind.OFFER]
        assert sum(row.day == day for row in offers) <= 1
    assert tables[0] / (tables[0] + tables[1]) == FAIR


@pytest.mark.parametrize("relation", [0, 1])
def test_an_offer_that_is_forced_is_made_whatever_else_would_be(relation: int) -> None:
    w = tiny_world(**TWO_TABLES)
    for day in range(1, 30):
        w.clock[0].day = day
        w.clock[0].forced = 1
        row = w.forced[0]
        row.kind, row.actor, row.about = int(DecisionKind.OFFER), 0, relation
        row.option, row.open = int(Offer.MAKE_OFFER), 1
        w.mediators[0].table = -1
        for p in range(2):
            w.pairs[p].in_force, w.pairs[p].activity = 0, 6.0
        phases.mediators_talk(w)
        assert w.mediators[0].table == relation


def test_where_two_garrisons_are_the_largest_either_sector_is_taken() -> None:
    w = tiny_world(**{"sectors.south_city.garrison": 9000, "sectors.south_hill.garrison": 9000})
    found: Counter[int] = Counter()
    for day in range(DAYS):
        w.clock[0].day = day
        found[int(script.fallback_sector(w, SOUTH))] += 1
    assert len(found) == 2
    assert found[SOUTH_HILL] / DAYS == FAIR


def test_where_a_group_is_equally_strong_either_place_loses_the_attackers() -> None:
    w = tiny_world(
        **{"groups.rebels.fighters": {"north_hill": 0, "south_city": 500, "south_hill": 500}}
    )
    found: Counter[int] = Counter()
    for day in range(DAYS):
        w.clock[0].day = day
        found[int(militants.stronghold(w, 0, 0))] += 1
    assert found[SOUTH_HILL] / DAYS == FAIR


def test_of_two_ceasefires_that_begin_on_a_day_either_may_be_the_first() -> None:
    found: Counter[int] = Counter()
    more = {
        "states.west": {"personnel": 50_000, "assumed": "invented"},
        "relations.others": {"between": ["north", "west"], "assumed": "invented"},
        "sectors.west_end": {
            "state": "west",
            "population": 1000,
            "garrison": 100,
            "assumed": "invented",
        },
    }
    w = tiny_world(**more)
    for day in range(1, DAYS + 1):
        w.clock[0].day = day
        t = w.tally[0]
        t.first_ceasefire_day, t.first_pair, t.ceasefires = float("nan"), -1, 0
        for p in range(2):
            ceasefire.begin_ceasefire(w, p, -1, 0.5, 0.0)
        found[int(t.first_pair)] += 1
    assert found[0] / DAYS == FAIR


def test_of_two_sides_that_both_fire_either_may_be_first() -> None:
    w, found = tiny_world(), Counter[int]()
    for day in range(DAYS):
        w.clock[0].day = day
        found[border.opens_first(w, 0)] += 1
    assert found[0] / DAYS == FAIR


@pytest.mark.parametrize(("value", "best", "first"), [(2.0, 1.0, True), (1.0, 2.0, False)])
def test_draws_decide_ties_alone(value: float, best: float, first: bool) -> None:
    w = tiny_world()
    keys = (w.states[NORTH].key, w.states[SOUTH].key)
    assert chance.outranks(w, value, best, keys) is first
