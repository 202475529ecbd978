"""A cluster that is watched: who is given tasks, who is left out, and when nobody is left."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sim.ensemble import cluster as clusters
from sim.ensemble import watch as watches
from sim.ensemble.cluster import ClusterError, connect
from sim.ensemble.manifest import what_runs
from sim.ensemble.watch import Watch, within
from sim.ensemble.workers import WorkersLost
from sim.scenario import Scenario

from .conftest import Listener, run, tables


class Cluster:
    """A client of a cluster as Dask has it: workers by what they run."""

    def __init__(self, **runs: object) -> None:
        self.runs, self.alive = dict(runs), True

    def nthreads(self) -> dict[str, int]:
        if not self.alive:
            raise OSError("connection lost")
        return dict.fromkeys(self.runs, 1)

    def run(self, call: object, *, workers: list[str], on_error: str) -> dict[str, object]:
        (worker,) = workers
        found = self.runs[worker]
        if isinstance(found, Exception):
            raise found
        return {worker: found}


class Far:
    """A task of a cluster."""

    cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks but the test."""
    monkeypatch.setattr(Watch, "_run", lambda self: None)


GOOD = what_runs()


@pytest.mark.usefixtures("still")
def test_who_joins_with_the_same_rules_is_given_tasks_and_nobody_else() -> None:
    cluster = Cluster(a=GOOD)
    watch = Watch(cluster, "tcp://here:1", {"a": 1})
    cluster.runs |= {
        "b": GOOD,
        "other rules": ["0" * 16, *GOOD[1:]],
        "other numpy": [*GOOD[:-1], "0.1"],
        "nothing": ImportError("No module named 'sim'"),
        "answers an error": {"status": "error"},
    }
    watch.look()
    assert watch.workers == ["a", "b"]
    assert set(watch.check()) == {"other rules", "other numpy", "answers an error"}
    watch.look()
    assert watch.check() == [], "it is said once"


@pytest.mark.usefixtures("still")
def test_tasks_that_nobody_works_on_are_taken_back_after_some_looks() -> None:
    """A task that is lost between scheduler and worker would be waited for without an end."""
    cluster = Cluster(a=GOOD)
    work: dict[str, list[str]] = {"a": ["task"]}
    cluster.processing = lambda: work  # type: ignore[attr-defined]
    watch = Watch(cluster, "tcp://here:1", {"a": 1})
    far = Far()
    watch.pending = {far: ["a"]}
    for _ in range(2 * watches.IDLE_LOOKS):
        watch.look()
    assert not far.cancelled
    work["a"] = []
    for _ in range(watches.IDLE_LOOKS):
        assert not far.cancelled
        watch.look()
    assert far.cancelled


class OneCaller:
    """A client whose tasks are done at once, and call back from one thread, as those of Dask do."""

    def __init__(self, rows: Callable[[], object], caller: ThreadPoolExecutor) -> None:
        self._rows, self._caller = rows, caller

    def submit(self, *call: object, **more: object) -> OneCaller:
        return self

    def add_done_callback(self, call: Callable[[object], None]) -> None:
        self._caller.submit(call, self)

    def result(self, timeout: float | None = None) -> object:
        return self._rows()

    def cancel(self) -> None:
        pass


def executor_of(client: OneCaller) -> clusters._ClusterExecutor:
    return clusters._ClusterExecutor(client, Watch(client, "tcp://here:1", {"a": 1}))


@pytest.mark.usefixtures("still")
def test_rows_that_never_come_keep_back_no_other_rows() -> None:
    """As those of a scheduler that died, to which the next run has nothing to say."""
    never = threading.Event()
    with ThreadPoolExecutor(1) as caller:
        executor_of(OneCaller(never.wait, caller)).submit(int)
        near = executor_of(OneCaller(lambda: "rows", caller)).submit(int)
        try:
            assert near.result(timeout=20) == "rows"
        finally:
            never.set()


@pytest.mark.usefixtures("still")
def test_rows_that_are_not_fetched_in_time_are_computed_again() -> None:
    def late() -> None:
        raise TimeoutError

    with ThreadPoolExecutor(1) as caller:
        client = OneCaller(late, caller)
        near = clusters._ClusterExecutor(client, Watch(client, "tcp://here:1", {"a": 1})).submit(
            int
        )
        with pytest.raises(CancelledError):
            near.result(timeout=20)


@pytest.mark.usefixtures("still")
def test_tasks_of_workers_that_are_gone_are_taken_back() -> None:
    cluster = Cluster(a=GOOD, b=GOOD)
    watch = Watch(cluster, "tcp://here:1", {"a": 1, "b": 1})
    gone, shared = Far(), Far()
    watch.pending = {gone: ["a"], shared: ["a", "b"]}
    del cluster.runs["a"]
    watch.look()
    assert (gone.cancelled, shared.cancelled) == (True, False)


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda c: setattr(c, "alive", False), "the scheduler does not answer any more"),
        (lambda c: c.runs.clear(), "all workers with these rules are gone"),
        (lambda c: c.runs.update(a=["other"]) or c.runs.pop("b"), None),
    ],
)
def test_a_cluster_without_anybody_is_lost_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, act: Callable[[Cluster], object], words: str | None
) -> None:
    cluster = Cluster(a=GOOD, b=GOOD)
    watch = Watch(cluster, "tcp://here:1", {"a": 1, "b": 1})
    act(cluster)
    watch.look()
    watch.check()  # not yet: a worker that died may be back
    monkeypatch.setattr(watches, "SECONDS_ALONE", 0.0)
    watch.look()
    if words is None:
        watch.check()
        return
    with pytest.raises(WorkersLost, match=rf"^tcp://here:1: {words} \(start it again"):
        watch.check()


def test_a_call_that_hangs_is_left() -> None:
    forever = threading.Event()
    with pytest.raises(TimeoutError):
        within(0.01, forever.wait)
    forever.set()
    assert within(60, lambda: 5) == 5
    with pytest.raises(KeyError):
        within(60, lambda: {}["x"])


class Watched(ThreadPoolExecutor):
    """An executor that can be lost, with its `check`; of `cut_off` tasks nothing comes back."""

    seconds = 0.01

    def __init__(self, check: Callable[[], list[str]], cut_off: int = 0) -> None:
        super().__init__(1)
        self.check, self.cut_off = check, cut_off

    def submit(self, *call: Any, **more: Any) -> Any:
        future = super().submit(*call, **more)
        if self.cut_off:
            self.cut_off -= 1
            future = super().submit(_cut_off)
        return future


def _cut_off() -> None:
    raise CancelledError


def test_a_lost_cluster_ends_the_run_with_what_is_kept(
    scenario: Scenario, tmp_path: Path, listener: Listener
) -> None:
    def check() -> list[str]:
        if listener.ran:
            raise WorkersLost("tcp://here:1: gone")
        return []

    with (
        Watched(check) as lost,
        pytest.raises(
            WorkersLost,
            match=r"^tcp://here:1: gone; (250|500) of 1,000 replications are kept in .*; the same "
            "command with --out .* resumes there$",
        ),
    ):
        run(scenario, runs=1000, seed=7, jobs=1, out=tmp_path, executor=lost, progress=listener)


def test_a_cut_connection_is_no_death_and_strangers_are_said(
    scenario: Scenario, tmp_path: Path, listener: Listener
) -> None:
    joined = ["tcp://stranger:1"]
    with Watched(lambda: [joined.pop()] if joined else [], cut_off=9) as far:
        run(
            *(scenario,),
            runs=600,
            seed=7,
            jobs=2,
            out=tmp_path / "x",
            executor=far,
            progress=listener,
        )
    assert listener.notes == ["tcp://stranger:1: has other rules or versions, and is left out"]
    near = run(scenario, runs=600, seed=7, out=tmp_path / "y")
    assert tables(tmp_path / "x") == tables(near.folder)


WRONG = ["", "  ", "foo", "tcp://", "tcp://foo", "foo:", "foo:port", ":8786", "foo:0", "foo:99999"]


@pytest.mark.parametrize("address", [*WRONG, "http://foo:8786", "file:///x", "tcp://a:1/b"])
def test_what_is_no_address_is_one_sentence(address: str) -> None:
    with (
        pytest.raises(ClusterError, match=r"^--cluster: must be tcp://HOST:PORT, got ") as said,
        connect(address, None),
    ):
        pass
    assert len(str(said.value).splitlines()) == 1


@pytest.fixture(params=["silent", "other", "closing"])
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Something that listens and is no scheduler."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held = []

        def serve() -> None:
            while True:
                try:
                    peer, _ = listening.accept()
                except OSError:
                    return
                held.append(peer)
                if request.param == "other":
                    peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 40)
                if request.param == "closing":
                    peer.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        for peer in held:
            peer.close()


def test_who_is_no_scheduler_is_one_sentence(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(clusters, "SECONDS_TO_ANSWER", 1)
    with (
        pytest.raises(ClusterError, match=f"^{server}: no Dask scheduler answers: ") as said,
        connect(server, None),
    ):
        pass
    assert len(str(said.value).splitlines()) == 1
