"""Measures in a file: what is wrong with them, all at once, and what they are called."""

from __future__ import annotations

import re

import pytest

from sim.classroom import sandbox
from sim.engine.world import build
from sim.errors import ModelError
from sim.scenario import Scenario, load, load_text
from sim.studies.dictionary import dictionary
from sim.words import words

from .conftest import Child, problems

WRONG = {
    "Upper": ("{count: {event: attack}}", "must be a name of lower-case"),
    "deaths": ("{count: {event: attack}}", "no other column has"),
    "two": ("{count: {event: attack}, highest: rung}", "must have exactly one of"),
    "none": ("{label: nothing}", "must have exactly one of"),
    "both": ("{first: {event: attack, path: rung, at_least: 1}}", "must have an event or the path"),
    "empty": ("{lag: {since: {event: attack}}}", "must have an event or the path"),
    "unbound": ("{first: {path: rung}}", "must have a bound"),
    "bound": ("{first: {event: raid, at_least: 2}}", "an event has no bounds"),
    "narrow": ("{count: {path: rung, at_least: 2, by: avaria}}", "it narrows events"),
    "nowhere": ("{highest: states.avaria.courage}", "must be a number by day"),
    "kind": ("{count: {event: earthquake}}", "must be one of"),
    "how": ("{count: {event: attack, how: cinema}}", "must be a detail of this event"),
    "doer": ("{count: {event: attack, by: avaria}}", "must be one of the groups, whose doing"),
    "alone": ("{count: {event: stance, against: avaria}}", "this event has no other side"),
    "nobody": ("{count: {event: raid, by: atlantis}}", "must be one of the actors"),
    "late": ("{highest: rung, days: [10, 100000]}", "to the horizon"),
    "within": ("{highest: rung, within: 9}", "must have after beside it"),
    "dead_days": ("{dead: {path: deaths, above: 0}}", "a number by day has no dead"),
}


def test_everything_wrong_is_said_at_once_with_its_place(child: Child) -> None:
    lines = [f"  {name}: {text}" for name, (text, _) in WRONG.items()]
    path = child("measures:\n" + "\n".join(lines) + "\n")
    found = problems(path)
    for line, (name, (_, rule)) in enumerate(WRONG.items(), start=4):
        own = [one for one in found if re.match(rf"measures\.{name}(\.|$)", one.path)]
        assert any(rule in one.rule for one in own), (name, own)
        assert {one.line for one in own} == {line}, name
    assert len(found) == len(WRONG)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(
        "format: 1\nid: own\nextends: two_states\n"
        "teaching: {stories: null, questions: null}\nmeasures:\n"
        "  answer: {label: Time to the answer, lag: {since: {event: raid, by: westmark},"
        " until: {event: raid}}}\n"
        "  early: {count: {event: attack, place: west_hills}, days: [2, 9]}\n"
        "outcomes:\n  - soon: {answer: {below: 5}}\n  - late: {}\n",
        encoding="utf-8",
    )
    return load(path)


def test_a_file_without_them_says_nothing_of_them(base: Scenario) -> None:
    assert "measures" not in base.text.split("\n  ")[0].splitlines()
    assert not re.search("^measures:", base.text, re.MULTILINE)
    assert all(one.own is None for one in base.measures)


def test_they_stand_behind_the_others_and_a_lag_has_its_flag(scenario: Scenario) -> None:
    own = [one for one in scenario.measures if one.own is not None]
    assert [one.name for one in own] == ["answer", "answer_ended", "early"]
    assert scenario.measures[-3:] == tuple(own)
    assert [one.unit for one in own] == ["days", "flag", "count"]
    assert own[0].duration
    assert own[0].ended_by == "answer_ended"


def test_the_resolved_form_holds_them(scenario: Scenario) -> None:
    again = load_text(scenario.text)
    assert again.text == scenario.text
    assert again.digest == scenario.digest
    assert again.measures == scenario.measures


def test_a_label_moves_no_digest_and_a_day_does(scenario: Scenario) -> None:
    for change, same in (("measures.answer.label", True), ("measures.early.days", False)):
        value = "another name" if same else [2, 8]
        assert (load_text(scenario.text, {change: value}).digest == scenario.digest) is same


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_dictionary_says_what_they_look_for(scenario: Scenario, language: str) -> None:
    said = {one.name: one.meaning for one in dictionary(scenario, words(language))}
    assert "attack" in said["early"]
    assert "west_hills" in said["early"]
    assert "9" in said["early"]
    assert said["answer"] != said["answer_ended"]


def test_one_about_an_entity_that_is_removed_goes_with_it(child: Child, base: Scenario) -> None:
    group, state = next(iter(base.file.groups)), next(iter(base.file.states))
    child(
        f"measures:\n  hits: {{count: {{event: attack, by: {group}}}}}\n"
        f"  power: {{highest: groups.{group}.fighters}}\n"
        f"  tired: {{highest: states.{state}.weariness}}\n",
        "middle",
    )
    path = child(f"groups: {{{group}: null}}\n", "top", "middle.yaml")
    own = [one.name for one in load(path).measures if one.own is not None]
    assert own == ["tired"]


def test_a_page_says_that_it_cannot_compute_them(scenario: Scenario) -> None:
    with pytest.raises(ModelError, match=r"outcomes\.soon asks for answer, .* cannot compute"):
        sandbox.data(scenario, build(scenario), [], 7, "x", [], words())


def test_an_own_action_is_counted_by_its_column(child: Child) -> None:
    text = (
        "actions: {hack: {label: hack, does: hacks, of: raid, share: 0.1, assumed: x}}\n"
        "measures: {first_hack: {first: {event: raid, how: hack}}}"
    )
    (problem,) = problems(child(text))
    assert (problem.given, problem.hint) == ("hack", "acts_hack counts it")
