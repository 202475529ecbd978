"""A small scenario and its model, shared by the tests of the Mesa face."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.model import EscalationModel
from sim.scenario import Scenario, load

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TWO_STATES = SCENARIOS / "two_states.yaml"
Make = Callable[..., EscalationModel]


@cache
def two_states(horizon: int) -> Scenario:
    return load(TWO_STATES, {"horizon": horizon})


@pytest.fixture
def make() -> Make:
    """Make a model of the small scenario, 30 days long unless said otherwise."""

    def made(horizon: int = 30, **options: Any) -> EscalationModel:
        return EscalationModel(two_states(horizon), **{"seed": 7, **options})

    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own with the small scenario in it."""
    shutil.copy(TWO_STATES, tmp_path)
    return tmp_path


@pytest.fixture
def scenario_with(folder: Path) -> Callable[..., Scenario]:
    """The small scenario with a Python policy from a file `own.py` of that text beside it."""

    def made(
        code: str, path: str = "states.westmark.policy", name: str = "own:Own", horizon: int = 30
    ) -> Scenario:
        (folder / "own.py").write_text(code, encoding="utf-8")
        return load(folder / "two_states.yaml", {path: name, "horizon": horizon})

    return made
