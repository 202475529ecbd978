"""What the conditions of a file can look at: stocks and states of the world, by name.

A reading is a word of the world as it stands in the morning. Measures that count as the days go by
are readings too; those that are only known on the last day are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.vocabulary.measures import Measure


class Reading(NamedTuple):
    """One quantity that a condition can name.

    `name` in a file, `key` what its words in `sim/words` are found by; `table`, `field` and `row`
    (names of entities, parted by ">") the word of the world that holds it. `whole`: the word is a
    whole number; `odds`: it holds log-odds, and the reading is the probability; `time`: it is
    missing until something comes.
    """

    name: str
    key: str
    unit: str
    table: str
    field: str
    row: str = ""
    whole: bool = False
    odds: bool = False
    time: bool = False


class PerRow(NamedTuple):
    """A reading of each entity of a kind: its name by theirs."""

    pattern: str
    unit: str
    table: str
    field: str
    whole: bool = False
    odds: bool = False
    time: bool = False

    @property
    def key(self) -> str:
        """The pattern with the kinds of entities in place of their names."""
        return self.pattern.replace("{", "").replace("}", "")

    def of(self, row: str, **names: str) -> Reading:
        """The reading of one entity, or of two."""
        name = self.pattern.format(**names)
        return Reading(
            name, self.key, self.unit, self.table, self.field, row, self.whole, self.odds, self.time
        )


class Entities(NamedTuple):
    """Names of what a scenario has; `pairs` are relations, `hosts` a group and a state."""

    states: Sequence[str] = ()
    groups: Sequence[str] = ()
    sectors: Sequence[str] = ()
    pairs: Sequence[tuple[str, str]] = ()
    hosts: Sequence[tuple[str, str]] = ()
    events: Sequence[str] = ()
    alliances: Sequence[str] = ()


OF_THE_WORLD = (
    Reading("day", "day", "days", "clock", "day", whole=True),
    Reading("rung", "rung", "rung", "tally", "rung_today"),
)
#: Only where a scenario has alliances.
OF_COALITIONS = (Reading("states_at_war", "states_at_war", "states", "tally", "states_today"),)
OF_A_STATE = (
    PerRow("weariness_{state}", "share", "states", "weariness"),
    PerRow("pressure_{state}", "stock", "states", "pressure"),
    PerRow("lost_{state}", "deaths", "states", "lost"),
    PerRow("offensive_{state}", "flag", "states", "offensive", whole=True),
)
#: Of a relation; its two states may stand in either order.
OF_A_PAIR = (
    PerRow("rung_{state}_{rival}", "rung", "pairs", "rung_before"),
    PerRow("war_{state}_{rival}", "flag", "pairs", "war", whole=True),
    PerRow("ceasefire_{state}_{rival}", "flag", "pairs", "in_force", whole=True),
    PerRow("ceasefire_quality_{state}_{rival}", "quality", "pairs", "ceasefire"),
    PerRow("ceasefire_age_{state}_{rival}", "days", "pairs", "age", whole=True),
    PerRow("trust_{state}_{rival}", "share", "pairs", "trust"),
)
#: What the first state holds against the second.
OF_A_VIEW = (
    PerRow("outrage_{state}_{rival}", "stock", "dyads", "outrage"),
    PerRow("grievance_{state}_{rival}", "stock", "dyads", "grievance"),
    PerRow("belief_{state}_{rival}", "probability", "dyads", "belief", odds=True),
    PerRow("targets_{state}_{rival}", "share", "dyads", "targets"),
    PerRow("closed_{state}_{rival}", "flag", "dyads", "closed"),
)
OF_A_GROUP = (
    PerRow("fighters_{group}", "fighters", "groups", "strength"),
    PerRow("truce_{group}", "flag", "groups", "truce", whole=True),
)
OF_A_HOST = (PerRow("haven_{group}_{state}", "share", "hosts", "haven_now"),)
OF_A_SECTOR = (PerRow("control_{sector}", "share", "sectors", "control"),)
OF_AN_EVENT = (
    PerRow("times_{event}", "count", "possible", "times"),
    PerRow("since_{event}", "days", "possible", "since", time=True),
)
PER_ROW = (
    *(*OF_A_STATE, *OF_A_PAIR, *OF_A_VIEW, *OF_A_GROUP),
    *(*OF_A_HOST, *OF_A_SECTOR, *OF_AN_EVENT),
)

# measures that are written on the last day, or say how something stood then
_OF_THE_END = ("_end", "_at_end", "first_ceasefire_length", "window_")


def readings(entities: Entities, measures: Sequence[Measure] = ()) -> tuple[Reading, ...]:
    """All readings of a scenario with these entities, and those of its measures that count."""
    coalitions = OF_COALITIONS if entities.alliances else ()
    counted = filter(None, map(_of_measure, measures))
    return (*OF_THE_WORLD, *coalitions, *_of(entities), *counted)


def _of(entities: Entities) -> Iterator[Reading]:
    for kind, names, entries in (
        ("state", entities.states, OF_A_STATE),
        ("group", entities.groups, OF_A_GROUP),
        ("sector", entities.sectors, OF_A_SECTOR),
        ("event", entities.events, OF_AN_EVENT),
    ):
        for name in names:
            yield from (entry.of(name, **{kind: name}) for entry in entries)
    for a, b in entities.pairs:
        for state, rival in ((a, b), (b, a)):
            row = f"{state}>{rival}"
            for entry in (*OF_A_PAIR, *OF_A_VIEW):
                yield entry.of(row, state=state, rival=rival)
    for group, state in entities.hosts:
        for entry in OF_A_HOST:
            yield entry.of(f"{group}>{state}", group=group, state=state)


def _of_measure(measure: Measure) -> Reading | None:
    if any(mark in measure.name and mark in measure.key for mark in _OF_THE_END):
        return None
    if measure.table == "possible":  # a reading already
        return None
    missing = measure.time or measure.duration
    return Reading(
        measure.name,
        measure.key,
        measure.unit,
        measure.table,
        measure.field,
        measure.row,
        time=missing,
    )
