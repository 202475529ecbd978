"""The data dictionary: every column of the tables of an ensemble, with unit and meaning.

Names of columns and units are the same in every language; what a column means is in `sim/words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sim.words import Words
from sim.words import words as words_of
from sim.words.measures import measure_meaning, unit_name

if TYPE_CHECKING:
    from sim.scenario import Scenario


class Column(NamedTuple):
    """A column of a table: its name and its unit.

    `key` finds its words where several columns share them, and `of` is what they fill in.
    """

    name: str
    unit: str
    key: str = ""
    of: str = ""


class Entry(NamedTuple):
    """One column as people read it: its name, its unit and what it means."""

    name: str
    unit: str
    meaning: str


POINT = Column("point", "number")
ROWS = (Column("replication", "number"), Column("status", "code"), Column("outcome", "word"))
SERIES = (
    Column("replication", "number"),
    Column("day", "days"),
    Column("rung", "rung"),
    Column("deaths", "deaths"),
    Column("interstate", "deaths"),
)


def entries(
    table: str, columns: Iterable[Column], words: Words | None = None, section: str = "studies"
) -> list[Entry]:
    """The columns of a table as people read them.

    Parameters
    ----------
    table : whose words they are, the first part of keys of `columns` in their section
    columns : in their order
    words : the language, English by default
    section : of the words
    """
    said = words or words_of()
    return [
        Entry(
            one.name,
            unit_name(one.unit, said),
            said.text(f"{section}.columns.{table}_{one.key or one.name}", column=one.of),
        )
        for one in columns
    ]


def dictionary(scenario: Scenario, words: Words | None = None) -> list[Entry]:
    """Columns of the table of replications, in their order; drawn numbers are the last.

    Parameters
    ----------
    scenario : whose measures are meant
    words : the language, English by default

    Returns
    -------
    rows of name, unit and meaning; times are missing where the event never came
    """
    said = words or words_of()
    measures = (
        Entry(one.name, unit_name(one.unit, said), measure_meaning(one, said))
        for one in scenario.measures
    )
    drawn = [
        Column(path, number.unit, "input", path)
        for path, number in scenario.numbers().items()
        if number.dist is not None
    ]
    return [*entries("runs", ROWS, said), *measures, *entries("runs", drawn, said)]


def points_dictionary(scenario: Scenario, words: Words | None = None) -> list[Entry]:
    """Columns of the table of replications of a study of many points; see `dictionary`."""
    return [*entries("runs", [POINT], words), *dictionary(scenario, words)]


def series_dictionary(words: Words | None = None) -> list[Entry]:
    """Columns of the table of days, in their order; in English by default."""
    return entries("series", SERIES, words)


def record_dictionary(table: str, words: Words | None = None) -> list[Entry]:
    """Columns of a table of what happened (`sim/replication/record_files.py`), in their order."""
    from sim.replication.record_files import SCHEMAS, unit_of

    said = words or words_of()
    return [
        Entry(
            field.name,
            unit_name(unit_of(field), said),
            said.text(f"paper.columns.{table}_{field.name}"),
        )
        for field in SCHEMAS[table]
    ]
