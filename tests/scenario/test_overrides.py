"""Values set by dotted path."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from scenario.conftest import BASE
from sim.errors import Problem, ScenarioError
from sim.scenario import Scenario, load


def refused(overrides: dict[str, object]) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load(BASE, overrides)
    return caught.value.problems


@pytest.mark.parametrize("value", ["0.9", 0.9, np.float64(0.9), "{value: 0.9}", {"value": 0.9}])
def test_a_number_is_set_whole(value: object) -> None:
    number = load(BASE, {"states.avaria.resolve": value}).numbers()["states.avaria.resolve"]
    assert (number.value, number.dist, number.assumed, number.source, number.file) == (
        0.9,
        None,
        "set by --set",
        None,
        "--set",
    )


def test_a_number_may_be_set_to_a_distribution_with_its_source() -> None:
    number = load(
        BASE, {"states.avaria.resolve": "{dist: uniform, low: 0.2, high: 0.4, source: gazette}"}
    ).numbers()["states.avaria.resolve"]
    assert (number.value, number.source, number.assumed) == (pytest.approx(0.3), "gazette", None)


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("horizon", "60", lambda s: s.horizon == 60),
        ("horizon", "10 weeks", lambda s: s.horizon == 70),
        ("states.avaria.policy", "grim", lambda s: s.file.states["avaria"].policy == "grim"),
        ("states.avaria.nuclear", "false", lambda s: s.file.states["avaria"].nuclear is False),
        ("release", date(2030, 3, 5), lambda s: s.release == date(2030, 3, 5)),
        (
            "rules.feelings.act_deaths",
            0.5,
            lambda s: s.numbers()["rules.feelings.act_deaths"].value == 0.5,
        ),
        ("rules.strike.sites", 3, lambda s: s.numbers()["rules.strike.sites"].value == 3),
        (
            "mediators.cantona.leverage.avaria",
            "0.5",
            lambda s: s.numbers()["mediators.cantona.leverage.avaria"].value == 0.5,
        ),
        (
            "borders.ford.garrison.borduria",
            70,
            lambda s: s.numbers()["borders.ford.garrison.borduria"].value == 70,
        ),
        (
            "relations.river.views.borduria.grievance",
            1,
            lambda s: s.numbers()["relations.river.views.borduria.grievance"].value == 1,
        ),
        (
            "groups.reds.hosts.borduria.haven",
            0.1,
            lambda s: s.numbers()["groups.reds.hosts.borduria.haven"].value == 0.1,
        ),
        ("teaching.goals", ["Wait."], lambda s: s.file.teaching.goals == ["Wait."]),
        ("history", [], lambda s: s.file.history == []),
        ("outcomes", None, lambda s: "war, not over" in s.outcomes),
        ("expect", "[]", lambda s: s.file.expect == []),
        (
            "states.cantania",
            {"personnel": 5},
            lambda s: list(s.file.states) == ["avaria", "borduria", "cantania"],
        ),
    ],
)
def test_any_leaf_may_be_set(path: str, value: object, read: object) -> None:
    extra: dict[str, object] = (
        {"expect": []} if path == "outcomes" else {"interventions": []} if path == "horizon" else {}
    )
    assert read(load(BASE, {path: value, **extra}))  # type: ignore[operator]


def test_the_rest_stays_as_it_was(base: Scenario) -> None:
    before, after = base.numbers(), load(BASE, {"states.avaria.resolve": 0.9}).numbers()
    assert [path for path in before if before[path] != after[path]] == ["states.avaria.resolve"]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("states.avaria.resolv", "did you mean resolve?"),
        ("states.avaira.resolve", "did you mean avaria?; states has: avaria, borduria"),
        ("state.avaria.resolve", "did you mean states?"),
        ("states.avaria.resolve.value", "states.avaria.resolve is the whole path"),
        ("rules.feelings.outrage.life", "did you mean outrage_"),
        ("groups.reds.hosts.bordurja.haven", "did you mean borduria?"),
        ("history.0.actor", "history is the whole path"),
        ("", "a scenario has:"),
        ("states..resolve", "states has: avaria, borduria"),
    ],
)
def test_an_unknown_path_brings_the_nearest(path: str, hint: str) -> None:
    (problem,) = refused({path: "0.5"})
    assert (problem.file, problem.path) == ("--set", path)
    assert problem.rule == "must be the dotted path of a value"
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "states.avaria.resolve",
            "1.4",
            "--set: states.avaria.resolve: must be in [0, 1], got 1.4",
        ),
        (
            "states.avaria.resolve",
            "high",
            "--set: states.avaria.resolve: must be a number, got high",
        ),
        ("states.avaria.resolve", "", "--set: states.avaria.resolve: must be a number, got ''"),
        (
            "states.avaria.resolve",
            float("nan"),
            "--set: states.avaria.resolve: must be a finite number, got .nan",
        ),
        ("states.avaria.resolve", "{value: 0.5", "--set: states.avaria.resolve: must be YAML"),
        (
            "states.avaria.resolve",
            object(),
            "--set: states.avaria.resolve: must be a plain value, mapping or list, got object",
        ),
        (
            "states.avaria.resolve",
            "!!python/none 3",
            "--set: states.avaria.resolve: must not have tags",
        ),
        (
            "mediators.cantona.leverage.avarja",
            "0.5",
            "--set: mediators.cantona.leverage.avarja: must be the dotted path of a value "
            "(did you mean avaria?",
        ),
        ("horizon", "-1", "--set: horizon: must be in [1, 7300] days, got -1"),
        ("id", "other", "--set: id: must be base, the file's name without its ending, got other"),
        (
            "states.avaira",
            None,
            "--set: states.avaira: must be the dotted path of a value (did you mean avaria?",
        ),
    ],
)
def test_a_wrong_value_is_refused_at_its_path(path: str, value: object, message: str) -> None:
    assert str(refused({path: value})[0]).startswith(message)


def test_all_wrong_overrides_are_named_at_once() -> None:
    assert (
        len(refused({"states.avaria.resolve": 7, "horizonn": 3, "states.avaria.policy": "grimm"}))
        == 3
    )
