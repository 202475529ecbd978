"""A real Dask scheduler and real workers on this machine, one of which dies in the middle."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ensemble.conftest import Listener, tables

from sim.cli import main
from sim.ensemble import Ensemble, run
from sim.ensemble import cluster as clusters
from sim.ensemble import watch as watches
from sim.ensemble.cluster import ClusterError, Workers, connect
from sim.ensemble.workers import WorkersLost
from sim.scenario import Scenario

from .unhurried import unhurried

pytest.importorskip("distributed")
pytestmark = [pytest.mark.nightly, pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")]

RUNS = 5000
START_SECONDS = 60.0


class Cluster:
    """A scheduler and its workers, each a process group of its own."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.paths = [str(root), str(root / "tests")]
        self.processes: list[subprocess.Popen[bytes]] = []
        answer = folder / "scheduler.json"
        self._start(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(answer),
        )
        deadline = time.monotonic() + START_SECONDS
        while not answer.exists() or not answer.read_text().rstrip().endswith("}"):
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.1)
        self.address = json.loads(answer.read_text())["address"]

    def _start(self, *words: str, source: Path | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *words[1:]]
        environ = os.environ | {
            "PYTHONPATH": os.pathsep.join([*([str(source)] if source else []), *self.paths])
        }
        process = subprocess.Popen(
            command,
            env=environ,
            cwd=self.folder,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def worker(self, source: Path | None = None) -> subprocess.Popen[bytes]:
        """A worker; `source` is a folder with another simulator."""
        return self._start(
            "worker",
            self.address,
            "--nthreads",
            "1",
            "--nworkers",
            "1",
            "--no-dashboard",
            "--host",
            "127.0.0.1",
            source=source,
        )

    def wait_for(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, timeout=15, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=START_SECONDS)

    def stop(self) -> None:
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"), root)
    try:
        yield made
    finally:
        made.stop()


def test_no_workers_is_one_clear_line(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "two_states", "--runs", "5", "--cluster", cluster.address]) == 2
    assert (
        capsys.readouterr().err.strip() == f"{cluster.address}: the scheduler has no workers "
        f"(start some with: dask worker {cluster.address})"
    )


def test_a_worker_dies_in_the_middle(cluster: Cluster, scenario: Scenario, tmp_path: Path) -> None:
    workers = [cluster.worker(), cluster.worker()]
    cluster.wait_for(2)

    class Killer(Listener):
        def advance(self, count: int) -> None:
            super().advance(count)
            if self.ran == 1000:
                kill(workers[0])

    listener = Killer()
    with connect(cluster.address, None) as team:
        assert team.jobs == 2
        far = run_far(scenario, tmp_path / "far", team, listener)
    near = run(scenario, runs=RUNS, seed=9, out=tmp_path / "near", jobs=1)
    assert tables(far.folder) == tables(near.folder)
    assert listener.ran == RUNS, "something was run twice into the store, or lost"


def run_far(scenario: Scenario, out: Path, team: Workers, listener: Listener) -> Ensemble:
    """The replications on a cluster, slowly, so that something can happen meanwhile."""
    return run(
        scenario,
        runs=RUNS,
        seed=9,
        out=out,
        progress=listener,
        executor=team.executor,
        jobs=team.jobs,
        engine=unhurried,
    )


def other_rules(root: Path, folder: Path) -> Path:
    """A folder with a simulator of other rules."""
    made = folder / "strange"
    shutil.copytree(root / "sim", made / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    with open(made / "sim" / "engine" / "rules" / "acts.py", "a", encoding="utf-8") as file:
        file.write("# another version\n")
    return made


def test_a_worker_with_other_rules_is_refused(cluster: Cluster, root: Path, tmp_path: Path) -> None:
    cluster.worker(other_rules(root, tmp_path))
    cluster.wait_for(2)
    with (
        pytest.raises(ClusterError, match="1 of 2 workers have another version of the rules"),
        connect(cluster.address, None),
    ):
        pass


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "SECONDS_TO_ANSWER", 1)
    with (
        pytest.raises(
            ClusterError, match=r"no Dask scheduler answers: .*start one with: dask scheduler"
        ),
        connect("tcp://127.0.0.1:9", None),
    ):
        pass


class Acts(Listener):
    """Does something once, when so many replications are there."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act: Callable[[], object] | None = act

    def advance(self, count: int) -> None:
        super().advance(count)
        if self.act is not None and self.ran >= 1000:
            act, self.act = self.act, None
            act()


@pytest.mark.parametrize("who", ["scheduler", "workers"])
def test_a_cluster_that_dies_ends_the_run_and_the_next_goes_on(
    scenario: Scenario,
    tmp_path: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
) -> None:
    monkeypatch.setattr(watches, "SECONDS_ALONE", 3.0)
    monkeypatch.setattr(watches, "SECONDS_TO_ANSWER", 3.0)
    own = Cluster(tmp_path, root)
    try:
        own.worker()
        own.wait_for(1)
        victims = own.processes[:1] if who == "scheduler" else own.processes[1:]
        words = "the scheduler does not answer" if who == "scheduler" else "all workers with these"
        listener = Acts(lambda: [kill(one) for one in victims])
        with (
            pytest.raises(
                WorkersLost, match=rf"{own.address}: {words}.*1,\d\d\d of 5,000 .* are kept in"
            ),
            connect(own.address, None) as team,
        ):
            run_far(scenario, tmp_path / "far", team, listener)
    finally:
        own.stop()
    far = run(scenario, runs=RUNS, seed=9, out=tmp_path / "far", jobs=1)
    near = run(scenario, runs=RUNS, seed=9, out=tmp_path / "near", jobs=1)
    assert tables(far.folder) == tables(near.folder)


def test_a_stranger_that_joins_in_the_middle_is_left_out(
    scenario: Scenario, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watches, "SECONDS_BETWEEN", 0.2)
    strange = other_rules(root, tmp_path)
    own = Cluster(tmp_path, root)
    try:
        own.worker()
        own.wait_for(1)
        listener = Acts(lambda: (own.worker(strange), own.wait_for(2), own.worker()))
        with connect(own.address, None) as team:
            far = run_far(scenario, tmp_path / "far", team, listener)
    finally:
        own.stop()
    assert [note.partition(": ")[2] for note in listener.notes if "left out" in note] == [
        "has other rules or versions, and is left out"
    ]
    near = run(scenario, runs=RUNS, seed=9, out=tmp_path / "near", jobs=1)
    assert tables(far.folder) == tables(near.folder)
