"""A replication as columns of numbers by day, small enough to be carried in a page.

A column is a list of whole numbers: the first value and then the differences, in units of
1/`scale`. Days that are like the one before are a 0, so that two years of a day's numbers for two
dozen places stay a few dozen kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.world import slot
from sim.engine.world.tables import TABLES

if TYPE_CHECKING:
    from sim.replication.rerun import Rerun

FINE = 500  # steps of a stock between 0 and 1
Json = dict[str, Any]


class Columns:
    """The days of a replication, to be read by table, field and row."""

    def __init__(self, replication: Rerun) -> None:
        self.template = replication.template
        self._whole = replication.blocks.view(np.int64)
        self._real = replication.blocks.view(np.float64)

    @property
    def days(self) -> NDArray[np.int64]:
        """(days,) days from the release."""
        return np.arange(len(self._whole)) - self.template.history_days + 1

    def column(self, table: str, field: str, *index: int) -> NDArray[np.float64]:
        """(days,) one field of one row at the end of each day."""
        place = slot(self.template.spans, table, field, *index)
        kind = TABLES[table].fields[field][0].kind  # type: ignore[index]
        return (self._real if kind == "f" else self._whole)[:, place].astype(np.float64)

    def fighters(self, group: int) -> NDArray[np.float64]:
        """(days,) fighters of a group in all sectors."""
        return np.sum(
            [
                self.column("presence", "fighters", group, k)
                for k in range(len(self.template.sectors))
            ],
            axis=0,
        )


def differences(values: Iterable[float], scale: float = 1) -> list[int]:
    """A column as the page carries it: the first value, then differences, in units of 1/scale.

    What is no number counts as 0.
    """
    whole = np.rint(np.nan_to_num(np.asarray(list(values), np.float64)) * scale).astype(np.int64)
    return [int(value) for value in np.diff(whole, prepend=0)]


def line(values: Iterable[float], scale: float = 1, **about: object) -> Json:
    """A column with whose it is."""
    return {**about, "scale": scale, "v": differences(values, scale)}


def stocks(columns: Columns) -> list[Json]:
    """The stocks: by chart, one line a state, view, relation or group.

    `a` is whose it is and `b` toward whom, numbers of actors as events carry them: states, then
    groups; `name` is the key of a line that is nobody's.
    """
    template = columns.template
    states, groups = range(len(template.states)), range(len(template.groups))
    views = [
        (i, j) for i in states for j in states if columns.column("dyads", "pair", i, j)[0] >= 0
    ]
    pairs = [
        (p, int(columns.column("pairs", "a", p)[0]), int(columns.column("pairs", "b", p)[0]))
        for p in range(len(template.relations))
    ]
    dead = [
        line(columns.column("tally", name, 0), name=key)
        for name, key in (("dead_today", "dead_all"), ("interstate_today", "dead_between"))
    ]
    charts: list[Json] = [{"key": "dead", "top": None, "lines": dead}]
    charts += [
        {
            "key": name,
            "top": None,
            "lines": [line(columns.column("dyads", name, i, j), FINE, a=i, b=j) for i, j in views],
        }
        for name in ("outrage", "grievance")
    ]
    charts.append(
        {
            "key": "belief",
            "top": 1,
            "lines": [
                line(_probability(columns.column("dyads", "belief", i, j)), FINE, a=i, b=j)
                for i, j in views
            ],
        }
    )
    charts.append(
        {
            "key": "weariness",
            "top": None,
            "lines": [line(columns.column("states", "weariness", i), FINE, a=i) for i in states],
        }
    )
    in_force = [
        (columns.column("pairs", "ceasefire", p) * columns.column("pairs", "in_force", p), a, b)
        for p, a, b in pairs
    ]
    charts.append(
        {
            "key": "ceasefire",
            "top": 1,
            "lines": [line(quality, FINE, a=a, b=b, pair=True) for quality, a, b in in_force],
        }
    )
    charts.append(
        {
            "key": "fighters",
            "top": None,
            "lines": [line(columns.fighters(g), a=len(states) + g) for g in groups],
        }
    )
    return [chart for chart in charts if chart["lines"]]


def ground(columns: Columns) -> Json:
    """What changes on the map: fighters and control by sector, crossings closed by relation."""
    template = columns.template
    sectors, groups, relations = (
        range(len(names)) for names in (template.sectors, template.groups, template.relations)
    )
    closed = []
    for p in relations:
        a, b = int(columns.column("pairs", "a", p)[0]), int(columns.column("pairs", "b", p)[0])
        closed.append(
            differences(
                (columns.column("dyads", "closed", a, b) > 0)
                | (columns.column("dyads", "closed", b, a) > 0)
            )
        )
    return {
        "fighters": [
            differences(
                np.sum([columns.column("presence", "fighters", g, k) for g in groups], axis=0)
                if len(groups)
                else np.zeros(len(columns.days))
            )
            for k in sectors
        ],
        "control": [differences(columns.column("sectors", "control", k), 100) for k in sectors],
        "closed": closed,
    }


def _probability(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1.0 / (1.0 + np.exp(-log_odds))
