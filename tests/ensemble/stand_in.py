"""A face without an engine: numbers that depend on seed and replication alone, and misfortunes on demand.

Misfortunes come by the environment, so that they reach workers in other processes:
STAND_IN_FAIL, STAND_IN_RAISE: replications that fail with code 2, or raise; STAND_IN_SECONDS: how
long a chunk takes; STAND_IN_DIE: a file whose holder dies with it, once; STAND_IN_ALWAYS_DIE: every
worker dies.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np

from sim.engine.world import Chunk, Template

NAME = "ensemble.stand_in"


def run_chunk(
    template: Template, seed: int, first: int, count: int, inputs: np.ndarray | None = None
) -> Chunk:
    misfortune(first, count)
    rows = [row(template, seed, k) for k in range(first, first + count)]
    return Chunk(*(np.stack(parts) for parts in zip(*rows, strict=True)))


def row(template: Template, seed: int, k: int) -> tuple[np.ndarray, ...]:
    rng = np.random.Generator(np.random.Philox(key=[seed, k]))
    values = np.array(
        [float(rng.integers(7)) if m.whole else rng.random() for m in template.measures]
    )
    flags = [m.unit == "flag" for m in template.measures]
    values[flags] %= 2
    never = [m.time and rng.random() < 0.5 for m in template.measures]
    values[never] = np.nan
    rung, deaths = (
        rng.integers(0, 8, template.horizon).astype(np.int8),
        rng.poisson(2.0, template.horizon).astype(np.int32),
    )
    status = 2 if k in listed("STAND_IN_FAIL") else 0
    return values, rung, deaths, deaths // 2, np.int64(status), np.int64(17 if status else 0)


def listed(name: str) -> list[int]:
    return [int(word) for word in os.environ.get(name, "").split()]


def misfortune(first: int, count: int) -> None:
    time.sleep(float(os.environ.get("STAND_IN_SECONDS", "0")))
    fatal = os.environ.get("STAND_IN_DIE")
    if fatal and Path(fatal).exists():
        Path(fatal).unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("STAND_IN_ALWAYS_DIE"):
        os.kill(os.getpid(), signal.SIGKILL)
    for k in listed("STAND_IN_RAISE"):
        if first <= k < first + count:
            raise ZeroDivisionError(f"no luck in {k}")
