"""Submits tasks to an executor and yields their results; tasks of dead workers are resubmitted."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
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

from sim.ensemble.progress import Note, note_of
from sim.ensemble.work import Rows, Task, perform
from sim.errors import SimError

#: Times in a row that workers may die, with nothing finished in between, before the run gives up.
PATIENCE = 3
_LAST_WAIT_SECONDS = 30.0  # for the tasks under way when a run is stopped


class WorkersLost(SimError):
    """Workers died again and again with nothing finished: out of memory, say, or a lost cluster."""


class WorkerPool:
    """Workers for the tasks of one run.

    `start` makes an executor; it is called again when a pool of processes is broken by the death of
    a worker. `ahead` is how many tasks are submitted at a time, so that finished rows never pile
    up. With `keep` the executor is the caller's, and stays open. `note` is told what a user should
    know.

    An executor that can lose all its workers without a word has two things more: `check()`, which
    raises `WorkersLost` or gives the names of workers that it leaves out, and how many `seconds`
    lie between two calls of it.
    """

    def __init__(
        self,
        start: Callable[[], Executor],
        ahead: int,
        *,
        keep: bool = False,
        note: Note | None = None,
    ) -> None:
        self._start, self._ahead, self._keep = start, ahead, keep
        self._note = note
        self._running: dict[Future[Rows], Task] = {}
        self._executor: Executor | None = None

    def work(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Rows]]:
        """Tasks with their rows, in the order in which they are done.

        Raise `WorkersLost` if workers keep dying.
        """
        waiting, deaths = deque(tasks), 0
        try:
            while waiting or self._running:
                self._submit(waiting)
                lost = []
                for future in self._wait():
                    task, error = self._running.pop(future), _error_of(future)
                    if error is None:
                        deaths = 0
                        yield task, future.result()
                    else:
                        lost.append((task, error))
                self._check()
                if lost and self._was_cut_off(lost[-1][1]):
                    time.sleep(self._seconds or 0.0)  # until its own connection is made again
                    waiting.extendleft(task for task, _ in lost)
                elif lost:
                    deaths += 1
                    if deaths > PATIENCE:
                        raise WorkersLost(
                            f"workers died {deaths} times without finishing anything, "
                            f"last with: {lost[-1][1]!r}"
                        ) from lost[-1][1]
                    waiting.extendleft(task for task, _ in lost)
                    self._requeue(waiting, lost[-1][1])
        finally:
            self._shut_down()

    def stop(self) -> Iterator[tuple[Task, Rows]]:
        """Start nothing more; tasks and rows of what was running and ended."""
        running = {future: task for future, task in self._running.items() if not future.cancel()}
        for future in wait(running, timeout=_LAST_WAIT_SECONDS).done:
            if _error_of(future) is None:
                yield running[future], future.result()

    @property
    def _seconds(self) -> float | None:
        """Between two questions whether anybody is left, None if nobody has to ask."""
        return getattr(self._executor, "seconds", None)

    def _wait(self) -> set[Future[Rows]]:
        """Tasks that have ended; none if it is time to ask."""
        return wait(self._running, timeout=self._seconds, return_when=FIRST_COMPLETED).done

    def _was_cut_off(self, error: BaseException) -> bool:
        """Whether a task was given up since the way to the workers is lost, and not a worker."""
        return self._seconds is not None and isinstance(error, CancelledError)

    def _check(self) -> None:
        check = getattr(self._executor, "check", None)
        for worker in check() if check else ():
            if self._note is not None:
                self._note(note_of("strange_worker", worker=worker))

    def _submit(self, waiting: deque[Task]) -> None:
        while waiting and len(self._running) < self._ahead:
            task = waiting.popleft()
            try:
                if self._executor is None:
                    self._executor = self._start()
                self._running[self._executor.submit(perform, task)] = task
            except BrokenExecutor:  # it broke after its last answer: those under way will say so
                waiting.appendleft(task)
                if not self._running:
                    self._shut_down()
                return

    def _requeue(self, waiting: deque[Task], error: BaseException) -> None:
        """Nothing comes back from a broken pool: its tasks go to the next one."""
        if isinstance(error, BrokenExecutor):
            waiting.extendleft(self._running.values())
            self._running.clear()
            self._shut_down()

    def _shut_down(self) -> None:
        if self._executor is not None and not self._keep:
            self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = None


def _error_of(future: Future[Rows]) -> BaseException | None:
    """Why there are no rows: `perform` never fails, so the worker did."""
    try:
        return future.exception()
    except CancelledError as error:  # by a cluster that is gone
        return error


def threads(jobs: int) -> Executor:
    """Workers for compiled replications, which let other threads run."""
    return ThreadPoolExecutor(jobs, thread_name_prefix="replications")


def processes(jobs: int) -> Executor:
    """Workers for replications in plain Python; spawned on every system."""
    return ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_init_worker
    )


def _init_worker() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.join,), daemon=True).start()


def _exit_after(joined: Callable[[], None]) -> None:
    joined()
    os._exit(1)
