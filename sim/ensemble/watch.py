"""Watching a cluster while it works: who may be given tasks, and whether anybody is left.

A run waits for rows, and rows that never come say nothing. So a thread asks the scheduler now and
then for its workers, asks each new one what it runs, and takes note if nobody answers for long.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sim.ensemble.manifest import what_runs
from sim.ensemble.workers import WorkersLost

#: How long an answer of a cluster is waited for.
SECONDS_TO_ANSWER = 8.0
#: Between two looks at a cluster.
SECONDS_BETWEEN = 2.0
#: Looks in a row at a cluster that works on nothing before its tasks are given anew.
IDLE_LOOKS = 3
#: How long nobody may be there before a run gives up: a worker that died is back by then.
SECONDS_ALONE = 20.0

AnswerT = TypeVar("AnswerT")


def within(seconds: float, call: Callable[[], AnswerT]) -> AnswerT:
    """The answer of a call that may hang: a `TimeoutError` if there is none in time."""
    answers: queue.SimpleQueue[tuple[AnswerT | None, BaseException | None]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put((call(), None))
        except BaseException as error:  # noqa: BLE001 (handed on to the caller)
            answers.put((None, error))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"no answer in {seconds:g} seconds") from None
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]  # None only if the call gives None


class Watch:
    """The workers of a cluster, as they come and go.

    `client` is that of Dask, `address` its name in words, `good` the workers that have these rules.
    `pending` holds futures and the workers that each was given to.
    """

    def __init__(self, client: Any, address: str, good: Mapping[str, int]) -> None:
        self._client, self._address = client, address
        self.workers = sorted(good)
        self.pending: dict[Any, Sequence[str]] = {}
        self.seconds = SECONDS_BETWEEN
        self._strange: set[str] = set()
        self._new_strange: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._seen, self._lost = time.monotonic(), ""
        self._idle = 0
        self._stopped = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def check(self) -> Sequence[str]:
        """Workers with other rules that joined since the last call.

        Raises
        ------
        WorkersLost : if the scheduler or all good workers are gone
        """
        if self._lost:
            raise WorkersLost(self._lost)
        found = []
        while not self._new_strange.empty():
            found.append(self._new_strange.get())
        return found

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(self.seconds):
            self.look()

    def look(self) -> None:
        """Ask once who is there."""
        try:
            there = set(within(SECONDS_TO_ANSWER, self._client.nthreads))
        except Exception:  # noqa: BLE001 (whatever a lost connection raises)
            self._miss("the scheduler does not answer any more")
            return
        known = {*self.workers, *self._strange}
        joined = [worker for worker in sorted(there - known) if self._is_good(worker)]
        good = sorted((there & set(self.workers)) | set(joined))
        if not good:
            self._miss("all workers with these rules are gone")
            return
        self._seen, self.workers = time.monotonic(), good
        idle = self._is_idle()
        for far, workers in list(self.pending.items()):
            if idle or not set(workers) & set(good):  # nobody will ever do it
                far.cancel()

    def _is_idle(self) -> bool:
        """Whether the cluster has worked on nothing for some looks, though tasks are under way.

        A task that is lost between scheduler and worker would be waited for without an end.
        """
        try:
            work = within(SECONDS_TO_ANSWER, self._client.processing)
        except Exception:  # noqa: BLE001 (the next look says whether anybody is there)
            return False
        lost = bool(self.pending) and not any(work.values())
        self._idle = self._idle + 1 if lost else 0
        if self._idle < IDLE_LOOKS:
            return False
        self._idle = 0
        return True

    def _is_good(self, worker: str) -> bool:
        try:
            answer = within(
                SECONDS_TO_ANSWER,
                lambda: self._client.run(what_runs, workers=[worker], on_error="return"),
            )
        except Exception:  # noqa: BLE001 (it is asked again at the next look)
            return False
        if answer.get(worker) == what_runs():
            return True
        if worker in answer:
            self._strange.add(worker)
            self._new_strange.put(worker)
        return False

    def _miss(self, what: str) -> None:
        if time.monotonic() - self._seen >= SECONDS_ALONE:
            self._lost = f"{self._address}: {what} (start it again, or leave --cluster out)"
