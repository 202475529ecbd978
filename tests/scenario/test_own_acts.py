"""Own actions in the file: what is refused, what is odd, how they are told and written out."""

from __future__ import annotations

from typing import Any

import pytest

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
