"""The ledger of an ensemble in its results folder: decisions of its first replications, and why.

    ledger/KIND/000000-000009.parquet   decisions of one kind, a file for ten replications;
                                        one row an option of a decision
    ledger/dictionary.csv               what each column is
    checksums/ledger-000000-000009.sha256   of the files of these replications, of all kinds

A replication is seed and number, so it is run again with the ledger on, the same to the bit. A file
of replications is there whole or not at all, and what fits its checksum is not made again. A
replication has thousands of decisions, so only those of the first replications are written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.engine.world import Template
from sim.ensemble import tables
from sim.ensemble.engine import ChooseEngine, Engine, Rerun, engine_for
from sim.ensemble.location import Location
from sim.ensemble.lock import Lock
from sim.ensemble.manifest import read_manifest
from sim.ensemble.progress import Note, Progress, note_of
from sim.ensemble.result import Ensemble
from sim.ensemble.seal import ENDING, read_seal, seal
from sim.ensemble.store import CHECKSUMS, LEDGER, Span
from sim.files import make_inside, sweep, whole_file, write_file
from sim.plain import run_count
from sim.replication.ledger import Array, Naming, delays, starts
from sim.vocabulary.coded import words as words_of
from sim.vocabulary.codes import BarReason
from sim.vocabulary.decisions import DecisionKind, Extra, Header
from sim.words import words

IN_A_FILE = 10  # replications in a file
DICTIONARY = "dictionary.csv"
_NAME = pa.dictionary(pa.int32(), pa.string())
_KINDS = words_of(DecisionKind)


def write_ledger(
    ensemble: Ensemble,
    runs: int,
    progress: Progress | None = None,
    *,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> int:
    """Write the decisions of the first replications into the folder of an ensemble.

    Parameters
    ----------
    ensemble : finished
    runs : how many replications, at most all
    progress : is told how it gets on
    engine, allow_python : as for `sim.run`

    Returns
    -------
    number of replications in the ledger

    Raises
    ------
    StoreError : if the folder cannot be written, or another process writes there
    KeyboardInterrupt : on Ctrl-C, with what is kept as its text
    """
    runs, progress = min(run_count(runs), ensemble.size), progress or Progress()
    choose = engine_for(engine, allow_python=allow_python)
    lock = Lock(ensemble.folder)
    lock.acquire()
    try:
        _fill(ensemble, choose(ensemble.scenario), runs, progress)
    finally:
        lock.release()
    return runs


def _fill(ensemble: Ensemble, engine: Engine, runs: int, progress: Progress) -> None:
    """Write what is missing into a folder that no other process writes to."""
    home, kept = ensemble.folder / LEDGER, 0
    manifest = read_manifest(ensemble.folder)
    identity = "" if manifest is None else manifest.identity
    ensemble.location.fetch([LEDGER, CHECKSUMS])
    for names in (*((LEDGER, kind) for kind in _KINDS), (CHECKSUMS,)):
        sweep(make_inside(ensemble.folder, *names))
    _remove_others(ensemble.location, home, runs)
    write_file(home / DICTIONARY, dictionary())
    progress.start(0, runs)
    try:
        for first in range(0, runs, IN_A_FILE):
            span = Span(first, min(first + IN_A_FILE, runs) - 1)
            if not _whole(home, identity, span, progress.note):
                _write_span(ensemble, engine, home, span)
                _write_seal(ensemble, home, identity, span)
            kept = span.last + 1
            progress.advance(kept - first)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"stopped: the decisions of {kept} of {runs} replications are kept in "
            f"{ensemble.location}/{LEDGER}; the same command resumes there"
        ) from None


def _mark(home: Path, span: Span) -> Path:
    return home.parent / CHECKSUMS / f"{LEDGER}-{span.name}{ENDING}"


def _seal(home: Path, identity: str, span: Span) -> str | None:
    return seal(identity, *(home / kind / span.file for kind in _KINDS))


def _whole(home: Path, identity: str, span: Span, note: Note) -> bool:
    """Whether the files of these replications are as they were written; says so if not."""
    known, found = read_seal(_mark(home, span)), _seal(home, identity, span)
    if known is not None and known == found:
        return True
    if known is not None or found is not None:
        note(note_of("changed_ledger", place=str(home), first=span.first, last=span.last))
    return False


def _write_seal(ensemble: Ensemble, home: Path, identity: str, span: Span) -> None:
    write_file(_mark(home, span), f"{_seal(home, identity, span)}\n")
    ensemble.location.put(_mark(home, span))


def _write_span(ensemble: Ensemble, engine: Engine, home: Path, span: Span) -> None:
    found: dict[str, list[pa.Table]] = {kind: [] for kind in _KINDS}
    for replication in range(span.first, span.last + 1):
        run = engine.replay(ensemble.seed, replication, ledger=True)
        for kind, table in by_kind(run, replication):
            found[kind.word].append(table)
    for word, parts in found.items():
        schema = schema_of(DecisionKind.of(word))
        table = pa.concat_tables(parts).unify_dictionaries() if parts else schema.empty_table()
        with whole_file(home / word / span.file) as file:
            tables.write(table, file)
        ensemble.location.put(home / word / span.file)


def _remove_others(location: Location, home: Path, runs: int) -> None:
    """Remove files of another number of replications, so that none is there twice."""
    spans = [Span(at, min(at + IN_A_FILE, runs) - 1) for at in range(0, runs, IN_A_FILE)]
    wanted = {span.file for span in spans} | {_mark(home, span).name for span in spans}
    marks = (home.parent / CHECKSUMS).glob(f"{LEDGER}-*{ENDING}")
    for path in (*home.glob("*/*.parquet"), *marks):
        if path.name not in wanted:
            location.remove(path)


def by_kind(run: Rerun, replication: int) -> Iterator[tuple[DecisionKind, pa.Table]]:
    """Tables of the decisions of a replication, one a kind: one row an option of a decision."""
    ledger, first = run.ledger, starts(run.ledger)
    of = ledger[first + Header.KIND].astype(np.int64)
    for kind in DecisionKind:
        which = np.flatnonzero(of == kind)
        if which.size:
            rows = ledger[first[which][:, None] + np.arange(int(ledger[first[which[0]]]))]
            late = delays(run.template, ledger, run.events) if kind.delayed else None
            part = _Part(run.template, kind, rows, which, replication, late)
            yield kind, part.table()


@dataclass(frozen=True, slots=True)
class _Part:
    """Decisions of one kind in a replication.

    `rows` (n, words) are their records, `which` (n,) their numbers among all decisions, `late` the
    days until each action was carried out, None for another kind.
    """

    template: Template
    kind: DecisionKind
    rows: Array
    which: NDArray[np.intp]
    replication: int
    late: list[int | None] | None

    def table(self) -> pa.Table:
        """One row an option of a decision."""
        names = self.template.options(self.kind)
        options, terms = len(names), len(self.kind.terms)
        sizes = (len(Header), self.kind.extras, terms, options, options * terms, options)
        _, more, weights, barred, table, utility, probability = np.split(
            self.rows, np.cumsum(sizes), axis=1
        )
        head = {field: self.rows[:, field] for field in Header}
        size = len(self.rows) * options
        option = np.tile(np.arange(options, dtype=np.int32), len(self.rows))
        because = barred.ravel().astype(np.int32)

        def each(values: NDArray[Any]) -> NDArray[Any]:
            return np.repeat(values, options)

        numbers = np.stack([head[Header.ACTOR], head[Header.ABOUT], head[Header.POLICY]]).astype(
            int
        )
        columns: list[Any] = [
            np.full(size, self.replication, np.int32),
            each(self.which.astype(np.int32)),
            each(head[Header.DAY].astype(np.int16)),
            *_names(self.template, self.kind, numbers, options),
            each(head[Header.RATIONALITY]),
            each(head[Header.DRAW]),
            pa.DictionaryArray.from_arrays(option, list(names)),
            because == 0,
            pa.DictionaryArray.from_arrays(
                pa.array(because, mask=because == 0), pa.array(_reasons(), pa.string())
            ),
            *table.reshape(size, terms).T,
            *(each(weight) for weight in weights.T),
            utility.ravel(),
            probability.ravel(),
            *(option == each(head[f].astype(np.int32)) for f in (Header.CHOICE, Header.TAKEN)),
            *(each(extra) for extra in more.T),
        ]
        if self.late is not None:
            columns.append(pa.array([day for day in self.late for _ in range(options)], pa.int16()))
        schema = schema_of(self.kind)
        arrays = [
            pa.array(np.ascontiguousarray(column), field.type)
            if isinstance(column, np.ndarray)
            else column
            for column, field in zip(columns, schema, strict=True)
        ]
        return pa.table(arrays, schema)


def _names(
    template: Template, kind: DecisionKind, numbers: NDArray[np.int_], times: int
) -> list[pa.Array]:
    """Columns of the names of actors, of whom a decision is about, and of policies.

    `numbers` (3, n_decisions) are theirs; each name is repeated `times`.
    """
    different, where = np.unique(numbers, axis=1, return_inverse=True)
    naming, where = Naming(template), np.repeat(where.ravel().astype(np.int32), times)
    found = []
    for actor, about, policy in different.T.tolist():
        who, whom = naming.of(kind, actor, about)
        found.append((who, whom, naming.policy(kind, who, policy)))
    columns = []
    for part in range(3):
        names = sorted({one[part] for one in found})
        codes = np.array([names.index(one[part]) for one in found], dtype=np.int32)
        columns.append(pa.DictionaryArray.from_arrays(codes[where], names))
    return columns


def _reasons() -> list[str]:
    said = words()
    reasons = (reason.word for reason in BarReason if reason is not BarReason.NOTHING)
    return ["", *(said.text(f"vocabulary.barred.{reason}") for reason in reasons)]


class Column(NamedTuple):
    """A column of a table of the ledger."""

    name: str
    type: pa.DataType
    unit: str
    meaning: str


def schema_of(kind: DecisionKind) -> pa.Schema:
    """Columns of the ledger of a kind of decision."""
    return pa.schema([(column.name, column.type) for column in _columns(kind)])


def _columns(kind: DecisionKind) -> Iterator[Column]:
    """Columns of a kind of decision, in their order."""
    said, real, flag = words(), pa.float64(), pa.bool_()
    meaning = {term: said.term("vocabulary.terms", term) for term in words_of(kind.terms)}
    yield from _FIRST
    for term, what in meaning.items():
        yield Column(f"term_{term}", real, "number", f"value of: {what}")
    for term, what in meaning.items():
        yield Column(f"weight_{term}", real, "utility", f"weight of: {what}")
    yield Column("utility", real, "utility", "sum of terms times weights")
    yield Column("probability", real, "share", "probability of this option")
    yield Column("drawn", flag, "yes or no", "whether the draw picked it")
    yield Column("taken", flag, "yes or no", _TAKEN)
    for extra in list(Extra)[: kind.extras]:
        yield Column(extra.word, real, extra.unit, extra.meaning)
    if kind.delayed:
        yield Column("delay", pa.int16(), "days", _DELAY)


_FIRST = (
    Column("replication", pa.int32(), "number", "number of the replication"),
    Column(
        "decision", pa.int32(), "number", "number of the decision among all kinds, in their order"
    ),
    Column("day", pa.int16(), "days", "day after the release"),
    Column("actor", _NAME, "path", "who decides"),
    Column("about", _NAME, "name", "about whom or what; empty if nobody"),
    Column(
        "policy",
        _NAME,
        "word",
        "a policy of the model, or the Python class that chose in its place",
    ),
    Column("rationality", pa.float64(), "1/utility", "precision of a quantal choice (lambda)"),
    Column(
        "draw",
        pa.float64(),
        "share",
        "uniform random number; the first option at which the probabilities sum to more is picked",
    ),
    Column("option", _NAME, "word", "the option that this row is about"),
    Column("available", pa.bool_(), "yes or no", "whether the actor had this option"),
    Column("barred_because", _NAME, "words", "why not; missing if it had"),
)
_TAKEN = (
    "whether it was taken; differs from the drawn one only where a Python policy or a fork decides"
)
_DELAY = "days until the choice was carried out; missing if it never was as such"


def dictionary() -> bytes:
    """The data dictionary of the ledger, as CSV."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("kind", "column", "unit", "meaning"))
    for kind in DecisionKind:
        lines.writerows((kind.word, one.name, one.unit, one.meaning) for one in _columns(kind))
    return text.getvalue().encode()
