"""Measures of a scenario's own, from what a replication records: its events and its days.

They are computed after the loop and move nothing in it. Only days after the release count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.elementary import exp
from sim.engine.world.template import slot
from sim.vocabulary.codes import EventKind
from sim.vocabulary.own_measures import (
    MEDIATED,
    OF_SERIES,
    SHARED,
    Entities,
    Moment,
    Own,
    OwnKind,
    Placement,
    event_of,
    series_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.engine.world.template import Template

Floats = NDArray[np.float64]
_DEAD = ("dead_own", "dead_security", "dead_civilians", "dead_militants")
_BOUNDS = {
    "at_least": np.greater_equal,
    "at_most": np.less_equal,
    "above": np.greater,
    "below": np.less,
}


def own_values(template: Template, events: NDArray[Any], blocks: NDArray[np.uint64]) -> Floats:
    """The measures of a scenario's own in one replication, (n_own,), NaN where one is missing.

    Parameters
    ----------
    template : of the scenario
    events : (n,) rows of `sim.engine.world.EVENT`, of all its days
    blocks : (days, n_words) the world's words at the end of each day, history first
    """
    days = Days(template, events[events["day"] > 0], blocks[template.history_days - 1 :])
    return np.array([days.value(one.own) for one in template.measures if one.own is not None])


class Days:
    """The days of a replication after its release; `blocks` begin with the eve of the first."""

    def __init__(
        self, template: Template, events: NDArray[Any], blocks: NDArray[np.uint64]
    ) -> None:
        self.template, self.events, self.blocks = template, events, blocks
        self.horizon = template.horizon
        self._there = _series(template)

    def value(self, own: Own) -> float:
        """A measure; NaN where it is missing."""
        counts = self._days_that_count(own)
        if not counts.any():
            return np.nan
        if own.kind is OwnKind.MEAN:
            return _mean(self.series(own.path)[counts])
        if own.kind in OF_SERIES:
            values = self._words(own.path)[counts]
            # what is read off a word keeps the order of its values, so that one is enough
            end = values.max() if own.kind is OwnKind.HIGHEST else values.min()
            return float(self._read(own.path, np.array([end]))[0])
        assert own.moment is not None
        if own.kind is OwnKind.DEAD:
            return float(self._per_day(own.moment, dead=True)[counts].sum())
        per_day = self._per_day(own.moment)
        if own.kind is OwnKind.COUNT:
            return float(per_day[counts].sum())
        first = _first((per_day > 0) & counts)
        return self._lag(own, first) if own.kind is OwnKind.LAG else first

    def _lag(self, own: Own, first: float) -> float:
        """Days from the first moment to the next later one, or to the end; or whether it came."""
        assert own.until is not None
        if np.isnan(first):
            return np.nan
        later = np.arange(1, self.horizon + 1) > first
        last = _first((self._per_day(own.until) > 0) & later)
        if own.ended:
            return float(not np.isnan(last))
        return (self.horizon if np.isnan(last) else last) - first

    def _days_that_count(self, own: Own) -> NDArray[np.bool_]:
        """(horizon,) which days a measure looks at; none where what must come before never did."""
        day = np.arange(1, self.horizon + 1)
        counts = (day >= own.days[0]) & (day <= own.days[1])
        if own.after is None:
            return counts
        first = _first(self._per_day(own.after) > 0)
        last = first + (own.within or self.horizon)
        after: NDArray[np.bool_] = counts & (day > first) & (day <= last)
        return after

    def _per_day(self, moment: Moment, *, dead: bool = False) -> Floats:
        """(horizon,) how often a moment comes on each day, or the dead of its events."""
        if moment.path:
            values = self.series(moment.path)
            holds = [_BOUNDS[name](values, bound) for name, bound in moment.bounds]
            return np.logical_and.reduce(holds).astype(np.float64)
        rows = self.events[self._matches(moment)]
        weights = None
        if dead:
            weights = np.sum([rows[name] for name in _DEAD], axis=0)
        elif event_of(moment.event)[0] is EventKind.ACT:  # at several places it is one act
            rows = np.unique(rows[["day", "actor", "target", "action"]])
        return np.bincount(rows["day"], weights, self.horizon + 1)[1:].astype(np.float64)

    def _matches(self, moment: Moment) -> NDArray[np.bool_]:
        """(n,) which events a moment means."""
        rows, t = self.events, self.template
        kind, action = event_of(moment.event)
        found = rows["kind"] == kind
        if moment.own:
            found &= rows["value"] == 1 + t.own_acts.index(moment.own)
        elif action is not None:
            found &= rows["action"] == action
        if moment.how and kind.action is not None:
            found &= rows["action"] == kind.action.of(moment.how)
        if moment.by in t.mediators:
            found &= (kind in MEDIATED) & (rows["group"] == t.mediators.index(moment.by))
        elif moment.by:
            found &= self._has_part(kind, "actor", t.actors.index(moment.by))
        if moment.against:
            found &= self._has_part(kind, "target", t.states.index(moment.against))
        if moment.group:
            group = t.groups.index(moment.group)
            found &= (rows["group"] == group) | (rows["actor"] == len(t.states) + group)
        if moment.place:
            found &= rows["sector"] == t.sectors.index(moment.place)
        matches: NDArray[np.bool_] = found
        return matches

    def _has_part(self, kind: EventKind, part: str, number: int) -> NDArray[np.bool_]:
        """(n,) whether somebody has a part in events; what two sides share has no order."""
        if kind not in SHARED:
            return np.asarray(self.events[part] == number)
        return np.asarray((self.events["actor"] == number) | (self.events["target"] == number))

    def series(self, path: str) -> Floats:
        """(horizon,) a number by day."""
        return self._read(path, self._words(path))

    def _read(self, path: str, words: Floats) -> Floats:
        """Values of a series from the words that hold it."""
        if self._there[path].series.read != "odds":
            return words
        return np.array([1.0 / (1.0 + exp(-word)) for word in words])

    def _words(self, path: str) -> Floats:
        """(horizon,) the words of a series by day, those of several taken together."""
        series, row = self._there[path]
        places = self._places(series.table, series.fields, row)
        words = self.blocks[:, places].view(np.float64)
        if series.read == "growth":
            return np.diff(words[:, 0])
        words = words[1:]
        if series.read == "sum":
            return np.add.accumulate(words, axis=1)[:, -1]
        if series.read == "while":
            return np.where(self.blocks[1:, places[1]].view(np.int64) > 0, words[:, 0], 0.0)
        return words[:, 0].copy()

    def _places(self, table: str, fields: tuple[str, ...], row: tuple[str, ...]) -> list[int]:
        """The words of a series."""
        t = self.template
        if table == "presence":
            group, sectors = t.groups.index(row[0]), range(len(t.sectors))
            return [slot(t.spans, table, fields[0], group, k) for k in sectors]
        names = {
            "states": (t.states,),
            "dyads": (t.states, t.states),
            "pairs": (t.relations,),
            "groups": (t.groups,),
            "sectors": (t.sectors,),
        }
        index = [known.index(name) for known, name in zip(names.get(table, ()), row, strict=True)]
        return [slot(t.spans, table, field, *(index or [0])) for field in fields]


def _mean(values: Floats) -> float:
    """The mean, added in the order of the days, so that every machine comes to the same."""
    return float(np.add.accumulate(values)[-1] / len(values))


def _first(holds: NDArray[np.bool_]) -> float:
    """The first day on which something holds, NaN if none."""
    return float(np.argmax(holds) + 1) if holds.any() else np.nan


def _series(template: Template) -> Mapping[str, Placement]:
    """The series of a world by their paths."""
    words, t = template.words.view(np.int64), template
    pairs = [
        tuple(t.states[int(words[slot(t.spans, "pairs", side, p)])] for side in ("a", "b"))
        for p in range(len(t.relations))
    ]
    two = [(a, b) for a, b in pairs]
    return series_of(Entities(t.states, t.groups, t.sectors, t.relations, two))
