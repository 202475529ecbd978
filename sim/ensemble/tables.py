"""The tables of an ensemble in Parquet: the columns of a chunk, and how whole files are checked, written and read.

Writers are pinned and hold no date, so the same rows are the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.ensemble.outcomes import Conditions, classify
from sim.ensemble.work import Failure, Rows
from sim.vocabulary.measures import Measure

#: How the columns of a chunk that tell of a failure are named; they become `failed.csv`.
WORDS = ("stage", "error", "traceback")
SERIES = pa.schema(
    [
        ("replication", pa.int32()),
        ("day", pa.int16()),
        ("rung", pa.int8()),
        ("deaths", pa.int32()),
        ("interstate", pa.int32()),
    ]
)

_FORMAT = {"version": "2.6", "write_page_checksum": True, "data_page_version": "1.0"}
_LASTING = {
    **_FORMAT,
    "compression": "zstd",
    "compression_level": 1,
}  # level 3 takes twice the time and saves nothing here
_PASSING = {
    **_FORMAT,
    "compression": "lz4",
    "use_dictionary": False,
}  # read and written once: a third of the time, twice the size


def runs_schema(measures: Sequence[Measure]) -> pa.Schema:
    """Columns of `runs`: one row a replication."""
    numbers = [pa.field(m.name, pa.int64() if m.whole else pa.float64()) for m in measures]
    return pa.schema(
        [
            pa.field("replication", pa.int32()),
            pa.field("status", pa.int32()),
            pa.field("outcome", pa.string()),
            *numbers,
        ]
    )


def chunk_schema(measures: Sequence[Measure]) -> pa.Schema:
    """Columns of a chunk: those of `runs` and the words of what failed."""
    words = [pa.field(name, pa.string()) for name in WORDS]
    return pa.schema([*runs_schema(measures), pa.field("failed_day", pa.int32()), *words])


def chunk_table(
    rows: Rows, measures: Sequence[Measure], outcomes: Mapping[str, Conditions]
) -> pa.Table:
    """The rows of a task, with their outcomes; a failed replication has a status, words, and no measures."""
    good, failures = rows.good, {f.replication - rows.first: f for f in rows.failures}
    values = {m.name: np.where(good, rows.measures[:, k], np.nan) for k, m in enumerate(measures)}
    columns: list[Any] = [
        np.arange(rows.first, rows.first + rows.count, dtype=np.int32),
        _spread(failures, rows.count, "status", 0),
    ]
    columns.append(pa.array(classify(values, rows.count, outcomes), pa.string(), mask=~good))
    columns += [_numbers(values[m.name], m.whole) for m in measures]
    columns += [_spread(failures, rows.count, name, None) for name in ("day", *WORDS)]
    schema = chunk_schema(measures)
    return pa.table(
        [
            pa.array(column, field.type) if not isinstance(column, pa.Array) else column
            for column, field in zip(columns, schema, strict=True)
        ],
        schema,
    )


def _spread(failures: Mapping[int, Failure], count: int, name: str, otherwise: Any) -> list[Any]:
    """A field of the failures as a column, with a value for the rows that did not fail."""
    return [getattr(failures[k], name) if k in failures else otherwise for k in range(count)]


def _numbers(values: np.ndarray, whole: bool) -> pa.Array:
    """A measure with its gaps."""
    missing = np.isnan(values)
    if not whole:
        return pa.array(values, pa.float64(), mask=missing)
    return pa.array(np.where(missing, 0, values), pa.float64(), mask=missing).cast(pa.int64())


def series_table(rows: Rows) -> pa.Table:
    """Rung and dead by day of the replications that did not fail."""
    good, horizon = rows.good, rows.rung.shape[1]
    who = np.flatnonzero(good) + rows.first
    days = np.tile(np.arange(1, horizon + 1), len(who))
    daily = [array[good].ravel() for array in (rows.rung, rows.deaths, rows.interstate)]
    return pa.table(
        [
            pa.array(c, f.type)
            for c, f in zip([np.repeat(who, horizon), days, *daily], SERIES, strict=True)
        ],
        SERIES,
    )


def frame(table: pa.Table) -> pd.DataFrame:
    """A table for pandas, in which a whole number may be missing."""
    return table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)


def write(table: pa.Table, file: BinaryIO, *, passing: bool = False) -> None:
    """Write a table at one stroke: any refusal of the disk is the file's own, not Arrow's; `passing` for one that is read once and done with."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **(_PASSING if passing else _LASTING))
    file.write(sink.getvalue())


def writer(file: BinaryIO, schema: pa.Schema) -> pq.ParquetWriter:
    """Write a large table row group by row group."""
    return pq.ParquetWriter(file, schema, **_LASTING)


def read(path: Path, schema: pa.Schema) -> pa.Table | None:
    """A chunk's table, its checksums verified; None if it is not there, torn, damaged or of another kind."""
    try:
        table = pq.read_table(
            path, page_checksum_verification=True, use_threads=False, partitioning=None
        )
    except (OSError, pa.ArrowException):
        return None
    return table if table.schema.equals(schema) else None
