"""Tables of what happened: one row an event, and each day of states and pairs of rivals."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import sim
from sim.ensemble import Ensemble
from sim.ensemble.store import RECORD
from sim.replication.record_files import DAILY, EVENTS, SCHEMAS, write_record
from sim.studies.dictionary import dictionary, record_dictionary
from sim.words import words

RUNS = 12
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    scenario = sim.load("three_states", {"horizon": 40, "outcome_window": 10})
    found = sim.run(
        scenario, runs=RUNS, seed=7, jobs=1, out=tmp_path_factory.mktemp("record") / "o"
    )
    write_record(found)
    return found


@pytest.fixture(scope="module")
def tables(ensemble: Ensemble) -> Tables:
    return {name: pd.read_parquet(ensemble.folder / f"{name}.parquet") for name in RECORD}


def per_run(rows: pd.Series, runs: pd.DataFrame) -> list[float]:
    return rows.reindex(runs["replication"], fill_value=0).astype(float).tolist()


def test_events_add_up_to_the_measures(ensemble: Ensemble, tables: Tables) -> None:
    events, runs = tables["events"], ensemble.runs
    attacks = events[events["kind"] == "attack"].groupby("replication").size()
    assert per_run(attacks, runs) == runs["attacks"].astype(float).tolist()
    dead = events.groupby("replication")["dead"].sum()
    assert per_run(dead, runs) == runs["deaths"].astype(float).tolist()
    assert events["day"].between(1, 40).all()
    assert set(events["actor"].dropna()) <= {*ensemble.scenario.file.states} | {
        *ensemble.scenario.file.groups
    }


def test_days_of_states_and_rivals_add_up_too(ensemble: Ensemble, tables: Tables) -> None:
    runs, states, dyads = ensemble.runs, tables["states"], tables["dyads"]
    names, relations = ensemble.scenario.file.states, ensemble.scenario.file.relations
    assert len(states) == RUNS * 40 * len(names)
    assert len(dyads) == RUNS * 40 * 2 * len(relations)
    for name in names:
        for kind in ("security", "civilian"):
            own = states[states["state"] == name].groupby("replication")[f"deaths_{kind}"].sum()
            assert per_run(own, runs) == runs[f"deaths_{name}_{kind}"].astype(float).tolist()
    last = states[states["day"] == 40].pivot_table("weariness", "replication", "state")
    name = next(iter(names))
    assert last[name].tolist() == runs[f"weariness_end_{name}"].tolist()
    highest = dyads.groupby("replication")["rung"].max()
    assert (highest.to_numpy() <= runs["max_rung"].astype(int).to_numpy()).all()
    assert (highest >= 2).any()


def test_the_dictionary_names_every_column() -> None:
    for name, schema in SCHEMAS.items():
        for language in ("en", "fr"):
            found = {one.name: one for one in record_dictionary(name, words(language))}
            assert list(found) == schema.names
            assert all(one.unit and one.meaning for one in found.values())
    english = {one.name: one.unit for one in record_dictionary("dyads")}
    assert (english["dead_own"], english["belief"]) == ("deaths", "probability")
    assert (english["rung"], english["posture"]) == ("rung", "word")


def test_one_of_the_same_replications_is_not_made_again(ensemble: Ensemble) -> None:
    path = ensemble.folder / "events.parquet"
    before = path.stat().st_mtime_ns
    write_record(ensemble, (EVENTS,))
    assert path.stat().st_mtime_ns == before


def test_a_table_of_fewer_is_made_anew(ensemble: Ensemble, tmp_path: Path) -> None:
    scenario = ensemble.scenario
    write_record(sim.run(scenario, runs=3, seed=7, jobs=1, out=tmp_path), DAILY)
    write_record(sim.run(scenario, runs=RUNS, seed=7, jobs=1, out=tmp_path), DAILY)
    for name in DAILY:
        found = pq.read_table(tmp_path / f"{name}.parquet")
        assert found.equals(pq.read_table(ensemble.folder / f"{name}.parquet"))
    assert not list(tmp_path.glob("events*"))


def test_drawn_numbers_are_columns_of_the_runs() -> None:
    plain = sim.load("two_states", {"horizon": 10, "outcome_window": 5})
    drawn = sim.load(
        "two_states",
        {
            "horizon": 10,
            "outcome_window": 5,
            "states.westmark.resolve": {"dist": "uniform", "low": 0.2, "high": 0.8, "assumed": "x"},
        },
    )
    path = "states.westmark.resolve"
    few, many = (sim.run(drawn, runs=runs, seed=7, jobs=1) for runs in (3, 6))
    assert many.runs[path].between(0.2, 0.8).all()
    assert many.runs[path].nunique() == 6
    assert many.runs[path][:3].tolist() == few.runs[path].tolist()
    assert path not in sim.run(plain, runs=2, seed=7, jobs=1).runs
    assert [one.name for one in dictionary(drawn)] == list(many.runs.columns)
    fixed = sim.load("two_states", {"horizon": 10, "outcome_window": 5, path: many.runs[path][4]})
    again = sim.run(fixed, runs=6, seed=7, jobs=1).runs
    same = [one.name for one in plain.measures]
    pd.testing.assert_frame_equal(again.loc[[4], same], many.runs.loc[[4], same])
