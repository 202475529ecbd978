"""What the record says: the tables in `calibration/data`, and the figures made from them.

Every row names its source.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.statistics import control, count, middle, share

DATA = Path(__file__).parent / "data"
WINDOW = (date(2024, 2, 1), date(2026, 2, 27))  # the days that af_pk_2024 runs
HORIZON = (WINDOW[1] - WINDOW[0]).days + 1
NEIGHBOURS = "Afghanistan; Pakistan"  # the pair of the tempo table
ONE_HISTORY = "one history; exact Poisson interval"


class Figure(NamedTuple):
    """A figure of the record, its 95 % interval if there is one, and its control (any day).

    `n` is how many events or histories it was made from, 0 where that does not say what another
    sample would show.
    """

    value: float
    low: float = np.nan
    high: float = np.nan
    n: int = 0
    method: str = ""
    source: str = ""
    control: float = np.nan


NOTHING = Figure(np.nan)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a table of the record."""
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _number(text: str) -> float:
    return float(text) if text else np.nan


def figure(key: str) -> Figure:
    """A figure that is given as it stands."""
    row = next(row for row in table("figures") if row["key"] == key)
    return Figure(
        _number(row["value"]),
        _number(row["low"]),
        _number(row["high"]),
        int(row["n"] or 0),
        row["method"],
        row["source"],
    )


def day_number(text: str) -> int:
    """Day of the window: 1 is its first."""
    return (date.fromisoformat(text) - WINDOW[0]).days + 1


def _lag(row: dict[str, str], first: str, second: str) -> int:
    return (date.fromisoformat(row[second]) - date.fromisoformat(row[first])).days


def _counted(n: int, method: str, source: str) -> Figure:
    return Figure(*count(n), 1, method, source)


def _shared(hits: int, n: int, method: str, source: str, control: float = np.nan) -> Figure:
    return Figure(*share(hits, n), n, f"{hits} of {n}; {method}", source, control)


def strike_episodes(least_rung: int = 4) -> Figure:
    """Episodes of strikes in the window that reached a rung."""
    inside = [row for row in table("episodes") if day_number(row["first_strike"]) > 0]
    return _counted(
        sum(int(row["top_rung"]) >= least_rung for row in inside), ONE_HISTORY, "episodes.csv"
    )


def opened_by(state: str) -> Figure:
    """Share of episodes that a state opened."""
    rows = table("episodes")
    return _shared(
        sum(row["opened_by"] == state for row in rows),
        len(rows),
        "with April 2022; exact interval",
        "episodes.csv",
    )


def preceded(dead: int, within: int) -> Figure:
    """Share of first strikes with a known attack of so many dead in the days before."""
    rows = table("episodes")
    hits = sum(
        int(row["trigger_dead"]) >= dead and _lag(row, "trigger_day", "first_strike") <= within
        for row in rows
    )
    return _shared(
        hits,
        len(rows),
        "with April 2022; exact interval; no list of all attacks to take control days from",
        "episodes.csv",
    )


def answered(rung: int, within: int) -> Figure:
    """Share of first strikes with an armed answer at a rung or above, and the share of any day."""
    rows = table("episodes")
    hits = sum(
        bool(row["reply_day"])
        and int(row["reply_rung"]) >= rung
        and _lag(row, "first_strike", "reply_day") <= within
        for row in rows
    )
    acts = [
        day_number(row["day"])
        for row in table("acts")
        if row["actor"] == "afghanistan" and int(row["rung"]) >= rung
    ]
    any_day = control(HORIZON, acts, 1, within)
    method = (
        "with April 2022; exact interval; minor exchanges are missing, so the control is too low"
    )
    return _shared(hits, len(rows), method, "episodes.csv, acts.csv", any_day)


def reply_lags() -> list[int]:
    """Days from a first strike to its answer."""
    return [_lag(row, "first_strike", "reply_day") for row in table("episodes") if row["reply_day"]]


def reply_within(days: int) -> Figure:
    """Share of the answers that came within so many days."""
    lags = reply_lags()
    return _shared(
        sum(lag <= days for lag in lags),
        len(lags),
        f"lags {_listed(lags)} days; exact interval",
        "episodes.csv",
    )


def reply_median() -> Figure:
    """Median days to an answer, with the range."""
    lags = reply_lags()
    return Figure(
        float(np.median(lags)),
        min(lags),
        max(lags),
        len(lags),
        f"lags {_listed(lags)} days; the interval is their range",
        "episodes.csv",
    )


def _listed(values: list[int]) -> str:
    return ", ".join(str(value) for value in values)


def act_days(state: str, least_rung: int) -> Figure:
    """Days in the window with a known act of a state at a rung or above."""
    days = {
        row["day"]
        for row in table("acts")
        if row["actor"] == state and int(row["rung"]) >= least_rung
    }
    return _counted(len(days), ONE_HISTORY, "acts.csv")


def offensive_days(state: str) -> Figure:
    """Days with a ground offensive: an act of rung 5 by a state without combat aircraft."""
    days = {row["day"] for row in table("acts") if row["actor"] == state and int(row["rung"]) == 5}
    return _counted(len(days), ONE_HISTORY, "acts.csv")


def interstate_share() -> Figure:
    """Share of the window's dead in acts between the states, by lowest and highest count."""
    tolls = [
        [float(row[key]) for key in ("dead_by_actor", "dead_by_target") if row[key]]
        for row in table("acts")
    ]
    low, high = (sum(pick(toll) for toll in tolls if toll) for pick in (min, max))
    dead = sum(
        float(row["pakistan"]) + float(row["afghanistan"]) for row in table("monthly_deaths")
    )
    method = (
        f"{low:.0f} dead by the lower count of each act, {high:.0f} by the higher, of {dead:.0f} "
        "in both countries; their middle, their range"
    )
    return Figure(
        (low + high) / 2 / dead, low / dead, high / dead, 0, method, "acts.csv, monthly_deaths.csv"
    )


def truces(parties: str, pair: str | None = None) -> tuple[dict[str, str], ...]:
    """Rows of the table of truces.

    Truces between states and truces with a group are two kinds and are never counted together.

    Parameters
    ----------
    parties : "states" or "militants"
    pair : the two parties in the order of the alphabet; None for all
    """
    return tuple(
        row for row in table("truces") if row["parties"] == parties and pair in (None, row["pair"])
    )


def group_truces() -> Figure:
    """Truces with groups that are known to have begun in the window."""
    rows = [row for row in truces("militants") if day_number(row["start"]) > 0]
    return _counted(len(rows), "one history; exact Poisson interval", "truces.csv")


def ended_by(day: int) -> Figure:
    """Share of the truces between the two states that had ended by a day."""
    rows = truces("states", NEIGHBOURS)
    hits = sum(int(row["days"]) <= day and row["ended"] == "1" for row in rows)
    return _shared(hits, len(rows), "truces between the two states; exact interval", "truces.csv")


def ceasefires() -> Figure:
    """Ceasefires between the states in the window."""
    return _counted(
        len(truces("states", NEIGHBOURS)),
        "one history, all within a week; exact Poisson interval",
        "truces.csv",
    )


def ceasefire_days() -> Figure:
    """Share of the days of the window under a ceasefire between the states."""
    days = sum(int(row["days"]) for row in truces("states", NEIGHBOURS))
    return Figure(
        days / HORIZON,
        n=1,
        method=f"{days} of {HORIZON} days; one history",
        source="truces.csv",
    )


def claim_ratios() -> NDArray[np.float64]:
    """Enemy dead claimed over enemy dead admitted, by exchange."""
    return np.array([float(row["claimed"]) / float(row["admitted"]) for row in table("claims")])


def claims_median() -> Figure:
    """Median of those ratios."""
    ratios = claim_ratios()
    return Figure(
        float(np.median(ratios)),
        *middle(ratios, 0.05),
        len(ratios),
        "six exchanges; the interval is their range",
        "claims.csv",
    )


def claims_within(low: float, high: float) -> Figure:
    """Share of the ratios within bounds."""
    ratios = claim_ratios().round(1)
    return _shared(
        int(((ratios >= low) & (ratios <= high)).sum()),
        len(ratios),
        "the bounds are their range; exact interval",
        "claims.csv",
    )


def once(method: str, source: str) -> Figure:
    """Something that happened in the one history that there is, which gives no interval."""
    return Figure(1.0, n=1, method=method, source=source)
