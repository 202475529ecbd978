"""One table from many chunks, streamed: memory holds a few chunks however many there are.

Rows are cut into groups by replication number, never by chunk, so how a run was interrupted leaves
no trace.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from sim.cells import cell
from sim.ensemble import tables
from sim.ensemble.store import CHUNKS, SERIES, Span, Store
from sim.files import whole_file
from sim.vocabulary.measures import Measure

ROWS_GROUP, SERIES_GROUP = 5000, 500  # replications in a row group of runs and series
#: Columns of `failed.csv`; `day` is missing where it is not known.
FAILED = ("replication", "stage", "error", "day", "rerun", "traceback")
_SPECIAL = set('",\r\n')


class Tables(NamedTuple):
    """What the tables hold: replications 0 to `runs` - 1, their measures and outcome classes.

    `trace` is the command that reruns one replication, without its number. `inputs` are the paths
    of the numbers that are drawn anew for each replication, and `draw(first, count)` gives those
    of some of them again, (count, n_inputs).
    """

    runs: int
    measures: Sequence[Measure]
    classes: Sequence[str]
    trace: str
    inputs: Sequence[str] = ()
    draw: Callable[[int, int], NDArray[np.float64]] | None = None


def consolidate(store: Store, spans: Sequence[Span], wanted: Tables) -> int:
    """Write `runs.parquet`, `runs.csv`, `series.parquet` and, if any failed, `failed.csv`.

    Parameters
    ----------
    store : that holds the chunks
    spans : of whole chunks, in order, covering all that is wanted
    wanted : what the tables are to hold

    Returns
    -------
    number of replications that failed
    """
    made = store.manifest
    marks = {
        "scenario": str(made.scenario),
        "digest": str(made.digest),
        "seed": str(made.seed),
        "version": made.versions["escalation"],
    }
    _write_series(store, spans, wanted, marks)
    failed = _write_runs(store, spans, wanted, marks)
    if not failed:
        (store.folder / "failed.csv").unlink(missing_ok=True)
    return failed


def _write_series(
    store: Store, spans: Sequence[Span], wanted: Tables, marks: Mapping[str, str]
) -> None:
    schema = tables.SERIES.with_metadata(marks)
    with (
        whole_file(store.folder / "series.parquet") as file,
        tables.writer(file, schema) as parquet,
    ):
        for group in groups(pieces(store, SERIES, spans, wanted.runs, tables.SERIES), SERIES_GROUP):
            parquet.write_table(
                group.replace_schema_metadata(schema.metadata), row_group_size=len(group)
            )


def _write_runs(
    store: Store, spans: Sequence[Span], wanted: Tables, marks: Mapping[str, str]
) -> int:
    schema, chunk = (
        tables.runs_schema(wanted.measures, wanted.inputs).with_metadata(marks),
        tables.chunk_schema(wanted.measures),
    )
    quoting = "needed" if any(_SPECIAL & set(name) for name in wanted.classes) else "none"
    options = pa.csv.WriteOptions(include_header=False, quoting_style=quoting)
    failed = 0
    with ExitStack() as stack:
        parquet_file, text, failures = (
            stack.enter_context(whole_file(store.folder / name))
            for name in ("runs.parquet", "runs.csv", "failed.csv")
        )
        parquet = stack.enter_context(tables.writer(parquet_file, schema))
        text.write(",".join(schema.names).encode() + b"\n")
        failures.write(",".join(FAILED).encode() + b"\n")
        for group in groups(pieces(store, CHUNKS, spans, wanted.runs, chunk), ROWS_GROUP):
            rows = _with_inputs(group, wanted).select(schema.names)
            rows = rows.replace_schema_metadata(schema.metadata)
            parquet.write_table(rows, row_group_size=len(rows))
            with pa.csv.CSVWriter(text, schema, write_options=options) as lines:
                lines.write_table(_as_cells(rows, wanted.classes))
            failed += _write_failures(group, wanted.trace, failures)
    return failed


def _with_inputs(group: pa.Table, wanted: Tables) -> pa.Table:
    """A group with what was drawn for its replications; it follows from seed and number."""
    if wanted.draw is None or not len(group):
        return group
    first = int(tables.numbers(group["replication"])[0])
    return tables.with_inputs(group, wanted.inputs, wanted.draw(first, len(group)))


def _as_cells(rows: pa.Table, classes: Sequence[str]) -> pa.Table:
    """The rows with the names of outcomes as they stand in a CSV file."""
    if all(cell(name) == name for name in classes):
        return rows
    names = [None if name is None else cell(name) for name in rows["outcome"].to_pylist()]
    at = rows.schema.get_field_index("outcome")
    return rows.set_column(at, rows.schema.field(at), pa.array(names, rows.schema.field(at).type))


def _write_failures(group: pa.Table, trace: str, file: BinaryIO) -> int:
    """Add the failures of a group to their table, with the commands that rerun them."""
    if not tables.numbers(group["status"]).any():
        return 0
    words = group.select(["status", "replication", "failed_day", *tables.WORDS])
    rows = [row for row in words.to_pylist() if row["status"]]
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    for row in rows:
        lines.writerow(
            [
                row["replication"],
                row["stage"],
                cell(row["error"]),
                row["failed_day"],
                f"{trace} {row['replication']}",
                row["traceback"],
            ]
        )
    file.write(text.getvalue().encode())
    return len(rows)


def pieces(
    store: Store, kind: str, spans: Sequence[Span], runs: int, schema: pa.Schema
) -> Iterator[pa.Table]:
    """Tables of the chunks in order, without what is already given or beyond the end."""
    done = 0
    for span in spans:
        if span.first <= done <= span.last and done < runs:
            table = store.table(kind, span, schema)
            who = tables.numbers(table["replication"])
            start, stop = np.searchsorted(who, [done, min(span.last + 1, runs)])
            yield table.slice(start, stop - start)
            done = span.last + 1


def groups(parts: Iterator[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows, cut where the replication number is a multiple of `size`; no empty tables."""
    held: list[pa.Table] = []
    edge = size
    for part in parts:
        while (cut := int(np.searchsorted(tables.numbers(part["replication"]), edge))) < len(part):
            yield from _join([*held, part.slice(0, cut)])
            held, part, edge = [], part.slice(cut), edge + size
        held.append(part)
    yield from _join(held)


def _join(held: list[pa.Table]) -> Iterator[Any]:
    if sum(map(len, held)):
        yield pa.concat_tables(held).combine_chunks()
