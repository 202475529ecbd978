"""Replays written for the tests: pages of bundled scenarios, made by the engine itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sim
from sim.classroom.replay import Replay, data, text
from sim.replication.ledger import Decision
from sim.replication.rerun import rerun
from sim.words import Words, words

SEED, REPLICATION = 7, 3


def found(
    name: str, said: Words, decisions: Sequence[Decision] = (), **overrides: object
) -> dict[str, Any]:
    """The data of a page."""
    scenario = sim.load(sim.scenarios() / f"{name}.yaml", overrides)
    shown = Replay(
        scenario,
        rerun(scenario, SEED, REPLICATION),
        SEED,
        REPLICATION,
        f"run_sim.py replay {name} --replication {REPLICATION} --seed {SEED}",
        decisions,
    )
    return data(shown, said)


def replay(
    folder: Path,
    name: str,
    said: Words | None = None,
    decisions: Sequence[Decision] = (),
    **overrides: object,
) -> Path:
    """The page itself, in a folder."""
    said = said or words()
    file = folder / f"{name}-{said.language}.html"
    file.write_text(text(found(name, said, decisions, **overrides), said), encoding="utf-8")
    return file
