"""Results depend on scenario, seed and number alone, not on workers, chunks or interruptions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.ensemble import workers
from sim.ensemble.job import Job, gaps
from sim.ensemble.location import Location
from sim.ensemble.result import Ensemble
from sim.ensemble.store import Span
from sim.ensemble.workers import WorkerPool, processes
from sim.errors import ModelError, SimError, StoreError
from sim.scenario import Scenario

from .conftest import Listener, run, tables
from .stand_in import stand_in


def test_jobs_leave_no_trace(scenario: Scenario, tmp_path: Path) -> None:
    one = run(scenario, runs=1100, seed=7, jobs=1, out=tmp_path / "one")
    two = run(scenario, runs=1100, seed=7, jobs=2, out=tmp_path / "two")
    assert tables(one.folder) == tables(two.folder)


def test_processes_leave_no_trace(scenario: Scenario, tmp_path: Path) -> None:
    one = run(scenario, runs=600, seed=7, jobs=1, out=tmp_path / "one")
    with processes(2) as executor:
        two = run(scenario, runs=600, seed=7, jobs=2, out=tmp_path / "two", executor=executor)
    assert tables(one.folder) == tables(two.folder)


def test_another_seed_is_another_result(scenario: Scenario, tmp_path: Path) -> None:
    one, two = (run(scenario, runs=20, seed=seed, out=tmp_path / str(seed)) for seed in (7, 8))
    assert tables(one.folder) != tables(two.folder)


def test_an_executor_of_the_users_own_stays_open(scenario: Scenario) -> None:
    with ThreadPoolExecutor(2) as executor:
        run(scenario, runs=600, seed=7, executor=executor)
        assert executor.submit(int, "5").result() == 5


@pytest.mark.parametrize("size", [1, 250, 7])
def test_chunks_leave_no_trace(scenario: Scenario, tmp_path: Path, size: int) -> None:
    whole = run(scenario, runs=60, seed=7, out=tmp_path / "whole")
    cut = run(scenario, runs=60, seed=7, out=tmp_path / "cut", engine=stand_in(chunk=size))
    assert tables(whole.folder) == tables(cut.folder)


@pytest.mark.parametrize("steps", [(500, 2000), (600, 1100, 1101, 2000), (1, 2000)])
def test_more_runs_add_only_what_is_missing(
    scenario: Scenario, tmp_path: Path, listener: Listener, steps: tuple[int, ...]
) -> None:
    at_once = run(scenario, runs=2000, seed=7, out=tmp_path / "once")
    for runs in steps[:-1]:
        run(scenario, runs=runs, seed=7, out=tmp_path / "steps")
    added = run(scenario, runs=steps[-1], seed=7, out=tmp_path / "steps", progress=listener)
    assert (listener.done, listener.ran) == (steps[-2], 2000 - steps[-2])
    assert tables(added.folder) == tables(at_once.folder)


@pytest.mark.parametrize("fewer", [500, 430])
def test_fewer_runs_use_the_first(
    scenario: Scenario, tmp_path: Path, listener: Listener, fewer: int
) -> None:
    alone = run(scenario, runs=fewer, seed=7, out=tmp_path / "alone")
    run(scenario, runs=2000, seed=7, out=tmp_path / "more")
    first = run(scenario, runs=fewer, seed=7, out=tmp_path / "more", progress=listener)
    assert listener.ran == 0
    assert listener.notes == [
        f"{tmp_path / 'more'} holds {2000 - fewer:,} replications more; "
        f"the tables are of the first {fewer:,}"
    ]
    assert tables(alone.folder) == tables(first.folder)


@pytest.mark.parametrize(
    ("spans", "runs", "expected"),
    [
        ([], 600, [(0, 249), (250, 499), (500, 599)]),
        ([(0, 249), (500, 599)], 600, [(250, 499)]),
        ([(0, 249), (250, 499), (500, 599)], 1100, [(600, 749), (750, 999), (1000, 1099)]),
        ([(0, 249)], 100, []),
        ([(250, 499)], 300, [(0, 249)]),
        ([(3, 4)], 6, [(0, 2), (5, 5)]),
    ],
)
def test_what_is_missing_is_cut_at_fixed_places(
    spans: list[tuple[int, int]], runs: int, expected: list[tuple[int, int]]
) -> None:
    found = gaps([Span(*span) for span in spans], runs, 250)
    assert [(gap.first, gap.last) for gap in found] == expected


def test_a_failed_replication_is_a_row(scenario: Scenario, tmp_path: Path) -> None:
    fine = run(scenario, runs=300, seed=7, out=tmp_path / "fine")
    some = run(
        scenario,
        runs=300,
        seed=7,
        out=tmp_path / "some",
        called="two_states --set horizon=30",
        engine=stand_in(fails=(3, 299)),
    )
    assert some.runs["status"][[3, 299]].tolist() == [2, 2]
    assert some.runs.iloc[3, 2:].isna().all()
    pd.testing.assert_frame_equal(some.runs.drop([3, 299]), fine.runs.drop([3, 299]))
    assert some.series["replication"].nunique() == 298
    assert some.failed["replication"].tolist() == [3, 299]
    assert some.failed.loc[1, ["stage", "error", "day"]].tolist() == [
        "rules",
        "a number became infinite or not a number",
        17,
    ]
    assert (
        some.failed["rerun"][0]
        == "run_sim.py trace two_states --set horizon=30 --seed 7 --replication 3"
    )
    assert fine.failed.empty
    assert not (fine.folder / "failed.csv").exists()


def test_an_error_in_python_code_fails_its_own_replication_alone(
    scenario: Scenario, tmp_path: Path
) -> None:
    fine = run(scenario, runs=300, seed=7, out=tmp_path / "fine")
    some = run(scenario, runs=300, seed=7, out=tmp_path / "some", engine=stand_in(raises=(260,)))
    pd.testing.assert_frame_equal(some.runs.drop(260), fine.runs.drop(260))
    assert some.failed["error"].tolist() == ["ZeroDivisionError: no result in 260"]
    assert "in _misfortune" in some.failed["traceback"][0]
    assert some.failed["day"].isna().all()


def test_all_may_fail(scenario: Scenario) -> None:
    ensemble = run(scenario, runs=3, seed=7, engine=stand_in(fails=(0, 1, 2)))
    assert len(ensemble.failed) == 3
    assert ensemble.series.empty
    assert ensemble.summary().failed == 3


class Stopped(Listener):
    """Presses Ctrl-C once so many replications are there."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def advance(self, count: int) -> None:
        super().advance(count)
        if self.ran == self.after:
            raise KeyboardInterrupt


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_keeps_what_is_done(
    scenario: Scenario, tmp_path: Path, listener: Listener, jobs: int
) -> None:
    out = tmp_path / "stopped"
    with pytest.raises(
        KeyboardInterrupt,
        match=r"stopped: [\d,]+ of 2,000 replications are kept in .*stopped; "
        "the same command with --out .*stopped resumes there",
    ):
        run(scenario, runs=2000, seed=7, jobs=jobs, out=out, progress=Stopped(500))
    ended = run(scenario, runs=2000, seed=7, jobs=jobs, out=out, progress=listener)
    assert (
        listener.done >= 500 if jobs == 1 else listener.done > 500
    )  # what was under way is kept, too
    assert listener.done + listener.ran == 2000
    assert tables(ended.folder) == tables(
        run(scenario, runs=2000, seed=7, out=tmp_path / "once").folder
    )


def test_the_work_of_a_dead_worker_is_done_again(scenario: Scenario, tmp_path: Path) -> None:
    fatal = tmp_path / "fatal"
    fatal.touch()
    mortal = stand_in(threads=False, dies=fatal)
    ended = run(scenario, runs=1100, seed=7, jobs=2, out=tmp_path / "dead", engine=mortal)
    assert not fatal.exists()
    assert tables(ended.folder) == tables(
        run(scenario, runs=1100, seed=7, jobs=1, out=tmp_path / "once").folder
    )


def test_workers_that_always_die_end_the_run(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 1)
    mortal = stand_in(threads=False, always_dies=True)
    with pytest.raises(
        SimError,
        match=r"workers died 2 times without finishing anything, last with: BrokenProcessPool.*; "
        "0 of 600 replications are kept in",
    ):
        run(scenario, runs=600, seed=7, jobs=2, out=tmp_path / "dead", engine=mortal)


def test_finished_rows_never_pile_up(scenario: Scenario) -> None:
    handed: list[int] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, *args, **more):
            handed.append(args[1].first)
            return super().submit(*args, **more)

    ensemble = Ensemble(scenario, 7, Location(), 2500)
    tasks = Job(ensemble, [stand_in()(scenario)], None).tasks(0)
    pool = WorkerPool(lambda: Counting(2), 4)
    for taken, _ in enumerate(pool.work(tasks), start=1):
        assert len(handed) - taken < 4 + 1
    assert len(handed) == 10


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("runs", 0, "runs: must be a whole number from 1 to 10000000, got 0"),
        ("runs", 1e3, "runs: must be a whole number from 1 to 10000000, got 1000.0"),
        ("runs", True, "runs: must be a whole number from 1 to 10000000, got True"),
        ("seed", -1, "seed: must be a whole number from 0 to 18446744073709551615, got -1"),
        ("jobs", 0, "jobs: must be a whole number from 1 to 1024, got 0"),
    ],
)
def test_numbers_out_of_range_are_refused(
    scenario: Scenario, name: str, value: object, message: str
) -> None:
    with pytest.raises(ModelError, match=f"^{message}$"):
        run(scenario, **{name: value})


BOMB = """
from sim.model import StateAgent

class Mine(StateAgent):
    def decide(self, options):
        if self.model.replication == 3:
            raise ValueError("boom")
        return "tension"
"""


@pytest.fixture
def with_policy(tmp_path: Path) -> Scenario:
    """A scenario whose policy lies beside it."""
    (tmp_path / "mine").mkdir()
    for name in ("two_states.yaml", "mine/policy.py"):
        (tmp_path / "mine" / Path(name).name).write_text(
            BOMB if name.endswith(".py") else (sim.scenarios() / name).read_text()
        )
    return sim.load(
        tmp_path / "mine" / "two_states.yaml",
        {"horizon": 3, "outcome_window": 2, "states.westmark.policy": "policy:Mine"},
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_python_policy_runs_through_mesa_and_says_so(
    with_policy: Scenario, listener: Listener, tmp_path: Path, jobs: int
) -> None:
    ensemble = sim.run(
        with_policy,
        runs=12,
        seed=7,
        jobs=jobs,
        out=tmp_path / "python",
        progress=listener,
        allow_python=True,
    )
    assert listener.notes == [
        "a policy in Python: these replications run through Mesa, which is many times slower"
    ]
    assert sorted(path.name for path in (ensemble.folder / "chunks").iterdir()) == [
        "000000-000009.parquet",
        "000010-000011.parquet",
    ]
    assert ensemble.failed[["replication", "stage", "day"]].to_numpy().tolist() == [
        [3, "Python code", 1]
    ]
    assert "boom" in ensemble.failed["error"][0]


def run_policy(scenario: Scenario, runs: int, folder: Path) -> None:
    sim.run(scenario, runs=runs, seed=7, jobs=1, out=folder / "python", allow_python=True)


def test_results_of_a_changed_python_policy_are_not_mixed(
    with_policy: Scenario, tmp_path: Path
) -> None:
    run_policy(with_policy, 2, tmp_path)
    (with_policy.path.parent / "policy.py").write_text(BOMB.replace("tension", "calm"))
    with pytest.raises(
        StoreError,
        match=r"Python policies states.westmark.policy [0-9a-f]{12} there, "
        "states.westmark.policy [0-9a-f]{12} here",
    ):
        run_policy(with_policy, 4, tmp_path)


def test_a_python_policy_that_is_not_there_is_said_before_anything_is_written(
    with_policy: Scenario, tmp_path: Path
) -> None:
    (with_policy.path.parent / "policy.py").unlink()
    with pytest.raises(ModelError, match="there is no module policy in"):
        run_policy(with_policy, 2, tmp_path)
    assert not (tmp_path / "python").exists()
