"""Events of a scenario's own rule in the file: what is refused, removed, shown and kept."""

from __future__ import annotations

from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.narration.conditions import RuleWriter
from sim.scenario import Scenario, load, load_text
from sim.scenario.resolve import spec_at
from sim.words import words

STRIKE = {"actor": "westmark", "action": "limited_strike", "target": "eastmark"}


def given(**events: Any) -> Scenario:
    return load("two_states", {"events": events})


def problems(**events: Any) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        given(**events)
    return [f"{one.path}: {one.rule}" for one in refused.value.problems]


def test_everything_wrong_is_said_at_once() -> None:
    found = problems(
        one={
            "when": {
                "weariness_westmarc": {"above": 1},
                "day": {},
                "rung": {"at_least": 5, "at_most": 2},
                "deaths": {"never": True},
                "first_open_war_day": {"never": True, "at_least": 3},
            },
            "chance": 2,
            "again": 0,
            "set": {"states.westmark.resolv": 1},
            "event": {**STRIKE, "date": "2000-03-12"},
        },
        two={"event": {**STRIKE, "target": None, "claims": {"lakeland": 3}}},
    )
    assert set(found) == {
        "events.one.when.weariness_westmarc: must be a reading",
        "events.one.when.day: must have a bound: at_least, at_most, above, below or never",
        "events.one.when.rung: must leave some value between its bounds",
        "events.one.when.deaths.never: "
        "must be left out: only what comes at some time can be missing",
        "events.one.when.first_open_war_day.never: must stand alone: what never came has no bounds",
        "events.one.chance: must be in [0, 1]",
        "events.one.again: must be in [1, 36500]",
        "events.one.set.states.westmark.resolv: must be the dotted path of a number",
        "events.one.event.date: must be left out: the event happens when its conditions hold",
        "events.two.event.claims.lakeland: must be a claim of the actor or the target",
    }


def test_a_misspelt_reading_gets_the_name_that_is_meant() -> None:
    with pytest.raises(ScenarioError) as refused:
        given(one={"when": {"weariness_westmarc": {"above": 1}}})
    assert "did you mean weariness_westmark?" in refused.value.problems[0].hint


def test_what_does_nothing_or_comes_too_late_is_odd() -> None:
    odd = given(
        idle={},
        late={"when": {"day": {"at_least": 500}}, "event": STRIKE},
        never={"chance": 0, "event": STRIKE},
    )
    assert {one.path for one in odd.warnings} == {
        "events.idle",
        "events.late.when.day",
        "events.never.chance",
    }


def test_the_resolved_form_says_the_same() -> None:
    rule = {
        "when": {"rung_westmark_eastmark": {"at_least": {"dist": "uniform", "low": 1, "high": 4}}},
        "chance": {"value": 0.25, "assumed": "one in four"},
        "again": 14,
        "event": {**STRIKE, "deaths": {"militants": 5}},
    }
    first = given(one=rule)
    again = load_text(first.text)
    assert (again.text, again.digest) == (first.text, first.digest)
    assert "events.one.when.rung_westmark_eastmark.at_least" in first.numbers()


def test_its_numbers_are_set_by_path_and_its_label_moves_no_digest() -> None:
    plain = given(one={"chance": 0.5})
    assert given(one={"chance": 0.5, "label": "An omen"}).digest == plain.digest
    assert given(one={"chance": 0.6}).digest != plain.digest
    text = plain.text
    assert load_text(text, {"events.one.chance": 0.6}).digest == given(one={"chance": 0.6}).digest


FAMILY = """
id: mine
extends: two_states
title: Mine
events:
  omen: {chance: 0.1}
  after: {when: {since_omen: {at_least: 2}}, set: {states.westmark.resolve: 0.5}}
  answer: {when: {fighters_hill_front: {below: 100}}, set: {states.westmark.resolve: 0.5}}
  strike: {event: {actor: hill_front, action: attack}}
variants:
  without: {events: {omen: null}}
  peace: {groups: {hill_front: null}, levers: null, history: [], expect: []}
  more: {events: {late: {when: {day: {at_least: 50}}, set: {states.westmark.resolve: 0.1}}}}
"""


def test_variants_add_and_remove_events(tmp_path: Any) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(FAMILY, encoding="utf-8")
    events = {
        name: set(load(f"{file}#{name}" if name else file).file.events)
        for name in ("", "without", "peace", "more")
    }
    assert events[""] == {"omen", "after", "answer", "strike"}
    assert events["without"] == {"answer", "strike"}  # what waits for the omen goes with it
    assert events["peace"] == {"omen", "after"}
    assert events["more"] == {*events[""], "late"}


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_a_rule_is_said_in_words(tag: str) -> None:
    scenario = given(
        one={"label": "The storm", "when": {"outrage_westmark_eastmark": {"above": 1}}},
        two={"when": {"first_open_war_day": {"never": True}, "since_one": {"never": False}}},
    )
    writer = RuleWriter(scenario, words(tag))
    for name in ("one", "two"):
        said = writer.event(name)
        assert "{" not in said
        assert "The storm" in said
    assert "Westmark" in writer.event("one")
    assert "Eastmark" in writer.event("one")


PATH = "states.westmark.resolve"
SET = f"events.snow.set.{PATH}"
DRAWN = {"dist": "uniform", "low": 0.2, "high": 0.4}


def snow(**settings: Any) -> Scenario:
    return given(snow={"chance": 0.5, "set": settings or {PATH: DRAWN}})


def test_what_an_event_sets_is_a_number_of_the_path_that_it_sets() -> None:
    specs = snow().number_specs()
    assert (specs[SET].unit, specs[SET].low, specs[SET].high) == ("probability", 0, 1)
    assert specs[SET].help == specs[PATH].help
    for value in (0.3, {"value": 0.3, "assumed": "a guess"}):
        assert snow(**{PATH: value}).numbers()[SET].value == 0.3
    # where it comes from moves no digest, and neither does how it is written
    assert snow(**{PATH: 0.3}).digest == snow(**{PATH: {"value": 0.3, "note": "a guess"}}).digest
    assert snow().digest != snow(**{PATH: 0.3}).digest


def test_what_an_event_sets_reads_again_as_itself() -> None:
    first = snow()
    again = load_text(first.text)
    assert (again.text, again.digest) == (first.text, first.digest)
    assert again.numbers()[SET].high == 0.4


def test_what_an_event_sets_is_set_by_path() -> None:
    whole = load("two_states", {"events": {"snow": {"set": {PATH: DRAWN}}}})
    one = load_text(whole.text, {SET: 0.5})
    assert (one.numbers()[SET].value, one.numbers()[SET].dist) == (0.5, None)
    with pytest.raises(ScenarioError, match=r"must be in \[0, 1\]"):
        load_text(whole.text, {SET: 2})
    spec, target = spec_at(SET), spec_at(PATH)
    assert spec is not None
    assert target is not None
    assert (spec.unit, spec.high, spec.help) == (target.unit, target.high, target.help)


def test_a_lever_on_what_an_event_sets_goes_with_what_it_is_about(tmp_path: Any) -> None:
    file = tmp_path / "mine.yaml"
    haven = "groups.hill_front.hosts.eastmark.haven"
    file.write_text(
        "id: mine\nextends: two_states\ntitle: Mine\n"
        f"events: {{snow: {{set: {{{haven}: 0.3, {PATH}: 0.2}}}}}}\n"
        f"levers: [{{path: events.snow.set.{haven}, label: Cold, low: 0.1, high: 0.5}}]\n"
        "variants: {peace: {groups: {hill_front: null}, history: [], expect: []}}\n",
        encoding="utf-8",
    )
    assert [one.path for one in load(file).file.levers] == [f"events.snow.set.{haven}"]
    peace = load(f"{file}#peace").file
    assert peace.levers == []
    assert set(peace.events["snow"].set) == {PATH}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"dist": "uniform", "low": 0.2, "high": 1.4}, "must have all its values in [0, 1]"),
        ({"dist": "unifrom", "low": 0.2, "high": 0.4}, "must be the name of a distribution"),
        ({"value": 0.3, "unit": "days"}, "must be in probability"),
        (1.4, "must be in [0, 1]"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_of_its_own_path(value: Any, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        snow(**{PATH: value})
    assert [one.rule for one in refused.value.problems] == [said]
    assert refused.value.problems[0].path.startswith(SET)


@pytest.mark.parametrize(
    ("assumed", "missing"), [("", True), (", assumed: the pass is often closed", False)]
)
def test_a_value_of_a_real_case_is_asked_for_its_source(
    tmp_path: Any, assumed: str, missing: bool
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "id: mine\nextends: af_pk_2026\ntitle: Mine\n"
        f"events: {{snow: {{set: {{states.pakistan.resolve: 0.5}}{assumed}}}}}\n",
        encoding="utf-8",
    )
    odd = {one.path for one in load(file).warnings}
    assert ("events.snow.set.states.pakistan.resolve" in odd) == missing
