"""A tiny fictional world, `tiny.yaml`, its variants by overrides, and its events in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sim.scenario import load
from sim.vocabulary.codes import EventKind, Target
from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain

TINY = Path(__file__).with_name("tiny.yaml")

NORTH, SOUTH = 0, 1
REBELS = 0
NORTH_CITY, NORTH_HILL, SOUTH_CITY, SOUTH_HILL = range(4)

Overrides = Mapping[str, Any]

AS_IT_IS: Overrides = MappingProxyType({})

#: nobody attacks, fires, calls or closes a crossing by himself: what is left is what a test adds
STILL: Overrides = {
    "groups.rebels": None,
    "mediators.isle": None,
    "rules.commands.fire_rate": 0,
    "rules.commands.raid_rate": 0,
    "rules.choice.attention": 0,
    "rules.choice.war_attention": 0,
    "rules.choice.surprise": 100,
    "rules.choice.delay": 0,
    "rules.mediation.hotline": 0,
    "rules.ceasefire.contact": 0,
    "rules.crossings.rationality": 1000,
    "rules.crossings.inertia": 20,
}


def planned(**plans: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """States that follow a plan: lists of {day, action} by state."""
    return {f"states.{name}.policy": "scripted" for name in plans} | {
        f"states.{name}.plan": list(plan) for name, plan in plans.items()
    }


@cache
def _built(path: Path, overrides: str) -> Any:
    return plain("sim.engine.world").build(load(path, json.loads(overrides)))


def template(overrides: Overrides = AS_IT_IS, path: Path = TINY) -> Any:
    """The template of the tiny scenario, or of another, with overrides, for uncompiled rules."""
    return _built(path, json.dumps(dict(overrides)))


def world(of: Any, *, day: int = 1, seed: int = 1, replication: int = 0, log: int = 256) -> Any:
    """A world on the morning of a day on which nothing has happened yet."""
    morning = plain("sim.engine.world").World(of, log)
    inputs = plain("sim.engine.replication").draw_inputs(of, seed, replication, 1)
    batch = plain("sim.engine.world").Batch(of, replication, 1, seed=seed, inputs=inputs)
    plain("sim.engine.loop").begin(morning, batch, 0)
    morning.clock[0].day = day
    return morning


def tiny_world(**overrides: Any) -> Any:
    """The tiny world with overrides, on the morning of day 1."""
    return world(template(overrides))


def replay(of: Any, seed: int = 1, replication: int = 0) -> Any:
    """One replication in full, uncompiled."""
    return plain("sim.engine.replication").replay(of, seed, replication)


def measures(of: Any, values: Any) -> dict[str, float]:
    """Measures of a replication by name."""
    return {m.name: float(v) for m, v in zip(of.measures, values, strict=True)}


def events(of: Any, story: Any) -> list[dict[str, Any]]:
    """Events with names in the place of numbers."""
    return [_named(of, event) for event in story.events]


def history(of: Any, seed: int = 1) -> list[dict[str, Any]]:
    """Events of one replication, with names in the place of numbers."""
    return events(of, replay(of, seed))


def _named(of: Any, event: Any) -> dict[str, Any]:
    row = {name: event[name].item() for name in event.dtype.names}
    kind = EventKind(row["kind"])
    row["kind"] = kind.word
    row["actor"] = of.actors[row["actor"]] if row["actor"] >= 0 else None
    row["target"] = of.actors[row["target"]] if row["target"] >= 0 else None
    row["sector"] = of.sectors[row["sector"]] if row["sector"] >= 0 else None
    if kind.action in (Action, Target):
        row["action"] = kind.action(row["action"]).word
    return row


def trace(of: Any, story: Any) -> list[str]:
    """Events in one line each: day, kind, actor, action, target or sector, and the dead.

    The dead are those of the own side, of security forces, civilians and militants.
    """
    return [_line(row) for row in events(of, story)]


def _line(row: dict[str, Any]) -> str:
    dead = [int(row[f"dead_{side}"]) for side in ("own", "security", "civilians", "militants")]
    words = [
        row["kind"],
        row["actor"],
        row["action"] if isinstance(row["action"], str) else None,
        row["target"],
        row["sector"],
    ]
    return " ".join(
        [
            f"{row['day']:+d}",
            *(word for word in words if word is not None),
            *(["dead " + "/".join(map(str, dead))] if any(dead) else []),
        ]
    )
