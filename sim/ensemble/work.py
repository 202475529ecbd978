"""One chunk of replications: what a worker is given, what it does and what it gives back.

A chunk is pure (the same task gives the same rows, wherever and whenever it runs), so it may be run
again after a worker died. Nothing in here knows of files, and all of it can be pickled.
"""

from __future__ import annotations

import importlib
import traceback
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.chance import FAILURES
from sim.errors import SimError

#: Status of a replication in which Python code raised an error (a policy of the user's, say).
RAISED = -1
ARITHMETIC = "arithmetic: a division by zero, or a number out of range"


@dataclass(frozen=True, slots=True)
class Task:
    """Replications `first` to `first + count - 1`.

    `face` is a module with `run_chunk` (`sim.engine.replication`, `sim.model`), `source` the
    template or scenario that it takes, `shape` the number of measures and the horizon in days;
    `inputs` (count, n_uncertain) are given by a design, else drawn; `owner` says to which of
    several ensembles the rows belong.
    """

    face: str
    source: Any
    shape: tuple[int, int]
    seed: int
    first: int
    count: int
    inputs: NDArray[np.float64] | None = None
    owner: int = 0

    def alone(self, replication: int) -> Task:
        """The same for one replication."""
        row = replication - self.first
        return replace(
            self,
            first=replication,
            count=1,
            inputs=None if self.inputs is None else self.inputs[row : row + 1],
        )


class Failure(NamedTuple):
    """Why a replication has no measures.

    `status` is the code of the engine, or `RAISED`; `stage` what was being done; `day` counts from
    the release, None if unknown.
    """

    replication: int
    status: int
    stage: str
    error: str
    day: int | None = None
    traceback: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """What a task came to; the rows of failed replications hold nothing of meaning.

    `measures` (count, n_measures) NaN = missing; `rung`, `deaths`, `interstate` (count, horizon) by
    day.
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
        """Which replications came to an end, (count,)."""
        mask = np.ones(self.count, dtype=bool)
        mask[[failure.replication - self.first for failure in self.failures]] = False
        return mask


def perform(task: Task) -> Rows:
    """Run a task. A replication that fails becomes a row that says so and never stops the others."""
    try:
        return _run(task)
    except Exception as error:  # noqa: BLE001 (a user's policy may raise anything: find out which replications do)
        if task.count == 1:
            return _failed(task, error)
    return _joined([perform(task.alone(k)) for k in range(task.first, task.first + task.count)])


def _run(task: Task) -> Rows:
    face = importlib.import_module(task.face)
    chunk = face.run_chunk(task.source, task.seed, task.first, task.count, task.inputs)
    failures = tuple(
        told(task.first + int(k), int(chunk.status[k]), int(chunk.failed_day[k]))
        for k in np.flatnonzero(chunk.status)
    )
    return Rows(task.first, chunk.measures, chunk.rung, chunk.deaths, chunk.interstate, failures)


def told(replication: int, status: int, day: int) -> Failure:
    """What a code of the engine says; an arithmetic error has no day."""
    return Failure(
        replication, status, "rules", reason_of(status), day if status < len(FAILURES) else None
    )


def reason_of(status: int) -> str:
    """A code of the engine in words."""
    return FAILURES[status] if status < len(FAILURES) else ARITHMETIC


def _failed(task: Task, error: Exception) -> Rows:
    told = "".join(traceback.format_exception(error))
    words = str(error) if isinstance(error, SimError) else f"{type(error).__name__}: {error}"
    failure = Failure(task.first, RAISED, "Python code", words, getattr(error, "day", None), told)
    measures, horizon = task.shape
    dead = np.zeros((1, horizon), dtype=np.int32)
    return Rows(
        task.first, np.full((1, measures), np.nan), dead.astype(np.int8), dead, dead, (failure,)
    )


def _joined(parts: list[Rows]) -> Rows:
    return Rows(
        parts[0].first,
        np.concatenate([p.measures for p in parts]),
        np.concatenate([p.rung for p in parts]),
        np.concatenate([p.deaths for p in parts]),
        np.concatenate([p.interstate for p in parts]),
        tuple(failure for p in parts for failure in p.failures),
    )
