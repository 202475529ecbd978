"""What scripted states and dated events bring about, told in full and to the day."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import Collapse
from tests.engine.world.plain import plain
from tests.engine.world.tiny import (
    NORTH,
    SOUTH,
    STILL,
    events,
    measures,
    planned,
    replay,
    template,
    tiny_world,
    trace,
)

books = plain("sim.engine.rules.books")

CERTAIN = {
    **STILL,
    "rules.clash.effectiveness": 0,
    "rules.strike.soldiers": 0,
    "rules.strike.war_soldiers": 0,
    "rules.strike.civilians": 0,
    "rules.strike.capital": 0,
    "rules.strike.opening": 0,
    "sectors.north_city.garrison": 0,
    "sectors.south_city.garrison": 0,
    **planned(north=[], south=[]),
}
#: nobody monitors or trusts: what a ceasefire tends to is nothing
UNREPAIRED = {"rules.ceasefire.lasting": 0, "rules.ceasefire.lasting_trust": 0}
PEACE = {"actor": "north", "action": "ceasefire", "target": "south", "quality": 0.5}


def on(day: int, **event: Any) -> dict[str, Any]:
    """An intervention: an event on a day."""
    return {"day": day, "event": event}


def replay_certain(**changes: Any) -> tuple[list[str], dict[str, float], Any, Any]:
    """Trace, measures, template and story of a world in which only what is told happens."""
    of = template({**CERTAIN, **changes})
    story = replay(of)
    assert story.status == 0
    return trace(of, story), measures(of, story.measures), of, story


def plan(*lines: tuple[int, str]) -> list[dict[str, Any]]:
    return [{"day": day, "action": action} for day, action in lines]


def test_nothing_happens_by_itself() -> None:
    lines, found, _, story = replay_certain()
    assert lines == []
    assert set(story.rung) == set(story.deaths) == {0}
    moved = {name for name, value in found.items() if value and not math.isnan(value)}
    ends = {
        "weariness_end_north",
        "weariness_end_south",
        "belief_end_north_south",
        "belief_end_south_north",
    }
    assert moved == {"max_rung_day", "days_at_rung_0", *ends}


def test_a_war_from_order_to_end() -> None:
    """South is at war too from the first day, and halts on the next; both halted is a truce."""
    lines, found, _, story = replay_certain(
        **{"states.north.plan": plan((3, "open_war"), (6, "tension"), (8, "calm"))}
    )
    ours = [[f"+{d} act north open_war south south_hill"] * 3 for d in (3, 4, 5)]
    assert lines == [
        "+3 posture north open_war south",
        *ours[0],
        *["+3 act south open_war north north_hill"] * 3,
        "+4 halt south north",
        *ours[1],
        *ours[2],
        "+6 halt north south",
        "+6 ceasefire north south",
    ]
    assert story.rung.tolist() == [0, 0, 6, 6, 6, *[1] * 15]
    want = {
        "max_rung": 6,
        "max_rung_day": 3,
        "first_open_war_day": 3,
        "wars": 1,
        "longest_war": 3,
        "first_war_days": 3,
        "first_war_over": 1,
        "strikes": 4,
        "strikes_by_north": 3,
        "strikes_by_south": 1,
        "war_at_end": 0,
        "ceasefires": 1,
        "first_ceasefire_day": 6,
        "ceasefire_at_end": 1,
    }
    assert {name: found[name] for name in want} == want
    assert [found[f"days_at_rung_{r}"] for r in range(8)] == [2, 15, 0, 0, 0, 0, 3, 0]
    assert math.isnan(found["first_limited_strike_day"])


def test_raids_and_offensives_of_both_on_one_day() -> None:
    lines, found, _, story = replay_certain(
        **{
            "states.north.plan": plan((2, "raid")),
            "states.south.plan": plan((2, "ground_offensive")),
        }
    )
    assert lines == [
        "+2 act north raid south south_hill",
        "+2 act south ground_offensive north north_hill",
    ]
    assert story.rung.tolist()[:4] == [0, 5, 1, 1]
    want = {
        "raids": 1,
        "raids_by_north": 1,
        "raids_by_south": 0,
        "offensives": 1,
        "first_raid_day": 2,
        "strikes": 0,
        "events_north_hill": 1,
    }
    assert {name: found[name] for name in want} == want


def test_a_ceasefire_erodes_to_its_end() -> None:
    """0.5 x 0.9^n falls below 0.08 at n = 18; the day it begins is its first."""
    lines, found, _, story = replay_certain(
        interventions=[on(1, **PEACE)],
        **{**UNREPAIRED, "rules.ceasefire.repair": 10, "rules.ceasefire.collapse": 0.08},
    )
    assert math.ceil(math.log(0.08 / 0.5) / math.log(0.9)) == 18
    assert lines == ["+1 ceasefire north south", "+18 ceasefire_end north south"]
    want = {
        "first_ceasefire_day": 1,
        "first_ceasefire_length": 18,
        "first_ceasefire_broken": 1,
        "collapses_by_erosion": 1,
        "collapses_by_climb": 0,
    }
    assert {name: found[name] for name in want} == want
    assert found["ceasefire_days"] == 17
    assert (found["collapses_by_north"], found["collapses_by_south"]) == (0, 0)
    assert found["ceasefire_at_end"] == found["ceasefire_quality_end"] == 0
    assert story.status == 0


def test_a_ceasefire_that_holds() -> None:
    lines, found, of, story = replay_certain(
        interventions=[on(5, **PEACE)], **{**UNREPAIRED, "rules.ceasefire.repair": 100}
    )
    assert lines == ["+5 ceasefire north south"]
    assert found["ceasefire_quality_end"] == pytest.approx(0.5 * 0.99**16, rel=1e-12)
    assert (
        found["ceasefire_age_end"],
        found["ceasefire_at_end"],
        found["first_ceasefire_length"],
    ) == (16, 1, 16)
    trust, built = (
        word(of, story, "relations.neighbours.trust"),
        word(of, story, "rules.ceasefire.built_trust")[0],
    )
    assert trust[4] == trust[0]
    assert trust[-1] == pytest.approx(1 - (1 - trust[0]) * (1 - built) ** 16, rel=1e-12)


def word(of: Any, story: Any, path: str) -> np.ndarray:
    """A number of the scenario on each day of a story."""
    return np.asarray(story.blocks.view(np.float64)[:, of.slots[path]])


def test_open_war_ends_a_ceasefire_on_the_day_and_names_who() -> None:
    lines, found, of, story = replay_certain(
        interventions=[on(1, **PEACE)], **{"states.south.plan": plan((4, "open_war"), (5, "calm"))}
    )
    assert [line for line in lines if " act " not in line] == [
        "+1 ceasefire north south",
        "+4 posture south open_war north",
        "+4 ceasefire_end north south",
        "+5 halt north south",
        "+5 halt south north",
        "+5 ceasefire north south",
    ]
    assert {line.split()[2] for line in lines if " act " in line} == {"north", "south"}
    (end,) = [row for row in events(of, story) if row["kind"] == "ceasefire_end"]
    assert (end["action"], end["group"], end["value"]) == (
        Collapse.CLIMB,
        SOUTH,
        4,
    )
    want = {
        "collapses_by_climb": 1,
        "collapses_by_erosion": 0,
        "collapses_by_north": 0,
        "collapses_by_south": 1,
        "first_ceasefire_length": 4,
        "first_war_days": 1,
    }
    assert {name: found[name] for name in want} == want
    trust = word(of, story, "relations.neighbours.trust")
    assert trust[4] < trust[3]


@pytest.mark.parametrize("who", ["north", "south"])
def test_a_war_is_both_sides_from_its_first_day(who: str) -> None:
    """Whoever begins it, and wherever it stands in the file."""
    lines, *_ = replay_certain(**{f"states.{who}.plan": plan((3, "open_war"), (4, "calm"))})
    assert lines[0].startswith(f"+3 posture {who} open_war")
    first_day = [line for line in lines if line.startswith("+3 act")]
    assert sorted(first_day) == [
        *["+3 act north open_war south south_hill"] * 3,
        *["+3 act south open_war north north_hill"] * 3,
    ]


def test_a_war_that_both_begin_on_one_day_is_told_of_both() -> None:
    war = plan((3, "open_war"), (4, "calm"))
    lines, found, *_ = replay_certain(**{"states.north.plan": war, "states.south.plan": war})
    begun = [line for line in lines if " posture " in line]
    assert begun == ["+3 posture north open_war south", "+3 posture south open_war north"]
    assert found["wars"] == 1


def test_lesser_acts_wear_a_ceasefire_down() -> None:
    """What north does damages it; the fall below the floor is then north's doing."""
    lines, found, of, story = replay_certain(
        interventions=[on(1, **PEACE)],
        **{"states.north.plan": plan((3, "raid"), (4, "military_strike"), (5, "raid"))},
    )
    ends = [line for line in lines if "ceasefire_end" in line]
    assert ends == ["+5 ceasefire_end north south"]
    assert (
        found["collapses_by_north"],
        found["collapses_by_erosion"],
        found["collapses_by_climb"],
    ) == (1, 1, 0)
    quality = word(of, story, "relations.neighbours.ceasefire")
    assert quality[2] > quality[3] > quality[4] > 0 == quality[5]


def test_a_closed_crossing_costs_trade_on_the_days_that_it_is_closed() -> None:
    shut = [
        on(3, actor="south", action="close_crossings", target="north"),
        on(8, actor="south", action="open_crossings", target="north"),
        on(8, actor="north", action="open_crossings", target="south"),
    ]
    of = template(
        {
            **CERTAIN,
            "interventions": shut,
            "relations.neighbours.trade": 2,
            "borders.ridge.trade_share": 0.75,
        }
    )
    story = replay(of)
    found = measures(of, story.measures)
    assert trace(of, story) == ["+3 close_crossings south north", "+8 open_crossings south north"]
    assert found["closure_days"] == 5 * 0.75
    assert found["trade_lost"] == 5 * 0.75 * 2
    assert story.rung.tolist()[1:8] == [0, 1, 1, 1, 1, 1, 0]
    open_world = measures(of, replay(template(CERTAIN)).measures)
    for state in of.states:
        assert found[f"weariness_end_{state}"] > open_world[f"weariness_end_{state}"]


def test_stated_dead_are_the_dead() -> None:
    strike = on(
        2,
        actor="north",
        action="military_strike",
        target="south",
        sectors=["south_city", "south_hill"],
        deaths={"security": 11, "civilians": 5},
    )
    raid = on(
        4,
        actor="south",
        action="raid",
        target="north",
        sectors=["north_hill"],
        deaths={"own": 3, "security": 7, "civilians": 0},
    )
    clash = on(
        6,
        actor="north",
        action="clash",
        target="south",
        sectors=["south_hill"],
        deaths={"own": 2, "security": 4},
    )
    lines, found, _, story = replay_certain(
        interventions=[strike, raid, clash], **{"sectors.south_city.garrison": 20}
    )
    shares = [
        (int(security), int(civilians))
        for line in lines[:2]
        for _, security, civilians, _ in [line.split(" dead ")[1].split("/")]
    ]
    # nearly equal parts; the draw says who gets the odd one
    assert sorted(one for one, _ in shares) == [5, 6]
    assert sorted(one for _, one in shares) == [2, 3]
    assert [line.split(" dead ")[0] for line in lines[:2]] == [
        "+2 act north military_strike south south_city",
        "+2 act north military_strike south south_hill",
    ]
    assert lines[2:] == [
        "+4 act south raid north north_hill dead 3/7/0/0",
        "+6 clash north south south_hill dead 2/4/0/0",
    ]
    want = {
        "deaths_south_security": 18,
        "deaths_south_civilian": 5,
        "deaths_north_security": 9,
        "deaths_north_civilian": 0,
        "deaths": 32,
    }
    assert {name: found[name] for name in want} == want
    assert found["interstate_deaths"] == 32
    assert story.deaths.tolist()[:6] == story.interstate.tolist()[:6] == [0, 16, 0, 10, 0, 6]


def test_stated_claims_are_told_as_they_were_made() -> None:
    raid = on(
        4,
        actor="south",
        action="raid",
        target="north",
        sectors=["north_hill"],
        deaths={"security": 7},
        claims={"south": 60, "north": 5},
    )
    _, _, of, story = replay_certain(interventions=[raid])
    (row,) = events(of, story)
    assert (row["claimed"], row["counter_claimed"], row["scripted"]) == (60, 5, 1)


def test_a_number_set_on_a_day_holds_from_that_day() -> None:
    _, _, of, story = replay_certain(
        interventions=[
            {"day": 7, "set": {"states.north.resolve": 0.25, "rules.feelings.outrage_life": 9}}
        ]
    )
    assert word(of, story, "states.north.resolve").tolist() == [0.75] * 7 + [0.25] * 14
    assert set(word(of, story, "rules.feelings.outrage_life")[7:]) == {9.0}
    assert [(row["day"], row["kind"], row["value"]) for row in events(of, story)] == [
        (7, "change", 9.0),
        (7, "change", 0.25),
    ]


def test_an_only_rival_need_not_be_named() -> None:
    lines, *_ = replay_certain(
        interventions=[on(3, actor="south", action="raid", deaths={"security": 1})]
    )
    assert lines == ["+3 act south raid north north_hill dead 0/1/0/0"]


def test_an_order_waits_until_it_is_due() -> None:
    """With a delay of twenty days nearly nothing is carried out at once, and nothing twice."""
    _, found, *_ = replay_certain(
        **{"rules.choice.delay": 20, "states.north.plan": plan((1, "raid")), "horizon": "100 days"}
    )
    assert found["raids"] == 1
    assert found["first_raid_day"] > 1


def test_aircraft_lost_between_order_and_act_strike_nobody() -> None:
    grounded = [{"day": 2, "set": {"states.north.serviceability": 0}}]
    changes = {"rules.choice.delay": 20, "states.north.plan": plan((1, "military_strike"))}
    for seed in range(6):
        of = template({**CERTAIN, **changes, "interventions": grounded})
        assert not [
            row for row in events(of, replay(of, seed)) if row["kind"] == "act" and row["day"] > 1
        ]


def test_the_trace_is_the_same_for_every_seed() -> None:
    """It is exact because nothing in it is drawn but which of two at war acts first on a day."""
    of = template(
        {
            **CERTAIN,
            "states.north.plan": plan((3, "open_war"), (6, "calm")),
            "interventions": [on(12, **PEACE)],
        }
    )
    assert len({tuple(sorted(trace(of, replay(of, seed)))) for seed in range(4)}) == 1


def test_states_start_as_the_file_says() -> None:
    _, _, of, story = replay_certain()
    for state in (NORTH, SOUTH):
        path = f"states.{of.states[state]}.personnel"
        assert set(word(of, story, path)) == {50_000.0}


def test_the_day_on_whose_evening_a_war_ends_is_a_day_of_it() -> None:
    """Talks follow the fighting of a day; a war that lasts one day is a war."""
    w = tiny_world()
    for day, (fights, goes_on) in enumerate([(True, True), (True, False), (False, False)], start=1):
        w.clock[0].day = day
        w.pairs[0].war, w.pairs[0].rung = int(goes_on), 6.0 if fights else 0.0
        books.record_day(w)
    t = w.tally[0]
    assert (t.first_war_days, t.longest_war, t.wars, t.first_war_over) == (2, 2, 1, 1)
    w = tiny_world()
    w.clock[0].day, w.pairs[0].rung = 1, 6.0
    books.record_day(w)
    t = w.tally[0]
    assert (t.first_war_days, t.wars, t.first_open_war_day, t.first_war_over) == (1, 1, 1, 1)
