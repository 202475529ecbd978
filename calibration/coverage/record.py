"""The table of covering shares: made by many studies, kept, and compared with in the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from calibration.coverage.cases import CASES, RUNS, SHARES, Case, Cell, run

FILE = Path(__file__).resolve().parents[1] / "data" / "coverage.json"
#: A covering share below this by more than two standard errors is not nominal.
NOMINAL = 0.93

Key = tuple[str, int, float]


@dataclass(frozen=True)
class Record:
    """Cells by case, number of replications and share; `day` on which they were made, `seed`."""

    day: str
    seed: int
    cells: Mapping[Key, Cell]

    def falls_short(self, key: Key) -> bool:
        """Whether the intervals of a cell hold the truth clearly less often than they say."""
        cell = self.cells[key]
        return cell.covered is not None and cell.covered < NOMINAL - 2 * cell.error


def make(day: str, seed: int, factor: float = 1.0, jobs: int | None = None) -> Record:
    """Simulate the whole table; with `factor` so many times as many studies as usual.

    The cells depend on the seed alone, never on the number of processes, `jobs`.
    """
    keys = [(case, n, share) for case in CASES for n in RUNS for share in SHARES]
    with ProcessPoolExecutor(jobs) as pool:
        made = list(pool.map(partial(_cell, seed=seed, factor=factor), keys))
    return Record(
        day,
        seed,
        {(case.name, n, share): cell for (case, n, share), cell in zip(keys, made, strict=True)},
    )


def _cell(key: tuple[Case, int, float], seed: int, factor: float) -> Cell:
    case, n, share = key
    return run(case, n, share, max(2, round(factor * case.tries)), seed)


def save(record: Record) -> None:
    """Write the record, a line a cell."""
    rows = [
        {"case": name, "n": n, "share": share, **asdict(cell)}
        for (name, n, share), cell in record.cells.items()
    ]
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    head = json.dumps({"day": record.day, "seed": record.seed})[1:-1]
    FILE.write_text(f'{{{head}, "cells": [\n{lines}\n]}}\n', encoding="utf-8")


def load() -> Record:
    """The record that is kept."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    cells = {}
    for row in kept["cells"]:
        key = row.pop("case"), row.pop("n"), row.pop("share")
        cells[key] = Cell(**row)
    return Record(kept["day"], kept["seed"], cells)
