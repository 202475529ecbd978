"""Alliances in the file: what is refused, what goes with whom, and how they are written out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.narration.conditions import RuleWriter
from sim.scenario import Scenario, load, load_text
from sim.words import words

PACT = {"between": ["alderland", "cedarland"], "commitment": 0.6}
#: The third relation, without which an alliance of two against the third would be none.
THIRD = {"relations.birch_cedar": {"between": ["birchland", "cedarland"]}}


def given(**alliances: Any) -> Scenario:
    return load("three_states", {**THIRD, "alliances": alliances})


def wrong(overrides: dict[str, Any]) -> dict[str, str]:
    """Path and hint of each problem of a file that is refused."""
    with pytest.raises(ScenarioError) as refused:
        load("three_states", overrides)
    return {one.path: one.hint for one in refused.value.problems}


def test_everything_wrong_is_said_at_once() -> None:
    found = wrong(
        {
            **THIRD,
            "alliances": {
                "one": {**PACT, "between": ["alderland", "nobody"]},
                "two": {**PACT, "between": ["alderland", "alderland"]},
                "three": {**PACT, "by": "birchland"},
                "four": {**PACT, "between": ["cedarland", "alderland"], "commitment": 1.2},
                "five": {**PACT, "between": ["birchland", "cedarland"], "against": ["cedarland"]},
            },
        }
    )
    assert {
        "alliances.one.between.1",  # no such state
        "alliances.two.between",  # itself
        "alliances.three.by",  # not one of the two
        "alliances.four.between",  # a second one of the same two
        "alliances.four.commitment",
        "alliances.five.against.0",  # against one of the two
    } <= set(found)


def test_without_a_relation_with_the_enemy_it_says_what_to_add() -> None:
    found = wrong({"alliances": {"pact": {**PACT, "by": "cedarland"}}})
    assert (
        "add relations.cedarland_birchland: {between: [cedarland, birchland]}"
        in found["alliances.pact"]
    )
    # as it says
    hint = re.search(
        r"add (relations\.\w+): \{between: \[(\w+), (\w+)\]\}", found["alliances.pact"]
    )
    assert hint is not None
    fixed = {hint[1]: {"between": [hint[2], hint[3]]}}
    assert load("three_states", {**fixed, "alliances": {"pact": {**PACT, "by": "cedarland"}}})


def test_nobody_stands_with_both_sides() -> None:
    both = {
        "one": {**PACT, "against": ["birchland"]},
        "two": {**PACT, "between": ["birchland", "cedarland"], "against": ["alderland"]},
    }
    assert set(wrong({**THIRD, "alliances": both})) == {"alliances.two"}
    both["two"]["by"] = "birchland"  # cedarland promises birchland nothing
    assert given(**both)


def test_what_nobody_could_keep_is_odd() -> None:
    """Cedarland has no border with Birchland, and now no aircraft; no commitment is no promise."""
    odd = load(
        "three_states",
        {**THIRD, "alliances": {"pact": PACT}, "states.cedarland.combat_aircraft": 0},
    )
    assert [one.path for one in odd.warnings if "cedarland can reach" in one.rule] == [
        "alliances.pact"
    ]
    assert "alliances.pact.commitment" in [
        one.path for one in given(pact={**PACT, "commitment": 0}).warnings
    ]
    assert not [one for one in given(pact=PACT).warnings if one.path.startswith("alliances")]


def test_the_order_in_a_file_and_the_resolved_form_change_nothing() -> None:
    first = given(pact=PACT)
    again = given(pact={**PACT, "between": ["cedarland", "alderland"], "label": "the Pact"})
    assert first.digest == again.digest
    assert load_text(first.text).text == first.text
    assert load_text(first.text).digest == first.digest


@pytest.mark.parametrize("gone", ["highmoor", "lowfell"])
def test_an_alliance_goes_with_its_states(tmp_path: Path, gone: str) -> None:
    """With one of the two, and with the last of those whom it is against."""
    only = "alliances: {moor_pact: {against: [lowfell]}}\n" if gone == "lowfell" else ""
    below, above = tmp_path / "below.yaml", tmp_path / "above.yaml"
    below.write_text(f"id: below\nextends: two_alliances\n{only}")
    above.write_text(
        f"id: above\nextends: below.yaml\nstates: {{{gone}: null}}\noutcomes: null\n"
        "expect: null\nlevers: null\nteaching: null\n"
    )
    left = {"highmoor": ["fell_pact"], "lowfell": []}
    assert list(load(above).file.alliances) == left[gone]


@pytest.mark.parametrize(("tag", "who"), [("en", "stand with each other"), ("fr", "mutuelle")])
def test_it_is_said_in_words(tag: str, who: str) -> None:
    said = RuleWriter(given(pact=PACT), words(tag)).alliance("pact")
    assert who in said
    assert "Alderland" in said
    one = given(pact={**PACT, "by": "alderland", "against": ["birchland"], "defensive": False})
    assert who not in RuleWriter(one, words(tag)).alliance("pact")
    assert "Birchland" in RuleWriter(one, words(tag)).alliance("pact")


def test_measures_and_readings_are_there_only_with_alliances() -> None:
    names = {one.name for one in given(pact=PACT).measures}
    assert {"most_states_at_war", "calls_pact", "honoured_pact"} <= names
    assert not {one.name for one in load("three_states").measures} & {
        "most_states_at_war",
        "separate_peaces",
    }
    event = {"when": {"states_at_war": {"at_least": 3}}, "set": {"rules.choice.delay": 2}}
    assert load("three_states", {**THIRD, "alliances": {"pact": PACT}, "events": {"big": event}})
    assert "events.big.when.states_at_war" in wrong({"events": {"big": event}})
