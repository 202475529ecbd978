"""A record of the ledger, written by hand."""

from __future__ import annotations

from typing import Any

ACTORS = [
    {"id": "states.arland", "kind": "state", "name": "Arland"},
    {"id": "states.borland", "kind": "state", "name": "Borland"},
]


def record(**more: object) -> dict[str, Any]:
    """Arland, on day 4, chooses a raid; with what is given instead."""
    options = {
        "calm": {
            "available": True,
            "barred_because": None,
            "terms": {"punish": -0.25, "cost": 0.0},
            "utility": -0.5,
            "probability": 0.3,
        },
        "raid": {
            "available": True,
            "barred_because": None,
            "terms": {"punish": 0.4, "cost": -0.2},
            "utility": 0.6,
            "probability": 0.7,
        },
        "open_war": {
            "available": False,
            "barred_because": "no troops",
            "terms": {},
            "utility": 0.0,
            "probability": 0.0,
        },
    }
    about = {
        "actor": "states.arland",
        "kind": "action",
        "day": 4,
        "about": "states.borland",
        "options": options,
        "weights": {"punish": 2.0, "cost": 1.0},
    }
    about |= {
        "draw": 0.71,
        "choice": "raid",
        "delay": 2,
        "believed": {"harbours": 0.9},
        "true": {"harbours": 0.4},
    }
    return about | more
