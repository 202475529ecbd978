"""Full records of three short scenarios, as text that can be read and compared line by line."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from tests.engine.world.plain import plain
from tests.engine.world.tiny import events, template

FOLDER = Path(__file__).parent
SEED, REPLICATION = 2026, 3
REWRITE = "python -m tests.golden.rewrite"

_ATTACK = {
    "actor": "rebels",
    "action": "attack",
    "kind": "base",
    "sectors": ["north_hill"],
    "deaths": {"security": 24, "civilians": 3},
    "evidence": True,
}
_STRIKE = {
    "actor": "north",
    "action": "limited_strike",
    "target": "south",
    "deaths": {"militants": 14, "civilians": 6},
    "claims": {"north": 40},
}
_RAID = {
    "actor": "south",
    "action": "raid",
    "target": "north",
    "sectors": ["north_hill"],
    "deaths": {"own": 3, "security": 8},
    "claims": {"south": 55},
}

_WAR = {"actor": "north", "action": "open_war", "target": "south"}

#: name -> what differs from tests/engine/world/tiny.yaml
CASES: dict[str, dict[str, Any]] = {
    "border": {
        "horizon": "40 days",
        "rules.commands.fire_rate": 0.05,
        "rules.commands.raid_rate": 0.02,
        "rules.militancy.review": 2,
        "rules.militancy.truce_offer": 0.1,
        "relations.neighbours.views.south.grievance": 0.7,
    },
    "war": {
        "horizon": "40 days",
        "states.south.combat_aircraft": 0,
        "states.south.reasoning": 2,
        "states.north.nuclear": True,
        "states.north.resolve": {"dist": "uniform", "low": 0.8, "high": 1.0, "assumed": "invented"},
        "relations.neighbours.views.north.grievance": 1.0,
        "relations.neighbours.views.south.outrage": 2.0,
        "mediators.isle.leverage": {"north": 0.9, "south": 0.7},
        "interventions": [
            {"day": 2, "event": _STRIKE},
            {"day": 9, "event": _WAR},
            {"day": 20, "set": {"groups.rebels.hosts.south.haven": 0.1}},
        ],
    },
    "history": {
        "release": "2000-01-12",
        "horizon": "28 days",
        "outcome_window": "14 days",
        "groups.rebels.severity": {"family": "power_law", "alpha": 2.4, "assumed": "invented"},
        "history": [
            {"date": "2000-01-03", **_ATTACK},
            {"date": "2000-01-05", **_STRIKE},
            {"date": "2000-01-07", **_RAID},
        ],
    },
}


def record(name: str, replay: Any = None, seed: int = SEED) -> str:
    """The record of a case; `replay` is that of the uncompiled engine unless another is given."""
    of = template(CASES[name])
    story = (replay or plain("sim.engine.replication").replay)(of, seed, REPLICATION)
    lines = [
        f"# {name}: seed {seed}, replication {REPLICATION}. Rewritten only by {REWRITE}; "
        "the commit says why results moved.",
        f"status {story.status}",
    ]
    lines += [_line(row) for row in events(of, story)]
    for series in ("rung", "deaths", "interstate"):
        lines.append(f"{series} by day: {' '.join(str(n) for n in getattr(story, series))}")
    lines += [
        f"{measure.name} {_number(value)}"
        for measure, value in zip(of.measures, story.measures, strict=True)
    ]
    return "\n".join(lines) + "\n"


def path(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def _number(value: float) -> str:
    return "never" if math.isnan(value) else f"{value:.6g}"


def _line(row: dict[str, Any]) -> str:
    """An event with all of its fields that say something."""
    who = " ".join(
        str(row[field]) for field in ("kind", "actor", "action", "target", "sector", "group")
    )
    dead = "/".join(
        _number(row[f"dead_{side}"]) for side in ("own", "security", "civilians", "militants")
    )
    said = "/".join(
        _number(row[field]) for field in ("claimed", "admitted", "counter_claimed", "own_admitted")
    )
    value, script = _number(row["value"]), " scripted" if row["scripted"] else ""
    return f"day {row['day']:+d} {who} dead {dead} said {said} value {value}{script}"
