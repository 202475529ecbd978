"""A number that is no coded word fails the replication with a reason; no rule guesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import SCRIPT_NAMES, FailureKind
from sim.vocabulary.ladder import N_ACTIONS, N_RUNGS
from sim.vocabulary.policies import Policy
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, REBELS, SOUTH, template, tiny_world

UNKNOWN = 99


def rule(name: str) -> Any:
    return plain(f"sim.engine.rules.{name}")


def _policy(w: Any) -> None:
    w.states[NORTH].policy = UNKNOWN
    w.rules[0].choice_attention = 1.0
    rule("state_choice").state_decides(w, NORTH, SOUTH)


def _policy_without_a_rival(w: Any) -> None:
    registry = plain("sim.engine.policies.registry")
    question = plain("sim.engine.policies.question").Question(3, 1.0, NORTH, -1)
    registry.fill_probabilities(w, w.table, int(Policy.GRIM), question)


def _mode(w: Any) -> None:
    w.groups[REBELS].mode = UNKNOWN
    rule("militants").attack_rate(w, REBELS)


def _rung(w: Any) -> None:
    w.pairs[0].rung = float(N_RUNGS)
    rule("books").record_day(w)


def _event(w: Any) -> None:
    rule("script").play_line(w, SimpleNamespace(kind=len(SCRIPT_NAMES)))


CASES: dict[str, tuple[Callable[[Any], object], FailureKind]] = {
    "policy": (_policy, FailureKind.UNKNOWN_POLICY),
    "policy without a rival": (_policy_without_a_rival, FailureKind.NO_RIVAL),
    "action": (
        lambda w: rule("state_choice").give_order(w, NORTH, SOUTH, N_ACTIONS),
        FailureKind.UNKNOWN_ACTION,
    ),
    "rung": (_rung, FailureKind.UNKNOWN_RUNG),
    "event": (_event, FailureKind.UNKNOWN_EVENT),
    "stance": (
        lambda w: rule("host").set_stance(w, REBELS, SOUTH, UNKNOWN),
        FailureKind.UNKNOWN_CHOICE,
    ),
    "mode": (_mode, FailureKind.UNKNOWN_CHOICE),
    "command": (
        lambda w: rule("border").skirmish(w, 0, 0, UNKNOWN, 0),
        FailureKind.UNKNOWN_CHOICE,
    ),
    "terrain": (lambda w: rule("clash").defence_of(w, UNKNOWN), FailureKind.UNKNOWN_CHOICE),
}


@pytest.mark.parametrize("case", CASES)
def test_an_unknown_word_fails_the_replication(case: str) -> None:
    meet, why = CASES[case]
    w = tiny_world()
    meet(w)
    assert w.clock[0].error == why
    assert why.sentence


def test_a_whole_replication_of_an_unknown_policy_has_no_measures() -> None:
    of = template({"rules.choice.attention": 1})
    slot = plain("sim.engine.world").slot(of.spans, "states", "policy", NORTH)
    words = of.words.copy()
    words[slot] = UNKNOWN
    chunk = plain("sim.engine.replication").run_chunk(replace(of, words=words), 1, 0, 2)
    assert chunk.status.tolist() == [FailureKind.UNKNOWN_POLICY] * 2
    assert np.isnan(chunk.measures).all()
