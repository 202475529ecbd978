"""Designs: balanced, resumable, and refused where a point cannot be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from ensemble.conftest import Listener, run, run_design
from ensemble.stand_in import stand_in

from sim.design.chunks import ROUND, Layout
from sim.design.design import Design, DesignResult, Factor
from sim.design.draws import Draws
from sim.errors import ModelError, ScenarioError, StoreError
from sim.scenario import Scenario, load

LEVERAGE = Factor("mediators.lakeland.leverage.westmark", "Leverage", 0, 1)
RESOLVE = Factor("states.eastmark.resolve", "Resolve", 0.2, 0.8)
TABLES = ("design.csv", "runs.parquet", "runs.csv", "rungs.parquet")


def line(points: int) -> Design:
    return Design.of([LEVERAGE], np.linspace(0, 1, points)[:, None])


def tables(result: DesignResult) -> dict[str, bytes]:
    return {name: (result.folder / name).read_bytes() for name in TABLES}


class Tired(Listener):
    def advance(self, count: int) -> None:
        super().advance(count)
        raise KeyboardInterrupt


def test_points_lie_where_the_shares_say() -> None:
    word = Factor("states.westmark.policy", values=("quantal", "grim"))
    made = Design.of([LEVERAGE, RESOLVE, word], [[0, 0.5, 0], [1, 1, 1], [0.5, 0, 0.49]])
    assert made.points.to_numpy().tolist() == [
        [0, 0.5, "quantal"],
        [1, 0.8, "grim"],
        [0.5, 0.2, "quantal"],
    ]
    assert [*made.points.columns] == [LEVERAGE.path, RESOLVE.path, word.path]


def test_a_grid_holds_every_combination() -> None:
    made = Design.grid([LEVERAGE, RESOLVE], [[0, 1], [0.2, 0.5, 0.8]])
    assert made.points.to_numpy().tolist() == [
        [0, 0.2],
        [0, 0.5],
        [0, 0.8],
        [1, 0.2],
        [1, 0.5],
        [1, 0.8],
    ]


def test_with_common_random_numbers_each_point_has_the_same_replications(
    scenario: Scenario,
) -> None:
    result = run_design(scenario, line(7), runs=60, seed=5, jobs=2)
    assert result.runs[["point", "replication"]].to_numpy().tolist() == [
        [p, r] for p in range(7) for r in range(60)
    ]
    pd.testing.assert_frame_equal(
        result.some("outcome", "deaths"), result.runs[["outcome", "deaths"]]
    )
    alone = run(scenario, runs=60, seed=5, jobs=1).runs
    # the stand-in does not use inputs, so rows differ by their random draws alone
    for _, rows in result.runs.groupby("point"):
        pd.testing.assert_frame_equal(rows.drop(columns="point").reset_index(drop=True), alone)


def test_with_independent_draws_no_two_rows_share_a_replication(scenario: Scenario) -> None:
    result = run_design(scenario, line(7), runs=60, seed=5, draws="independent")
    assert sorted(result.runs["replication"]) == list(range(420))
    alone = run(scenario, runs=420, seed=5, jobs=1).runs
    rows = result.runs.sort_values("replication", ignore_index=True)
    pd.testing.assert_frame_equal(rows.drop(columns="point"), alone)
    assert (rows["point"] == rows["replication"] % 7).all()


@pytest.mark.parametrize(("points", "replications"), [(1, 1), (7, 3), (5, 40), (3, 43), (4, 101)])
def test_every_point_gets_every_replication_once(points: int, replications: int) -> None:
    layout = Layout(points, replications, 0)
    point, replication = layout.position(np.arange(points * replications))
    assert sorted(zip(point, replication, strict=True)) == [
        (p, r) for p in range(points) for r in range(replications)
    ]
    for stop in range(1, points * replications, 7):
        counts = np.bincount(point[:stop], minlength=points)
        assert counts.max() - counts.min() <= ROUND


@pytest.mark.parametrize(("blocks", "size"), [(4, 3), (1, 5), (6, 1)])
def test_points_of_a_block_share_their_draws_and_blocks_share_none(blocks: int, size: int) -> None:
    layout, points = Layout(blocks * size, 7, size), blocks * size
    point, replication = layout.position(np.arange(7 * points))
    assert len(set(zip(point, replication, strict=True))) == 7 * points
    numbers = [set(replication[point == k]) for k in range(points)]
    firsts = numbers[::size]
    assert numbers == [own for own in firsts for _ in range(size)]
    assert len(set().union(*firsts)) == sum(map(len, firsts)) == 7 * blocks
    assert (np.bincount(point[: 3 * points]) == 3).all()  # balanced after each round


def test_a_block_of_a_design_is_run_with_common_random_numbers(scenario: Scenario) -> None:
    design = Design.of([LEVERAGE], np.full((4, 1), 0.5), block=2)
    runs = run_design(scenario, design, runs=4, seed=5, draws="blocks", jobs=1).runs
    rows = [runs[runs["point"] == k].drop(columns="point").reset_index(drop=True) for k in range(4)]
    assert [one["replication"].tolist() for one in rows] == [[0, 2, 4, 6]] * 2 + [[1, 3, 5, 7]] * 2
    pd.testing.assert_frame_equal(rows[0], rows[1])
    pd.testing.assert_frame_equal(rows[2], rows[3])
    assert not rows[0].equals(rows[2])


def test_workers_leave_no_trace(scenario: Scenario) -> None:
    assert tables(run_design(scenario, line(9), runs=100, seed=5, jobs=1)) == tables(
        run_design(scenario, line(9), runs=100, seed=5, jobs=2)
    )


def test_what_is_stopped_is_balanced_and_goes_on(scenario: Scenario, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt, match=r"stopped: 250 of 900 replications are kept in"):
        run_design(scenario, line(9), runs=100, seed=5, jobs=1, out=tmp_path, progress=Tired())
    points, _ = Layout(9, 100, 0).position(
        pd.read_parquet(next((tmp_path / "chunks").iterdir()))["replication"].to_numpy()
    )
    counts = np.bincount(points, minlength=9)
    assert counts.max() - counts.min() <= ROUND
    listener = Listener()
    result = run_design(
        scenario, line(9), runs=100, seed=5, jobs=1, out=tmp_path, progress=listener
    )
    assert (listener.done, listener.ran) == (250, 650)
    assert tables(result) == tables(run_design(scenario, line(9), runs=100, seed=5, jobs=1))


CODE = """
import sys
from ensemble.stand_in import stand_in
from design.test_design import line
import sim
from sim.design.design import run_design
scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 10})
run_design(
    scenario,
    line(9),
    runs=300,
    seed=7,
    jobs=2,
    out=sys.argv[1],
    engine=stand_in(seconds=float(sys.argv[2])),
)
"""


@pytest.mark.parametrize(
    ("first", "draws"), [(20, Draws.COMMON), (45, Draws.COMMON), (7, Draws.INDEPENDENT)]
)
def test_more_replications_are_added_to_those_that_are_there(
    first: int, draws: Draws, scenario: Scenario, tmp_path: Path
) -> None:
    once = run_design(scenario, line(9), runs=62, seed=5, draws=draws)
    fewer = tables(run_design(scenario, line(9), runs=first, seed=5, draws=draws, out=tmp_path))
    listener = Listener()
    assert tables(
        run_design(scenario, line(9), runs=62, seed=5, draws=draws, out=tmp_path, progress=listener)
    ) == tables(once)
    assert (listener.done, listener.ran) == (9 * first, 9 * (62 - first))
    again = Listener()
    assert (
        tables(
            run_design(
                scenario, line(9), runs=first, seed=5, draws=draws, out=tmp_path, progress=again
            )
        )
        == fewer
    )
    assert again.ran == 0


def test_stopped_while_it_grows_it_goes_on(scenario: Scenario, tmp_path: Path) -> None:
    run_design(scenario, line(9), runs=20, seed=5, jobs=1, out=tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run_design(scenario, line(9), runs=62, seed=5, jobs=1, out=tmp_path, progress=Tired())
    listener = Listener()
    result = run_design(scenario, line(9), runs=62, seed=5, jobs=1, out=tmp_path, progress=listener)
    assert 180 < listener.done < 558
    assert tables(result) == tables(run_design(scenario, line(9), runs=62, seed=5, jobs=1))


@pytest.mark.parametrize(("there", "here"), [(7, 10), (10, 7)])
def test_a_broken_round_shares_no_rows_with_another_number(
    there: int, here: int, scenario: Scenario, tmp_path: Path
) -> None:
    run_design(scenario, line(3), runs=there, seed=1, out=tmp_path)
    with pytest.raises(
        StoreError,
        match=rf"holds {there} replications at each point, and {here} have other rows"
        ".*multiple of 5",
    ):
        run_design(scenario, line(3), runs=here, seed=1, out=tmp_path)


def test_a_smaller_number_does_not_forget_how_the_rows_lie(
    scenario: Scenario, tmp_path: Path
) -> None:
    for runs in (7, 5):
        run_design(scenario, line(3), runs=runs, seed=1, out=tmp_path)
    with pytest.raises(StoreError, match="holds 7 replications"):
        run_design(scenario, line(3), runs=10, seed=1, out=tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_it_goes_on_and_nothing_shows(
    scenario: Scenario, tmp_path: Path, root: Path
) -> None:
    folder = tmp_path / "killed"
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    for least in (1, 4):
        process = subprocess.Popen(
            [sys.executable, "-c", CODE, str(folder), "0.1"], env=environ, start_new_session=True
        )
        while process.poll() is None and len(list((folder / "chunks").glob("*.parquet"))) < least:
            time.sleep(0.005)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    ended = subprocess.run(
        [sys.executable, "-c", CODE, str(folder), "0"],
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    once = run_design(scenario, line(9), runs=300, seed=7, jobs=1)
    assert {name: (folder / name).read_bytes() for name in TABLES} == tables(once)


def test_another_design_or_other_draws_are_refused(scenario: Scenario, tmp_path: Path) -> None:
    run_design(scenario, line(3), runs=5, seed=1, out=tmp_path)
    for design, draws in ((line(4), "common"), (line(3), "independent")):
        with pytest.raises(StoreError, match=r"design points \w+, draws common there, points"):
            run_design(scenario, design, runs=5, seed=1, draws=draws, out=tmp_path)
    with pytest.raises(
        StoreError, match=r"must not be mixed with these: design .* there, None here"
    ):
        run(scenario, runs=5, seed=1, out=tmp_path)


def test_the_shares_of_rungs_are_those_of_the_days(scenario: Scenario) -> None:
    result = run_design(scenario, line(3), runs=40, seed=5)
    daily = run(scenario, runs=40, seed=5).series
    wanted = (
        daily.groupby(["day", "rung"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=range(8), fill_value=0)
        / 40
    )
    found = result.rungs.query("point == 1").pivot(index="day", columns="rung", values="share")
    np.testing.assert_allclose(found.to_numpy(), wanted.to_numpy(), rtol=1e-12, atol=0)


def test_a_failed_row_says_how_to_repeat_it(scenario: Scenario) -> None:
    result = run_design(
        scenario, line(3), runs=4, seed=5, called="two_states", engine=stand_in(fails=(2,))
    )
    bad = result.runs[result.runs["status"] != 0]
    assert bad[["point", "replication"]].to_numpy().tolist() == [[0, 2], [1, 2], [2, 2]]
    assert bad["outcome"].isna().all()
    assert (
        result.failed["rerun"].tolist()[1]
        == f"run_sim.py trace two_states --set {LEVERAGE.path}=0.5 --seed 5 --replication 2"
    )


@pytest.mark.parametrize(
    ("factors", "match"),
    [
        (
            [Factor("states.westmark.resolve", "", 0.5, 1.5)],
            r"states\.westmark\.resolve: must have all its values in \[0, 1\]",
        ),
        (
            [Factor("states.westmark.resolve", values=(0.5, 1.5))],
            r"states\.westmark\.resolve: must have all its values in \[0, 1\]",
        ),
        (
            [Factor("states.westmark.policy", values=("quantal", "kind"))],
            r"states\.westmark\.policy: must be one of",
        ),
        (
            [Factor("states.westmark.reasoning", "", 1, 2)],
            r"states\.westmark\.reasoning: must be the dotted path of a number to have a range, "
            "or have values",
        ),
        (
            [Factor("states.westmark.resole", values=(1, 2))],
            r"states\.westmark\.resole: must be the dotted path of a value .*resolve",
        ),
        (
            [Factor("states.westmark.resolve", values=("some", "more"))],
            r"states\.westmark\.resolve: must have numbers as values, got some, more",
        ),
        ([Factor("horizon", values=(30, 40))], r"must keep the measures and the horizon"),
        ([LEVERAGE, LEVERAGE], r"must vary different things"),
        ([], r"must vary different things, got none"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    factors: list[Factor], match: str, scenario: Scenario
) -> None:
    with pytest.raises((ModelError, ScenarioError), match=match):
        run_design(
            scenario,
            Design.of(factors, np.array([[0.0] * len(factors), [1.0] * len(factors)])),
            runs=5,
        )


def test_a_corner_that_no_single_range_shows_is_refused(scenario: Scenario) -> None:
    hosts = scenario.file.groups["hill_front"].hosts
    assert len(hosts) == 1
    branching = Factor("groups.hill_front.branching", "", 0.5, 1.0)
    with pytest.raises(ScenarioError, match="branching: must stay below 1"):
        run_design(scenario, Design.of([branching], [[0.0], [1.0]]), runs=5)


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        (1, 1, None),
        (2, 1, None),
        (None, 1, None),
        (0, np.inf, None),
        (None, None, ()),
        (None, None, (1, 1)),
    ],
)
def test_a_factor_needs_a_range_or_values(
    low: float | None, high: float | None, values: tuple[int, ...] | None
) -> None:
    with pytest.raises(ModelError, match=r"states\.westmark\.resolve: must have"):
        Factor("states.westmark.resolve", "", low, high, values)


def test_what_a_replication_drew_stands_beside_its_measures(scenario: Scenario) -> None:
    spread = {"dist": "uniform", "low": 0.2, "high": 0.8, "assumed": "a test"}
    short = {"horizon": 30, "outcome_window": 10}
    drawing = load("two_states", {**short, RESOLVE.path: spread, LEVERAGE.path: spread})
    word = Factor("states.westmark.policy", values=("restrain", "grim"))
    design = Design.grid([LEVERAGE, word], [[0.1, 0.9], ["restrain", "grim"]])
    for draws in (Draws.COMMON, Draws.INDEPENDENT):
        runs = run_design(drawing, design, runs=5, seed=7, draws=draws).runs
        resolve = runs[RESOLVE.path].to_numpy().reshape(4, 5)
        assert runs[LEVERAGE.path].tolist() == [0.1] * 10 + [0.9] * 10  # as the design says
        if draws is Draws.COMMON:
            alone = run(drawing, runs=5, seed=7).runs
            assert (resolve == alone[RESOLVE.path].to_numpy()).all()
        else:
            assert len(np.unique(resolve)) == 20
    assert RESOLVE.path not in run_design(scenario, line(2), runs=2, seed=7).runs
