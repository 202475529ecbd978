"""A scenario, the stand-in for the engine, and a listener."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.ensemble import runner
from sim.scenario import Scenario

from . import stand_in


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 10})


@pytest.fixture(scope="session")
def other() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 31, "outcome_window": 10})


@pytest.fixture(autouse=True)
def _no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "COMPILED_FACE", stand_in.NAME)
    monkeypatch.setattr(runner, "warm", lambda template: None)
    for name in ("FAIL", "RAISE", "SECONDS", "DIE", "ALWAYS_DIE"):
        monkeypatch.delenv(f"STAND_IN_{name}", raising=False)


class Listener(runner.Progress):
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.done = self.ran = 0

    def start(self, done: int, total: int) -> None:
        self.done = done

    def advance(self, count: int) -> None:
        self.ran += count

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def listener() -> Listener:
    return Listener()


TABLES = ("runs.parquet", "runs.csv", "series.parquet")


def tables(folder: Path) -> dict[str, bytes]:
    """The bytes of the tables of a results folder."""
    return {name: (folder / name).read_bytes() for name in TABLES}
