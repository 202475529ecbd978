"""Hands tasks to an executor and brings back what they came to, whoever dies on the way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)

from sim.ensemble.work import Rows, Task, perform
from sim.errors import SimError

#: Times in a row that workers may die, with nothing finished in between, before the run gives up.
PATIENCE = 3
_LAST_WAIT_SECONDS = 30.0  # for the tasks under way when a run is stopped


class WorkersDied(SimError):
    """Workers died again and again with nothing finished: out of memory, say, or a cluster that is gone."""


class WorkerPool:
    """Workers for the tasks of one run.

    `hire` makes an executor; it is called again when a pool of processes is broken by the death of
    a worker. `ahead` is how many tasks are handed out at a time, so that finished rows never pile
    up.
    """

    def __init__(self, hire: Callable[[], Executor], ahead: int, *, keep: bool = False) -> None:
        self._hire, self._ahead, self._keep = hire, ahead, keep
        self._running: dict[Future[Rows], Task] = {}
        self._executor: Executor | None = None

    def work(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Rows]]:
        """Tasks with their rows, in the order in which they are done. Raise `WorkersDied` if they keep dying."""
        waiting, deaths = deque(tasks), 0
        try:
            while waiting or self._running:
                self._hand_out(waiting)
                lost = []
                for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                    task, error = self._running.pop(future), _trouble(future)
                    if error is None:
                        deaths = 0
                        yield task, future.result()
                    else:
                        lost.append((task, error))
                if lost:
                    deaths += 1
                    if deaths > PATIENCE:
                        raise WorkersDied(
                            f"workers died {deaths} times without finishing anything, last with: {lost[-1][1]!r}"
                        ) from lost[-1][1]
                    waiting.extendleft(task for task, _ in lost)
                    self._mourn(waiting, lost[-1][1])
        finally:
            self._dismiss()

    def stop(self) -> Iterator[tuple[Task, Rows]]:
        """Start nothing more; tasks and rows of what was under way and came to an end."""
        under_way = {future: task for future, task in self._running.items() if not future.cancel()}
        for future in wait(under_way, timeout=_LAST_WAIT_SECONDS).done:
            if _trouble(future) is None:
                yield under_way[future], future.result()

    def _hand_out(self, waiting: deque[Task]) -> None:
        while waiting and len(self._running) < self._ahead:
            task = waiting.popleft()
            try:
                if self._executor is None:
                    self._executor = self._hire()
                self._running[self._executor.submit(perform, task)] = task
            except BrokenExecutor:  # it broke after its last answer: those under way will say so
                waiting.appendleft(task)
                if not self._running:
                    self._dismiss()
                return

    def _mourn(self, waiting: deque[Task], error: BaseException) -> None:
        """After a broken pool nothing of it will come back: its tasks are done again by the next."""
        if isinstance(error, BrokenExecutor):
            waiting.extendleft(self._running.values())
            self._running.clear()
            self._dismiss()

    def _dismiss(self) -> None:
        if self._executor is not None and not self._keep:
            self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = None


def _trouble(future: Future[Rows]) -> BaseException | None:
    """Why there are no rows; `perform` itself never fails, so it is the worker's trouble and not the model's."""
    try:
        return future.exception()
    except CancelledError as error:  # by a cluster that is gone
        return error


def threads(jobs: int) -> Executor:
    """Workers for compiled replications, which let other threads run."""
    return ThreadPoolExecutor(jobs, thread_name_prefix="replications")


def processes(jobs: int) -> Executor:
    """Workers for replications in plain Python; spawned, whatever an import has made the default."""
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_settle_in
    )


def _settle_in() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.join,), daemon=True).start()


def _follow(joined: Callable[[], None]) -> None:
    joined()
    os._exit(1)
