"""Killed at any moment, the next start goes on, and nothing shows in the result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from ensemble.conftest import run, tables

from sim.scenario import Scenario

CODE = """
import sys
from ensemble.stand_in import stand_in
import sim
scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 10})
sim.run(
    scenario, runs=10000, seed=7, jobs=2, out=sys.argv[1], engine=stand_in(seconds=0.15)
)
"""


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_kill_and_resume(scenario: Scenario, tmp_path: Path, root: Path) -> None:
    once = run(scenario, runs=10000, seed=7, out=tmp_path / "once")
    folder = tmp_path / "killed"
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    kills = 0
    # from the moment at which a new chunk is there, a kill falls into computing, writing or
    # renaming
    chance = Random(20260227)
    for moment in [chance.uniform(0.0, 0.2) for _ in range(10)]:
        process = subprocess.Popen(
            [sys.executable, "-c", CODE, str(folder)], env=environ, start_new_session=True
        )
        before = count(folder)
        while process.poll() is None and count(folder) <= before:
            time.sleep(0.005)
        time.sleep(moment)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
    assert kills == 10
    assert 0 < count(folder) < 40
    ended = subprocess.run(
        [sys.executable, "-c", CODE, str(folder)],
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    assert tables(folder) == tables(once.folder)


def count(folder: Path) -> int:
    return len(list((folder / "chunks").glob("*.parquet")))
