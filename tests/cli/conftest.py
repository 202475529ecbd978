"""The command line called in this process, with a stand-in for the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from ensemble import stand_in

from sim.cli import main
from sim.ensemble import runner


class Said(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def engine_call(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Call:
    """Call a command in an empty folder; gives its exit code and what it said."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Said:
        argv = ["run_sim.py", *map(str, words)]
        monkeypatch.setattr("sys.argv", argv)
        code = main(argv[1:])
        return Said(code, *capfd.readouterr())

    return run


@pytest.fixture
def call(engine_call: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The same with the stand-in for the engine; a report would notice."""
    monkeypatch.setattr(runner, "COMPILED_FACE", stand_in.NAME)
    monkeypatch.setattr(runner, "warm", lambda template: None)
    return engine_call
