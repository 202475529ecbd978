"""The data dictionary: each column of each table has its unit and meaning in every language."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sim.studies import discovery, overview, uncertainty
from sim.studies.audit import audit
from sim.studies.compare import crossing, regret, table
from sim.studies.dictionary import POINT, ROWS, SERIES, Column, dictionary, entries
from sim.studies.inputs import ESTIMATE
from sim.studies.sensitivity import sensitivity
from sim.studies.tournament import tournament
from sim.words import words
from tests.report import fake

FACTOR = Column("states.arland.resolve", "1", "factor", "resolve")
INPUT = Column("states.arland.resolve", "1", "input", "resolve")
DAY = Column("day of arland=raid", "days", "forced")
TABLES = {
    "runs": (POINT, *ROWS, INPUT),
    "series": SERIES,
    "compare": table.COLUMNS,
    "matrix": crossing.COLUMNS,
    "regret": regret.COLUMNS,
    "discover": discovery.COLUMNS,
    "sweep": (POINT, *ESTIMATE, FACTOR),
    "tournament": tournament.COLUMNS,
    "uncertainty": uncertainty.COLUMNS,
    "overview": overview.COLUMNS,
    "sensitivity": sensitivity.COLUMNS,
    "audit": audit.COLUMNS,
    "fork": (DAY,),
}


@pytest.mark.parametrize(("name", "columns"), TABLES.items())
def test_every_column_has_words_and_every_unit_too(name: str, columns: Sequence[Column]) -> None:
    for tag in ("en", "fr"):
        said = words(tag)
        units = {key for key in said.own.section("vocabulary") if ".units." in key}
        assert all(one.meaning and "{" not in one.meaning for one in entries(name, columns, said))
        assert {f"vocabulary.units.{c.unit}" for c in columns if c not in (FACTOR, INPUT)} <= units


def test_no_words_are_left_of_a_column_that_is_gone() -> None:
    written = {key.split(".")[-1] for key in words().own.section("studies") if ".columns." in key}
    there = {f"{name}_{one.key or one.name}" for name, rows in TABLES.items() for one in rows}
    assert written == there


def test_a_dictionary_is_in_the_language_of_its_reader() -> None:
    french = {one.name: one for one in dictionary(fake.two_states(), words("fr"))}
    assert french["first_ceasefire_day"].unit == "jours"
    assert french["first_ceasefire_day"].meaning == "jours du départ au premier cessez-le-feu"
    assert french["deaths_arland_security"].meaning == "soldats et policiers tués (Arland)"
    assert french["status"].meaning.startswith("0 si la réplication")
    english = [one.meaning for one in dictionary(fake.two_states())]
    assert "days from release to the first ceasefire" in english
