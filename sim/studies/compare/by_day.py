"""Differences day by day between two paired runs, with bands, and the day from which they part.

Replication k of both has the same random draws, so the two are equal until what differs between the
scenarios makes itself felt; there the difference is 0 without an interval. See `sim.stats.bands`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.stats.bands import Bands, of_mean
from sim.stats.difference import FEWEST_EVENTS
from sim.studies.daily import Daily
from sim.studies.dictionary import Column, entries
from sim.studies.files import csv_text, dictionary_text, write_texts

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.ensemble import Ensemble
    from sim.words import Words

FILE = "by_day.csv"
#: Series that are compared: name, unit, and whether days are added up.
SERIES = (("deaths", "deaths", True), ("interstate", "deaths", True), ("rung", "rung", False))
COLUMNS = (
    Column("baseline", "word"),
    Column("other", "word"),
    Column("series", "word"),
    Column("unit", "word"),
    Column("day", "days"),
    Column("difference", "value"),
    Column("low", "value"),
    Column("high", "value"),
    Column("low_all", "value"),
    Column("high_all", "value"),
    Column("unequal", "count"),
    Column("pairs", "count"),
)


@dataclass(frozen=True)
class ByDay:
    """The other minus the baseline, by day.

    Attributes
    ----------
    other : its name
    pairs : pairs of replications
    bands : of each series by its name
    unequal : (days,) pairs that differ on the day, by series
    parting : (days,) pairs that have differed in any series on the day or before
    """

    other: str
    pairs: int
    bands: dict[str, Bands]
    unequal: dict[str, NDArray[np.int64]]
    parting: NDArray[np.int64]

    @property
    def days(self) -> int:
        return len(self.parting)

    def enough(self, name: str) -> NDArray[np.bool_]:
        """(days,) where enough pairs differ for the bands of a series to be trusted."""
        return self.unequal[name] >= FEWEST_EVENTS

    @cached_property
    def parts(self) -> int | None:
        """First day on which any pair differs; None if none ever does."""
        return first_day(self.parting > 0)

    @cached_property
    def half_part(self) -> int | None:
        """First day by which half of the pairs have differed; None if half never do."""
        return first_day(2 * self.parting >= self.pairs)


def first_day(flags: NDArray[np.bool_]) -> int | None:
    """The first day, from 1, that has a flag."""
    found = np.flatnonzero(flags)
    return int(found[0]) + 1 if len(found) else None


def by_day(first: Ensemble, second: Ensemble, other: str) -> ByDay | None:
    """The differences of the second from the first, whose replications are paired by number.

    None where fewer than two pairs did not fail. Of very many pairs the first 10,000 count. Days
    are those that both runs have.
    """
    base, changed = Daily(first), Daily(second)
    both = np.intersect1d(base.replications, changed.replications)
    if len(both) < 2:
        return None
    days = min(base.days, changed.days)
    rows = [np.searchsorted(one.replications, both) for one in (base, changed)]
    bands, unequal = {}, {}
    parting = np.zeros((len(both), days), dtype=bool)
    for name, _, add in SERIES:
        a, b = (
            one.series(name)[row, :days] for one, row in zip((base, changed), rows, strict=True)
        )
        parting |= a != b
        gap = np.cumsum(b - a, axis=1) if add else b - a
        unequal[name] = (gap != 0).sum(axis=0)
        bands[name] = of_mean(gap)
    return ByDay(
        other,
        len(both),
        bands,
        unequal,
        np.logical_or.accumulate(parting, axis=1).sum(axis=0),
    )


def table(baseline: str, found: Iterable[ByDay]) -> DataFrame:
    """A row for each scenario beside the baseline, series and day."""
    from pandas import DataFrame

    rows = [
        (
            *(baseline, one.other, name, unit, day + 1),
            *(float(part[day]) for part in _parts(one.bands[name])),
            *(int(one.unequal[name][day]), one.pairs),
        )
        for one in found
        for name, unit, _ in SERIES
        for day in range(one.days)
    ]
    return DataFrame(rows, columns=[column.name for column in COLUMNS])


def write(baseline: str, found: Mapping[str, ByDay], folder: Path) -> None:
    """Write `by_day.csv` and its dictionary, if there is anything in it."""
    if found:
        columns = entries("by_day", COLUMNS, section="paper")
        texts = {
            FILE: csv_text(table(baseline, found.values())),
            "by_day_dictionary.csv": dictionary_text(columns),
        }
        write_texts(folder, texts)


def _parts(band: Bands) -> tuple[NDArray[np.float64], ...]:
    return band.value, band.low, band.high, band.low_all, band.high_all


def sentences(one: ByDay, words: Words) -> list[str]:
    """When the two part, and where the difference is beyond chance on all days at once."""
    return list(_sentences(one, words))


def _sentences(one: ByDay, words: Words) -> Iterator[str]:
    text, n = words.text, one.pairs
    if one.parts is None:
        yield text("paper.by_day.never", n=n)
        return
    last = int(one.parting[-1])
    yield text(
        "paper.by_day.parts" if one.parts > 1 else "paper.by_day.parts_at_once",
        n=n,
        last=one.parts - 1,
        day=one.parts,
    )
    if one.half_part is None:
        yield text("paper.by_day.at_end", part=words.percent(last / n), day=one.days)
    else:
        yield text("paper.by_day.half", day=one.half_part)
    for name in ("deaths", "rung"):
        band, judged = one.bands[name], one.enough(name)
        sure = first_day(band.apart & judged)
        key = "unsure" if sure is None else "sure"
        yield text(f"paper.by_day.{key}", series=text(f"paper.by_day.{name}"), day=sure or 0)
