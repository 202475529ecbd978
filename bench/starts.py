"""How long the command line takes to answer, against an interpreter that imports NumPy."""

from __future__ import annotations

import sys
import tempfile

from bench.settings import Settings
from bench.timing import ROOT, Row, interleaved, ratios, shell, short, spread

TARGET = 2.0


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
