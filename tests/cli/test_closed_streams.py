"""Standard streams that are closed or full: the work is done, or one line says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes streams")

PROGRAM = """
import sys
from ensemble.stand_in import stand_in
from sim.cli import main
sys.exit(main(sys.argv[1:], engine=stand_in()))
"""
RUN = ["run", "two_states", "--runs", "3", "--seed", "1", "--no-report", "--out", "here"]
CALLS = {
    "list": ["list"],
    "run": RUN,
    "json": [*RUN, "--format", "json"],
    "wrong": ["run", "nowhere"],
    "input": ["check", "-"],
}


def shell(call: list[str], more: str, folder: Path, root: Path) -> tuple[int, str]:
    """Exit code and errors of a call by a shell, with what it does to the streams."""
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {more}', "sh", sys.executable, "-c", PROGRAM, *call],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- <&- 2>&-"])
def test_a_closed_stream_stops_nothing(tmp_path: Path, root: Path, name: str, closed: str) -> None:
    code, said = shell(CALLS[name], closed, tmp_path, root)
    assert code == (2 if name in ("wrong", "input") else 0), said
    assert "Traceback" not in said
    assert (name in ("run", "json")) == (tmp_path / "here" / "summary.json").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("name", ["list", "run", "json"])
def test_a_full_output_is_one_line(tmp_path: Path, root: Path, name: str) -> None:
    code, said = shell(CALLS[name], "> /dev/full", tmp_path, root)
    assert code == 2
    assert said.splitlines()[-1] == "standard output: No space left on device"
    assert "Traceback" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_errors_that_cannot_be_told_keep_their_exit_code(tmp_path: Path, root: Path) -> None:
    assert shell(CALLS["wrong"], "2> /dev/full", tmp_path, root)[0] == 2
