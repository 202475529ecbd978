"""One table from many chunks, streamed: memory holds a few chunks however many there are.

Rows are cut into groups by replication number, never by chunk, so how a run was interrupted leaves no trace.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv

from sim.ensemble import tables
from sim.ensemble.files import replacing
from sim.ensemble.store import CHUNKS, SERIES, Span, Store
from sim.measures import Measure

ROWS_GROUP, SERIES_GROUP = 5000, 500  # replications in a row group of runs and series
_SPECIAL = set('",\r\n')


def consolidate(store: Store, spans: Sequence[Span], runs: int, measures: Sequence[Measure], classes: Sequence[str]) -> int:
    """Write `runs.parquet`, `runs.csv`, `series.parquet` and, if there is anything to tell, `failed.csv`.

    Parameters
    ----------
    store : that holds the chunks
    spans : of whole chunks, in order, covering replications 0 to runs - 1
    runs : number of replications that the tables hold
    measures : of the scenario
    classes : names of the outcome classes

    Returns
    -------
    number of replications that failed
    """
    marks = {name: str(store.identity[name]) for name in ("scenario", "digest", "seed")} | {"version": store.identity["versions"]["escalation"]}
    _write_series(store, spans, runs, marks)
    failed = _write_runs(store, spans, runs, tables.runs_schema(measures).with_metadata(marks), tables.chunk_schema(measures), classes)
    if not failed:
        (store.folder / "failed.csv").unlink(missing_ok=True)
    return failed


def _write_series(store: Store, spans: Sequence[Span], runs: int, marks: Mapping[str, str]) -> None:
    schema = tables.SERIES.with_metadata(marks)
    with replacing(store.folder / "series.parquet") as file, tables.writer(file, schema) as parquet:
        for group in groups(pieces(store, SERIES, spans, runs, tables.SERIES), SERIES_GROUP):
            parquet.write_table(group.cast(schema), row_group_size=len(group))


def _write_runs(store: Store, spans: Sequence[Span], runs: int, schema: pa.Schema, chunk: pa.Schema, classes: Sequence[str]) -> int:
    failed = 0
    quoting = "needed" if any(_SPECIAL & set(name) for name in classes) else "none"
    options = pa.csv.WriteOptions(include_header=False, quoting_style=quoting)
    with ExitStack() as stack:
        parquet_file, text, failures = (stack.enter_context(replacing(store.folder / name)) for name in ("runs.parquet", "runs.csv", "failed.csv"))
        parquet = stack.enter_context(tables.writer(parquet_file, schema))
        text.write(",".join(schema.names).encode() + b"\n")
        failures.write(",".join(tables.FAILED.names).encode() + b"\n")
        for group in groups(pieces(store, CHUNKS, spans, runs, chunk), ROWS_GROUP):
            rows = group.select(schema.names).cast(schema)
            parquet.write_table(rows, row_group_size=len(rows))
            with pa.csv.CSVWriter(text, schema, write_options=options) as lines:
                lines.write_table(rows)
            failed += _write_failures(store, group, failures)
    return failed


def _write_failures(store: Store, group: pa.Table, file: BinaryIO) -> int:
    """Add the failures of a group to their table; each with the command that repeats it alone."""
    rows = group.filter(pa.compute.not_equal(group["status"], 0)).select(["replication", "failed_day", *tables.WORDS]).to_pylist()
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    for row in rows:
        rerun = f"run_sim.py trace {store.folder / 'resolved.yaml'} --replication {row['replication']} --seed {store.identity['seed']}"
        lines.writerow([row["replication"], row["stage"], row["error"], row["failed_day"], rerun, row["traceback"]])
    file.write(text.getvalue().encode())
    return len(rows)


def pieces(store: Store, kind: str, spans: Sequence[Span], runs: int, schema: pa.Schema) -> Iterator[pa.Table]:
    """Tables of the chunks in order, without what is already given or beyond the end."""
    done = 0
    for span in spans:
        if span.first <= done <= span.last and done < runs:
            table = store.table(kind, span, schema)
            who = table["replication"].to_numpy()
            start, stop = np.searchsorted(who, [done, min(span.last + 1, runs)])
            yield table.slice(start, stop - start)
            done = span.last + 1


def groups(parts: Iterator[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows, cut where the replication number is a multiple of `size`; no empty tables."""
    held: list[pa.Table] = []
    edge = size
    for part in parts:
        while (cut := int(np.searchsorted(part["replication"].to_numpy(), edge))) < len(part):
            yield from _joined([*held, part.slice(0, cut)])
            held, part, edge = [], part.slice(cut), edge + size
        held.append(part)
    yield from _joined(held)


def _joined(held: list[pa.Table]) -> Iterator[Any]:
    if sum(map(len, held)):
        yield pa.concat_tables(held).combine_chunks()
