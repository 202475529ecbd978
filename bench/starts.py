"""How long the command line takes to answer, and what the first compilation costs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from functools import partial

from bench.settings import Settings
from bench.timing import ROOT, Row, interleaved, ratios, shell, short, spread

TARGET = 2.0
RUN_TARGET = 1.0  # half of what it was when the run imported Numba, pandas and SciPy's statistics
COMPILATION_TARGET = 30.0  # half of what it was, with what else the command does (docs/design.md)
FRONT = str(ROOT / "run_sim.py")


def processor_seconds(*arguments: str, environ: dict[str, str] | None = None) -> float:
    """Processor seconds of a call of the command line; `{out}` is a new folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, FRONT, *(word.format(out=f"{folder}/out") for word in arguments)]
        merged = {**os.environ, **(environ or {})}
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=merged)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def first_compilation() -> float:
    """Processor seconds of `run two_states --runs 2 --no-report` with an empty cache."""
    with tempfile.TemporaryDirectory() as folder:
        return processor_seconds(*_run(2), environ={"NUMBA_CACHE_DIR": folder})


def _run(runs: int) -> list[str]:
    return [
        "run",
        "two_states",
        "--runs",
        str(runs),
        "--seed",
        "7",
        "--no-report",
        "--out",
        "{out}",
    ]


def start_up(settings: Settings) -> tuple[list[Row], str]:
    """How soon commands answer, and what they cost with machine code in the cache."""
    answers = interleaved(
        {
            "`import numpy`": lambda: shell(sys.executable, "-c", "import numpy"),
            "`--help`": lambda: shell(sys.executable, FRONT, "--help"),
            "`--version`": lambda: shell(sys.executable, FRONT, "--version"),
        },
        settings.starts,
    )
    base = answers.pop("`import numpy`")
    rows = []
    for command, took in answers.items():
        times = ratios(took, base)
        name = f"{command} against an interpreter that imports NumPy, times"
        rows.append(Row(name, f"<= {TARGET:g}", str(times), times.median <= TARGET))
    compilation = spread([first_compilation() for _ in range(settings.compilations)])
    rows.append(
        Row(
            "first run of two_states, rules compiled, processor s",
            f"<= {COMPILATION_TARGET:g}",
            str(compilation),
            compilation.median <= COMPILATION_TARGET,
        )
    )
    run = f"`run two_states --runs {settings.shell_runs} --no-report`"
    commands = {
        run: _run(settings.shell_runs),
        "`trace two_states`": ["trace", "two_states", "--seed", "7", "--replication", "3"],
        "`check two_states`": ["check", "two_states"],
        "`list`": ["list"],
        "`--help`": ["--help"],
    }
    processor_seconds(*commands[run])  # compiles, if nothing has yet
    costs = interleaved(
        {name: partial(processor_seconds, *words) for name, words in commands.items()},
        settings.starts,
    )
    warm = spread(costs[run])
    rows.append(
        Row(
            f"a warm {run}, processor s", f"<= {RUN_TARGET:g}", str(warm), warm.median <= RUN_TARGET
        )
    )
    lines = [f"| {name} | {short(spread(took).median)} |" for name, took in costs.items()]
    return rows, "\n".join(["| with machine code kept | processor s |", "|---|---|", *lines])
