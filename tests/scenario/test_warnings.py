"""What is allowed and odd."""

from __future__ import annotations

import pytest

from scenario.conftest import Child
from sim.scenario import Scenario, load

CANTANIA = "states: {cantania: {personnel: {value: 5, assumed: x}}}\n"
ATTACK = "{date: 2030-02-20, actor: reds, action: attack"


def warned(path: object) -> list[tuple[str, str]]:
    return [(w.path, w.hint) for w in load(path).warnings]  # type: ignore[arg-type]


def test_the_base_has_nothing_odd(base: Scenario) -> None:
    assert base.warnings == ()


@pytest.mark.parametrize(
    ("text", "path", "hint"),
    [
        ("states: {avaria: {armour: 5}}", "states.avaria.armour", "a number without a source"),
        (
            "states: {avaria: {resolve: {dist: beta, a: 1, b: 2}}}",
            "states.avaria.resolve",
            "a number without a source",
        ),
        (
            f"history: [{ATTACK}, deaths: {{security: 5}}}}]",
            "history.0.deaths.security",
            "a number without a source",
        ),
        (CANTANIA, "states.cantania", "without one it leaves every other state alone"),
        (
            "groups: {reds: {fighters: null}}",
            "groups.reds.fighters",
            "without any it never attacks",
        ),
        (
            "groups: {reds: {severity: {alpha: {value: 2.2, assumed: x}}}}",
            "groups.reds.severity.alpha",
            "nothing reads it in the family lognormal",
        ),
        (
            "groups: {reds: {severity: {family: power_law, mu: {value: 1, assumed: x}}}}",
            "groups.reds.severity.mu",
            "nothing reads it in the family power_law",
        ),
        ("states: {borduria: {policy: quantal}}", "states.borduria.plan", "nothing reads it"),
        (
            "states: {borduria: {plan: [{day: 3, action: nuclear_signal}]}}",
            "states.borduria.plan.0.action",
            "it has no nuclear weapons",
        ),
        (
            "states: {avaria: {combat_aircraft: null}}",
            "history.1.action",
            "it has no combat aircraft and no stand-off weapons",
        ),
        (
            "interventions: [{day: 3, event: {actor: borduria, action: nuclear_signal, "
            "assumed: x}}]",
            "interventions.0.event.action",
            "it has no nuclear weapons",
        ),
        (
            "outcomes: {other: {max_rung: {at_least: 2}}}",
            "outcomes.other",
            "it cannot happen: between takes everything that is left",
        ),
        (
            "outcomes: {war: {max_rung: {at_least: 8}}}",
            "outcomes.war.max_rung",
            "the outcome cannot happen",
        ),
        (
            "outcomes: {war: {max_rung: {at_least: 5, at_most: 4}}}",
            "outcomes.war.max_rung",
            "the outcome cannot happen",
        ),
        (
            "outcomes: {war: {deaths: {above: 4, below: 4}}}",
            "outcomes.war.deaths",
            "the outcome cannot happen",
        ),
        (
            "outcomes: {war: {first_raid_day: {above: 182}}}",
            "outcomes.war.first_raid_day",
            "the outcome cannot happen",
        ),
    ],
)
def test_what_is_odd_is_said(child: Child, text: str, path: str, hint: str) -> None:
    assert warned(child(text)) == [(path, hint)]


def test_fighters_in_a_strange_state_are_odd(child: Child) -> None:
    text = (
        "states: {cantania: {personnel: {value: 5, assumed: x}}}\n"
        "relations: {pass: {between: [avaria, cantania]}}\n"
        "sectors: {moor: {state: cantania, population: 5, garrison: 5, assumed: x}}\n"
        "groups: {reds: {fighters: {moor: {value: 5, assumed: x}}}}\n"
        "history: []\ninterventions: []"
    )
    assert warned(child(text)) == [("groups.reds.fighters.moor", "")]


@pytest.mark.parametrize(
    "text",
    [
        "outcomes: {war: {max_rung: {at_least: 7}}}",
        "outcomes: {war: {deaths: {at_least: 4, at_most: 4}}}",
        "outcomes: {war: {first_raid_day: {never: false}}}",
        "outcomes: {war: {closure_days: {above: 500}}}",
        "outcomes: {war: {first_raid_day: {at_most: 182, above: 181}}}",
        f"history: [{ATTACK}, deaths: {{security: 5}}, assumed: x}}]",
    ],
)
def test_what_is_not_odd_is_not_said(child: Child, text: str) -> None:
    assert warned(child(text)) == []


def test_a_warning_stands_where_the_number_does(child: Child) -> None:
    (warning,) = load(child("states:\n  avaria:\n    armour: 5")).warnings
    assert (warning.line, warning.column) == (5, 13)
    assert str(warning).endswith(
        "states.avaria.armour: should have a source or be assumed, got 5 (a number without a "
        "source)"
    )


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        (f"{ATTACK}}}", f"{ATTACK}}}", True),
        (f"{ATTACK}, label: a}}", f"{ATTACK}, target: avaria, label: b, sectors: [port]}}", True),
        (f"{ATTACK}}}", f"{ATTACK.replace('-20', '-21')}}}", False),
        (f"{ATTACK}}}", "{date: 2030-02-20, actor: avaria, action: raid}", False),
        (
            "{date: 2030-02-20, actor: avaria, action: ceasefire}",
            "{date: 2030-02-20, actor: borduria, target: avaria, action: ceasefire}",
            True,
        ),
        (
            "{date: 2030-02-20, actor: avaria, action: raid}",
            "{date: 2030-02-20, actor: borduria, target: avaria, action: raid}",
            False,
        ),
    ],
)
def test_one_event_told_twice_is_warned_of(
    first: str, second: str, twice: bool, child: Child
) -> None:
    path = child(
        f"history:\n- {first}\n- {{date: 2030-02-22, actor: reds, action: attack}}\n- {second}"
    )
    found = [w for w in load(path).warnings if w.rule.startswith("should be another event")]
    assert [(w.path, w.line) for w in found] == ([("history.2", 6)] if twice else [])
    assert all(f"history.0 ({path}:4)" in w.hint for w in found)


def test_an_intervention_told_twice_is_warned_of(child: Child) -> None:
    event = "event: {actor: reds, action: attack}"
    path = child(f"interventions: [{{day: 5, {event}}}, {{day: 5, {event}}}, {{day: 6, {event}}}]")
    found = [w.path for w in load(path).warnings if w.rule.startswith("should be another event")]
    assert found == ["interventions.1.event"]


def test_stand_off_weapons_can_strike(child: Child) -> None:
    text = "states: {avaria: {combat_aircraft: null, standoff: {value: 5, assumed: x}}}"
    assert warned(child(text)) == []


def test_a_strike_on_militants_of_whom_there_are_none_is_told(child: Child) -> None:
    event = (
        "{date: 2030-02-25, actor: borduria, action: limited_strike, target: avaria, assumed: x}"
    )
    (found,) = [one for one in load(child(f"history: [{event}]")).warnings if "an army" in one.rule]
    assert found.rule == "should be military_strike against an army"
    assert found.hint == (
        "it is aimed at militants, and no group that fights borduria is in avaria"
    )


def test_warnings_come_in_the_order_of_the_file(child: Child) -> None:
    path = child(
        "groups: {reds: {capacity: 2000}}\nstates: {avaria: {personnel: 1_200_000}}\n"
        "outcomes: {war: {max_rung: {at_least: 8}}}"
    )
    found = load(path).warnings
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert "1200000" in [one.given for one in found]
