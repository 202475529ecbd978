"""A stored run computed again: the same bytes, or exactly what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.design.design import run_design
from sim.design.draws import Draws
from sim.design.factors import Design, Factor
from sim.ensemble.engine import ChooseEngine
from sim.ensemble.location import Location
from sim.ensemble.manifest import AGREE, Manifest, manifest_for, read_manifest
from sim.ensemble.progress import Progress
from sim.ensemble.reopen import folders, manifest_of
from sim.ensemble.result import Ensemble
from sim.ensemble.runner import run
from sim.ensemble.seal import seal
from sim.ensemble.store import RESOLVED, SEALED
from sim.errors import ScenarioError, StoreError
from sim.files import Place
from sim.plain import plain
from sim.scenario import Scenario, load
from sim.stats.estimate import Json
from sim.studies.tournament.strategies import factor_of, strategy_of

#: Tables that are computed again, those whose columns are compared first.
TABLES = ("runs.parquet", "series.parquet", "rungs.parquet")


@dataclass(frozen=True, slots=True)
class Gap:
    """A column that did not come out as it is stored.

    `rows` rows differ, the first of them in `replication` (None where a table has none) with the
    values `there` and `here`. A column that only one of the two has differs in all rows.
    """

    table: str
    column: str
    rows: int
    replication: int | None
    there: str
    here: str


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A results folder beside what the same seed gives now.

    `facts` are what differs of versions, digest and rules: there and here, by name. `edited` are
    files that are not as the run left them, `gaps` the columns that differ; `same_bytes` tells
    whether the tables are the same to the byte.
    """

    folder: str
    scenario: str
    runs: int
    seed: int
    facts: dict[str, tuple[str, str]]
    edited: tuple[str, ...]
    gaps: tuple[Gap, ...]
    same_bytes: bool

    @property
    def holds(self) -> bool:
        """Whether every value of every table came out again."""
        return not self.gaps and not self.edited

    def as_json(self) -> Json:
        """Everything as plain values."""
        return {**asdict(self), "same_values": self.holds}


def reproduce(
    folder: Place,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> list[Reproduction]:
    """Compute the runs of a results folder again and compare every table.

    Parameters
    ----------
    folder : of a run or a study, or one that holds several, as a comparison leaves it
    jobs, progress, executor, engine, allow_python : as for `sim.run`

    Returns
    -------
    one for each run in it

    Raises
    ------
    StoreError : if it is no results folder, or its scenario cannot be read
    ConsentError : if a scenario names a Python policy and that is not allowed
    """
    options: dict[str, Any] = {
        "jobs": jobs,
        "progress": progress,
        "executor": executor,
        "engine": engine,
        "allow_python": allow_python,
    }
    return [_reproduce(Path(one), options) for one in folders(str(folder))]


def _reproduce(given: Path, options: dict[str, Any]) -> Reproduction:
    location = Location(given)
    location.fetch()
    folder = location.folder
    there = manifest_of(folder)
    assert there.seed is not None
    if not there.runs:
        raise StoreError(f"{folder}: must hold finished results, got none")
    scenario = _scenario_of(folder)
    again = _run(folder, there, scenario, options)
    gaps = tuple(gap for name in TABLES for gap in _gaps(folder, again.folder, name))
    return Reproduction(
        str(given),
        scenario.id,
        there.runs,
        there.seed,
        _facts(
            there, read_manifest(again.folder) or manifest_for(scenario, there.seed, None, None)
        ),
        tuple(_edits(folder, there)),
        gaps,
        not gaps and all(_same_file(folder, again.folder, name) for name in TABLES),
    )


def _scenario_of(folder: Path) -> Scenario:
    try:
        return load(folder / RESOLVED)
    except ScenarioError as error:
        raise StoreError(
            f"{folder / RESOLVED}: must be the scenario of these results: {error.problems[0]}"
        ) from error


def _run(folder: Path, there: Manifest, scenario: Scenario, options: dict[str, Any]) -> Ensemble:
    if not there.design:
        return run(scenario, runs=there.runs, seed=there.seed, **options)
    design, draws = _design_of(folder, there), there.design.get("draws", "")
    per_point = max(1, there.runs // len(design))
    return run_design(scenario, design, runs=per_point, seed=there.seed, draws=draws, **options)


def _design_of(folder: Path, there: Manifest) -> Design:
    """The points of a study."""
    try:
        points = pd.read_csv(folder / "design.csv", index_col=0)
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder / 'design.csv'}: must hold the points of the study") from error
    block = (there.design or {}).get("block", "1")
    if (there.design or {}).get("draws") == Draws.BLOCKS and not (
        block.isdecimal() and 1 < int(block) <= len(points)
    ):
        raise StoreError(
            f"{folder}: must say the size of its blocks to be computed again, as folders of this "
            f"version do (run it again: {there.command or 'the same command'} --fresh)"
        )
    factors = [_factor(str(path), dict.fromkeys(map(plain, points[path]))) for path in points]
    return Design(factors, points.astype(object), block=int(block))


def _factor(path: str, values: Iterable[Any]) -> Factor:
    """What was varied; the values of a whole state are strategies, by name."""
    table, _, state = path.partition(".")
    if table != "states" or "." in state:
        return Factor(path, values=tuple(values))
    return factor_of(state, [strategy_of(str(name)) for name in values], state)


def _facts(there: Manifest, here: Manifest) -> dict[str, tuple[str, str]]:
    """What the two manifests say differently of what computes."""
    pairs = {name: (getattr(there, name), getattr(here, name)) for name in AGREE}
    pairs |= {
        name: (there.versions.get(name), here.versions.get(name))
        for name in dict.fromkeys([*there.versions, *here.versions])
    }
    return {name: (str(a), str(b)) for name, (a, b) in pairs.items() if a != b}


def _edits(folder: Path, there: Manifest) -> Iterator[str]:
    """Files that are not as the run left them."""
    for name in SEALED:
        known = (there.checksums or {}).get(name)
        if known is not None and known != seal(there.identity, folder / name):
            yield name


def _same_file(folder: Path, other: Path, name: str) -> bool:
    a, b = folder / name, other / name
    if not a.is_file() or not b.is_file():
        return a.is_file() == b.is_file()
    return a.read_bytes() == b.read_bytes()


def _gaps(folder: Path, other: Path, name: str) -> Iterator[Gap]:
    """Columns of a table that differ, one in memory at a time."""
    a, b = folder / name, other / name
    if not a.is_file() or not b.is_file():
        if a.is_file() != b.is_file():
            yield Gap(name, "", 0, None, _word(a.is_file()), _word(b.is_file()))
        return
    try:
        there, here = pq.ParquetFile(a), pq.ParquetFile(b)
        names = dict.fromkeys([*there.schema_arrow.names, *here.schema_arrow.names])
        for column in names:
            yield from _gap(name, column, there, here)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise StoreError(f"{a}: cannot be read: {error}") from error


def _gap(name: str, column: str, there: pq.ParquetFile, here: pq.ParquetFile) -> Iterator[Gap]:
    missing = [column not in file.schema_arrow.names for file in (there, here)]
    rows = max(there.metadata.num_rows, here.metadata.num_rows)
    if any(missing):
        yield Gap(name, column, rows, None, *(_word(not lacks) for lacks in missing))
        return
    a, b = (file.read([column])[column].to_pylist() for file in (there, here))
    a, b = (values + [None] * (rows - len(values)) for values in (a, b))
    wrong = [k for k, (one, two) in enumerate(zip(a, b, strict=True)) if not _same(one, two)]
    if wrong:
        number = None
        if "replication" in there.schema_arrow.names:
            numbers = there.read(["replication"])["replication"]
            number = numbers[wrong[0]].as_py() if wrong[0] < len(numbers) else wrong[0]
        yield Gap(name, column, len(wrong), number, str(a[wrong[0]]), str(b[wrong[0]]))


def _same(one: Any, two: Any) -> bool:
    both_nan = isinstance(one, float) and isinstance(two, float) and np.isnan([one, two]).all()
    return bool(one == two or both_nan)


def _word(there: bool) -> str:
    return "there" if there else "missing"
