"""Shares of rungs by day, from a daily series on the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.ensemble.tables import series_table, writer
from sim.ensemble.work import Failure, Rows
from sim.studies.compare import rungs


def test_shares_are_counts_over_the_replications_that_did_not_fail(tmp_path: Path) -> None:
    rung = np.random.default_rng(1).integers(0, 8, (40, 12)).astype(np.int8)
    dead = np.zeros((40, 12), np.int32)
    table = series_table(
        Rows(
            first=0,
            measures=np.zeros((40, 1)),
            rung=rung,
            deaths=dead,
            interstate=dead,
            failures=(Failure(3, 1, "rules", "bad"),),
        )
    )
    with open(tmp_path / "series.parquet", "wb") as file, writer(file, table.schema) as parquet:
        parquet.write_table(table.slice(0, 100))
        parquet.write_table(table.slice(100))
    good = np.delete(rung, 3, axis=0)
    found = rungs.shares(tmp_path / "series.parquet", 12)
    assert found == pytest.approx(np.stack([(good == r).mean(axis=0) for r in range(8)]))
    assert found.sum(axis=0) == pytest.approx(np.ones(12))


def test_no_replication_has_no_rung(tmp_path: Path) -> None:
    dead = np.zeros((0, 5), np.int32)
    table = series_table(
        Rows(
            first=0,
            measures=np.zeros((0, 1)),
            rung=dead.astype(np.int8),
            deaths=dead,
            interstate=dead,
        )
    )
    with open(tmp_path / "series.parquet", "wb") as file, writer(file, table.schema) as parquet:
        parquet.write_table(table)
    assert (rungs.shares(tmp_path / "series.parquet", 5) == 0).all()


def test_of_one_replication_each_day_has_one_rung(tmp_path: Path) -> None:
    rung, dead = np.array([[0, 2, 7]], np.int8), np.zeros((1, 3), np.int32)
    table = series_table(
        Rows(first=0, measures=np.zeros((1, 1)), rung=rung, deaths=dead, interstate=dead)
    )
    with open(tmp_path / "series.parquet", "wb") as file, writer(file, table.schema) as parquet:
        parquet.write_table(table)
    assert (rungs.shares(tmp_path / "series.parquet", 3) == (np.arange(8)[:, None] == rung)).all()
