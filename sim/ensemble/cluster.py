"""Workers on other machines: a Dask cluster behind the interface of `concurrent.futures`.

The scheduler gives the tasks of a dead worker to another; a task is pure and its rows come back to
the one process that writes, so nothing is lost and nothing lies twice in a store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, NamedTuple

from sim.ensemble.manifest import rules_digest
from sim.errors import ModelError, SimError

SECONDS_TO_ANSWER = 15


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
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=SECONDS_TO_ANSWER, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError, ImportError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers: {_first_line(error)} "
            "(start one with: dask scheduler)"
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterError(
                f"{address}: the scheduler has no workers (start some with: dask worker {address})"
            )
        _check_rules(client, address)
        executor = _CheckedExecutor(client.get_executor(pure=False))
        yield Workers(executor, min(threads, jobs or threads))


def _check_rules(client: Any, address: str) -> None:
    try:
        theirs = client.run(rules_digest)
    except Exception as error:
        raise ClusterError(
            f"{address}: the workers cannot load the simulator: {_first_line(error)} "
            "(install the same version there)"
        ) from error
    other = sorted(worker for worker, digest in theirs.items() if digest != rules_digest())
    if other:
        raise ClusterError(
            f"{address}: {len(other)} of {len(theirs)} workers have another version of the rules, "
            f"the first is {other[0]}"
        )


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0] or type(error).__name__


class _CheckedExecutor(Executor):
    """A cluster's executor; a worker that joined later must have the same rules too."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._executor.submit(_with_rules, rules_digest(), fn, *args, **kwargs)


def _with_rules(digest: str, work: Callable[..., Any], *args: Any) -> Any:
    if rules_digest() != digest:
        raise ModelError("this worker has another version of the rules")
    return work(*args)
