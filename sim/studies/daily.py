"""Daily series and events of an ensemble as arrays: a row a replication, a column a day.

They are read from the tables of its folder, batch by batch: memory holds what is asked for, of
`MOST` replications at the most, the first ones (replications are independent, so that these are a
sample like any other).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.errors import ModelError, StoreError
from sim.replication.record_files import DYADS, EVENTS, STATES
from sim.stats.table import column
from sim.vocabulary.coded import words
from sim.vocabulary.codes import EventKind
from sim.vocabulary.ladder import Action, Domain
from sim.words.names import readable_name

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario import Scenario
    from sim.words import Words

#: Replications that are read.
MOST = 10_000
#: The option of `run` that makes each table.
OPTION = {EVENTS: "--events", STATES: "--daily", DYADS: "--daily"}
_BATCH = 1 << 18  # rows in memory

#: Series by table: unit, and whether actors are added up (else their mean is taken).
OF_RUNS = {"deaths": "deaths", "interstate": "deaths", "rung": "rung"}
OF_STATES = {
    "weariness": ("stock", False),
    "deaths_security": ("deaths", True),
    "deaths_civilian": ("deaths", True),
}
OF_DYADS = {
    "acts": ("count", True),
    "dead_own": ("deaths", True),
    "dead_rival": ("deaths", True),
    "outrage": ("stock", False),
    "grievance": ("stock", False),
    "belief": ("probability", False),
    "ceasefire": ("quality", False),
}
#: Events by a word for several: the air strikes.
GROUPS = {"strike": tuple(one.word for one in Action if one.domain is Domain.AIR)}
_KINDS = tuple(one.word for one in EventKind if one not in (EventKind.CHANGE, EventKind.FORCED))
Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EventName:
    """What an event is called: a word, and whose or of which detail, if not all are meant."""

    word: str
    of: str = ""

    @classmethod
    def parse(cls, name: str, scenario: Scenario) -> EventName:
        """The event that a name such as `raid`, `raid.westmark` or `attack.market` means.

        Raises
        ------
        ModelError : if there is none, with those that there are
        """
        word, _, of = name.partition(".")
        known = event_names(scenario)
        if word not in known:
            raise _unknown("event", word, known)
        whose = (*_actors(scenario), *_details(word)) if of else ()
        if of and of not in whose:
            raise _unknown(f"event {word}.WHOSE", of, whose)
        return cls(word, of)

    def __str__(self) -> str:
        return f"{self.word}.{self.of}" if self.of else self.word

    def rows(self, table: pa.Table, scenario: Scenario) -> pa.Array:
        """Which rows of a table of events it means."""
        file = scenario.file
        if self.word in (*file.actions, *file.events, *file.flows):
            found = _equal(table["own"], self.word)
        elif self.word in GROUPS or self.word in words(Action):
            one_of = pa.array(GROUPS.get(self.word, (self.word,)))
            act = _equal(table["kind"], EventKind.ACT.word)
            found = pc.and_(act, pc.is_in(table["detail"], value_set=one_of))
        else:
            found = _equal(table["kind"], self.word)
        if self.of:
            either = pc.or_(_equal(table["actor"], self.of), _equal(table["detail"], self.of))
            found = pc.and_(found, either)
        return found


def event_names(scenario: Scenario) -> tuple[str, ...]:
    """All words of events: groups, actions, kinds, and the file's own actions, events and flows."""
    file = scenario.file
    own = (*file.actions, *file.events, *file.flows)
    return tuple(dict.fromkeys((*GROUPS, *words(Action), *_KINDS, *own)))


def series_names(scenario: Scenario) -> tuple[str, ...]:
    """All words of series; a word of an event is the number of these events a day."""
    tables = (*OF_RUNS, *OF_STATES, *OF_DYADS)
    return tuple(dict.fromkeys((*tables, *event_names(scenario))))


def event_title(name: str, scenario: Scenario, words: Words) -> str:
    """An event by its name as people read it."""
    word, _, of = name.partition(".")
    file = scenario.file
    own = file.actions.get(word) or file.events.get(word) or file.flows.get(word)
    if own is None:
        title = words.text(f"paper.events.{word}")
    else:
        title = getattr(own, "label", None) or readable_name(word)
    return words.text("paper.events.of", event=title, of=_titles([of], scenario)) if of else title


def series_title(name: str, scenario: Scenario, words: Words) -> str:
    """A series by its name as people read it."""
    word, *of = name.split(".")
    if word not in (*OF_RUNS, *OF_STATES, *OF_DYADS):
        return words.text("paper.series.counts", event=event_title(name, scenario, words))
    title = words.text(f"paper.series.{word}")
    return words.text("paper.series.of", series=title, of=_titles(of, scenario)) if of else title


def _titles(names: list[str], scenario: Scenario) -> str:
    file = scenario.file
    tables = (file.states, file.groups, file.mediators)
    titles = {
        name: one.title or readable_name(name) for all_ in tables for name, one in all_.items()
    }
    return " – ".join(titles.get(name, readable_name(name)) for name in names)


class Daily:
    """The daily tables of an ensemble, of its first `MOST` replications that did not fail."""

    def __init__(self, ensemble: Ensemble, most: int = MOST) -> None:
        self.ensemble, self.scenario = ensemble, ensemble.scenario
        status = column(ensemble.columns(), "status")[:most]
        self.replications = np.flatnonzero(status == 0)
        self.days = int(ensemble.scenario.horizon)
        self._row = np.full(len(status) + 1, -1, dtype=np.int64)  # the last is for those beyond
        self._row[self.replications] = np.arange(len(self.replications))

    @property
    def shape(self) -> tuple[int, int]:
        """Replications and days."""
        return len(self.replications), self.days

    def series(self, name: str) -> Counts:
        """A series by its name, (n, days).

        `deaths`, `interstate`, `rung`; a column of states or of dyads, of all or of one
        (`weariness.westmark`, `outrage.westmark.eastmark`); or an event, counted by day.

        Raises
        ------
        ModelError : if there is no such series, with those that there are
        StoreError : if its table is not there, with the option that makes it
        """
        word, _, rest = name.partition(".")
        if word in OF_RUNS:
            if rest:
                raise ModelError(f"series {name}: must be {word} alone, got {rest} with it")
            return self._sum("series", word)
        if word in OF_STATES:
            return self._of_actors(STATES, ("state",), name, OF_STATES[word][1])
        if word in OF_DYADS:
            return self._of_actors(DYADS, ("state", "rival"), name, OF_DYADS[word][1])
        if word not in event_names(self.scenario):
            raise _unknown("series", word, series_names(self.scenario))
        return self.counts(EventName.parse(name, self.scenario))

    def unit(self, name: str) -> str:
        """The unit of a series."""
        word = name.partition(".")[0]
        return OF_RUNS.get(word) or (OF_STATES | OF_DYADS).get(word, ("count", True))[0]

    def counts(self, event: EventName) -> Counts:
        """How often an event came on each day, (n, days)."""
        found = np.zeros(self.shape)
        columns = ["replication", "day", "kind", "detail", "own", "actor"]
        for table in self._batches(EVENTS, columns):
            self._add(found, table.filter(event.rows(table, self.scenario)))
        return found

    def _of_actors(self, table: str, keys: tuple[str, ...], name: str, add: bool) -> Counts:
        """A column of states or dyads, added up over them, or their mean; or of one of them."""
        word, *given = name.split(".")
        states = tuple(self.scenario.file.states)
        for one in given:
            if one not in states:
                raise _unknown(f"series {word}.STATE", one, states)
        if given and len(given) != len(keys):
            form = ".".join([word, *(key.upper() for key in keys)])
            raise ModelError(f"series {name}: must be {word} or {form}")
        only = dict(zip(keys, given, strict=False))
        total = self._sum(table, word, only)
        return total if add else total / np.maximum(self._sum(table, None, only), 1)

    def _sum(self, table: str, name: str | None, only: Mapping[str, str] = {}) -> Counts:
        """A column added up by replication and day, or how many rows each has."""
        found = np.zeros(self.shape)
        wanted = ["replication", "day", *([name] if name else []), *only]
        for rows in self._batches(table, wanted):
            for key, one in only.items():
                rows = rows.filter(_equal(rows[key], one))
            self._add(found, rows, name)
        return found

    def _add(self, found: Counts, rows: pa.Table, name: str | None = None) -> None:
        """Add rows of a table, or the values of one of its columns, to their day."""
        number = rows["replication"].to_numpy().astype(np.int64)
        row = self._row[np.minimum(number, len(self._row) - 1)]
        place = row * self.days + rows["day"].to_numpy().astype(np.int64) - 1
        values = None if name is None else rows[name].to_numpy()[row >= 0]
        found += np.bincount(place[row >= 0], values, found.size).reshape(found.shape)

    def _batches(self, table: str, columns: list[str]) -> Iterator[pa.Table]:
        """The rows of a table that can be of these replications, some at a time."""
        path = self.ensemble.folder / f"{table}.parquet"
        if not path.is_file():
            option = OPTION[table]
            raise StoreError(
                f"{self.ensemble.location}: must hold {path.name}, got none (run again with the "
                f"same --out and {option}, which adds it; in Python sim.write_record(ensemble))"
            )
        with pq.ParquetFile(path) as file:
            if missing := set(columns) - set(file.schema_arrow.names):
                raise StoreError(
                    f"{path}: must have the column {min(missing)}, got a file of an earlier "
                    f"version (run again with the same --out and {OPTION[table]})"
                )
            for batch in file.iter_batches(columns=columns, batch_size=_BATCH):
                rows = pa.Table.from_batches([batch])
                yield rows
                if len(rows) and rows["replication"][-1].as_py() >= len(self._row) - 1:
                    return


def _equal(values: Any, word: str) -> Any:
    """Where a column has a word; not where it is missing."""
    return pc.fill_null(pc.equal(values, word), False)


def _actors(scenario: Scenario) -> tuple[str, ...]:
    file = scenario.file
    return (*file.states, *file.groups, *file.mediators)


def _details(word: str) -> tuple[str, ...]:
    """The details that a kind of event can have."""
    kinds = {one.word: one.action for one in EventKind}
    table = kinds.get(word)
    return () if table is None else words(table)


def _unknown(what: str, given: str, known: Sequence[str]) -> ModelError:
    near = get_close_matches(given, known, n=1, cutoff=0.6)
    return ModelError(
        f"{what}: must be one of {', '.join(known)}, got {given}"
        + (f" (did you mean {near[0]}?)" if near else "")
    )
