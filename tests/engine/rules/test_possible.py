"""What happens by a scenario's own rule: when, how often, in what order, and what it moves."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import EventKind
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, STILL, replay, template, world

possible, tables = plain("sim.engine.rules.possible"), plain("sim.engine.world.tables")
RESOLVE = "states.north.resolve"


def after(days: int, events: dict[str, Any], **others: Any) -> Any:
    """A still world after so many mornings in which nothing but events can happen."""
    w = world(template({**STILL, "events": events, **others}))
    for day in range(1, days + 1):
        w.clock[0].day = day
        possible.play(w)
    return w


def days_of(events: dict[str, Any], name: str, **others: Any) -> list[int]:
    """The days on which an event happens in a still world of twenty days."""
    of = template({**STILL, "events": events, **others})
    log = replay(of).events
    number = sorted(events).index(name)
    rows = log[(log["kind"] == EventKind.HAPPENING) & (log["action"] == number)]
    return [int(day) for day in rows["day"]]


def test_without_conditions_and_for_certain_it_happens_once_on_the_first_day() -> None:
    assert days_of({"one": {"set": {RESOLVE: 0.2}}}, "one") == [1]


def test_again_waits_for_its_pause() -> None:
    assert days_of({"one": {"again": 6}}, "one") == [1, 7, 13, 19]


def test_a_condition_on_the_day_says_from_when_and_until_when() -> None:
    rule = {"again": 1, "when": {"day": {"at_least": 4, "below": 7}}}
    assert days_of({"one": rule}, "one") == [4, 5, 6]


@pytest.mark.parametrize(
    ("bounds", "met"),
    [
        ({"at_least": 0.5}, True),
        ({"above": 0.5}, False),
        ({"at_most": 0.5}, True),
        ({"below": 0.5}, False),
        ({"at_least": 0.4, "at_most": 0.45}, False),
    ],
)
def test_bounds_are_closed_or_strict(bounds: dict[str, float], met: bool) -> None:
    of = template({**STILL, "events": {"one": {"when": {"outrage_north_south": bounds}}}})
    w = world(of)
    w.dyads["outrage"][NORTH, SOUTH] = 0.5
    possible.play(w)
    assert bool(w.possible["times"][0]) == met


def test_all_conditions_must_hold() -> None:
    both = {"day": {"at_least": 3}, "war_north_south": {"at_least": 1}}
    assert days_of({"one": {"when": both}}, "one") == []
    assert days_of({"one": {"when": {"day": {"at_least": 3}}}}, "one") == [3]


def test_a_belief_is_read_as_a_probability() -> None:
    of = template({**STILL, "events": {"one": {"when": {"belief_north_south": {"at_least": 0.7}}}}})
    for odds, times in ((math.log(0.6 / 0.4), 0), (math.log(0.8 / 0.2), 1)):
        w = world(of)
        w.dyads["belief"][NORTH, SOUTH] = odds
        possible.play(w)
        assert w.possible["times"][0] == times


def test_events_can_wait_for_each_other() -> None:
    chain = {
        "first": {"when": {"day": {"at_least": 4}}},
        "second": {"when": {"since_first": {"at_least": 3}}},
        "instead": {"when": {"times_first": {"below": 1}, "since_first": {"never": True}}},
    }
    assert days_of(chain, "first") == [4]
    assert days_of(chain, "second") == [7]
    assert days_of(chain, "instead") == [1]


def test_all_look_at_the_same_morning() -> None:
    """What one sets today the other sees tomorrow, whatever their names."""
    for first, second in (("a", "z"), ("z", "a")):
        pair = {first: {}, second: {"when": {f"times_{first}": {"at_least": 1}}}}
        assert days_of(pair, second) == [2]


def test_the_measure_counts_it() -> None:
    of = template({**STILL, "events": {"one": {"again": 6}}})
    names = [measure.name for measure in of.measures]
    assert replay(of).measures[names.index("times_one")] == 4


def test_a_number_is_set_and_kept() -> None:
    of = template(
        {**STILL, "events": {"one": {"when": {"day": {"at_least": 2}}, "set": {RESOLVE: 0.2}}}}
    )
    w = world(of)
    before = float(w.states["resolve"][NORTH])
    possible.play(w)
    assert w.states["resolve"][NORTH] == before
    w.clock[0].day = 2
    possible.play(w)
    assert w.states["resolve"][NORTH] == 0.2


def test_what_is_set_can_be_drawn_once_for_each_replication() -> None:
    drawn = {"dist": "uniform", "low": 0.2, "high": 0.4}
    of = template({**STILL, "events": {"one": {"again": 1, "set": {RESOLVE: drawn}}}})
    path = f"events.one.set.{RESOLVE}"
    assert [name for name, _, _ in of.uncertain] == [path]
    values = set()
    for replication in range(6):
        w = world(of, replication=replication)
        for day in (1, 2):
            w.clock[0].day = day
            possible.play(w)
            assert w.states["resolve"][NORTH] == w.words[of.slots[path]]
        log = np.asarray(w.log)[: int(w.clock[0].log_length)]
        told = list(log["value"][log["kind"] == EventKind.CHANGE])
        assert told == [w.states["resolve"][NORTH]] * 2
        values.add(told[0])
    assert len(values) == 6
    assert all(0.2 <= one <= 0.4 for one in values)


def test_an_event_can_set_a_number_of_a_later_event_or_of_a_flow() -> None:
    flow = {"sponsor": "Far", "to": "north", "stock": "burden", "amount": 0.1}
    first = {"set": {"events.two.chance": 0.7, "flows.pay.amount": 0}}
    w = after(1, {"one": first, "two": {"chance": 0.0}}, flows={"pay": flow})
    assert w.possible["chance"][1] == 0.7
    assert w.flows["amount"][0] == 0.0


def test_an_event_goes_through_the_rules_and_is_told_as_of_the_rule() -> None:
    raid = {"actor": "south", "action": "raid", "target": "north", "deaths": {"security": 3}}
    past = {"day": 1, "event": {"actor": "south", "action": "close_crossings"}}
    w = after(1, {"one": {"event": raid}}, interventions=[past])
    log = np.asarray(w.log)[: int(w.clock[0].log_length)]
    assert list(log["kind"]) == [EventKind.HAPPENING, EventKind.ACT]
    assert list(log["scripted"]) == [2, 2]  # the intervention's is 1
    assert w.states["deaths_security"][NORTH] == 3
    assert w.dyads["new_outrage"][NORTH, SOUTH] > 0


def test_what_the_rule_says_of_the_dead_can_be_drawn_and_moved() -> None:
    raid = {"actor": "south", "action": "raid", "target": "north"}
    drawn = {"dist": "uniform", "low": 1, "high": 40}
    of = template({**STILL, "events": {"one": {"event": {**raid, "deaths": {"security": drawn}}}}})
    assert "events.one.event.deaths.security" in of.slots
    dead = set()
    for replication in range(6):
        w = world(of, replication=replication)
        possible.play(w)
        dead.add(float(w.states["deaths_security"][NORTH]))
    assert len(dead) > 3
    assert all(1 <= one <= 40 for one in dead)


def test_numbers_of_a_rule_are_words_of_the_world() -> None:
    rule = {"chance": 0.5, "again": 3, "when": {"day": {"at_least": 4}}}
    of = template({**STILL, "events": {"one": rule}})
    w = world(of)
    for path, value in (("chance", 0.5), ("again", 3), ("when.day.at_least", 4)):
        assert w.words[of.slots[f"events.one.{path}"]] == value


def test_what_sets_numbers_comes_first_then_the_order_of_a_day() -> None:
    together = {
        "a_raid": {"event": {"actor": "south", "action": "raid", "target": "north"}},
        "b_clash": {"event": {"actor": "south", "action": "clash", "target": "north"}},
        "c_set": {"set": {RESOLVE: 0.2}},
    }
    w = after(1, together)
    log = np.asarray(w.log)[: int(w.clock[0].log_length)]
    told = log[log["kind"] == EventKind.HAPPENING]["action"]
    assert [sorted(together)[k] for k in told] == ["c_set", "b_clash", "a_raid"]


def test_of_two_that_set_one_number_a_draw_decides_and_no_name() -> None:
    pair = {"a": {"set": {RESOLVE: 0.2}}, "b": {"set": {RESOLVE: 0.4}}}
    of, last = template({**STILL, "events": pair}), []
    for replication in range(200):
        w = world(of, replication=replication)
        possible.play(w)
        last.append(float(w.states["resolve"][NORTH]))
    # 200 throws of a coin: 60 to 140 but for 2e-8
    assert 60 <= last.count(0.2) <= 140


def test_until_the_release_nothing_happens_by_rule() -> None:
    w = world(template({**STILL, "events": {"one": {}}}))
    w.clock[0].day = 0
    possible.play(w)
    assert w.possible["times"][0] == 0
