"""Workers on other machines: a Dask cluster behind the interface of `concurrent.futures`.

The scheduler gives the tasks of a dead worker to another; a task is pure and its rows come back to
the one process that writes, so nothing is lost and nothing lies twice in a store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, NamedTuple

from sim.ensemble.identity import engine
from sim.errors import ModelError, SimError

SECONDS_TO_ANSWER = 15


class ClusterError(SimError):
    """A cluster that cannot be reached or used."""


class Workers(NamedTuple):
    """What a run works with: an executor, None for workers of this machine, and how many tasks it does at a time, None for all processors."""

    executor: Executor | None
    jobs: int | None


@contextmanager
def connect(address: str | None, jobs: int | None) -> Iterator[Workers]:
    """Workers of the Dask cluster at `address` (`tcp://host:8786`), or of this machine if it is None.

    Raises
    ------
    ClusterError : if Dask is not installed, nobody answers, there are no workers, or they have
        another version of the rules
    """
    if address is None:
        yield Workers(None, jobs)
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("--cluster needs Dask: pip install 'escalation[cluster]'") from error
    try:
        client = Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError, ImportError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers: {_first_line(error)} (start one with: dask scheduler)"
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterError(
                f"{address}: the scheduler has no workers (start some with: dask worker {address})"
            )
        _same_rules(client, address)
        yield Workers(_Checked(client.get_executor(pure=False)), min(threads, jobs or threads))


def _same_rules(client: Any, address: str) -> None:
    try:
        theirs = client.run(engine)
    except Exception as error:
        raise ClusterError(
            f"{address}: the workers cannot load the simulator: {_first_line(error)} (install the same version there)"
        ) from error
    other = sorted(worker for worker, digest in theirs.items() if digest != engine())
    if other:
        raise ClusterError(
            f"{address}: {len(other)} of {len(theirs)} workers have another version of the rules, the first is {other[0]}"
        )


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0] or type(error).__name__


class _Checked(Executor):
    """Hands on to a cluster's executor; a worker that came later has to have the same rules too."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._executor.submit(_with_rules, engine(), fn, *args, **kwargs)


def _with_rules(digest: str, work: Callable[..., Any], *args: Any) -> Any:
    if engine() != digest:
        raise ModelError("this worker has another version of the rules")
    return work(*args)
