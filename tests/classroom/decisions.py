"""A decision of the ledger, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.replication.ledger import Decision
from sim.vocabulary.codes import BarReason

ACTORS = [
    {"id": "states.arland", "kind": "state", "name": "Arland"},
    {"id": "states.borland", "kind": "state", "name": "Borland"},
]


def decision(**more: Any) -> Decision:
    """Arland, on day 4, chooses a raid; with what is given instead."""
    table = np.array([[-0.25, 0.0], [0.4, -0.2], [0.0, 0.0]])
    one = Decision(
        day=4,
        kind="action",
        actor="states.arland",
        about="states.borland",
        options=("calm", "raid", "open_war"),
        terms=("punish", "cost"),
        policy="quantal",
        rationality=1.0,
        weights=np.array([2.0, 1.0]),
        barred=np.array([0, 0, int(BarReason.NO_BORDER)]),
        table=table,
        utility=table @ np.array([2.0, 1.0]),
        probability=np.array([0.3, 0.7, 0.0]),
        draw=0.71,
        choice=1,
        taken=1,
        believed={"harbours": 0.9},
        true={"harbours": 0.4},
        stocks={},
        delay=2,
    )
    return replace(one, **more)


def with_options(names: Sequence[str], taken: str) -> dict[str, Any]:
    """The fields of a decision among options that are as good as each other."""
    count = len(names)
    return {
        "options": tuple(names),
        "barred": np.zeros(count, dtype=np.int64),
        "table": np.tile([0.4, -0.2], (count, 1)),
        "utility": np.full(count, 0.6),
        "probability": np.full(count, 1 / count),
        "choice": names.index(taken),
        "taken": names.index(taken),
    }
