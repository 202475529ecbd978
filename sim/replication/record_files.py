"""What happened in every replication of an ensemble, as tables: events, and days of actors.

    events.parquet   one row an event
    states.parquet   one row a replication, day and state
    dyads.parquet    one row a replication, day and ordered pair of rivals

A replication is seed and number, so each is run again and its rows are written at once: memory
holds some replications however many there are. A table is there whole or not at all. One of
the same replications is not made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.engine.own_measures import Days
from sim.engine.world import Template, slot
from sim.ensemble import tables
from sim.ensemble.engine import ChooseEngine, Engine, Rerun, engine_for
from sim.ensemble.lock import Lock
from sim.ensemble.manifest import read_manifest
from sim.ensemble.progress import Progress
from sim.ensemble.result import Ensemble
from sim.ensemble.store import RECORD
from sim.files import whole_file
from sim.vocabulary.coded import words
from sim.vocabulary.codes import Command, EventKind
from sim.vocabulary.ladder import Action
from sim.vocabulary.own_measures import MEDIATED, SERIES, VIEW

if TYPE_CHECKING:
    from sim.scenario import Scenario

EVENTS, STATES, DYADS = RECORD
DAILY = (STATES, DYADS)
IN_A_GROUP = 100  # replications in a row group

_DEAD = ("dead_own", "dead_security", "dead_civilians", "dead_militants")
_TOLD = ("claimed", "admitted", "counter_claimed", "own_admitted")
_OF_STATES = {one.path.rpartition(".")[2]: one for one in SERIES if one.path.startswith("states.")}
_OF_VIEWS = {one.path.rpartition(".")[2]: one for one in SERIES if one.path.startswith(VIEW)}
_WHERE: tuple[tuple[str, Any], ...] = (("replication", pa.int32()), ("day", pa.int16()))


def _numbers(series: Mapping[str, Any]) -> list[tuple[str, pa.DataType]]:
    return [(name, pa.int32() if one.whole else pa.float64()) for name, one in series.items()]


SCHEMAS = {
    EVENTS: pa.schema(
        [
            *_WHERE,
            *((name, pa.string()) for name in ("kind", "detail", "own", "actor", "target")),
            *((name, pa.string()) for name in ("place", "group", "mediator")),
            *((name, pa.int32()) for name in ("dead", *_DEAD, *_TOLD)),
            ("scripted", pa.bool_()),
        ]
    ),
    STATES: pa.schema([*_WHERE, ("state", pa.string()), *_numbers(_OF_STATES)]),
    DYADS: pa.schema(
        [
            *_WHERE,
            *((name, pa.string()) for name in ("state", "rival", "posture")),
            *((name, pa.int32()) for name in ("acts", "rung", "dead_own", "dead_rival")),
            *_numbers(_OF_VIEWS),
            ("ceasefire", pa.float64()),
        ]
    ),
}


_UNITS = {
    "replication": "number",
    "day": "days",
    "acts": "count",
    "rung": "rung",
    **{name: one.unit for name, one in (_OF_STATES | _OF_VIEWS).items()},
    "ceasefire": "quality",
    "scripted": "flag",
}


def unit_of(field: pa.Field) -> str:
    """The unit of a column: a word, or the dead where it is no other number."""
    return "word" if pa.types.is_string(field.type) else _UNITS.get(field.name, "deaths")


def write_record(
    ensemble: Ensemble,
    names: tuple[str, ...] = (EVENTS, *DAILY),
    progress: Progress | None = None,
    *,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> None:
    """Write some of the tables into the folder of an ensemble.

    Parameters
    ----------
    ensemble : finished; replications that failed have no rows
    names : of the tables
    progress : is told how it gets on
    engine, allow_python : as for `sim.run`

    Raises
    ------
    StoreError : if the folder cannot be written, or another process writes there
    KeyboardInterrupt : on Ctrl-C; a table that is not whole is not there
    """
    progress = progress or Progress()
    choose = engine_for(engine, allow_python=allow_python)
    marks = _marks(ensemble)
    lock = Lock(ensemble.folder)
    lock.acquire()
    try:
        missing = [name for name in names if not _is_there(ensemble, name, marks)]
        if missing:
            _write(ensemble, choose(ensemble.scenario), missing, marks, progress)
    finally:
        lock.release()


def _marks(ensemble: Ensemble) -> dict[bytes, bytes]:
    """What tells a table of these replications from another."""
    manifest = read_manifest(ensemble.folder)
    identity = "" if manifest is None else manifest.identity
    about = {"scenario": ensemble.scenario.id, "runs": str(ensemble.size), "identity": identity}
    return {key.encode(): value.encode() for key, value in about.items()}


def _is_there(ensemble: Ensemble, name: str, marks: Mapping[bytes, bytes]) -> bool:
    path = ensemble.folder / f"{name}.parquet"
    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowException):
        return False
    found = schema.metadata or {}
    return schema.equals(SCHEMAS[name]) and all(
        found.get(key) == value for key, value in marks.items()
    )


def _write(
    ensemble: Ensemble,
    engine: Engine,
    names: list[str],
    marks: Mapping[bytes, bytes],
    progress: Progress,
) -> None:
    progress.start(0, ensemble.size)
    own = OwnNames.of(ensemble.scenario)
    with ExitStack() as stack:
        writers = {}
        for name in names:
            file = stack.enter_context(whole_file(ensemble.folder / f"{name}.parquet"))
            schema = SCHEMAS[name].with_metadata(dict(marks))
            writers[name] = stack.enter_context(tables.writer(file, schema))
        for first in range(0, ensemble.size, IN_A_GROUP):
            last = min(first + IN_A_GROUP, ensemble.size)
            parts: dict[str, list[pa.Table]] = {name: [] for name in names}
            for number in range(first, last):
                run = engine.replay(ensemble.seed, number)
                for name in names if run.failure is None else ():
                    parts[name].append(_table_of(name, run, number, own))
                progress.advance(1)
            for name, found in parts.items():
                if found:
                    group = pa.concat_tables(found).replace_schema_metadata(dict(marks))
                    writers[name].write_table(group, row_group_size=max(1, len(group)))


class OwnNames(NamedTuple):
    """What a scenario file calls its own actions, events and flows, in their order."""

    actions: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()

    @classmethod
    def of(cls, scenario: Scenario) -> OwnNames:
        """Those of a scenario."""
        file = scenario.file
        return cls(tuple(file.actions), tuple(file.events), tuple(file.flows))

    def of_rows(self, rows: NDArray[Any]) -> list[str | None]:
        """The name of each event, None where it is nothing of the file's own."""
        found: list[str | None] = [None] * len(rows)
        for names, kinds, field, first in (
            (self.actions, (EventKind.ACT,), "value", 1),  # 0 is the action as it is
            (self.events, (EventKind.HAPPENING,), "action", 0),
            (self.flows, (EventKind.FLOW_BEGIN, EventKind.FLOW_END), "action", 0),
        ):
            for row in np.flatnonzero(np.isin(rows["kind"], kinds)) if names else ():
                number = int(rows[field][row]) - first
                found[row] = names[number] if 0 <= number < len(names) else None
        return found


def _table_of(name: str, run: Rerun, replication: int, own: OwnNames) -> pa.Table:
    if name == EVENTS:
        return events_table(run, replication, own)
    return (states_table if name == STATES else dyads_table)(run, replication)


def events_table(run: Rerun, replication: int, own: OwnNames) -> pa.Table:
    """The events of a replication after the release, in their order."""
    t, rows = run.template, run.events[run.events["day"] > 0]
    kind = rows["kind"]
    mediated = np.isin(kind, MEDIATED)
    about = rows["group"]
    columns: dict[str, Any] = {
        "replication": np.full(len(rows), replication),
        "day": rows["day"],
        "kind": _words(kind, words(EventKind)),
        "detail": _details(rows, t),
        "own": own.of_rows(rows),
        "actor": _words(rows["actor"], t.actors),
        "target": _words(rows["target"], t.states),
        "place": _words(rows["sector"], t.sectors),
        "group": _words(np.where(mediated, -1, about), t.groups),
        "mediator": _words(np.where(mediated, about, -1), t.mediators),
        "dead": np.sum([rows[name] for name in _DEAD], axis=0),
        **{name: rows[name] for name in _DEAD},
        **{name: [None if one < 0 else one for one in rows[name].tolist()] for name in _TOLD},
        "scripted": rows["scripted"] > 0,
    }
    return _table(SCHEMAS[EVENTS], columns)


def _details(rows: NDArray[Any], template: Template) -> list[str | None]:
    """What the field `action` of each event holds, in words."""
    found: list[str | None] = []
    for kind, action in zip(rows["kind"].tolist(), rows["action"].tolist(), strict=True):
        table = EventKind(kind).action
        if table is None or action < 0:
            found.append(None)
        else:
            found.append(template.actions[action].word if table is Action else words(table)[action])
    return found


def _words(numbers: NDArray[Any], names: tuple[str, ...]) -> list[str | None]:
    return [names[one] if 0 <= one < len(names) else None for one in numbers.tolist()]


def states_table(run: Rerun, replication: int) -> pa.Table:
    """Every day of every state, states in turn."""
    days, states = _days(run), run.template.states
    columns: dict[str, Any] = _when(replication, days.horizon, len(states))
    columns["state"] = np.repeat(np.array(states, dtype=object), days.horizon)
    for name, one in _OF_STATES.items():
        series = [days.series(one.path.replace("{state}", state)) for state in states]
        columns[name] = np.concatenate(series)
    return _table(SCHEMAS[STATES], columns)


def dyads_table(run: Rerun, replication: int) -> pa.Table:
    """Every day of every state and rival that have a relation, pairs in turn."""
    days, t = _days(run), run.template
    views = list(_views(t))
    columns: dict[str, Any] = _when(replication, days.horizon, len(views))
    parts: dict[str, list[Any]] = {name: [] for name in SCHEMAS[DYADS].names[2:]}
    for relation, i, j in views:
        found = _acts(days, i, j)
        posture = slot(t.spans, "dyads", "posture", i, j)
        postures = days.blocks[1:, posture].view(np.int64)
        found["posture"] = np.array(words(Action), dtype=object)[postures]
        for name, number in (("state", i), ("rival", j)):
            found[name] = np.full(days.horizon, t.states[number], dtype=object)
        for name, one in _OF_VIEWS.items():
            found[name] = days.series(one.path.format(relation=relation, state=t.states[i]))
        found["ceasefire"] = days.series(f"relations.{relation}.ceasefire")
        for name, values in found.items():
            parts[name].append(values)
    columns |= {name: np.concatenate(values or [[]]) for name, values in parts.items()}
    return _table(SCHEMAS[DYADS], columns)


def _views(template: Template) -> Iterator[tuple[str, int, int]]:
    """Each relation, seen from either side."""
    whole = template.words.view(np.int64)
    for p, relation in enumerate(template.relations):
        a, b = (int(whole[slot(template.spans, "pairs", side, p)]) for side in ("a", "b"))
        yield from ((relation, a, b), (relation, b, a))


def _acts(days: Days, i: int, j: int) -> dict[str, NDArray[Any]]:
    """By day: acts and clashes of one state against another, the highest rung, and the dead."""
    rows, size = days.events, days.horizon + 1
    act, clash = rows["kind"] == EventKind.ACT, rows["kind"] == EventKind.CLASH
    rows = rows[(act | clash) & (rows["actor"] == i) & (rows["target"] == j)]
    of_acts = np.array([one.rung for one in days.template.actions])
    of_clashes = np.array([int(one.rung) for one in Command])
    is_act = rows["kind"] == EventKind.ACT
    rungs = np.where(
        is_act,
        of_acts[np.where(is_act, rows["action"], 0)],
        of_clashes[np.where(is_act, 0, rows["action"])],
    )
    highest = np.zeros(size, dtype=np.int64)
    np.maximum.at(highest, rows["day"], rungs)
    rival = rows["dead_security"] + rows["dead_civilians"] + rows["dead_militants"]
    whole = np.unique(rows[["day", "kind", "action"]])
    return {
        "acts": np.bincount(whole["day"], minlength=size)[1:],
        "rung": highest[1:],
        "dead_own": np.bincount(rows["day"], rows["dead_own"], size)[1:],
        "dead_rival": np.bincount(rows["day"], rival, size)[1:],
    }


def _days(run: Rerun) -> Days:
    after = run.events[run.events["day"] > 0]
    return Days(run.template, after, run.blocks[run.template.history_days - 1 :])


def _when(replication: int, horizon: int, times: int) -> dict[str, Any]:
    return {
        "replication": np.full(horizon * times, replication),
        "day": np.tile(np.arange(1, horizon + 1), times),
    }


def _table(schema: pa.Schema, columns: Mapping[str, Any]) -> pa.Table:
    arrays = [_array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, np.ndarray) and pa.types.is_integer(kind):
        values = values.astype(kind.to_pandas_dtype())
    return pa.array(values, kind)
