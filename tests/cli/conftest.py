"""The command line called in this process, with a stand-in for the engine."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from ensemble.stand_in import stand_in

from sim.cli import main
from sim.ensemble.engine import ChooseEngine


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
    monkeypatch.setattr("sys.stdin", io.StringIO())  # an input that is at its end

    def run(*words: object, engine: ChooseEngine | None = None) -> Said:
        argv = ["run_sim.py", *map(str, words)]
        monkeypatch.setattr("sys.argv", argv)
        code = main(argv[1:], engine=engine)
        return Said(code, *capfd.readouterr())

    return run


@pytest.fixture
def call(engine_call: Call) -> Call:
    """The same with the stand-in for the engine; a report would notice."""
    return partial(engine_call, engine=stand_in())
