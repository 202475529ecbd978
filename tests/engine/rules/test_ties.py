"""Where several are equal nobody is the first by place or name: a draw of the day decides."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from sim.vocabulary.codes import Stage, TruceKind
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, SOUTH_HILL, tiny_world

diplomacy = plain("sim.engine.rules.diplomacy")
script, militants = plain("sim.engine.rules.script"), plain("sim.engine.rules.militants")
ceasefire, chance = plain("sim.engine.rules.ceasefire"), plain("sim.engine.chance")
border = plain("sim.engine.rules.border")

DAYS = 400  # the standard error of a share of one half is 0.025
FAIR = pytest.approx(0.5, abs=0.1)
TERMS = ceasefire.Terms(TruceKind.HOTLINE, -1, 0.5, 0.0)
PULL = {"leverage": {"north": 0.6, "south": 0.6}, "credibility": 0.8, "patience": 0}
TWO_TEXTS: dict[str, Any] = {
    "mediators.isle": {**PULL, "assumed": "invented"},
    "mediators.atoll": {**PULL, "assumed": "invented"},
    "rules.mediation.entry": 1,
}


def brokers(w: Any, days: int = DAYS) -> Counter[int]:
    """Who brings a ceasefire about, on many days on which two texts would enter into force."""
    found: Counter[int] = Counter()
    for day in range(1, days + 1):
        w.clock[0].day = day
        w.pairs[0].in_force = 0
        for m in range(2):
            w.talks[m, 0].stage = Stage.TEXT
        diplomacy.conclude(w, 0)
        found[int(w.pairs[0].mediator)] += 1
    return found


def test_of_two_texts_that_are_ready_either_is_as_likely_to_be_the_one() -> None:
    found = brokers(tiny_world(**TWO_TEXTS))
    assert found.total() == DAYS
    assert found[0] / DAYS == FAIR


def test_without_draws_it_would_always_be_the_first_in_the_alphabet() -> None:
    """The control: what a fixed order does."""
    w = tiny_world(**TWO_TEXTS)
    rule, diplomacy.entry_draw = diplomacy.entry_draw, lambda _w, _key, _index: (0.0, 0.0)
    try:
        found = brokers(w)
    finally:
        diplomacy.entry_draw = rule
    assert len(found) == 1


def test_of_two_to_whom_peace_is_equally_dear_either_brings_the_war_back() -> None:
    w, found = tiny_world(), Counter[int]()
    w.rules[0].bargaining_rationality = 50.0
    w.pairs[0].stopped_war = 1
    for day in range(1, DAYS + 1):
        w.clock[0].day = day
        w.pairs[0].war, w.pairs[0].age = 0, 5
        for i, j in ((NORTH, SOUTH), (SOUTH, NORTH)):
            w.dyads[i, j].aim = 9.0
        ceasefire.perhaps_war_again(w, 0)
        found[int(w.pairs[0].begun_by)] += 1
    assert found.total() == DAYS
    assert found[NORTH] / DAYS == FAIR


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
            ceasefire.begin_ceasefire(w, p, TERMS)
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
