"""An engine without rules: its numbers depend on seed and replication alone; it fails on demand."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine.world import Chunk, build
from sim.ensemble.engine import ChooseEngine, Compiled, Inputs
from sim.ensemble.progress import Note


@dataclass(frozen=True)
class StandIn(Compiled):
    """`fails` and `raises` are replications that fail with code 2, or raise an error.

    A chunk takes `seconds`; `dies` is a file whose worker dies with it, once; with `always_dies`
    every worker dies.
    """

    fails: tuple[int, ...] = ()
    raises: tuple[int, ...] = ()
    seconds: float = 0.0
    dies: Path | None = None
    always_dies: bool = False

    def ready(self) -> bool:
        return False

    def warm(self, note: Note) -> None:
        pass

    def run_chunk(self, seed: int, first: int, count: int, inputs: Inputs | None = None) -> Chunk:
        self._misfortune(first, count)
        rows = [self._row(seed, k) for k in range(first, first + count)]
        return Chunk(*(np.stack(parts) for parts in zip(*rows, strict=True)))

    def _row(self, seed: int, k: int) -> tuple[np.ndarray, ...]:
        rng = np.random.Generator(np.random.Philox(key=[seed, k]))
        measures, horizon = self.template.measures, self.template.horizon
        values = np.array([float(rng.integers(7)) if m.whole else rng.random() for m in measures])
        flags = [m.unit == "flag" for m in measures]
        values[flags] %= 2
        never = [m.time and rng.random() < 0.5 for m in measures]
        values[never] = np.nan
        rung = rng.integers(0, 8, horizon).astype(np.int8)
        deaths = rng.poisson(2.0, horizon).astype(np.int32)
        status = 2 if k in self.fails else 0
        return values, rung, deaths, deaths // 2, np.int64(status), np.int64(17 if status else 0)

    def _misfortune(self, first: int, count: int) -> None:
        time.sleep(self.seconds)
        if self.dies is not None and self.dies.exists():
            self.dies.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        if self.always_dies:
            os.kill(os.getpid(), signal.SIGKILL)
        for k in self.raises:
            if first <= k < first + count:
                raise ZeroDivisionError(f"no result in {k}")


def stand_in(**more: Any) -> ChooseEngine:
    """Chooses a `StandIn` with these fields for every scenario."""
    return lambda scenario: StandIn(build(scenario), **more)
