"""A results folder: what lies in it, who may write, and what must agree before more is added.

    manifest.json       versions, digest, seed, number of replications, command, checksums
    resolved.yaml       the scenario in full
    chunks/, series/    finished replications, a file per range: what a killed run resumes from
    checksums/          theirs, until the manifest has them
    runs.parquet, .csv  one row a replication
    series.parquet      one row a replication and day
    failed.csv          what went wrong, if anything did, and how to repeat it
    ledger/             decisions of the first replications, if asked for
    events.parquet, states.parquet, dyads.parquet
                        what happened, by event and by day, if asked for

A chunk counts once its files are whole under their names (the series first, then the checksum, then
the rows) and fit the checksum, that of the manifest first.
`sim/replication/ledger_files.py` writes the ledger, `record_files.py` beside it what happened.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

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
from sim.ensemble.progress import Note, note_of
from sim.ensemble.seal import ENDING, read_seal, seal
from sim.ensemble.work import Rows
from sim.errors import ScenarioError, StoreError
from sim.files import make_folder, make_inside, reason, sweep, whole_file, write_file
from sim.scenario import load_text
from sim.vocabulary.measures import Measure

RESOLVED = "resolved.yaml"
#: Tables of what happened, beside those of every run.
RECORD = ("events", "states", "dyads")
CHUNKS, SERIES, LEDGER, CHECKSUMS = "chunks", "series", "ledger", "checksums"
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
    *(f"{name}{ending}" for name in RECORD for ending in (".parquet", "_dictionary.csv")),
)

#: What is read again, by a comparison, say, and so has a checksum.
SEALED = (RESOLVED, "runs.parquet", "series.parquet", "rungs.parquet", "design.csv", "failed.csv")

_NAME = re.compile(r"(\d{6,})-(\d{6,})\.parquet")


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Replications `first` to `last`, both included, that lie in one chunk."""

    first: int
    last: int

    @property
    def file(self) -> str:
        return f"{self.name}.parquet"

    @property
    def name(self) -> str:
        return f"{self.first:06d}-{self.last:06d}"

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
        self._seals: dict[Span, str] = {}

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
        if earlier is not None:
            self.manifest = replace(self.manifest, checksums=earlier.checksums)
            self._restore()
        for name in (CHUNKS, SERIES, CHECKSUMS):
            sweep(make_inside(self.folder, name))
        sweep(self.folder)
        if earlier is None:
            self.manifest = replace(self.manifest, checksums={})
            write_file(self.folder / RESOLVED, self.text)
            self.sign(runs=0, failed=0)

    def _restore(self) -> None:
        """Write the scenario again where it is not what the manifest is of."""
        path = self.folder / RESOLVED
        try:
            there = path.read_bytes()
        except FileNotFoundError:
            there = None
        except OSError as error:
            raise StoreError(f"{path}: cannot be read: {reason(error)}") from error
        if there != self.text.encode():
            self.note(note_of(self._what_changed(there), place=str(path)))
            write_file(path, self.text)

    def _what_changed(self, there: bytes | None) -> str:
        """What to say of a scenario that is not the text of this run."""
        if there is None:
            return "missing_scenario"
        try:
            other = load_text(there)
        except ScenarioError:
            return "changed_scenario"
        same = other.digest == self.manifest.digest and other.text != self.text
        return "other_words" if same else "changed_scenario"

    def _discard(self) -> None:
        """Remove what an earlier run wrote, the manifest last, and nothing else."""
        try:
            for name in (CHUNKS, SERIES, CHECKSUMS, LEDGER, "figures"):
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

    def sign_tables(self, *, runs: int, failed: int) -> None:
        """The same with the checksums of the chunks and of the tables that were made of them."""
        identity = self.manifest.identity
        made = {name: seal(identity, self.folder / name) for name in SEALED}
        seals = {span.name: one for span, one in sorted(self._seals.items())}
        seals |= {name: one for name, one in made.items() if one is not None}
        self.manifest = replace(self.manifest, checksums=seals)
        self.sign(runs=runs, failed=failed)

    def add(self, rows: Rows, measures: Sequence[Measure], outcomes: Outcomes) -> Span:
        """Put a finished task on the disk; it counts as soon as the file of its rows is there."""
        span = Span(rows.first, rows.first + rows.count - 1)
        series, mark, chunk = self.files(span)
        with whole_file(series) as file:
            tables.write(tables.series_table(rows), file, passing=True)
        with whole_file(chunk) as file:
            tables.write(tables.chunk_table(rows, measures, outcomes), file, passing=True)
            file.flush()
            found = seal(self.manifest.identity, series, Path(file.name))
            if found is None:
                raise StoreError(f"{self.folder}: what was written cannot be read again")
            write_file(mark, f"{found}\n")
        self._seals[span] = found
        return span

    def files(self, span: Span) -> tuple[Path, Path, Path]:
        """The files of a range, in the order in which they are written."""
        mark = self.folder / CHECKSUMS / f"{span.name}{ENDING}"
        return self.folder / SERIES / span.file, mark, self.folder / CHUNKS / span.file

    def finished_spans(self) -> list[Span]:
        """Ranges of replications that are as they were written, in order.

        Others are removed, and so run again; that is said.
        """
        found = sorted(
            Span(int(m[1]), int(m[2]))
            for m in (_NAME.fullmatch(path.name) for path in (self.folder / CHUNKS).iterdir())
            if m
        )
        signed, identity = self.manifest.checksums or {}, self.manifest.identity
        unknown, bad = [], []
        for span in found:
            series, mark, rows = self.files(span)
            known = signed.get(span.name) or read_seal(mark)
            if known is None:
                unknown.append(span)
            elif known != seal(identity, series, rows):
                bad.append(span)
            else:
                self._seals[span] = known
        self._remove(unknown, bad)
        return list(self._seals)

    def _remove(self, unknown: Sequence[Span], bad: Sequence[Span]) -> None:
        """Remove chunks that cannot be believed, and say what is run again."""
        if unknown:
            count = sum(span.count for span in unknown)
            self.note(note_of("no_checksums", place=str(self.folder / CHUNKS), n=count))
        for span in bad:
            place = str(self.folder / CHUNKS / span.file)
            what = "changed" if self._readable(span) else "damaged"
            self.note(note_of(what, place=place, first=span.first, last=span.last))
        for path in (path for span in (*unknown, *bad) for path in self.files(span)):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StoreError(f"{path}: cannot be removed: {reason(error)}") from error
        there = {span.name for span in self._seals}
        signed = self.manifest.checksums or {}
        kept = {name: one for name, one in signed.items() if name in there or name in SEALED}
        if self.earlier is not None and len(kept) < len(signed):
            # a later Arrow may write the same rows in other bytes
            self.manifest = replace(self.manifest, checksums=kept)
            self.sign(runs=self.earlier.runs, failed=self.earlier.failed)

    def _readable(self, span: Span) -> bool:
        """Whether the files of a range are whole tables, if not those that were written."""
        series, _, rows = self.files(span)
        return tables.readable(series) and tables.readable(rows)

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
