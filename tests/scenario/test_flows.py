"""Flows in the file: what is refused, what is odd, what goes with an actor, how it is said."""

from __future__ import annotations

from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.narration.conditions import RuleWriter
from sim.scenario import Scenario, load, load_text
from sim.vocabulary.stocks import STOCK_NAMES
from sim.words import words

ARMS = {"sponsor": "Ruritania", "to": "eastmark", "stock": "armour", "amount": 2}


def given(**flows: Any) -> Scenario:
    return load("two_states", {"flows": flows})


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        given(
            one={**ARMS, "to": "hill_front"},
            two={**ARMS, "stock": "targets", "limit": 3},
            three={**ARMS, "against": "westmark", "at": "east_hills"},
            four={**ARMS, "stock": "fighters", "to": "hill_front"},
            five={**ARMS, "sponsor": "eastmark", "when": {"dy": {"above": 3}}},
            six={"to": "eastmark", "stock": "gold"},
        )
    assert {f"{one.path}: {one.rule}" for one in refused.value.problems} == {
        "flows.one.to: must be a state for armour",
        "flows.two.against: must be a state with which eastmark has a relation",
        "flows.two.limit: must be in [0, 1] for targets",
        "flows.three.against: must be left out: armour is against nobody",
        "flows.three.at: must be left out: armour is in no sector",
        "flows.four.at: must be a sector of the enemy of hill_front or of a host",
        "flows.five.sponsor: must be somebody else than to",
        "flows.five.when.dy: must be a reading",
        "flows.six.sponsor: must be given",
        "flows.six.amount: must be given",
        f"flows.six.stock: must be one of {', '.join(STOCK_NAMES)}",
    }


def test_what_moves_nothing_or_begins_too_late_is_odd() -> None:
    odd = given(idle={**ARMS, "amount": 0}, late={**ARMS, "when": {"day": {"above": 400}}})
    assert {one.path for one in odd.warnings} == {"flows.idle.amount", "flows.late.when.day"}


def test_the_resolved_form_says_the_same_and_numbers_have_paths() -> None:
    first = given(one={**ARMS, "amount": {"dist": "uniform", "low": 1, "high": 3}, "limit": 400})
    again = load_text(first.text)
    assert (again.text, again.digest) == (first.text, first.digest)
    assert {"flows.one.amount", "flows.one.limit"} <= set(first.numbers())


def test_a_flow_goes_with_whom_it_is_for(tmp_path: Any) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        """
id: mine
extends: two_states
title: Mine
levers: null
flows:
  arms: {sponsor: Ruritania, to: hill_front, stock: capacity, amount: 10}
  after:
    {sponsor: Ruritania, to: eastmark, stock: armour, amount: 1, when: {moved_arms: {above: 5}}}
  other: {sponsor: Ruritania, to: eastmark, stock: armour, amount: 1}
variants:
  peace: {groups: {hill_front: null}}
  free: {flows: {other: null}}
""",
        encoding="utf-8",
    )
    assert set(load(f"{file}#peace").file.flows) == {"other"}
    assert set(load(f"{file}#free").file.flows) == {"arms", "after"}


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_a_flow_is_said_in_words(tag: str) -> None:
    scenario = given(
        one={**ARMS, "limit": 400, "when": {"day": {"at_least": 9}}},
        two={**ARMS, "amount": -2, "label": "An embargo"},
    )
    writer = RuleWriter(scenario, words(tag))
    said = writer.flow("one")
    assert all(part in said for part in ("Ruritania", "Eastmark", "400", "9"))
    assert "An embargo" in writer.flow("two")
