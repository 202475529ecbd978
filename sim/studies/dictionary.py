"""The data dictionary: every column of the tables of an ensemble, with unit and meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.scenario import Scenario


class Entry(NamedTuple):
    """One column: its name, its unit and what it means."""

    name: str
    unit: str
    meaning: str


ROWS = (
    Entry(
        "replication",
        "number",
        "number of the replication; with the seed it names all of its chance",
    ),
    Entry("status", "code", "0 if the replication ran to its end, else the code of what failed"),
    Entry(
        "outcome",
        "word",
        "outcome class: the first of the scenario's classes whose conditions all hold",
    ),
)

SERIES = (
    Entry("replication", "number", "number of the replication"),
    Entry("day", "days", "day after the release, from 1"),
    Entry("rung", "rung", "highest rung of the day"),
    Entry("deaths", "deaths", "all dead of the day"),
    Entry(
        "interstate",
        "deaths",
        "dead of the day in acts of states against each other and in clashes",
    ),
)


def dictionary(scenario: Scenario) -> list[Entry]:
    """Columns of the table of replications, in their order.

    Parameters
    ----------
    scenario : whose measures are meant

    Returns
    -------
    rows of name, unit and meaning; times are missing where the event never came
    """
    return [
        *ROWS,
        *(Entry(measure.name, measure.unit, measure.meaning) for measure in scenario.measures),
    ]
