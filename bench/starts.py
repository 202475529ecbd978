"""How long the command line takes to answer, and what the first compilation costs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile

from bench.settings import Settings
from bench.timing import ROOT, Row, interleaved, ratios, shell, short, spread

TARGET = 2.0
COMPILATION_TARGET = 30.0  # half of what it was, with what else the command does (docs/design.md)


def first_compilation() -> float:
    """Processor seconds of `run two_states --runs 2 --no-report` with an empty cache."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        front, scenario = str(ROOT / "run_sim.py"), str(ROOT / "scenarios" / "two_states.yaml")
        options = ["--runs", "2", "--no-report", "--out", f"{folder}/out"]
        environ = {**os.environ, "NUMBA_CACHE_DIR": f"{folder}/cache"}
        command = [sys.executable, front, "run", scenario, *options]
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_up(settings: Settings) -> tuple[list[Row], str]:
    """`--help`, `--version` and a small run from the shell, with machine code in the cache."""
    front = str(ROOT / "run_sim.py")
    scenario = str(ROOT / "scenarios" / f"{settings.scenario}.yaml")
    overrides = [
        word for path, value in settings.overrides.items() for word in ("--set", f"{path}={value}")
    ]

    def run() -> float:
        with tempfile.TemporaryDirectory() as folder:
            options = [
                "--runs",
                str(settings.shell_runs),
                "--seed",
                "1",
                "--no-report",
                "--out",
                f"{folder}/out",
                *overrides,
            ]
            return shell(sys.executable, front, "run", scenario, *options)

    contestants = {
        "`import numpy`": lambda: shell(sys.executable, "-c", "import numpy"),
        "`--help`": lambda: shell(sys.executable, front, "--help"),
        "`--version`": lambda: shell(sys.executable, front, "--version"),
    }
    found = interleaved(contestants, settings.starts)
    run()  # compiles, if nothing has yet
    slow = interleaved(
        {"`import numpy`": contestants["`import numpy`"], "run": run}, settings.repeats
    )
    base, name = found["`import numpy`"], f"a warm `run --runs {settings.shell_runs} --no-report`"
    rows = []
    for command in ("`--help`", "`--version`"):
        times = ratios(found[command], base)
        rows.append(
            Row(
                f"{command} against an interpreter that imports NumPy, times",
                f"<= {TARGET:g}",
                str(times),
                times.median <= TARGET,
            )
        )
    compilation = spread([first_compilation() for _ in range(settings.compilations)])
    rows.append(
        Row(
            "first run of two_states, rules compiled, processor s",
            f"<= {COMPILATION_TARGET:g}",
            str(compilation),
            compilation.median <= COMPILATION_TARGET,
        )
    )
    rows.append(
        Row(
            f"{name} against the same, times",
            "none",
            str(ratios(slow["run"], slow["`import numpy`"])),
            None,
        )
    )
    lines = [
        f"| {command} | {short(spread(took).median)} |"
        for command, took in (found | {name: slow["run"]}).items()
    ]
    return rows, "\n".join(["| from the shell | s |", "|---|---|", *lines])
