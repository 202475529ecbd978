"""Worlds in which a state has to decide: from peace to war, with and without means."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.vocabulary.coded import words
from sim.vocabulary.codes import Fighting
from sim.vocabulary.ladder import ACTION_NAMES
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, world

MIX = "quantal"

#: what differs from the tiny world: (overrides, fields of the view of north on south, fields of
# the view of south on north)
SITUATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "peace": ({}, {}, {}),
    "outrage": ({}, {"outrage": 2.0, "met_rung": 4.0, "provoked": 1}, {"outrage": 0.4}),
    "war": (
        {},
        {"outrage": 1.0, "posture": 7, "aim": 0.8, "met_rung": 6.0, "provoked": 1},
        {"posture": 7, "aim": 0.9},
    ),
    "ceasefire": ({"relations.neighbours.ceasefire": 0.7}, {"outrage": 0.6, "posture": 1}, {}),
    "no aircraft": ({"states.north.combat_aircraft": 0}, {"outrage": 2.0, "met_rung": 5.0}, {}),
    "no border": ({"borders.ridge": None}, {"outrage": 2.0, "met_rung": 5.0}, {}),
    "nothing at all": (
        {"borders.ridge": None, "states.north.combat_aircraft": 0},
        {"outrage": 2.0, "met_rung": 6.0},
        {},
    ),
    "vital": (
        {"states.north.nuclear": True, "states.south.nuclear": True},
        {"outrage": 3.0, "met_rung": 6.0, "crisis_losses": 30_000.0},
        {"signalled": 1.0},
    ),
}
#: where north is at open war and does not choose from the ladder, but fights on or halts
AT_WAR = "war"
ON_THE_LADDER = tuple(name for name in SITUATIONS if name != AT_WAR)
FIGHTING = tuple(words(Fighting))


def choices(name: str) -> tuple[str, ...]:
    """What north chooses from in a situation, possible or not."""
    return FIGHTING if name == AT_WAR else ACTION_NAMES


def situation(name: str, policy: str = MIX, reasoning: int = 1, seed: int = 1) -> Any:
    """A world on the morning of a decision of north about south."""
    overrides, ours, theirs = SITUATIONS[name]
    plan = [{"day": 1, "action": "raid"}] if policy == "scripted" else []
    chosen = {
        "states.north.policy": policy,
        "states.north.plan": plan,
        "states.north.reasoning": reasoning,
        "rules.choice.attention": 1,
    }
    opened = world(template({**overrides, **chosen}), seed=seed)
    for values, (i, j) in ((ours, (NORTH, SOUTH)), (theirs, (SOUTH, NORTH))):
        for field, value in values.items():
            setattr(opened.dyads[i, j], field, value)
    opened.pairs[0].war = int(name == AT_WAR)
    return opened


def decide(opened: Any, i: int = NORTH, j: int = SOUTH) -> tuple[int, np.ndarray]:
    """A state's choice and the probabilities from which it was drawn."""
    choice = plain("sim.engine.rules.state_choice").state_decides(opened, i, j)
    count = len(FIGHTING) if opened.pairs[0].war else len(ACTION_NAMES)
    return int(choice), opened.table.probability[:count].copy()


def named(choice: int, name: str = "peace") -> str:
    """The word of an option in a situation."""
    return choices(name)[choice]
