"""The ledger in a results folder: as in memory, whole or not there, enough to redo a choice."""

from __future__ import annotations

import os
from pathlib import Path

import fsspec
import numpy as np
import pandas as pd
import pytest
from ensemble.conftest import run

import sim
from sim.ensemble.engine import engine_of
from sim.ensemble.lock import Lock
from sim.ensemble.progress import Progress
from sim.ensemble.result import Ensemble
from sim.errors import StoreError
from sim.replication.ledger import Decision, decisions
from sim.replication.ledger_files import by_kind, dictionary, schema_of, write_ledger
from sim.vocabulary.coded import words
from sim.vocabulary.decisions import DecisionKind

SEED = 7
RUNS = 24


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    folder = tmp_path_factory.mktemp("recorded")
    made = run(
        sim.load(sim.scenarios() / "two_states.yaml"), runs=RUNS, seed=SEED, out=folder / "results"
    )
    assert write_ledger(made, RUNS) == RUNS
    return made


def table(ensemble: Ensemble, kind: str) -> pd.DataFrame:
    return pd.read_parquet(ensemble.folder / "ledger" / kind)


def bytes_of(ensemble: Ensemble) -> dict[str, bytes]:
    home = ensemble.folder / "ledger"
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def test_every_choice_can_be_worked_out_from_the_files(ensemble: Ensemble) -> None:
    worked_out = 0
    for kind in DecisionKind:
        rows = table(ensemble, kind.word)
        terms, weights = (
            rows[[f"{what}_{term}" for term in words(kind.terms)]].to_numpy()
            for what in ("term", "weight")
        )
        n = len(kind.options)
        utility = (terms * weights).sum(axis=1)
        assert np.allclose(utility, rows["utility"], rtol=1e-12, atol=1e-12)
        free, utility = rows["available"].to_numpy().reshape(-1, n), utility.reshape(-1, n)
        best = np.where(free, utility, -np.inf).max(axis=1, keepdims=True)
        share = np.where(
            free, np.exp(rows["rationality"].to_numpy().reshape(-1, n) * (utility - best)), 0.0
        )
        share /= share.sum(axis=1, keepdims=True)
        assert np.allclose(share.ravel(), rows["probability"], rtol=1e-9, atol=1e-15)
        drawn = (share.cumsum(axis=1) <= rows["draw"].to_numpy().reshape(-1, n)).sum(axis=1)
        assert np.array_equal(drawn, rows["drawn"].to_numpy().reshape(-1, n).argmax(axis=1))
        assert (rows["drawn"].to_numpy().reshape(-1, n).sum(axis=1) == 1).all()
        assert rows["taken"].equals(rows["drawn"].rename("taken"))
        assert (rows["barred_because"].isna() == rows["available"]).all()
        worked_out += len(rows) // n
    assert worked_out >= 10_000


def test_the_files_say_what_the_ledger_in_memory_says(ensemble: Ensemble) -> None:
    made = decisions(ensemble.scenario, SEED, 13)
    for kind in DecisionKind:
        rows = table(ensemble, kind.word)
        rows = rows[rows["replication"] == 13]
        mine = [(number, one) for number, one in enumerate(made) if one.kind == kind.word]
        assert len(rows) == sum(len(one.options) for _, one in mine)
        for (number, one), (_, part) in zip(mine, rows.groupby("decision"), strict=True):
            assert set(part["decision"]) == {number}
            assert _same(one, part)


def _same(one: Decision, part: pd.DataFrame) -> bool:
    first = part.iloc[0]
    assert (first["actor"], first["about"], first["day"], first["policy"]) == (
        one.actor,
        one.about,
        one.day,
        one.policy,
    )
    assert tuple(part["option"]) == one.options
    assert np.array_equal(part["available"], one.available)
    assert np.array_equal(part[[f"term_{term}" for term in one.terms]], one.table)
    assert np.array_equal(
        first[[f"weight_{term}" for term in one.terms]].to_numpy(float), one.weights
    )
    assert first["draw"] == one.draw
    assert list(part["taken"]).index(True) == one.taken
    if one.kind == "action":
        assert (None if pd.isna(first["delay"]) else first["delay"]) == one.delay
    if one.believed:
        assert (first["believed_complicity"], first["haven"]) == (
            one.believed["complicity"],
            one.true["haven"],
        )
    assert all(first[name] == value for name, value in one.stocks.items())
    return True


def test_what_is_there_is_not_made_again_and_what_is_lost_is(ensemble: Ensemble) -> None:
    before = bytes_of(ensemble)
    kept = ensemble.folder / "ledger" / "mode" / "000000-000009.parquet"
    lost = ensemble.folder / "ledger" / "action" / "000010-000019.parquet"
    os.utime(kept, (1, 1))
    lost.unlink()
    write_ledger(ensemble, RUNS)
    assert bytes_of(ensemble) == before
    assert kept.stat().st_mtime == 1


def test_more_replications_or_fewer_leave_none_twice(ensemble: Ensemble) -> None:
    before = bytes_of(ensemble)
    for runs in (15, 3, 24):
        write_ledger(ensemble, runs)
        rows = table(ensemble, "command")
        assert sorted(set(rows["replication"])) == list(range(runs))
        assert not rows.duplicated(["replication", "decision", "option"]).any()
    assert bytes_of(ensemble) == before


def test_results_are_the_same_with_a_ledger_beside_them(ensemble: Ensemble, tmp_path: Path) -> None:
    recorded, plain = (
        run(ensemble.scenario, runs=RUNS, seed=SEED, out=tmp_path / name)
        for name in ("recorded", "plain")
    )
    write_ledger(recorded, 2)
    run(ensemble.scenario, runs=RUNS, seed=SEED, out=recorded.folder)
    for name in ("runs.parquet", "runs.csv", "series.parquet"):
        assert (plain.folder / name).read_bytes() == (recorded.folder / name).read_bytes()
    assert (recorded.folder / "ledger").is_dir()


def test_stopped_in_the_middle_it_says_what_is_kept_and_goes_on(ensemble: Ensemble) -> None:
    before = bytes_of(ensemble)
    write_ledger(ensemble, 1)

    class Impatient(Progress):
        def advance(self, count: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(
        KeyboardInterrupt,
        match=r"stopped: the decisions of 10 of 24 replications are kept in "
        ".*ledger; the same command resumes there",
    ):
        write_ledger(ensemble, RUNS, Impatient())
    assert sorted(set(table(ensemble, "mode")["replication"])) == list(range(10))
    write_ledger(ensemble, RUNS)
    assert bytes_of(ensemble) == before


def test_elsewhere_a_ledger_is_kept_and_added_to_as_here(ensemble: Ensemble) -> None:
    system, address = fsspec.filesystem("memory"), "memory://bucket/recorded"
    for runs in (15, RUNS):  # each with a copy of its own
        write_ledger(run(ensemble.scenario, runs=RUNS, seed=SEED, out=address), runs)
    found = {
        path.removeprefix("/bucket/recorded/ledger/"): system.cat_file(path)
        for path in system.find("/bucket/recorded/ledger")
    }
    assert {name: data for name, data in found.items() if name.endswith(".parquet")} == {
        name: data for name, data in bytes_of(ensemble).items() if name.endswith(".parquet")
    }
    before = {path: system.modified(path) for path in system.find("/bucket/recorded/ledger")}
    write_ledger(run(ensemble.scenario, runs=RUNS, seed=SEED, out=address), RUNS)
    assert {path: system.modified(path) for path in before} == before
    system.rm("/bucket/recorded", recursive=True)


def test_nobody_else_may_write_meanwhile(ensemble: Ensemble) -> None:
    lock = Lock(ensemble.folder)
    lock.acquire()
    try:
        with pytest.raises(StoreError, match="another process"):
            write_ledger(ensemble, RUNS)
    finally:
        lock.release()


def test_a_fresh_run_discards_the_ledger(tmp_path: Path) -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 20})
    made = run(scenario, runs=2, seed=1, out=tmp_path / "a")
    write_ledger(made, 2)
    run(scenario, runs=2, seed=2, out=tmp_path / "a", fresh=True)
    assert not (tmp_path / "a" / "ledger").exists()


def test_a_ledger_without_decisions_is_empty_tables() -> None:
    nothing = engine_of(sim.load(sim.scenarios() / "two_states.yaml")).replay(SEED, 0)
    assert len(nothing.ledger) == 0
    assert not list(by_kind(nothing, 0))


def test_every_column_is_in_the_dictionary(ensemble: Ensemble) -> None:
    rows = pd.read_csv(ensemble.folder / "ledger" / "dictionary.csv", keep_default_na=False)
    assert (ensemble.folder / "ledger" / "dictionary.csv").read_bytes() == dictionary()
    for kind in DecisionKind:
        assert (
            list(rows.loc[rows["kind"] == kind.word, "column"])
            == schema_of(kind).names
            == list(table(ensemble, kind.word).columns)
        )
    assert (rows[["unit", "meaning"]] != "").all(axis=None)
