"""What a second Dask worker brings: a scheduler and workers of one thread each, on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.settings import Settings
from bench.timing import ROOT, Row, interleaved, ratios, seconds, spread

TARGET = 1.7
_START_SECONDS = 60.0


def two_dask_workers(settings: Settings) -> tuple[list[Row], str]:
    """Replications per second of `sim.run` on a cluster of one worker and of two."""
    from sim.ensemble import run
    from sim.ensemble.cluster import connect

    scenario = settings.load()
    with dask(1) as one, dask(2) as two, connect(one, None) as alone, connect(two, None) as both:

        def rate(team: object) -> float:
            executor, jobs = team.executor, team.jobs  # type: ignore[attr-defined]
            return settings.machinery / seconds(
                lambda: run(scenario, runs=settings.machinery, seed=1, executor=executor, jobs=jobs)
            )

        for team in (alone, both):  # machine code is loaded before the clock runs
            run(scenario, runs=8 * settings.chunk, seed=2, executor=team.executor, jobs=team.jobs)
        results = interleaved(
            {"one": lambda: rate(alone), "two": lambda: rate(both)}, settings.repeats
        )
    gain = ratios(results["two"], results["one"])
    row = Row(
        "two Dask workers against one, times", f">= {TARGET:g}", str(gain), gain.median >= TARGET
    )
    lines = [f"| {settings.machinery:,} replications | replications/s |", "|---|---|"]
    lines += [
        f"| one worker | {spread(results['one'])} |",
        f"| two workers | {spread(results['two'])} |",
    ]
    return [row], "\n".join(
        lines
    ) + "\n\nScheduler, workers and the process that writes share two processors here."


@contextmanager
def dask(workers: int) -> Iterator[str]:
    """The address of a cluster on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        processes = [
            _start(
                folder,
                "scheduler",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dashboard",
                "--scheduler-file",
                str(file),
            )
        ]
        try:
            _wait(file)
            for _ in range(workers):
                processes.append(
                    _start(
                        folder,
                        "worker",
                        "--scheduler-file",
                        str(file),
                        "--nthreads",
                        "1",
                        "--nworkers",
                        "1",
                        "--no-nanny",
                        "--no-dashboard",
                    )
                )
            from distributed import Client

            with Client(scheduler_file=str(file), set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=_START_SECONDS)
                address = client.scheduler.address
            yield address
        finally:
            for process in processes[::-1]:
                process.terminate()
                process.wait()


def _start(folder: str, kind: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait(file: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not file.exists() or not file.read_text().rstrip().endswith("}"):
        if time.monotonic() > deadline:
            raise RuntimeError("the Dask scheduler did not start")
        time.sleep(0.1)
