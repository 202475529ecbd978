"""A scenario on an engine with known answers: three inputs, and two outcomes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from cli.conftest import Call, engine_call

import sim
from sim.design.factors import Factor
from sim.scenario import Scenario

from . import known

__all__ = ["FACTORS", "KNOWN", "Call", "call", "engine_call", "scenario"]

FACTORS = tuple(Factor(path, f"input {n}", 0, 1) for n, path in enumerate(known.PATHS))
OUTCOMES = {"many": {"attacks": {"at_least": 1}}, "few": {}}
OVERRIDES = {"horizon": 10, "outcome_window": 5, "outcomes": OUTCOMES, "expect": []}


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", OVERRIDES)


KNOWN = known.known_engine()


@pytest.fixture
def call(engine_call: Call, tmp_path: Path, scenario: Scenario) -> Iterator[Call]:
    """Call a command in a folder that holds `known.yaml`."""
    (tmp_path / "known.yaml").write_text(
        scenario.text.replace("id: two_states", "id: known", 1), encoding="utf-8"
    )
    yield partial(engine_call, engine=KNOWN)
    shutil.rmtree(tmp_path / "results", ignore_errors=True)
