"""A results folder: what lies in it, who may write, and what must agree before more is added.

    manifest.json           whose results these are: versions, digest, seed, number of replications,
    command resolved.yaml           the scenario in full chunks/, series/        finished
    replications, a file per range, the part that a killed run goes on from runs.parquet, runs.csv
    one row a replication        series.parquet  one row a replication and day ledger/
    decisions of the first replications, if asked for (`sim/replication/ledger_files.py`) failed.csv
    what went wrong, if anything did, and how to repeat it

A chunk counts once both of its files are whole under their names: the series first, then the rows.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import pyarrow as pa

from sim.ensemble import tables
from sim.ensemble.lock import Lock
from sim.ensemble.outcomes import Conditions
from sim.ensemble.work import Rows
from sim.errors import StoreError
from sim.files import make_folder, reason, sweep, whole_file, write_file
from sim.vocabulary.measures import Measure

MANIFEST, RESOLVED = "manifest.json", "resolved.yaml"
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

#: What must be the same for replications to belong together, and what to call it.
AGREE = {
    "digest": "digest of the scenario",
    "seed": "seed",
    "engine": "version of the rules (digest of their text)",
    "policies": "version of the Python policies",
    "design": "design",
}
AGREE_VERSIONS = ("escalation", "numpy", "scipy", "numba")

_NAME = re.compile(r"(\d{6,})-(\d{6,})\.parquet")


class Span(NamedTuple):
    """Replications first to last, both included, that lie in one chunk."""

    first: int
    last: int

    @property
    def file(self) -> str:
        return f"{self.first:06d}-{self.last:06d}.parquet"


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a results folder, None if there is none."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {reason(error)}") from error
    except ValueError as error:
        raise StoreError(f"{path}: must be JSON: {error} (choose another --out)") from error
    if not isinstance(found, dict):
        raise StoreError(f"{path}: must be an object of names and values (choose another --out)")
    return found


class Store:
    """A results folder held for writing; use it in a `with` block.

    `identity` is the manifest's part that must agree, `text` the resolved scenario, `schema` that
    of the chunks; `note` is told what a user should know; `fresh` discards what an earlier run
    left.
    """

    def __init__(
        self,
        folder: Path,
        identity: Mapping[str, Any],
        text: str,
        note: Callable[[str], None],
        *,
        fresh: bool = False,
    ) -> None:
        self.folder, self.identity, self.text, self.note, self.fresh = (
            folder,
            identity,
            text,
            note,
            fresh,
        )
        self._lock = Lock(folder)
        #: the manifest that was there, None in a new folder
        self.earlier: dict[str, Any] | None = None

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
        manifest = read_manifest(self.folder)
        if manifest is not None and self.fresh:
            self._discard()
            manifest = None
        if manifest is None:
            self._refuse_strangers()
        else:
            agree(self.folder, manifest, self.identity)
        self.earlier = manifest
        for folder in (self.folder / CHUNKS, self.folder / SERIES):
            make_folder(folder)
            sweep(folder)
        sweep(self.folder)
        if manifest is None:
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

    def _refuse_strangers(self) -> None:
        """Never write over files of which nothing says that they are ours."""
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
                f"{self.folder}: holds {names[0]} but no {MANIFEST}, so nobody knows whose results they are (choose another --out)"
            )

    def sign(self, *, runs: int, failed: int) -> None:
        """Write the manifest: `runs` replications lie in the tables, `failed` of them without measures."""
        text = json.dumps(
            {**self.identity, "runs": runs, "failed": failed}, indent=2, ensure_ascii=False
        )
        write_file(self.folder / MANIFEST, text + "\n")

    def add(
        self, rows: Rows, measures: Sequence[Measure], outcomes: Mapping[str, Conditions]
    ) -> Span:
        """Put a finished task on the disk; it counts from the moment at which its rows are there."""
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

    def finished(self, measures: Sequence[Measure], horizon: int) -> list[Span]:
        """Ranges of replications that are whole, in order; what is torn or damaged is removed and will be run again."""
        found = sorted(
            Span(int(m[1]), int(m[2]))
            for m in (_NAME.fullmatch(path.name) for path in (self.folder / CHUNKS).iterdir())
            if m
        )
        whole = [span for span in found if self._whole(span, measures, horizon)]
        for span in set(found) - set(whole):
            self.note(
                f"{self.folder / CHUNKS / span.file} is damaged: replications {span.first} to {span.last} are run again"
            )
            for folder in (CHUNKS, SERIES):
                (self.folder / folder / span.file).unlink(missing_ok=True)
        return whole

    def _whole(self, span: Span, measures: Sequence[Measure], horizon: int) -> bool:
        rows = tables.read(self.folder / CHUNKS / span.file, tables.chunk_schema(measures))
        if rows is None or not np.array_equal(
            rows["replication"].to_numpy(), np.arange(span.first, span.last + 1)
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
                f"{path}: was damaged during the run (give the same command again to repeat what it held)"
            )
        return table


def agree(folder: Path, manifest: Mapping[str, Any], identity: Mapping[str, Any]) -> None:
    """Refuse to mix: raise a `StoreError` that names everything in which a folder and this run differ."""
    wrong = [
        f"{words} {_short(manifest.get(name))} there, {_short(identity.get(name))} here"
        for name, words in AGREE.items()
        if manifest.get(name) != identity.get(name)
    ]
    ours, theirs = identity["versions"], manifest.get("versions") or {}
    wrong += [
        f"{name} {theirs.get(name)} there, {ours[name]} here"
        for name in AGREE_VERSIONS
        if theirs.get(name) != ours[name]
    ]
    if wrong:
        raise StoreError(
            f"{folder}: holds results that must not be mixed with these: {'; '.join(wrong)} (choose another --out, or discard them with --fresh)"
        )


def _short(value: object) -> str:
    """Enough of a digest, or of several by name, to tell two apart."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_short(one)}" for name, one in value.items())
    return value[:12] if isinstance(value, str) else str(value)


def digest_of(files: Sequence[Path]) -> str:
    """One digest of the text of many files, for telling one version of the rules from another."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
