"""What every test can use: the project's root, and a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# the same examples on every run and machine, and no clock: a failure today is a failure tomorrow
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

Python = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def python() -> Python:
    """Run code in a fresh interpreter that sees this checkout; `environ` adds to the environment (None removes)."""

    def run(code: str, *, path: Path = ROOT, environ: dict[str, str | None] | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
        merged = os.environ | {"PYTHONPATH": str(path)} | (environ or {})
        clean = {name: value for name, value in merged.items() if value is not None}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=clean, cwd=path, timeout=300)
        assert not check or done.returncode == 0, done.stderr
        return done

    return run
