"""A file of an older version is brought up to date, and nothing that it says is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.bundle import bundled_files
from sim.scenario import load
from sim.scenario.successors import MOVED, NUMBERS
from sim.scenario.upgrade import Change, is_of_an_older_version, upgrade

#: What a file of version 0.2.0 may say of which this one knows nothing.
OLD = """\
format: 1
id: older
extends: two_states
states:
  westmark:
    weights: {backdown: 0.8, cost: 1.2}
rules:
  feelings:
    war_aim_life: 20
  mediation:
    openness: 0.5   # of the first draft
    # how fast they are
    speed: 0.35
    trust: 0.4
  bargaining:
    trust: 0.6
levers:
  - {path: rules.mediation.openness, label: Openness, low: 0, high: 1}
teaching:
  try:
    - Set the leverage to 0, then to 1.
    - A text that is longer than a label may be and has no stop before the end of its line
  questions: [Who began?]
variants:
  calm:
    rules: {mediation: {pressure: 0.2}}
"""
CHANGES = {
    "states.westmark.weights.backdown": "gone",
    "rules.feelings.war_aim_life": "gone",
    "rules.mediation.openness": "moved",
    "rules.mediation.trust": "twice",
    "levers.0.path": "moved",
    "teaching.try.0": "entry",
    "teaching.try.1": "entry",
    "teaching.questions.0": "entry",
    "variants.calm.rules.mediation.pressure": "moved",
}


@pytest.fixture(scope="module")
def made() -> tuple[str, list[Change]]:
    return upgrade(OLD.encode(), "older.yaml")


def test_every_change_is_told(made: tuple[str, list[Change]]) -> None:
    assert {change.path: change.how for change in made[1]} == CHANGES
    told = {change.path: change for change in made[1]}
    assert told["states.westmark.weights.backdown"].given == "0.8"
    assert told["rules.mediation.openness"].detail == "rules.bargaining.openness"


def test_the_file_runs_and_means_what_it_meant(
    made: tuple[str, list[Change]], tmp_path: Path
) -> None:
    path = tmp_path / "older.yaml"
    path.write_text(made[0], encoding="utf-8")
    scenario = load(path)
    numbers = scenario.numbers()
    assert float(numbers["rules.bargaining.openness"]) == 0.5
    assert float(numbers["rules.bargaining.trust"]) == 0.6
    assert float(numbers["rules.mediation.speed"]) == 0.35
    assert float(numbers["states.westmark.weights.cost"]) == 1.2
    calm = load(f"{path}#calm").numbers()
    assert float(calm["rules.bargaining.pressure"]) == 0.2
    assert [trial.label for trial in scenario.file.teaching.tries] == [
        "Set the leverage to 0",
        "A text that is longer than a label may …",
    ]


def test_comments_stay(made: tuple[str, list[Change]]) -> None:
    assert "openness: 0.5   # of the first draft" in made[0]
    assert "# how fast they are" in made[0]
    assert "feelings" not in made[0]  # it held nothing any more


def test_twice_changes_nothing(made: tuple[str, list[Change]]) -> None:
    assert upgrade(made[0].encode(), "older.yaml") == (made[0], [])
    assert is_of_an_older_version(OLD.encode(), "older.yaml")
    assert not is_of_an_older_version(made[0].encode(), "older.yaml")


@pytest.mark.parametrize("path", bundled_files(), ids=lambda path: path.stem)
def test_a_file_that_is_up_to_date_stays(path: Path) -> None:
    data = path.read_bytes()
    assert upgrade(data, path.name) == (data.decode(), [])


@pytest.mark.parametrize("old", NUMBERS)
def test_every_number_of_old_is_brought_up_to_date(old: str, tmp_path: Path) -> None:
    keys = old.replace("*", "westmark").split(".")
    text = "".join(f"{'  ' * depth}{key}:\n" for depth, key in enumerate(keys)).rstrip() + " 0.5\n"
    made, changes = upgrade(f"id: older\nextends: two_states\n{text}".encode(), "older.yaml")
    assert [change.how for change in changes] == ["moved" if old in MOVED else "gone"]
    path = tmp_path / "older.yaml"
    path.write_text(made, encoding="utf-8")
    numbers = load(path).numbers()
    if old in MOVED:
        assert float(numbers[MOVED[old]]) == 0.5
    else:
        assert float(numbers["rules.bargaining.openness"]) == float(
            load(sim.scenarios() / "two_states.yaml").numbers()["rules.bargaining.openness"]
        )
