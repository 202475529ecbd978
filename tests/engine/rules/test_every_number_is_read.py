"""A rule reads every number of the scenario language, by its name in the tables of the world."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.engine.world import tables

SIM = Path(__file__).parents[3] / "sim"
RULES = [
    *sorted((SIM / "engine/rules").glob("*.py")),
    *sorted((SIM / "engine/policies").glob("*.py")),
    SIM / "engine/day.py",
    SIM / "engine/replication.py",
]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in RULES)
READ = set(re.findall(r"\.([a-z_0-9]+)\b(?!\s*=[^=])", TEXT))

#: tables of entities with the numbers that a scenario gives them
ENTITIES = (
    "RULES",
    "STATES",
    "DYADS",
    "PAIRS",
    "GROUPS",
    "HOSTS",
    "SECTORS",
    "BORDERS",
    "MEDIATORS",
    "LEVERAGE",
)
# written for the measures and the conditions of events alone
MEASURED = {"belief_end", "rung_before"}
NUMBERS = [
    (table, name)
    for table in ENTITIES
    for name in getattr(tables, table).names
    if getattr(tables, table)[name] == "f8" and name not in MEASURED
]


@pytest.mark.parametrize(("table", "name"), NUMBERS)
def test_a_rule_reads_it(table: str, name: str) -> None:
    assert name in READ, (
        f"nothing reads {name} of {table}: give it force or take it out of the schema"
    )
