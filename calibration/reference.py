"""How rounds of fighting and truces between states end: shapes, from the reference tables.

A median can be right and the shape wrong, so that what is computed here is about shape: the hazard
by age, the share that is still alive at some ages, Weibull's shape, and how stops come about. The
tables are lists of chosen cases (`wars.csv`, `truces.csv`) and counts of disputes (`disputes.csv`,
from the data of Gibler, Miller and Little 2016); most dates before 2008 were compared with Sarkees
and Wayman (2010). A hazard that falls says that crises differ more than that wars get harder to
end: it vanishes once causes are in (Bennett and Stam 1996).

Ages are whole days. Day 1 is the first calendar day of a round or a truce, so that a round from the
5th to the 10th lasted six days, as in the measure `first_war_days`; what ended is known to have
ended within its last day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from calibration import figures
from calibration.figures import Figure
from calibration.rows import Row
from calibration.statistics import Estimate, count, ended_by, ratio, share, share_range, survival

BANDS = ((1, 3), (4, 7), (8, 14), (15, 30), (31, 60), (61, 120), (121, 365), (366, None))
WAR_AGES, TRUCE_AGES = (3, 7, 20, 60), (7, 30, 90, 120, 180)
DRAWS, SEED = 200, 20260227
SECTION = "Shapes"
_UNMEDIATED = {"bilateral", "unilateral", "victory", "lapsed"}
_LEAST = 5  # ends from which a shape is fitted

Logs = NDArray[np.float64]
Kept = Callable[[dict[str, str]], bool]


class Spells(NamedTuple):
    """Lengths of rounds or truces.

    `days` : (n,) calendar days touched, at least 1; what has not ended is counted to the last day
    `ended` : (n,) whether the end was seen
    """

    days: NDArray[np.int64]
    ended: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """How many."""
        return int(self.days.size)


class Band(NamedTuple):
    """Ends in a band of ages.

    `last` is None in the open band; `hazard` is the probability of ending a day, with the exact
    95 % interval of a Poisson count.
    """

    first: int
    last: int | None
    ended: int
    days_at_risk: int
    hazard: Estimate


def _all(row: dict[str, str]) -> bool:
    return True


def spells(rows: Iterable[dict[str, str]], flag: str) -> Spells:
    """Lengths of the rows of a table, whose `flag` says whether the end was seen."""
    known = [(int(row["days"]) + 1, row[flag] == "1") for row in rows]
    days, ended = zip(*known, strict=True) if known else ((), ())
    return Spells(np.array(days, np.int64), np.array(ended, np.bool_))


def wars(kept: Kept = _all) -> Spells:
    """Rounds of fighting between states."""
    return spells(filter(kept, figures.table("wars")), "over")


def truces(kept: Kept = _all, parties: str = "states") -> Spells:
    """Truces between states, or with groups; never both."""
    return spells(filter(kept, figures.truces(parties)), "ended")


def hazard(found: Spells, bands: Iterable[tuple[int, int | None]] = BANDS) -> list[Band]:
    """Ends by age: how many, out of how many days at risk."""
    made = []
    for first, last in bands:
        top = np.iinfo(np.int64).max if last is None else last
        inside = (found.days >= first) & (found.days <= top) & found.ended
        days = int(np.clip(np.minimum(found.days, top) - first + 1, 0, None).sum())
        made.append(Band(first, last, int(inside.sum()), days, _rate(int(inside.sum()), days)))
    return made


def disputes(sample: str) -> list[Band]:
    """Ends of disputes by age, as counted in the table of disputes."""
    return [
        Band(
            int(row["first"]),
            int(row["last"]),
            int(row["ended"]),
            int(row["days_at_risk"]),
            _rate(int(row["ended"]), int(row["days_at_risk"])),
        )
        for row in figures.table("disputes")
        if row["sample"] == sample
    ]


def _rate(ended: int, days: int) -> Estimate:
    if days == 0:
        return Estimate(np.nan)
    return Estimate(*(min(value / days, 1.0) for value in count(ended)))


def alive(found: Spells, day: int) -> Estimate:
    """Share that lasted longer than so many days.

    Product-limit estimate of Kaplan and Meier (1958), with its pointwise 95 % band.
    """
    end = ended_by(survival(found.days, found.ended, day), day)
    return Estimate(1 - end.value, 1 - end.high, 1 - end.low)


def weibull(found: Spells) -> float:
    """Weibull's shape by maximum likelihood: below 1 the hazard falls with age, above it rises.

    An end is known to its day, so that its likelihood is that of the day, between two ages; what
    was still going on counts with the probability of having lasted so long. NaN with fewer than
    five ends or where all ends have one age.
    """
    return float(np.exp(_fit(found, None)[0]))


def _fit(found: Spells, start: Logs | None) -> Logs:
    """Logarithms of shape and scale; NaN where there is too little to fit."""
    if found.ended.sum() < _LEAST or np.unique(found.days[found.ended]).size < 2:
        return np.full(2, np.nan)
    pairs, times = np.unique(np.stack(found), axis=1, return_counts=True)
    high, ended = pairs[0].astype(np.float64), pairs[1] == 1
    low = high - 1

    def loss(logs: Logs) -> float:
        power, scale = np.exp(np.clip(logs, -20, 20))
        before = (low / scale) ** power
        inside = np.maximum(-np.expm1(before - (high / scale) ** power), 1e-300)
        return float((times * (before - np.where(ended, np.log(inside), 0.0))).sum())

    if start is None:
        start = np.log([0.7, max(float(np.median(found.days)), 1.0)])
    best = optimize.minimize(
        loss,
        start,
        method="Nelder-Mead",
        options={"maxiter": 2000, "xatol": 1e-4, "fatol": 1e-6},
    )
    return np.asarray(best.x, np.float64)


def shape(found: Spells, draws: int = DRAWS, seed: int = SEED) -> Estimate:
    """Weibull's shape with the 95 % range of samples drawn with replacement (Efron 1987)."""
    best = _fit(found, None)
    if np.isnan(best[0]):
        return Estimate(np.nan)
    random = np.random.default_rng(seed)
    picks = random.integers(0, found.n, (draws, found.n))
    again = [_fit(Spells(found.days[pick], found.ended[pick]), best)[0] for pick in picks]
    low, high = np.nanquantile(again, (0.025, 0.975))
    return Estimate(*(float(np.exp(value)) for value in (best[0], low, high)))


def unmediated(table: str, kept: Kept = _all) -> tuple[int, int]:
    """Stops without a mediator, and all stops whose way is known, of a table.

    A text of the United Nations counts as a mediator's. Of truces, those between states.
    """
    rows = figures.truces("states") if table == "truces" else figures.table(table)
    ways = [row["how"] for row in rows if row["how"] and kept(row)]
    return sum(way in _UNMEDIATED for way in ways), len(ways)


def without_mediator(table: str, kept: Kept = _all) -> Estimate:
    """Share of stops without a mediator, with its exact interval."""
    return share(*unmediated(table, kept))


def shapes(
    fought: Spells, held: Spells, alone: tuple[ArrayLike, ArrayLike], section: str = SECTION
) -> tuple[Row, ...]:
    """Rows on shapes, the model beside the reference.

    Parameters
    ----------
    fought : open wars of the model, all replications together, in calendar days touched
    held : its ceasefires between states
    alone : its stops without a mediator, and all its stops, one number a replication each
    section : heading of the rows
    """
    of_wars = [
        _beside(f"war_alive_{day}", section, f"open wars longer than {day} days", fought, day)
        for day in WAR_AGES
    ]
    of_truces = [
        _beside(f"truce_alive_{day}", section, f"ceasefires longer than {day} days", held, day)
        for day in TRUCE_AGES
    ]
    hits, n = unmediated("truces")
    found = ratio(*alone)
    data = Figure(*share(hits, n), n, f"{hits} of {n}; exact interval", "truces.csv")
    last = Row(
        "stops_unmediated",
        section,
        "share of stops without a mediator",
        found,
        share_range(found.value, n),
        data,
    )
    return (
        *of_wars,
        _shape_row("war_shape", section, "Weibull shape of open wars", fought),
        *of_truces,
        _shape_row("truce_shape", section, "Weibull shape of ceasefires", held),
        last,
    )


def _beside(key: str, section: str, what: str, model: Spells, day: int) -> Row:
    data = _data(key.split("_")[0], day)
    found = alive(model, day)
    return Row(key, section, what, found, share_range(found.value, data.n), data)


def _shape_row(key: str, section: str, what: str, model: Spells) -> Row:
    return Row(key, section, what, shape(model), (np.nan, np.nan), _data(key.split("_")[0], None))


@cache
def _data(kind: str, day: int | None) -> Figure:
    """Of the reference: the share of wars or truces longer than so many days, or their shape."""
    known, source = (wars(), "wars.csv") if kind == "war" else (truces(), "truces.csv")
    if day is None:
        method = f"maximum likelihood, {int(known.ended.sum())} ends; bootstrap"
        return Figure(*shape(known), known.n, method, source)
    return Figure(*alive(known, day), known.n, f"Kaplan-Meier, {known.n} of them", source)
