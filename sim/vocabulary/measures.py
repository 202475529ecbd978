"""The measures of a replication: name, unit, meaning, and the word of the world that holds each.

A new measure is one entry here and the rule that adds to its field. All count from the release. The
data dictionary, the tables and the conditions of outcomes are made from this list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.vocabulary.ladder import Rung


class Measure(NamedTuple):
    """One column of the table of replications.

    `table` and `field` name the world's word that holds it, `row` the name of the entity or rung
    (empty for the one row of the tally). `unit` "days" with `time` True is a time, missing if it
    never came.
    """

    name: str
    unit: str
    meaning: str
    table: str
    field: str
    row: str = ""
    time: bool = False
    whole: bool = True


def _tally(
    name: str, unit: str, meaning: str, *, time: bool = False, whole: bool = True
) -> Measure:
    return Measure(name, unit, meaning, "tally", name, "", time, whole)


#: The field of the world's table of rungs that counts days.
RUNG_DAYS = "days"

FIXED = (
    _tally("max_rung", "rung", "highest rung reached"),
    _tally("max_rung_day", "days", "day on which the highest rung was first reached", time=True),
    *(
        Measure(
            f"days_at_rung_{rung.value}",
            "days",
            f"days on which the highest rung was {rung.value} ({rung.title})",
            "rungs",
            RUNG_DAYS,
            rung.word,
        )
        for rung in Rung
    ),
    _tally(
        "first_limited_strike_day",
        "days",
        "days from release to the first limited strike",
        time=True,
    ),
    _tally(
        "first_raid_day",
        "days",
        "days from release to the first raid, national or local",
        time=True,
    ),
    _tally("first_open_war_day", "days", "days from release to the first open war", time=True),
    _tally("first_ceasefire_day", "days", "days from release to the first ceasefire", time=True),
    _tally(
        "first_ceasefire_length",
        "days",
        "days that the first ceasefire held, censored at the end of the run",
        time=True,
    ),
    _tally("first_ceasefire_broken", "flag", "1 if the first ceasefire collapsed within the run"),
    _tally("longest_war", "days", "longest unbroken stretch of open war"),
    _tally("wars", "count", "times that open war began; one going on at the release counts"),
    _tally("ceasefires", "count", "ceasefires that began"),
    _tally("ceasefire_collapses", "count", "ceasefires that collapsed"),
    _tally(
        "collapses_by_climb", "count", "collapses on a day on which a state climbed to open war"
    ),
    _tally(
        "collapses_by_erosion",
        "count",
        "collapses of quality worn down by violations, spoilers or time",
    ),
    _tally("ceasefire_days", "days", "days with a ceasefire in force in some relation"),
    _tally("offers", "count", "offers of talks by mediators"),
    _tally("attacks", "count", "attacks by militant groups"),
    _tally("raids", "count", "raids across a border, national and local"),
    _tally(
        "strikes",
        "count",
        "air strikes across a border, limited, military and of open war (one a day)",
    ),
    _tally("clashes", "count", "local clashes of border commands (fire and raids)"),
    _tally("offensives", "count", "ground offensives across a border"),
    _tally("operations", "count", "domestic operations against groups"),
    _tally("deaths", "deaths", "all dead: soldiers, civilians, militants"),
    _tally("truces", "count", "truces with groups that began"),
    _tally(
        "closure_days",
        "days",
        "days with crossings closed, summed over crossings by share of trade",
        whole=False,
    ),
    _tally("trade_lost", "million USD", "trade lost to closures", whole=False),
    _tally(
        "ceasefire_at_end", "flag", "1 if a ceasefire was in force in every relation at the end"
    ),
    _tally(
        "ceasefire_quality_end",
        "quality",
        "lowest quality of the ceasefires in force at the end, 0 if a relation has none",
        whole=False,
    ),
    _tally(
        "ceasefire_age_end",
        "days",
        "age at the end of the youngest ceasefire in force, 0 if a relation has none",
    ),
    _tally("war_at_end", "flag", "1 if open war was going on at the end"),
    _tally("window_max_rung", "rung", "highest rung in the last days (outcome_window)"),
    _tally("window_deaths", "deaths", "interstate dead in the last days (outcome_window)"),
    _tally(
        "interstate_deaths",
        "deaths",
        "soldiers and civilians killed in acts of states against each other and in clashes",
    ),
    _tally("sectors_held_end", "sectors", "sectors mostly controlled by a group at the end"),
    _tally("nuclear_signals", "count", "acts of nuclear signalling"),
)

PER_STATE = (
    ("deaths_{}_security", "deaths", "soldiers and police of {} killed", "deaths_security", True),
    ("deaths_{}_civilian", "deaths", "civilians of {} killed", "deaths_civilian", True),
    ("strikes_by_{}", "count", "air strikes by {}", "strikes", True),
    ("raids_by_{}", "count", "raids by {}, national and local", "raids", True),
    (
        "claimed_by_{}", "deaths",
        "enemy soldiers that {} claims to have killed in acts against rivals", "claimed", True,
    ),
    (
        "admitted_by_{}", "deaths",
        "own soldiers that {} admits to have lost in acts between states", "admitted", True,
    ),
    ("collapses_by_{}", "count", "ceasefires that collapsed on an act of {}", "collapses", True),
    ("weariness_end_{}", "stock", "weariness of {} at the end", "weariness", False),
)  # fmt: skip

PER_GROUP = (
    ("deaths_{}", "deaths", "fighters of {} killed", "deaths", True),
    ("attacks_{}", "count", "attacks by {}", "attacks", True),
    ("fighters_end_{}", "fighters", "fighters of {} at the end", "strength", False),
)

PER_SECTOR = (("events_{}", "count", "attacks, strikes and clashes in {}", "events", True),)

PER_VIEW = (
    (
        "belief_end_{}_{}",
        "probability",
        "belief of {0} at the end that {1} harbours its enemies",
        "belief_end",
        False,
    ),
)


def measures(
    states: Sequence[str],
    groups: Sequence[str],
    sectors: Sequence[str],
    views: Sequence[tuple[str, str]] = (),
) -> tuple[Measure, ...]:
    """All measures of a scenario with these entities, in the order of the columns of `runs`."""
    per = [
        Measure(name.format(row), unit, meaning.format(row), table, field, row, False, whole)
        for table, rows, entries in (
            ("states", states, PER_STATE),
            ("groups", groups, PER_GROUP),
            ("sectors", sectors, PER_SECTOR),
        )
        for row in rows
        for name, unit, meaning, field, whole in entries
    ]
    per += [
        Measure(
            name.format(*view),
            unit,
            meaning.format(*view),
            "dyads",
            field,
            f"{view[0]}>{view[1]}",
            False,
            whole,
        )
        for view in views
        for name, unit, meaning, field, whole in PER_VIEW
    ]
    return (*FIXED, *per)


#: Outcome classes used when a scenario names none; the first whose conditions all hold.
DEFAULT_OUTCOMES: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "open war": {"window_max_rung": {"at_least": 6}},
    "limited war": {"window_max_rung": {"at_least": 4}},
    "settlement": {
        "ceasefire_quality_end": {"at_least": 0.6},
        "ceasefire_age_end": {"at_least": 90},
    },
    "ceasefire holding": {"ceasefire_at_end": {"at_least": 1}},
    "simmering": {},
}
