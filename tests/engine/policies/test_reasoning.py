"""Level-k reasoning: what a state expects of its rival's reply, by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.engine.policies.question import Question
from sim.vocabulary.decisions import ActionTerm
from sim.vocabulary.ladder import ACTION_NAMES, N_ACTIONS, Action
from tests.engine.policies.situations import ON_THE_LADDER, situation
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH

rules = plain("sim.engine.rules.state_choice")
balance = plain("sim.engine.rules.balance")
bargaining = plain("sim.engine.rules.bargaining")

HARM = {a.word: a.harm for a in Action}
RUNG = {a.word: a.rung for a in Action}
DAMAGE = {a.word: a.damage for a in Action}
LOW = ("calm", "tension")


def expected_harm(opened: Any) -> dict[str, float]:
    """The retaliation term of each action in the table of north."""
    rules.state_table(opened, NORTH, SOUTH)
    return dict(
        zip(
            ACTION_NAMES,
            (-opened.table.terms[:N_ACTIONS, ActionTerm.RETALIATION]).tolist(),
            strict=True,
        )
    )


@pytest.mark.parametrize("name", ON_THE_LADDER)
def test_level_0_expects_nothing(name: str) -> None:
    assert set(expected_harm(situation(name, reasoning=0)).values()) == {0.0}


def test_level_1_expects_a_proportionate_reply() -> None:
    """Of two equal states none is superior on the ground.

    South has no militant enemy to strike at: its answer to a limited strike is a raid.
    """
    opened = situation("peace", reasoning=1)
    assert expected_harm(opened) == pytest.approx(
        {
            "calm": 0,
            "tension": 0,
            "border_fire": HARM["border_fire"],
            "raid": HARM["raid"],
            "limited_strike": HARM["raid"],
            "military_strike": HARM["ground_offensive"],
            "ground_offensive": HARM["ground_offensive"],
            "open_war": HARM["open_war"],
            "nuclear_signal": HARM["open_war"],
        }
    )


def test_level_1_expects_no_more_than_the_rival_can_do() -> None:
    """Without a border the answer comes by air, where the own share counts, or not at all."""
    opened = situation("no border", reasoning=1)
    air = 1 / (1 + opened.rules[0].choice_air_balance)
    assert expected_harm(opened)["military_strike"] == pytest.approx(HARM["military_strike"] * air)
    opened.states[SOUTH].combat_aircraft = 0
    assert expected_harm(opened)["military_strike"] == 0.0


def test_level_1_fears_the_stronger_more() -> None:
    weak, strong = situation("peace", reasoning=1), situation("peace", reasoning=1)
    strong.states[SOUTH].personnel *= 1.5
    assert expected_harm(strong)["raid"] == pytest.approx(
        expected_harm(weak)["raid"] * math.sqrt(76_000 / 51_000), rel=1e-9
    )


def as_rival(opened: Any, action: str) -> Any:
    """The world in which north imagines south after an act.

    South is like north within, angrier, and freed by the damage from what bound it: the ceasefire
    and the word that was given.
    """
    r, mine = opened.rules[0], opened.states[NORTH]
    imagined, view = opened.states[SOUTH], opened.dyads[SOUTH, NORTH]
    for field in mine.dtype.names:
        if field.startswith("weights_") or field in (
            "resolve",
            "rationality",
            "weariness",
            "pressure",
        ):
            setattr(imagined, field, getattr(mine, field))
    view.belief = 0.0
    view.outrage += r.feelings_act_outrage * RUNG[action] / 6
    imagined.reasoning = 1
    pair = opened.pairs[0]
    pair.ceasefire = max(0.0, bargaining.binding(opened, 0) - DAMAGE[action])
    r.ceasefire_word = 0.0
    return opened


@pytest.mark.parametrize(
    "action", [name for name in ACTION_NAMES if name not in (*LOW, "nuclear_signal")]
)
@pytest.mark.parametrize("name", ["peace", "outrage", "ceasefire"])
def test_level_2_expects_what_a_level_1_rival_like_itself_would_choose(
    name: str, action: str
) -> None:
    """On top of the proportionate answer that a state at level 1 expects."""
    opened = situation(name, reasoning=2)
    first = expected_harm(situation(name, reasoning=1))[action]
    expected = (expected_harm(opened)[action] - first) / opened.rules[0].choice_foresight
    imagined = as_rival(situation(name, reasoning=2), action)
    rules.state_table(imagined, SOUTH, NORTH)
    plain("sim.engine.policies.registry").weigh_up(imagined.table, len(Action), rules.N_STATE_TERMS)
    question = Question(len(Action), imagined.states[NORTH].rationality, SOUTH, NORTH)
    plain("sim.engine.policies.quantal").quantal(imagined, imagined.table, question)
    superior = [balance.superiority(imagined, SOUTH, NORTH, b) for b in range(len(Action))]
    want = float(np.sum(imagined.table.probability[:N_ACTIONS] * list(HARM.values()) * superior))
    assert expected == pytest.approx(want, rel=1e-9)


@pytest.mark.parametrize("name", ON_THE_LADDER)
def test_level_2_expects_more_of_a_graver_act(name: str) -> None:
    opened = situation(name, reasoning=2)
    harm = expected_harm(opened)
    free = [
        a
        for a, can in zip(ACTION_NAMES, opened.table.available[:N_ACTIONS], strict=True)
        if can and a not in LOW
    ]
    by_rung = [harm[a] for a in sorted(free, key=lambda a: RUNG[a])]
    assert by_rung == sorted(by_rung)
    assert all(harm[a] == 0 for a in LOW)


@pytest.mark.parametrize("name", ON_THE_LADDER)
def test_more_reasoning_never_expects_less_harm(name: str) -> None:
    none, one, two = (expected_harm(situation(name, reasoning=level)) for level in (0, 1, 2))
    assert all(none[a] <= one[a] <= two[a] for a in ACTION_NAMES)


def test_levels_differ() -> None:
    """The control: the level is read."""
    tables = [expected_harm(situation("outrage", reasoning=k)) for k in (0, 1, 2)]
    assert tables[0] != tables[1] != tables[2]
