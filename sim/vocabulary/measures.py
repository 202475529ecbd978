"""The measures of a replication: name, unit, and the word of the world that holds each.

A new measure is one entry here, its words in `sim/words` (`vocabulary.measures` and
`vocabulary.meanings`), and the rule that adds to its field. All count from the release. The data
dictionary, the tables and the conditions of outcomes are made from this list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.vocabulary.ladder import Rung
from sim.vocabulary.own_measures import Own


class Measure(NamedTuple):
    """One column of the table of replications.

    `name` is the column, `key` what its words in `sim/words` are found by: one for all rungs, one
    for all states and so on. `table` and `field` name the world's word that holds it, `row` the
    name of the entity or rung (empty for the one row of the tally, two names parted by ">" for a
    view), `title` the name that the scenario gives the entity, if any, two as in `row`. `unit`
    "days" with `time` True is a time from the release, missing if it never came. With `ended_by`,
    the name of a flag, it is instead a duration: missing if it never began, and censored by the end
    of the run where the flag is 0. `own` is what a scenario file says of a measure of its own,
    whose `table` is "own" and `title` what the file calls it; no word of the world holds it.
    """

    name: str
    key: str
    unit: str
    table: str
    field: str
    row: str = ""
    time: bool = False
    whole: bool = True
    ended_by: str = ""
    title: str = ""
    own: Own | None = None

    @property
    def duration(self) -> bool:
        """Whether it is how long something lasted, which the end of the run can censor."""
        return bool(self.ended_by)


def _tally(
    name: str, unit: str, *, time: bool = False, whole: bool = True, ended_by: str = ""
) -> Measure:
    return Measure(name, name, unit, "tally", name, "", time, whole, ended_by)


#: The field of the world's table of rungs that counts days.
RUNG_DAYS = "days"

FIXED = (
    _tally("max_rung", "rung"),
    _tally("max_rung_day", "days", time=True),
    *(
        Measure(f"days_at_rung_{rung.value}", "days_at_rung", "days", "rungs", RUNG_DAYS, rung.word)
        for rung in Rung
    ),
    _tally("first_limited_strike_day", "days", time=True),
    _tally("first_raid_day", "days", time=True),
    _tally("first_open_war_day", "days", time=True),
    _tally("first_war_days", "days", time=True, ended_by="first_war_over"),
    _tally("first_war_over", "flag"),
    _tally("first_ceasefire_day", "days", time=True),
    _tally("first_ceasefire_length", "days", time=True, ended_by="first_ceasefire_broken"),
    _tally("first_ceasefire_broken", "flag"),
    _tally("longest_war", "days"),
    _tally("wars", "count"),
    _tally("ceasefires", "count"),
    _tally("ceasefire_collapses", "count"),
    _tally("collapses_by_climb", "count"),
    _tally("collapses_by_erosion", "count"),
    _tally("collapses_by_lapse", "count"),
    _tally("ceasefire_days", "days"),
    _tally("offers", "count"),
    _tally("attacks", "count"),
    _tally("raids", "count"),
    _tally("strikes", "count"),
    _tally("clashes", "count"),
    _tally("offensives", "count"),
    _tally("operations", "count"),
    _tally("deaths", "deaths"),
    _tally("truces", "count"),
    _tally("closure_days", "days", whole=False),
    _tally("trade_lost", "million USD", whole=False),
    _tally("ceasefire_at_end", "flag"),
    _tally("ceasefire_quality_end", "quality", whole=False),
    _tally("ceasefire_age_end", "days"),
    _tally("war_at_end", "flag"),
    _tally("window_max_rung", "rung"),
    _tally("window_deaths", "deaths"),
    _tally("interstate_deaths", "deaths"),
    _tally("sectors_held_end", "sectors"),
    _tally("nuclear_signals", "count"),
)


#: Of the wars of several states; only where a scenario has alliances.
OF_ALLIANCES = (
    _tally("most_states_at_war", "states"),
    _tally("coalition_wars", "count"),
    _tally("coalition_war_days", "days"),
    _tally("first_entry_day", "days", time=True),
    _tally("separate_peaces", "count"),
)


class PerEntity(NamedTuple):
    """A measure of each entity of a table: its name by that of the entity, and its field."""

    pattern: str
    unit: str
    field: str
    whole: bool = True
    time: bool = False

    def of(self, table: str, row: str, **names: str) -> Measure:
        """The measure of one entity."""
        return Measure(
            self.pattern.format(**names),
            self.key,
            self.unit,
            table,
            self.field,
            row,
            time=self.time,
            whole=self.whole,
        )

    @property
    def key(self) -> str:
        """The pattern with the kinds of entities in place of their names."""
        return self.pattern.replace("{", "").replace("}", "")


PER_STATE = (
    PerEntity("deaths_{state}_security", "deaths", "deaths_security"),
    PerEntity("deaths_{state}_civilian", "deaths", "deaths_civilian"),
    PerEntity("strikes_by_{state}", "count", "strikes"),
    PerEntity("raids_by_{state}", "count", "raids"),
    PerEntity("claimed_by_{state}", "deaths", "claimed"),
    PerEntity("admitted_by_{state}", "deaths", "admitted"),
    PerEntity("collapses_by_{state}", "count", "collapses"),
    PerEntity("weariness_end_{state}", "stock", "weariness", whole=False),
)

PER_GROUP = (
    PerEntity("deaths_{group}", "deaths", "deaths"),
    PerEntity("attacks_{group}", "count", "attacks"),
    PerEntity("fighters_end_{group}", "fighters", "strength", whole=False),
)

PER_SECTOR = (PerEntity("events_{sector}", "count", "events"),)

#: Of each event of the scenario's own rule (`events`).
PER_EVENT = (PerEntity("times_{event}", "count", "times"),)

#: Of each flow of support or sanctions (`flows`).
PER_FLOW = (PerEntity("moved_{flow}", "stock", "moved", whole=False),)

#: Of each of the scenario's own actions (`actions`).
PER_OWN_ACT = (PerEntity("acts_{action}", "count", "acts"),)

#: Of each alliance (`alliances`).
PER_ALLIANCE = (
    PerEntity("calls_{alliance}", "count", "calls"),
    PerEntity("honoured_{alliance}", "count", "honoured"),
    PerEntity("deserted_{alliance}", "count", "deserted"),
    PerEntity("first_entry_day_{alliance}", "days", "first_entry", time=True),
)

PER_VIEW = (PerEntity("belief_end_{state}_{rival}", "probability", "belief_end", whole=False),)


def measures(
    states: Sequence[str],
    groups: Sequence[str],
    sectors: Sequence[str],
    views: Sequence[tuple[str, str]] = (),
    events: Sequence[str] = (),
    flows: Sequence[str] = (),
    actions: Sequence[str] = (),
    alliances: Sequence[str] = (),
) -> tuple[Measure, ...]:
    """All measures of a scenario with these entities, in the order of the columns of `runs`."""
    per = [
        entry.of(table, row, **{kind: row})
        for table, kind, rows, entries in (
            ("states", "state", states, PER_STATE),
            ("groups", "group", groups, PER_GROUP),
            ("sectors", "sector", sectors, PER_SECTOR),
            ("possible", "event", events, PER_EVENT),
            ("flows", "flow", flows, PER_FLOW),
            ("own_acts", "action", actions, PER_OWN_ACT),
            ("alliances", "alliance", alliances, PER_ALLIANCE),
        )
        for row in rows
        for entry in entries
    ]
    per += [
        entry.of("dyads", f"{state}>{rival}", state=state, rival=rival)
        for state, rival in views
        for entry in PER_VIEW
    ]
    return (*FIXED, *(OF_ALLIANCES if alliances else ()), *per)


#: Outcome classes used when a scenario names none: over the whole run; the first whose conditions
#: all hold. A war that came is never outweighed by what came after it.
DEFAULT_OUTCOMES: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "war, not over": {"wars": {"at_least": 1}, "war_at_end": {"at_least": 1}},
    "war, settled": {
        "wars": {"at_least": 1},
        "ceasefire_quality_end": {"at_least": 0.6},
        "ceasefire_age_end": {"at_least": 90},
    },
    "war, then a truce": {"wars": {"at_least": 1}, "ceasefire_at_end": {"at_least": 1}},
    "war, then no truce": {"wars": {"at_least": 1}},
    "strikes, then a truce": {"max_rung": {"at_least": 4}, "ceasefire_at_end": {"at_least": 1}},
    "strikes, no truce": {"max_rung": {"at_least": 4}},
    "only raids": {"max_rung": {"at_least": 3}},
    "quiet": {},
}
