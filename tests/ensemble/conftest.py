"""A scenario, runs by a stand-in for the engine, and a listener."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import sim
import sim.design.design
import sim.ensemble
from sim.ensemble.progress import Progress
from sim.scenario import Scenario
from sim.words import words
from sim.words.sentence import Sentence

from .stand_in import stand_in


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 10})


@pytest.fixture(scope="session")
def other() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 31, "outcome_window": 10})


#: These three as `sim.ensemble` and `sim.design` have them, but for the engine.
run = partial(sim.ensemble.run, engine=stand_in())
run_many = partial(sim.ensemble.run_many, engine=stand_in())
run_design = partial(sim.design.design.run_design, engine=stand_in())


class Listener(Progress):
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.done = self.ran = 0

    def start(self, done: int, total: int) -> None:
        self.done = done

    def advance(self, count: int) -> None:
        self.ran += count

    def note(self, sentence: Sentence) -> None:
        self.notes.append(sentence(words()))


@pytest.fixture
def listener() -> Listener:
    return Listener()


TABLES = ("runs.parquet", "runs.csv", "series.parquet")


def tables(folder: Path) -> dict[str, bytes]:
    """The bytes of the tables of a results folder."""
    return {name: (folder / name).read_bytes() for name in TABLES}
