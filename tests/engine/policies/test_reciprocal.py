"""Tit for tat with overshoot, and the grim trigger."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.policies.situations import decide, named, situation
from tests.engine.policies.test_simple import QUIET
from tests.engine.world.tiny import NORTH, SOUTH, planned, replay, template, trace

ANSWERS = {
    0: "calm",
    1: "tension",
    2: "border_fire",
    3: "limited_strike",
    4: "ground_offensive",
    5: "open_war",
    6: "open_war",
}
IN_KIND = {
    0: "calm",
    1: "tension",
    2: "border_fire",
    3: "raid",
    4: "limited_strike",
    5: "ground_offensive",
    6: "open_war",
}


def answer(met: float, overshoot: float, name: str = "peace") -> str:
    """What a proportional state does that met this rung."""
    opened = situation(name, "proportional")
    opened.dyads[NORTH, SOUTH].met_rung = met
    opened.states[NORTH].overshoot = overshoot
    return named(decide(opened)[0])


@pytest.mark.parametrize("met", ANSWERS)
def test_from_a_raid_on_it_answers_a_rung_higher(met: int) -> None:
    assert answer(met, overshoot=1.0) == ANSWERS[met]


@pytest.mark.parametrize("met", IN_KIND)
def test_without_overshoot_it_answers_in_kind(met: int) -> None:
    assert answer(met, overshoot=0.0) == IN_KIND[met]


def test_it_takes_what_it_has() -> None:
    assert answer(3, overshoot=1.0, name="no aircraft") == "raid"
    assert answer(5, overshoot=0.0, name="no border") == "military_strike"
    assert answer(6, overshoot=0.0, name="no border") == "open_war"
    assert answer(6, overshoot=6.0, name="nothing at all") == "tension"


def test_it_never_signals_with_nuclear_forces() -> None:
    assert answer(7, overshoot=6.0, name="vital") == "open_war"


@pytest.mark.parametrize(("rung", "will"), [(0, "calm"), (3, "calm")])
def test_a_grim_state_keeps_the_peace_until_struck(rung: int, will: str) -> None:
    opened = situation("peace", "grim")
    opened.dyads[NORTH, SOUTH].met_rung = rung
    assert named(decide(opened)[0]) == will


def test_a_grim_state_once_struck_is_at_war_as_near_as_it_can_get() -> None:
    for name, will in {
        "outrage": "open_war",
        "no border": "open_war",
        "nothing at all": "tension",
    }.items():
        opened = situation(name, "grim")
        opened.dyads[NORTH, SOUTH].provoked = 1
        assert named(decide(opened)[0]) == will


def acts(policy: str, *plan: tuple[int, str], **more: Any) -> list[str]:
    """Day, actor and action of each act in a run in which south follows a plan."""
    of = template(
        {
            **QUIET,
            "states.north.policy": policy,
            **planned(south=[{"day": day, "action": action} for day, action in plan]),
            **more,
        }
    )
    lines = (
        line.split() for line in trace(of, replay(of)) if " act " in line or " posture " in line
    )
    return [f"{day} {who} {what}" for day, _, who, what, *_ in dict.fromkeys(map(tuple, lines))]


@pytest.mark.parametrize("trigger", ["military_strike", "ground_offensive"])
def test_a_grim_state_never_forgives(trigger: str) -> None:
    happened = acts("grim", (2, trigger), (3, "calm"))
    ours = dict.fromkeys(line for line in happened if "north" in line)
    assert list(ours) == [f"+{day} north open_war" for day in range(3, 21)]


def test_a_grim_state_overlooks_a_raid() -> None:
    assert acts("grim", (2, "raid"), (3, "calm")) == ["+2 south raid"]


def test_a_grim_state_goes_back_to_war_after_a_ceasefire() -> None:
    truce = {
        "day": 8,
        "event": {"actor": "north", "action": "ceasefire", "target": "south", "quality": 0.9},
    }
    happened = acts("grim", (2, "military_strike"), (3, "calm"), interventions=[truce])
    assert "+7 north open_war" in happened
    assert "+20 north open_war" in happened


def test_a_proportional_state_answers_on_the_next_day() -> None:
    """An answer to a raid that is higher than one: there is no militant for a limited strike."""
    happened = acts("proportional", (2, "raid"), (3, "calm"), **{"states.north.overshoot": 2})
    assert happened[:2] == ["+2 south raid", "+3 north ground_offensive"]


def test_a_proportional_state_lets_what_it_met_fade() -> None:
    happened = acts("proportional", (2, "raid"), (3, "calm"))
    assert not [line for line in happened if int(line.split()[0]) > 12]


def test_a_proportional_state_never_begins() -> None:
    assert acts("proportional", (1, "calm")) == []
