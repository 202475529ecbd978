"""A file of an older version is told what took the place of what it names, whatever the door."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.classroom.levers import handles
from sim.classroom.stories import lesson_stories
from sim.cli import main
from sim.errors import SimError
from sim.scenario import Scenario, load
from sim.scenario.successors import NUMBERS, OUTCOMES, successor
from sim.studies.discovery import require_outcome
from sim.vocabulary.measures import DEFAULT_OUTCOMES

TWO = sim.scenarios() / "two_states.yaml"
OLD = "rules.mediation.openness"


def path_of(known: str) -> str:
    return known.replace("*", "westmark")


@pytest.mark.parametrize("known", NUMBERS)
def test_what_moved_is_no_number_any_more(known: str) -> None:
    assert path_of(known) not in load(TWO).numbers()
    assert successor(path_of(known)) == NUMBERS[known]


@pytest.mark.parametrize("known", NUMBERS)
def test_what_it_names_is_a_number(known: str) -> None:
    named = re.findall(r"rules(?:\.\w+){2}", NUMBERS[known])
    assert set(named) <= set(load(TWO).numbers())


@pytest.mark.parametrize("known", NUMBERS)
def test_a_file_with_it_is_told(known: str, tmp_path: Path) -> None:
    keys = path_of(known).split(".")
    text = "".join(f"{'  ' * depth}{key}:\n" for depth, key in enumerate(keys)).rstrip() + " 1\n"
    (tmp_path / "two_states.yaml").write_bytes(TWO.read_bytes())
    child = tmp_path / "child.yaml"
    child.write_text(f"id: child\nextends: two_states.yaml\n{text}")
    with pytest.raises(SimError, match=re.escape(NUMBERS[known])):
        load(child)


def _levers(scenario: Scenario) -> None:
    handles(scenario, [f"{OLD}:0:1"])


DOORS: dict[str, Callable[[], object]] = {
    "set": lambda: load(TWO, {OLD: 1}),
    "lever of a file": lambda: load(
        TWO, {"levers": [{"path": OLD, "label": "Openness", "low": 0, "high": 1}]}
    ),
    "lever of a page": lambda: _levers(load(TWO)),
}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_tells(door: str) -> None:
    with pytest.raises(SimError, match=re.escape(successor(OLD))):
        DOORS[door]()


def test_commands_tell(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["sweep", "two_states", "--vary", f"{OLD}=0:1:3", "--runs", "5"],
        ["run", "two_states", "--set", f"{OLD}=1", "--runs", "5"],
    ):
        assert main(words) == 2
        assert successor(OLD) in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("old", OUTCOMES)
def test_an_outcome_of_old_is_told_what_it_is_now(old: str) -> None:
    assert old not in DEFAULT_OUTCOMES
    assert set(re.findall(r'"([^"]+)"', OUTCOMES[old])) - {"war"} <= set(DEFAULT_OUTCOMES)
    with pytest.raises(SimError, match=re.escape(OUTCOMES[old])):
        require_outcome(load(TWO), old)
    with pytest.raises(SimError, match=re.escape(OUTCOMES[old])):
        load(TWO, {"expect": [{"measure": old, "between": [0, 1]}]})


def test_an_outcome_that_a_file_defines_itself_stays(tmp_path: Path) -> None:
    own = {"outcomes": {"open war": {"wars": {"at_least": 1}}, "no war": {}}, "expect": []}
    scenario = load(TWO, own)
    require_outcome(scenario, "open war")
    # the lesson of the file that it was made from goes on without the stories that are gone
    rules = {one.path: one.rule for one in scenario.warnings}
    assert rules["teaching.stories.0.pick"] == "should be an outcome or a story"
    picked = {story.story for story in lesson_stories(scenario, 7, None)}
    assert picked
    assert picked <= {"open war", "no war", "first war", "truce", "broken truce"}
