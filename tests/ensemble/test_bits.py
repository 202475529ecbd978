"""The bits of measures: what is hashed, in which order, and that batches do not matter."""

from __future__ import annotations

import hashlib
import math
import struct
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.ensemble import bits as room
from sim.ensemble.bits import bits, bits_of_table
from sim.scenario import load

NAN = bytes.fromhex("000000000000f87f")
RUNS = 9


def by_hand(rows: list[list[float]]) -> str:
    packed = b"".join(
        NAN if math.isnan(one) else struct.pack("<d", one) for row in rows for one in row
    )
    return hashlib.sha256(packed).hexdigest()


def test_it_is_the_sha256_of_little_endian_numbers_row_by_row() -> None:
    rows = [[1.0, -0.0, 2.5], [math.nan, math.inf, 5e-324]]
    assert bits([np.array(rows)]) == by_hand(rows)


def test_any_nan_is_the_same_nan() -> None:
    strange = np.array([[0xFFF8000000000001, 0x7FF0000000000002]], dtype=np.uint64)
    assert bits([strange.view(np.float64)]) == by_hand([[math.nan, math.nan]])


def test_it_does_not_depend_on_the_batches() -> None:
    rows = np.arange(12.0).reshape(6, 2)
    assert bits([rows[:1], rows[1:5], rows[5:]]) == bits([rows])
    assert bits([rows[::-1]]) != bits([rows])


def test_those_of_an_ensemble_are_those_of_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = load(sim.scenarios() / "two_states.yaml", {"horizon": 20})
    ensemble = sim.run(scenario, runs=RUNS, seed=7, out=tmp_path, jobs=1)
    names = [measure.name for measure in scenario.measures]
    rows = ensemble.runs[names].astype(float).to_numpy(na_value=math.nan).tolist()
    assert any(math.isnan(one) for row in rows for one in row)
    assert ensemble.bits == by_hand(rows)
    monkeypatch.setattr(room, "_ROWS", 2)
    assert bits_of_table(tmp_path / "runs.parquet", scenario.measures) == ensemble.bits
