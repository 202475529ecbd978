"""A scenario on an engine with known answers: three inputs, and two outcomes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.cli import main
from sim.design.factors import Factor
from sim.ensemble.engine import ChooseEngine
from sim.scenario import Scenario

from . import known

FACTORS = tuple(Factor(path, f"input {n}", 0, 1) for n, path in enumerate(known.PATHS))
OUTCOMES = {"many": {"attacks": {"at_least": 1}}, "few": {}}
OVERRIDES = {"horizon": 10, "outcome_window": 5, "outcomes": OUTCOMES, "expect": []}


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", OVERRIDES)


Call = Callable[..., tuple[int, str, str]]
KNOWN = known.known_engine()


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    scenario: Scenario,
) -> Call:
    """Call a command in a folder that holds `known.yaml`; gives exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "known.yaml").write_text(
        scenario.text.replace("id: two_states", "id: known", 1), encoding="utf-8"
    )

    def run(*words: object, engine: ChooseEngine = KNOWN) -> tuple[int, str, str]:
        argv = ["run_sim.py", *map(str, words)]
        monkeypatch.setattr("sys.argv", argv)
        code = main(argv[1:], engine=engine)
        return (code, *capfd.readouterr())

    yield run
    shutil.rmtree(tmp_path / "results", ignore_errors=True)
