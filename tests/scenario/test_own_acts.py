"""Own actions in the file: what is refused, what is odd, how they are told and written out."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import OWN_OPTIONS

from sim.errors import ScenarioError
from sim.narration.conditions import RuleWriter
from sim.narration.event_sentences import event_sentences
from sim.scenario import Scenario, load, load_text
from sim.words import words
from tests.engine.world.plain import plain

KIND = {
    "label": "interception",
    "does": "stops a ship of its rival",
    "of": "raid",
    "share": 0.5,
}
PAST = {"date": "2000-03-12", "actor": "westmark", "target": "eastmark"}


def given(**actions: Any) -> Scenario:
    return load("two_states", {"actions": actions})


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        load(
            "two_states",
            {
                "actions": {
                    "raid": KIND,
                    "one": {**KIND, "share": 0.3, "by": "westmark"},
                    "two": {**KIND, "of": "open_war"},
                    "three": {**KIND, "share": 0, "by": "nobody", "deaths": -1},
                },
                "history": [
                    {**PAST, "action": "limited_strike", "own": "one"},
                    {**PAST, "action": "raid", "own": "four"},
                    {
                        **PAST,
                        "actor": "eastmark",
                        "target": "westmark",
                        "action": "raid",
                        "own": "one",
                    },
                ],
                "expect": [],
            },
        )
    assert {one.path for one in refused.value.problems} == {
        "actions.raid",  # a word of the ladder
        "actions.two.of",  # war is no act of a day
        "actions.three.by",
        "actions.three.deaths",
        "history.0.action",  # a strike is no kind of raid
        "history.1.own",
        "history.2.actor",  # it is the other side's
    }


def test_shares_are_of_one_whole() -> None:
    with pytest.raises(ScenarioError) as refused:
        given(one={**KIND, "share": 0.7}, two={**KIND, "share": 0.4, "by": "westmark"})
    assert [one.path for one in refused.value.problems] == ["actions.two.share"]
    assert given(
        one={**KIND, "share": 0.7, "by": "eastmark"}, two={**KIND, "share": 0.4, "by": "westmark"}
    )


def test_what_nobody_can_take_is_odd() -> None:
    odd = given(signal={**KIND, "of": "nuclear_signal"}, none={**KIND, "share": 0})
    about = [one.path for one in odd.warnings if "text in" not in one.rule]
    assert about == ["actions.signal.of", "actions.none.share"]


def test_the_resolved_form_says_the_same_and_words_move_no_digest() -> None:
    first = given(one={**KIND, "share": {"dist": "uniform", "low": 0.2, "high": 0.4}})
    again = load_text(first.text)
    assert (again.text, again.digest) == (first.text, first.digest)
    renamed = given(
        one={**KIND, "share": {"dist": "uniform", "low": 0.2, "high": 0.4}, "label": "boarding"}
    )
    assert renamed.digest == first.digest


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_it_is_told_by_its_own_words(tag: str) -> None:
    past = {**PAST, "action": "raid", "own": "one"}
    scenario = load(
        "two_states", {"actions": {"one": {**KIND, "deaths": 0}}, "history": [past], "horizon": 2}
    )
    story = plain("sim.engine.replication").replay(plain("sim.engine.world").build(scenario), 1, 0)
    told = [one.what for one in event_sentences(story.events, scenario, words(tag))]
    assert any("stops a ship of its rival" in one for one in told)
    assert "interception" in RuleWriter(scenario, words(tag)).own_act("one")


OPTION = {key: value for key, value in KIND.items() if key != "share"} | {"rung": 2.5}
GESTURE = {**OPTION, "of": "calm", "rung": 0.5}


def paths(odd: Scenario) -> list[str]:
    """What a scenario is warned of, languages left out."""
    return [one.path for one in odd.warnings if "text in" not in one.rule]


def test_an_own_action_has_a_share_or_a_rung() -> None:
    with pytest.raises(ScenarioError) as refused:
        given(
            both={**KIND, "rung": 2.5},
            neither={**OPTION, "rung": None},
            scaled={**KIND, "cost": 0.5, "fights": False},
            pause={**KIND, "of": "calm"},
            accept=OPTION,
        )
    assert {one.path for one in refused.value.problems} == {
        "actions.both",
        "actions.neither",
        "actions.scaled.cost",  # a kind is chosen at the cost of its act
        "actions.scaled.fights",
        "actions.pause.rung",  # calm is a posture, of which no share can be of a kind
        "actions.accept",  # a forced choice could not tell it from an answer
    }
    (both,) = (one for one in refused.value.problems if one.path == "actions.both")
    assert "must have either share or rung, got both" in str(both)


@pytest.mark.parametrize(
    ("rung", "of", "fine"),
    [
        *((0, "raid", False), (0.5, "raid", True), (2, "raid", True), (5.9, "raid", True)),
        *((6, "raid", False), (7, "raid", False), (-1, "raid", False)),
        *((0, "calm", True), (1, "calm", True), (1.1, "calm", False)),
    ],
)
def test_a_rung_lies_inside_the_ladder(rung: float, of: str, fine: bool) -> None:
    one = {**OPTION, "of": of, "rung": rung}
    if fine:
        assert given(one=one).file.actions["one"].rung == rung
    else:
        with pytest.raises(ScenarioError) as refused:
            given(one=one)
        assert [one.path for one in refused.value.problems] == ["actions.one.rung"]


def test_there_is_room_for_six() -> None:
    six = {f"one_{n}": OPTION for n in range(6)}
    assert given(**six, kind=KIND)
    with pytest.raises(ScenarioError, match="must be one of at most 6 own actions with a rung"):
        given(**six, more=OPTION)


def test_a_plan_names_an_option_of_its_own_state() -> None:
    def plan(**line: Any) -> list[str]:
        actions = {"one": {**OPTION, "by": "westmark"}, "kind": KIND}
        lines = {f"states.{state}.policy": "scripted" for state in ("westmark", "eastmark")}
        lines |= {"states.eastmark.plan": [{"day": 3, "action": "raid", **line}]}
        try:
            load("two_states", {"actions": actions, **lines})
        except ScenarioError as refused:
            return [one.path for one in refused.problems]
        return []

    assert plan() == []
    assert plan(own="one") == ["states.eastmark.plan.0.own"]  # it is the other's
    assert plan(own="kind") == ["states.eastmark.plan.0.own"]  # a share is drawn
    assert plan(own="nothing") == ["states.eastmark.plan.0.own"]


def test_numbers_that_nothing_reads_and_gestures_that_cost_nothing_are_odd() -> None:
    assert paths(given(one=OPTION)) == []
    assert paths(given(one={**OPTION, "fights": False, "deaths": 0})) == ["actions.one.deaths"]
    assert paths(given(one=GESTURE)) == ["actions.one"]
    assert paths(given(one={**GESTURE, "relief": 0.2})) == ["actions.one.concession"]
    dear = {**GESTURE, "relief": 0.2, "concession": 0.1}
    assert paths(given(one=dear)) == []
    assert paths(given(one={**dear, "harm": 0.5})) == ["actions.one.harm"]


def test_without_a_fight_it_needs_no_aircraft_and_no_border() -> None:
    event = {**PAST, "action": "limited_strike", "own": "one", "actor": "eastmark"}
    event["target"] = "westmark"
    for fights, warned in ((True, {"history.0.action"}), (False, set())):
        strike = {**OPTION, "of": "limited_strike", "fights": fights, "by": "eastmark"}
        more = {"states.eastmark.combat_aircraft": 0, "states.eastmark.standoff": 0}
        found = load("two_states", {"actions": {"one": strike}, "history": [event], **more})
        assert {path for path in paths(found) if path.startswith("history")} == warned


def test_the_resolved_form_of_options_says_the_same() -> None:
    first = load(OWN_OPTIONS)
    again = load_text(first.text)
    assert (again.text, again.digest) == (first.text, first.digest)
    assert again.file.actions["release"].relief.value == 0.15
    assert "an option of its own" in RuleWriter(first, words()).own_act("interception")
    assert "sans combat" in RuleWriter(first, words("fr")).own_act("break_in")


def test_the_files_order_of_its_options_decides_nothing() -> None:
    one, two = {**OPTION, "rung": 3}, {**GESTURE, "relief": 0.2, "concession": 0.1}
    first, second = given(a=one, b=two), given(b=two, a=one)
    assert (first.text, first.digest) == (second.text, second.digest)
    build = plain("sim.engine.world").build
    assert build(first).words.tobytes() == build(second).words.tobytes()
