"""Clocks, medians, and a fresh process: what every benchmark needs.

The machine is never quite idle, so contestants take turns and only ratios within a turn are
compared.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_TOLD = 12  # lines of a failed process's words
ROOT = Path(__file__).resolve().parents[1]


class Spread(NamedTuple):
    """Median of several repeats, with the lowest and the highest."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{short(self.median)} ({short(self.low)} to {short(self.high)})"


class Row(NamedTuple):
    """A line of the table of results; `met` is None where there is no target."""

    what: str
    target: str
    achieved: str
    met: bool | None


def short(number: float) -> str:
    """Three significant digits, no exponent."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def spread(values: Sequence[float]) -> Spread:
    """Median and extremes."""
    return Spread(statistics.median(values), min(values), max(values))


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of one call in this thread.

    What others do at the same time counts less than in wall time.
    """
    start = time.thread_time()
    work()
    return time.thread_time() - start


def interleaved(
    contestants: Mapping[str, Callable[[], float]], repeats: int
) -> dict[str, list[float]]:
    """What each contestant returns, `repeats` times, in turns."""
    results: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(repeats):
        for name, contestant in contestants.items():
            results[name].append(contestant())
    return results


def ratios(above: Sequence[float], below: Sequence[float]) -> Spread:
    """Spread of the ratios within each turn."""
    return spread([a / b for a, b in zip(above, below, strict=True)])


def fresh(function: str, *, plain: bool = False, **arguments: Any) -> Any:
    """What `module:function` returns in a process of its own, which sees this checkout.

    `plain` switches compilation off.
    """
    module, _, name = function.partition(":")
    code = (
        f"import json, sys; from {module} import {name}; "
        f"print(json.dumps({name}(**json.loads(sys.argv[1]))))"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "1" if plain else "0"}
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(arguments)],
        capture_output=True,
        text=True,
        env=environ,
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-_TOLD:]
        raise RuntimeError(f"{function} failed:\n" + "\n".join(last))
    return json.loads(done.stdout.splitlines()[-1])


def shell(*command: str) -> float:
    """Wall time of a program, started from the root of the checkout."""
    return seconds(lambda: subprocess.run(command, capture_output=True, check=True, cwd=ROOT))
