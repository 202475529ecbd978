"""The tables as a user meets them."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import attrs
import numpy as np
import pandas as pd
import pytest

from sim.ensemble import Ensemble
from sim.ensemble.consolidate import groups
from sim.ensemble.tables import SERIES
from sim.scenario import Scenario
from sim.stats.summary import summarise
from sim.version import __version__

from .conftest import run
from .stand_in import stand_in


@pytest.fixture(scope="module")
def ensemble(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    folder = tmp_path_factory.mktemp("ensemble")
    return run(scenario, runs=600, seed=7, out=folder, engine=stand_in(fails=(3,)))


def test_columns_of_runs(ensemble: Ensemble) -> None:
    measures = ensemble.scenario.measures
    assert ensemble.runs.columns.tolist() == [
        "replication",
        "status",
        "outcome",
        *(m.name for m in measures),
    ]
    assert ensemble.runs["replication"].tolist() == list(range(600))
    for measure in measures:
        assert str(ensemble.runs[measure.name].dtype) == ("Int64" if measure.whole else "float64")


def test_outcomes_are_those_of_the_scenario(ensemble: Ensemble) -> None:
    fine = ensemble.runs[ensemble.runs["status"] == 0]
    war = fine["wars"] >= 1
    assert war.any()
    assert (fine["outcome"].str.startswith("war") == war).all()
    assert set(fine["outcome"]) <= set(ensemble.scenario.outcomes)


def test_series_hold_a_row_a_day(ensemble: Ensemble) -> None:
    horizon = ensemble.scenario.horizon
    assert ensemble.series.columns.tolist() == [
        "replication",
        "day",
        "rung",
        "deaths",
        "interstate",
    ]
    assert len(ensemble.series) == 599 * horizon
    assert 3 not in set(ensemble.series["replication"])
    assert ensemble.series["day"].iloc[:horizon].tolist() == list(range(1, horizon + 1))


def test_csv_gives_every_number_back_exactly(ensemble: Ensemble) -> None:
    with open(ensemble.folder / "runs.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 600
    for measure in ensemble.scenario.measures:
        read = [float(row[measure.name] or math.nan) for row in rows]
        assert np.array_equal(
            read,
            ensemble.runs[measure.name].to_numpy(dtype=float, na_value=math.nan),
            equal_nan=True,
        )
    assert rows[3]["status"] == "2"
    assert rows[3]["outcome"] == rows[3]["deaths"] == ""


def test_an_outcome_with_a_comma_survives_the_csv(scenario: Scenario, tmp_path: Path) -> None:
    import dataclasses

    file = attrs.evolve(scenario.file, outcomes={'war, "open"': {}})
    ensemble = run(dataclasses.replace(scenario, file=file), runs=5, seed=7, out=tmp_path)
    assert pd.read_csv(ensemble.folder / "runs.csv")["outcome"].tolist() == ['war, "open"'] * 5


def test_the_summary_looks_at_one_column_at_a_time(ensemble: Ensemble) -> None:
    about = ensemble.scenario
    assert ensemble.summary() == summarise(
        ensemble.runs,
        outcomes=list(about.outcomes),
        measures=about.measures,
        horizon=about.horizon,
    )


def test_a_column_without_the_rest(ensemble: Ensemble) -> None:
    columns = ensemble.columns()
    assert len(columns) == len(ensemble) == 600
    for name in ("deaths", "first_open_war_day"):
        known = ensemble.runs[name].to_numpy(dtype=np.float64, na_value=np.nan)
        assert np.isnan(known).any()
        np.testing.assert_array_equal(columns[name], known)
    assert columns["outcome"].tolist() == [
        None if word is pd.NA or word is np.nan else word for word in ensemble.runs["outcome"]
    ]
    fine = columns[columns["status"] == 0]
    assert len(fine) == 599
    assert fine["deaths"].tolist() == ensemble.runs.drop(3)["deaths"].tolist()


def test_tables_carry_their_origin(ensemble: Ensemble) -> None:
    import pyarrow.parquet as pq

    for name in ("runs.parquet", "series.parquet"):
        marks = pq.read_schema(ensemble.folder / name).metadata
        assert marks[b"digest"].decode() == ensemble.scenario.digest
        assert (marks[b"seed"], marks[b"scenario"], marks[b"version"]) == (
            b"7",
            b"two_states",
            __version__.encode(),
        )


def part(first: int, last: int) -> object:
    import pyarrow as pa

    who = np.repeat(np.arange(first, last + 1), 2)
    return pa.table(
        [pa.array(who if f.name == "replication" else np.zeros(len(who)), f.type) for f in SERIES],
        SERIES,
    )


@pytest.mark.parametrize(
    "cuts",
    [[(0, 24)], [(0, 3), (4, 24)], [(0, 9), (10, 19), (20, 24)], [(k, k) for k in range(25)]],
)
def test_groups_are_cut_by_number_alone(cuts: list[tuple[int, int]]) -> None:
    found = list(groups((part(*cut) for cut in cuts), 10))
    assert [(g["replication"][0].as_py(), g["replication"][-1].as_py(), len(g)) for g in found] == [
        (0, 9, 20),
        (10, 19, 20),
        (20, 24, 10),
    ]
    assert all(g["replication"].num_chunks == 1 for g in found)


def test_a_gap_in_the_series_makes_no_empty_group() -> None:
    assert [len(g) for g in groups((part(*cut) for cut in [(0, 3), (31, 34)]), 10)] == [8, 8]
