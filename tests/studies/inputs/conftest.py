"""A scenario on the known face: three numbers to vary and two outcomes that the first two decide."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.cli import main
from sim.design.factors import Factor
from sim.ensemble import runner
from sim.scenario import Scenario

from . import known

FACTORS = tuple(Factor(path, f"input {n}", 0, 1) for n, path in enumerate(known.PATHS))
OUTCOMES = {"many": {"attacks": {"at_least": 1}}, "few": {}}
OVERRIDES = {"horizon": 10, "outcome_window": 5, "outcomes": OUTCOMES, "expect": []}


@pytest.fixture(autouse=True)
def _known_face(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "COMPILED_FACE", known.NAME)
    monkeypatch.setattr(runner, "warm", lambda template: None)
    monkeypatch.setattr("sim.cli.study.expected_time", lambda *_: "")
    for name in ("KNOWN_FAIL", "KNOWN_FAIL_ABOVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", OVERRIDES)


Call = Callable[..., tuple[int, str, str]]


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

    def run(*words: object) -> tuple[int, str, str]:
        argv = ["run_sim.py", *map(str, words)]
        monkeypatch.setattr("sys.argv", argv)
        code = main(argv[1:])
        return (code, *capfd.readouterr())

    yield run
    shutil.rmtree(tmp_path / "results", ignore_errors=True)
