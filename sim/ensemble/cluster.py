"""Workers on other machines: a Dask cluster behind the interface of `concurrent.futures`.

The scheduler gives the tasks of a dead worker to another; a task is pure and its rows come back to
the one process that writes, so nothing is lost and nothing lies twice in a store. Tasks go to
workers alone that have said that they have these rules; `sim/ensemble/watch.py` asks those that
join later, and ends a run whose cluster is gone.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from sim.ensemble.manifest import rules_digest, what_runs
from sim.ensemble.watch import SECONDS_TO_ANSWER, Watch, within
from sim.errors import ModelError, SimError

_SECONDS_TO_CLOSE = 2
_SECONDS_TO_FETCH = 60  # rows of a task from the worker that has them
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})/?")
_MOST_PORT = 65_535
_SHOWN = 160  # characters of what a library says
#: Who writes lines of their own about a lost connection.
_LOGGERS = ("distributed", "tornado", "asyncio")


class ClusterError(SimError):
    """A cluster that cannot be reached or used."""


class Workers(NamedTuple):
    """What a run works with.

    `executor` is None for workers of this machine; `jobs` is how many tasks it does at a time, None
    for all processors.
    """

    executor: Executor | None
    jobs: int | None


@contextmanager
def connect(address: str | None, jobs: int | None) -> Iterator[Workers]:
    """Workers of the Dask cluster at `address` (`tcp://host:8786`); of this machine if it is None.

    Raises
    ------
    ClusterError : if Dask is not installed, the address is none, nobody answers, there are no
        workers, or they have another version of the rules
    """
    if address is None:
        yield Workers(None, jobs)
        return
    client = _client(address)
    try:
        good = _good_workers(client, address)
        threads = sum(good.values())
        with _ClusterExecutor(client, Watch(client, address, good)) as executor:
            yield Workers(executor, min(threads, jobs or threads))
    finally:
        with suppress(Exception):  # of a connection that is lost already
            within(2 * _SECONDS_TO_CLOSE, lambda: client.close(timeout=_SECONDS_TO_CLOSE))


def _client(address: str) -> Any:
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found[1]) <= _MOST_PORT:
        raise ClusterError(
            f"--cluster: must be tcp://HOST:PORT, got {address.strip() or 'nothing'}"
        )
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("--cluster needs Dask: pip install 'escalation[cluster]'") from error
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)

    class Quiet(Client):
        """Does not try to close, and complain, when one that never came about is forgotten."""

        def __del__(self) -> None:
            pass

    def client() -> Any:
        return Quiet(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]

    try:
        return within(SECONDS_TO_ANSWER + 2 * _SECONDS_TO_CLOSE, client)
    except Exception as error:  # a driver, a handshake, a certificate may raise anything
        raise ClusterError(
            f"{address}: no Dask scheduler answers: {_first_line(error)} "
            "(start one with: dask scheduler)"
        ) from error


def _good_workers(client: Any, address: str) -> dict[str, int]:
    """Threads of each worker. A `ClusterError` if there is none, or one has other rules."""
    try:
        threads: dict[str, int] = within(SECONDS_TO_ANSWER, client.nthreads)
    except Exception as error:
        raise ClusterError(
            f"{address}: the scheduler does not answer: {_first_line(error)}"
        ) from error
    if not threads:
        raise ClusterError(
            f"{address}: the scheduler has no workers (start some with: dask worker {address})"
        )
    try:
        theirs = within(SECONDS_TO_ANSWER, lambda: client.run(what_runs))
    except Exception as error:
        raise ClusterError(
            f"{address}: the workers cannot load the simulator: {_first_line(error)} "
            "(install the same version there)"
        ) from error
    other = sorted(worker for worker, runs in theirs.items() if runs != what_runs())
    if other:
        raise ClusterError(
            f"{address}: {len(other)} of {len(theirs)} workers have another version of the rules, "
            f"the first is {other[0]}"
        )
    return {worker: count for worker, count in threads.items() if worker in theirs}


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:_SHOWN] or type(error).__name__


class _ClusterExecutor(Executor):
    """Gives tasks to the workers that are watched and good."""

    def __init__(self, client: Any, watch: Watch) -> None:
        self._client, self._watch = client, watch
        self.seconds = watch.seconds

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A task, for the workers that are good now."""
        workers = self._watch.workers
        near: Future[Any] = Future()
        try:
            far = self._client.submit(
                _with_rules, rules_digest(), fn, *args, pure=False, workers=workers, **kwargs
            )
        except Exception:  # noqa: BLE001 (of a connection that is lost: `check` will say so)
            near.set_exception(CancelledError())
            return near
        self._watch.pending[far] = workers
        near.add_done_callback(lambda done: far.cancel() if done.cancelled() else None)
        # Dask calls back from one thread of the whole process: one that waits for rows of a cluster
        # that is gone would keep back the rows of every later one
        far.add_done_callback(
            lambda done: threading.Thread(
                target=self._hand_over, args=(done, near), daemon=True
            ).start()
        )
        return near

    def _hand_over(self, far: Any, near: Future[Any]) -> None:
        self._watch.pending.pop(far, None)
        if not near.set_running_or_notify_cancel():
            return
        try:
            near.set_result(far.result(timeout=_SECONDS_TO_FETCH))
        except (CancelledError, TimeoutError):  # it is done again
            near.set_exception(CancelledError())
        except BaseException as error:  # noqa: BLE001 (handed on to the caller)
            near.set_exception(error)

    def check(self) -> Sequence[str]:
        """Workers that joined and are left out; raise `WorkersLost` if the cluster is gone."""
        return self._watch.check()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop watching."""
        self._watch.stop()


def _with_rules(digest: str, work: Callable[..., Any], *args: Any) -> Any:
    if rules_digest() != digest:
        raise ModelError("this worker has another version of the rules")
    return work(*args)
