"""A results folder: what lies in it, who may write, and what must agree before more is added.

    manifest.json       versions, digest, seed, number of replications, command
    resolved.yaml       the scenario in full
    chunks/, series/    finished replications, a file per range: what a killed run resumes from
    runs.parquet, .csv  one row a replication
    series.parquet      one row a replication and day
    failed.csv          what went wrong, if anything did, and how to repeat it
    ledger/             decisions of the first replications, if asked for

A chunk counts once both of its files are whole under their names: the series first, then the rows.
`sim/replication/ledger_files.py` writes the ledger.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa

from sim.ensemble import tables
from sim.ensemble.lock import Lock
from sim.ensemble.manifest import (
    MANIFEST,
    Manifest,
    check_agreement,
    read_manifest,
    write_manifest,
)
from sim.ensemble.outcomes import Outcomes
from sim.ensemble.progress import Note
from sim.ensemble.work import Rows
from sim.errors import StoreError
from sim.files import make_folder, make_inside, reason, sweep, whole_file, write_file
from sim.vocabulary.measures import Measure

RESOLVED = "resolved.yaml"
CHUNKS, SERIES, LEDGER = "chunks", "series", "ledger"
RESULTS = (
    "runs.parquet",
    "runs.csv",
    "series.parquet",
    "failed.csv",
    "runs_dictionary.csv",
    "summary.json",
    "report.html",
    "design.csv",
    "rungs.parquet",
)

_NAME = re.compile(r"(\d{6,})-(\d{6,})\.parquet")


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Replications `first` to `last`, both included, that lie in one chunk."""

    first: int
    last: int

    @property
    def file(self) -> str:
        return f"{self.first:06d}-{self.last:06d}.parquet"

    @property
    def count(self) -> int:
        return self.last - self.first + 1


class Store:
    """A results folder held for writing; use it in a `with` block.

    `manifest` is that of this run, `text` the resolved scenario; `note` is called with what a user
    should know; `fresh` discards what an earlier run left. `earlier` is the manifest that was
    there, None in a new folder.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        text: str,
        note: Note,
        *,
        fresh: bool = False,
    ) -> None:
        self.folder, self.manifest, self.text = folder, manifest, text
        self.note, self.fresh = note, fresh
        self._lock = Lock(folder)
        self.earlier: Manifest | None = None

    def __enter__(self) -> Self:
        make_folder(self.folder)
        self._lock.acquire()
        try:
            self._claim()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _claim(self) -> None:
        earlier = read_manifest(self.folder)
        if earlier is not None and self.fresh:
            self._discard()
            earlier = None
        if earlier is None:
            self._refuse_unknown_files()
        else:
            check_agreement(self.folder, earlier, self.manifest)
        self.earlier = earlier
        for name in (CHUNKS, SERIES):
            sweep(make_inside(self.folder, name))
        sweep(self.folder)
        if earlier is None:
            write_file(self.folder / RESOLVED, self.text)
            self.sign(runs=0, failed=0)

    def _discard(self) -> None:
        """Remove what an earlier run wrote, the manifest last, and nothing else."""
        try:
            for name in (CHUNKS, SERIES, LEDGER, "figures"):
                shutil.rmtree(self.folder / name, ignore_errors=True)
            for name in (*RESULTS, RESOLVED, MANIFEST):
                (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot be emptied: {reason(error)}") from error

    def _refuse_unknown_files(self) -> None:
        """Never write over files that no manifest claims."""
        names = [
            name
            for name in (*RESULTS, f"{CHUNKS}/*.parquet", f"{SERIES}/*.parquet")
            if any(self.folder.glob(name))
        ]
        resolved = self.folder / RESOLVED
        if resolved.exists() and resolved.read_bytes() != self.text.encode():
            names.append(RESOLVED)
        if names:
            raise StoreError(
                f"{self.folder}: holds {names[0]} but no {MANIFEST}, "
                "so it cannot be matched to a run (choose another --out)"
            )

    def sign(self, *, runs: int, failed: int) -> None:
        """Write the manifest: `runs` replications lie in the tables, `failed` without measures."""
        self.manifest = replace(self.manifest, runs=runs, failed=failed)
        write_manifest(self.folder, self.manifest)

    def add(self, rows: Rows, measures: Sequence[Measure], outcomes: Outcomes) -> Span:
        """Put a finished task on the disk; it counts as soon as the file of its rows is there."""
        span = Span(rows.first, rows.first + rows.count - 1)
        for folder, table in (
            (SERIES, tables.series_table(rows)),
            (CHUNKS, tables.chunk_table(rows, measures, outcomes)),
        ):
            with whole_file(self.folder / folder / span.file) as file:
                tables.write(table, file, passing=True)
        return span

    def files(self, span: Span) -> tuple[Path, Path]:
        """The two files of a range, in the order in which they are written."""
        return self.folder / SERIES / span.file, self.folder / CHUNKS / span.file

    def finished_spans(self, measures: Sequence[Measure], horizon: int) -> list[Span]:
        """Ranges of replications that are whole, in order.

        What is torn or damaged is removed, and so run again.
        """
        found = sorted(
            Span(int(m[1]), int(m[2]))
            for m in (_NAME.fullmatch(path.name) for path in (self.folder / CHUNKS).iterdir())
            if m
        )
        whole = [span for span in found if self._whole(span, measures, horizon)]
        for span in set(found) - set(whole):
            place = str(self.folder / CHUNKS / span.file)
            self.note("damaged", place=place, first=span.first, last=span.last)
            for folder in (CHUNKS, SERIES):
                (self.folder / folder / span.file).unlink(missing_ok=True)
        return whole

    def _whole(self, span: Span, measures: Sequence[Measure], horizon: int) -> bool:
        rows = tables.read(self.folder / CHUNKS / span.file, tables.chunk_schema(measures))
        if rows is None or not np.array_equal(
            tables.numbers(rows["replication"]), np.arange(span.first, span.last + 1)
        ):
            return False
        daily = tables.read(self.folder / SERIES / span.file, tables.SERIES)
        good = int((tables.numbers(rows["status"]) == 0).sum())
        return daily is not None and len(daily) == good * horizon

    def table(self, kind: str, span: Span, schema: pa.Schema) -> pa.Table:
        """The rows (`chunks`) or days (`series`) of a range that was whole a moment ago."""
        path = self.folder / kind / span.file
        table = tables.read(path, schema)
        if table is None:
            raise StoreError(
                f"{path}: was damaged during the run "
                "(give the same command again to repeat what it held)"
            )
        return table
