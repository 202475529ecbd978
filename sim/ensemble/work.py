"""One chunk of replications: what a worker is given, what it does and what it gives back.

A chunk is pure (the same task gives the same rows, wherever and whenever it runs), so it may be run
again after a worker died. Nothing in here knows of files, and all of it can be pickled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.engine import Runner
from sim.ensemble.failure import Failure, failure_from, failure_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Rows `first` to `first + count - 1` of one of several ensembles, `owner`.

    `runner` runs them from the root `seed`; `shape` is the number of measures and the horizon in
    days; `inputs` (count, n) are values that a design gives, else the uncertain numbers are drawn.
    """

    runner: Runner
    shape: tuple[int, int]
    seed: int
    first: int
    count: int
    inputs: NDArray[np.float64] | None = None
    owner: int = 0

    def alone(self, row: int) -> Task:
        """The same for one row."""
        at = row - self.first
        inputs = None if self.inputs is None else self.inputs[at : at + 1]
        return replace(self, first=row, count=1, inputs=inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The result of a task; the rows of failed replications hold nothing of meaning.

    `measures` (count, n_measures), NaN = missing; `rung`, `deaths`, `interstate` (count, horizon)
    by day.
    """

    first: int
    measures: NDArray[np.float64]
    rung: NDArray[np.int8]
    deaths: NDArray[np.int32]
    interstate: NDArray[np.int32]
    failures: tuple[Failure, ...] = ()

    @property
    def count(self) -> int:
        return len(self.measures)

    @property
    def good(self) -> NDArray[np.bool_]:
        """Which replications did not fail, (count,)."""
        mask = np.ones(self.count, dtype=bool)
        mask[[failure.replication - self.first for failure in self.failures]] = False
        return mask


def perform(task: Task) -> Rows:
    """Run a task. A replication that fails is a row that says so and never stops the others."""
    try:
        return _run(task)
    except Exception as error:  # noqa: BLE001 (a user's policy may raise anything)
        if task.count == 1:
            return _failed_rows(task, error)
    # one of them raised: each alone, to find which
    return _join([perform(task.alone(k)) for k in range(task.first, task.first + task.count)])


def _run(task: Task) -> Rows:
    chunk = task.runner.run_chunk(task.seed, task.first, task.count, task.inputs)
    failures = tuple(
        failure_of(task.first + int(k), int(chunk.status[k]), int(chunk.failed_day[k]))
        for k in np.flatnonzero(chunk.status)
    )
    return Rows(
        first=task.first,
        measures=chunk.measures,
        rung=chunk.rung,
        deaths=chunk.deaths,
        interstate=chunk.interstate,
        failures=failures,
    )


def _failed_rows(task: Task, error: Exception) -> Rows:
    measures, horizon = task.shape
    zeros = np.zeros((1, horizon), dtype=np.int32)
    return Rows(
        first=task.first,
        measures=np.full((1, measures), np.nan),
        rung=zeros.astype(np.int8),
        deaths=zeros,
        interstate=zeros,
        failures=(failure_from(task.first, error),),
    )


def _join(parts: list[Rows]) -> Rows:
    return Rows(
        first=parts[0].first,
        measures=np.concatenate([part.measures for part in parts]),
        rung=np.concatenate([part.rung for part in parts]),
        deaths=np.concatenate([part.deaths for part in parts]),
        interstate=np.concatenate([part.interstate for part in parts]),
        failures=tuple(failure for part in parts for failure in part.failures),
    )
