"""The ledger of an ensemble in its results folder: what its first replications decided, and by what.

    ledger/KIND/000000-000009.parquet   decisions of one kind, a file for ten replications: one row
    an option of a decision ledger/dictionary.csv               what each column is

A replication is seed and number, so its decisions are made again with the ledger open, the same to
the bit; a file of replications is there whole or not at all, and what is there is not made again. A
replication has thousands of decisions, so only the first ones are written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.engine.rules.decide import BARRED, EXTRAS, HEADER, KINDS
from sim.engine.world import Template, build
from sim.ensemble import tables
from sim.ensemble.location import Place
from sim.ensemble.lock import Lock
from sim.ensemble.result import Ensemble
from sim.ensemble.runner import Progress
from sim.ensemble.store import LEDGER, Span
from sim.files import make_folder, sweep, whole_file, write_file
from sim.replication.ledger import OPTIONS, TERMS, Array, Naming, beginnings, delays, recorded
from sim.words import words

TOGETHER = 10  # replications in a file
DICTIONARY = "dictionary.csv"
_NAME = pa.dictionary(pa.int32(), pa.string())
_EXTRAS_OF = {"action": len(EXTRAS), "answer": 2, "crossings": 2}
_COLUMN = {name: k for k, name in enumerate(HEADER)}


def write_ledger(ensemble: Ensemble, runs: int, progress: Progress | None = None) -> int:
    """Write the decisions of the first replications into the folder of an ensemble.

    Parameters
    ----------
    ensemble : finished
    runs : how many replications, at most all
    progress : hears how it gets on

    Returns
    -------
    number of replications in the ledger

    Raises
    ------
    StoreError : if the folder cannot be written, or another process writes there
    KeyboardInterrupt : on Ctrl-C, with what is kept as its text
    """
    runs, progress = min(runs, ensemble.size), progress or Progress()
    lock = Lock(ensemble.folder)
    lock.acquire()
    try:
        _fill(ensemble, runs, progress)
    finally:
        lock.release()
    return runs


def _fill(ensemble: Ensemble, runs: int, progress: Progress) -> None:
    """Write what is missing; the folder is ours alone."""
    template, home, kept = build(ensemble.scenario), ensemble.folder / LEDGER, 0
    ensemble.place.fetch([LEDGER])
    for kind in KINDS:
        make_folder(home / kind)
        sweep(home / kind)
    _forget_others(ensemble.place, home, runs)
    write_file(home / DICTIONARY, dictionary())
    progress.start(0, runs)
    try:
        for first in range(0, runs, TOGETHER):
            span = Span(first, min(first + TOGETHER, runs) - 1)
            if not all((home / kind / span.file).is_file() for kind in KINDS):
                _write_span(ensemble, template, home, span)
            kept = span.last + 1
            progress.advance(kept - first)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"stopped: the decisions of {kept} of {runs} replications are kept in {ensemble.place}/{LEDGER}; the same command goes on"
        ) from None


def _write_span(ensemble: Ensemble, template: Template, home: Path, span: Span) -> None:
    found: dict[str, list[pa.Table]] = {kind: [] for kind in KINDS}
    for replication in range(span.first, span.last + 1):
        noted, events = recorded(ensemble.scenario, template, ensemble.seed, replication)
        for kind, table in by_kind(template, noted, events, replication):
            found[kind].append(table)
    for kind, parts in found.items():
        schema = schema_of(kind)
        table = pa.concat_tables(parts).unify_dictionaries() if parts else schema.empty_table()
        with whole_file(home / kind / span.file) as file:
            tables.write(table, file)
        ensemble.place.put(home / kind / span.file)


def _forget_others(place: Place, home: Path, runs: int) -> None:
    """Remove files that another number of replications left, so that no replication is there twice."""
    wanted = {
        Span(first, min(first + TOGETHER, runs) - 1).file for first in range(0, runs, TOGETHER)
    }
    for path in home.glob("*/*.parquet"):
        if path.name not in wanted:
            place.remove(path)


def by_kind(
    template: Template, noted: Array, events: NDArray[Any], replication: int
) -> Iterator[tuple[str, pa.Table]]:
    """Tables of the decisions of a replication, one a kind that was decided: one row an option of a decision."""
    begins = beginnings(noted)
    of = noted[begins + _COLUMN["kind"]].astype(np.int64)
    for number, kind in enumerate(KINDS):
        which = np.flatnonzero(of == number)
        if which.size:
            rows = noted[begins[which][:, None] + np.arange(int(noted[begins[which[0]]]))]
            late = delays(template, noted, events) if kind == "action" else None
            yield kind, _table(template, kind, rows, which, replication, late)


def _table(
    template: Template,
    kind: str,
    rows: Array,
    which: NDArray[np.int64],
    replication: int,
    late: list[int | None] | None,
) -> pa.Table:
    o, t, e = len(OPTIONS[kind]), len(TERMS[kind]), _EXTRAS_OF.get(kind, 0)
    n, head = len(rows), {name: rows[:, k] for name, k in _COLUMN.items()}
    _, extras, weights, barred, table, utility, probability = np.split(
        rows, np.cumsum([len(HEADER), e, t, o, o * t, o]), axis=1
    )
    option = np.tile(np.arange(o, dtype=np.int32), n)
    because = barred.ravel().astype(np.int32)
    said = pa.array(_reasons(), pa.string())
    columns: list[Any] = [
        *(
            np.full(n * o, replication, np.int32),
            np.repeat(which.astype(np.int32), o),
            np.repeat(head["day"].astype(np.int16), o),
        ),
        *_names(
            template, kind, np.stack([head["actor"], head["about"], head["policy"]]).astype(int), o
        ),
        *(np.repeat(head["rationality"], o), np.repeat(head["draw"], o)),
        pa.DictionaryArray.from_arrays(option, list(OPTIONS[kind])),
        because == 0,
        pa.DictionaryArray.from_arrays(pa.array(because, mask=because == 0), said),
        *table.reshape(n * o, t).T,
        *(np.repeat(weight, o) for weight in weights.T),
        *(utility.ravel(), probability.ravel()),
        *(option == np.repeat(head[name].astype(np.int32), o) for name in ("choice", "taken")),
        *(np.repeat(extra, o) for extra in extras.T),
    ]
    if late is not None:
        columns.append(pa.array([day for day in late for _ in range(o)], pa.int16()))
    schema = schema_of(kind)
    return pa.table(
        [
            pa.array(np.ascontiguousarray(c), f.type) if isinstance(c, np.ndarray) else c
            for c, f in zip(columns, schema, strict=True)
        ],
        schema,
    )


def _names(template: Template, kind: str, numbers: NDArray[np.int_], times: int) -> list[pa.Array]:
    """Names of actors, of whom it is about, and of policies, each repeated; `numbers` (3, n_decisions)."""
    different, where = np.unique(numbers, axis=1, return_inverse=True)
    naming, where = Naming(template), np.repeat(where.ravel().astype(np.int32), times)
    told = []
    for actor, about, policy in different.T.tolist():
        who, whom = naming.of(kind, actor, about)
        told.append((who, whom, naming.policy(kind, who, policy)))
    columns = []
    for part in range(3):
        names = sorted({one[part] for one in told})
        codes = np.array([names.index(one[part]) for one in told], dtype=np.int32)
        columns.append(pa.DictionaryArray.from_arrays(codes[where], names))
    return columns


def _reasons() -> list[str]:
    said = words()
    return ["", *(said.text(f"vocabulary.barred.{reason}") for reason in BARRED[1:])]


def schema_of(kind: str) -> pa.Schema:
    """Columns of the ledger of a kind of decision."""
    return pa.schema([(name, type_) for name, type_, _, _ in _columns(kind)])


def _columns(kind: str) -> Iterator[tuple[str, pa.DataType, str, str]]:
    """Name, type, unit and meaning of the columns of a kind."""
    said, real, flag = words(), pa.float64(), pa.bool_()
    yield "replication", pa.int32(), "number", "number of the replication"
    yield (
        "decision",
        pa.int32(),
        "number",
        "number of the decision in the replication, in the order in which they were made, all kinds together",
    )
    yield "day", pa.int16(), "days", "day after the release"
    yield "actor", _NAME, "path", "who decides"
    yield "about", _NAME, "name", "about whom or what; empty if nobody"
    yield (
        "policy",
        _NAME,
        "word",
        "how it chooses: a policy of the model, or the Python class that chose in its place",
    )
    yield "rationality", real, "1/utility", "precision of a quantal choice (lambda)"
    yield (
        "draw",
        real,
        "share",
        "the uniform number that picked an option: the first at which the probabilities add up to more",
    )
    yield "option", _NAME, "word", "the option that this row is about"
    yield "available", flag, "yes or no", "whether there was this option"
    yield "barred_because", _NAME, "words", "why not; missing if there was"
    for term in TERMS[kind]:
        yield (
            f"term_{term}",
            real,
            "number",
            f"what it has of: {said.term('replay', f'term_{term}')}",
        )
    for term in TERMS[kind]:
        yield f"weight_{term}", real, "utility", f"weight of: {said.term('replay', f'term_{term}')}"
    yield "utility", real, "utility", "sum of terms times weights"
    yield "probability", real, "share", "probability of this option"
    yield "drawn", flag, "yes or no", "whether the draw picked it"
    yield (
        "taken",
        flag,
        "yes or no",
        "whether it was taken; another than the drawn one only where a policy in Python or a fork decides",
    )
    for name in EXTRAS[: _EXTRAS_OF.get(kind, 0)]:
        yield name, real, *_EXTRA[name]
    if kind == "action":
        yield (
            "delay",
            pa.int16(),
            "days",
            "days until the choice was carried out; missing if it never was as such",
        )


_EXTRA: Mapping[str, tuple[str, str]] = {
    "believed_complicity": (
        "share",
        "how sure the actor is that the other harbours those who attack it",
    ),
    "haven": ("share", "the freest haven that they have there in truth, 0 none, 1 full"),
    "outrage": ("number", "outrage of the actor toward the other"),
    "anger": ("number", "outrage, the part of grievance that counts, and the war aim together"),
    "resolve": ("1/anger", "how steeply anger becomes a demand to act"),
    "weariness": ("number", "weariness of the actor"),
    "ceasefire": ("share", "quality of the ceasefire between the two, 0 if there is none"),
    "reasoning": ("level", "level of reasoning about the other's reply"),
}


def dictionary() -> bytes:
    """The data dictionary of the ledger, as CSV."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("kind", "column", "unit", "meaning"))
    for kind in KINDS:
        lines.writerows((kind, name, unit, meaning) for name, _, unit, meaning in _columns(kind))
    return text.getvalue().encode()
