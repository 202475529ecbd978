"""The tables of an ensemble in Parquet: their columns, and how files are written and checked.

Writers are pinned and hold no date, so the same rows are the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import ArrayLike, NDArray

from sim.ensemble.outcomes import Outcomes, classify
from sim.ensemble.work import Rows
from sim.vocabulary.measures import Measure

if TYPE_CHECKING:
    import pandas as pd

#: Columns of a chunk that describe a failure; they become columns of `failed.csv`.
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
# level 3 takes twice the time and saves nothing here
_LASTING = {**_FORMAT, "compression": "zstd", "compression_level": 1}
# for files that are read once: a third of the time, twice the size
_PASSING = {**_FORMAT, "compression": "lz4", "use_dictionary": False}


def runs_schema(measures: Sequence[Measure], inputs: Sequence[str] = ()) -> pa.Schema:
    """Columns of `runs`: one row a replication; `inputs` are the paths of drawn numbers."""
    numbers = [pa.field(m.name, pa.int64() if m.whole else pa.float64()) for m in measures]
    return pa.schema(
        [
            pa.field("replication", pa.int32()),
            pa.field("status", pa.int32()),
            pa.field("outcome", pa.string()),
            *numbers,
            *(pa.field(path, pa.float64()) for path in inputs),
        ]
    )


def with_inputs(rows: pa.Table, inputs: Sequence[str], drawn: NDArray[np.float64]) -> pa.Table:
    """Rows of replications with their drawn numbers, (n_rows, n_inputs), as columns at the end."""
    for k, path in enumerate(inputs):
        rows = rows.append_column(path, _numbers(drawn[:, k], whole=False))
    return rows


def chunk_schema(measures: Sequence[Measure]) -> pa.Schema:
    """Columns of a chunk: those of `runs` and the words of what failed."""
    words = [pa.field(name, pa.string()) for name in WORDS]
    return pa.schema([*runs_schema(measures), pa.field("failed_day", pa.int32()), *words])


def chunk_table(rows: Rows, measures: Sequence[Measure], outcomes: Outcomes) -> pa.Table:
    """The rows of a task, with their outcomes.

    A failed replication has a status, words, and no measures.
    """
    good, failures = rows.good, {f.replication - rows.first: f for f in rows.failures}
    values = {m.name: np.where(good, rows.measures[:, k], np.nan) for k, m in enumerate(measures)}
    classified = classify(values, rows.count, outcomes)
    failed_day = [failures[k].day if k in failures else None for k in range(rows.count)]
    columns = [
        _whole(np.arange(rows.first, rows.first + rows.count), pa.int32()),
        _whole([failures[k].status if k in failures else 0 for k in range(rows.count)], pa.int32()),
        _texts(word if fine else None for word, fine in zip(classified, good, strict=True)),
        *(_numbers(values[m.name], whole=m.whole) for m in measures),
        _whole(
            [day or 0 for day in failed_day], pa.int32(), [day is not None for day in failed_day]
        ),
        *(
            _texts(
                [getattr(failures[k], name) if k in failures else None for k in range(rows.count)]
            )
            for name in WORDS
        ),
    ]
    return pa.Table.from_arrays(columns, schema=chunk_schema(measures))


# `pa.array` would do for the three below, but imports pandas, which takes a third of the start of a
# run; `from_buffers` hands Arrow the same memory.


def _whole(values: ArrayLike, kind: pa.DataType, known: ArrayLike | None = None) -> pa.Array:
    """A column of whole numbers, with gaps where they are not known."""
    numbers = np.ascontiguousarray(values, dtype=kind.to_pandas_dtype())
    return pa.Array.from_buffers(kind, len(numbers), [_bits(known), pa.py_buffer(numbers)])


def _numbers(values: NDArray[np.float64], *, whole: bool) -> pa.Array:
    """A measure with its gaps."""
    known = ~np.isnan(values)
    if whole:
        return _whole(np.where(known, values, 0), pa.int64(), known)
    numbers = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.float64(), len(numbers), [_bits(known), pa.py_buffer(numbers)])


def _texts(words: Iterable[str | None]) -> pa.Array:
    """A column of text, with gaps where there is none."""
    given = list(words)
    coded = [b"" if word is None else word.encode() for word in given]
    ends = np.cumsum([0, *map(len, coded)], dtype=np.int32)
    buffers = [
        _bits([word is not None for word in given]),
        *map(pa.py_buffer, (ends, b"".join(coded))),
    ]
    return pa.Array.from_buffers(pa.string(), len(given), buffers)


def _bits(known: ArrayLike | None) -> pa.Buffer | None:
    """Arrow's map of the rows that are not missing; None if none is."""
    if known is None or np.all(known):
        return None
    return pa.py_buffer(np.packbits(np.asarray(known, dtype=bool), bitorder="little"))


def series_table(rows: Rows) -> pa.Table:
    """Rung and dead by day of the replications that did not fail."""
    good, horizon = rows.good, rows.rung.shape[1]
    who = np.flatnonzero(good) + rows.first
    days = np.tile(np.arange(1, horizon + 1), len(who))
    daily = [array[good].ravel() for array in (rows.rung, rows.deaths, rows.interstate)]
    columns = zip([np.repeat(who, horizon), days, *daily], SERIES.types, strict=True)
    return pa.Table.from_arrays([_whole(*column) for column in columns], schema=SERIES)


def frame(table: pa.Table) -> pd.DataFrame:
    """A table for pandas, in which a whole number may be missing."""
    import pandas as pd

    made: pd.DataFrame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return made


def numbers(column: pa.ChunkedArray) -> NDArray[Any]:
    """A column of numbers of which none is missing, (n,) of its own kind."""
    chunks = [np.from_dlpack(chunk) for chunk in column.chunks]
    return np.concatenate(chunks) if chunks else np.empty(0)


def array(column: pa.ChunkedArray | pa.Array) -> NDArray[Any]:
    """A column as (n,) floats, NaN where one is missing, or as (n,) texts, None where one is."""
    chunks = [_array(chunk) for chunk in getattr(column, "chunks", [column])]
    return np.concatenate(chunks) if chunks else np.empty(0)


def _array(chunk: pa.Array) -> NDArray[Any]:
    # `to_numpy` would do, but imports pandas
    if pa.types.is_dictionary(chunk.type):
        words = np.array([*chunk.dictionary.to_pylist(), None], dtype=object)
        code = _array(chunk.indices)
        return words[np.where(np.isnan(code), len(words) - 1, code).astype(np.intp)]
    known, values = chunk.buffers()
    stop = chunk.offset + len(chunk)
    plain = np.frombuffer(values, chunk.type.to_pandas_dtype(), stop)[chunk.offset :]
    plain = plain.astype(np.float64)
    if known is not None:
        bits = np.unpackbits(np.frombuffer(known, np.uint8), count=stop, bitorder="little")
        plain[bits[chunk.offset :] == 0] = np.nan
    return plain


def write(table: pa.Table, file: BinaryIO, *, passing: bool = False) -> None:
    """Write a table at once, so that an error of the disk is the file's own and not Arrow's.

    `passing` is for a table that is read once and then not needed any more.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **(_PASSING if passing else _LASTING))
    file.write(sink.getvalue())


def writer(file: BinaryIO, schema: pa.Schema) -> pq.ParquetWriter:
    """Write a large table row group by row group."""
    return pq.ParquetWriter(file, schema, **_LASTING)


def read(path: Path, schema: pa.Schema) -> pa.Table | None:
    """A chunk's table with verified checksums; None if it is absent, damaged or of another kind."""
    table = _read(path)
    return table if table is not None and table.schema.equals(schema) else None


def readable(path: Path) -> bool:
    """Whether a file is a whole table of any kind."""
    return _read(path) is not None


def _read(path: Path) -> pa.Table | None:
    try:
        return pq.ParquetFile(path, page_checksum_verification=True).read(use_threads=False)
    except (OSError, ValueError, pa.ArrowException):  # a damaged name is no UTF-8
        return None
