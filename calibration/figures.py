"""What the record says: the tables in `calibration/data`, and the figures made from them. Every row names its source."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.statistics import Estimate, control, count, middle, near, share

DATA = Path(__file__).parent / "data"
WINDOW = (date(2024, 2, 1), date(2026, 2, 27))  # the days that af_pk_2024 runs
Z95_OUTSIDE = 0.05


class Figure(NamedTuple):
    """A figure of the record with a 95 % interval where there is one, and its control (the same for any day)."""

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
    return Figure(_number(row["value"]), _number(row["low"]), _number(row["high"]), int(row["n"] or 0), row["method"], row["source"])


def exact(estimate: Estimate, n: int, method: str, source: str, control: float = np.nan) -> Figure:
    """A figure counted from a table."""
    return Figure(*estimate, n, method, source, control)


def day_number(text: str) -> int:
    """Days from the eve of the window: 1 is its first day."""
    return (date.fromisoformat(text) - WINDOW[0]).days + 1


def horizon() -> int:
    """Days in the window."""
    return (WINDOW[1] - WINDOW[0]).days + 1


def episodes_of_strikes() -> Figure:
    """Episodes of strikes in the window."""
    inside = [row for row in table("episodes") if day_number(row["first_strike"]) > 0]
    return exact(count(len(inside)), len(inside), "one history; exact Poisson interval", "episodes.csv")


def crises(rung: int) -> Figure:
    """Episodes in the window that reached a rung."""
    hits = sum(day_number(row["first_strike"]) > 0 and int(row["top_rung"]) >= rung for row in table("episodes"))
    return exact(count(hits), hits, "one history; exact Poisson interval", "episodes.csv")


def opened_by(state: str) -> Figure:
    """Share of episodes that a state opened."""
    rows = table("episodes")
    hits = sum(row["opened_by"] == state for row in rows)
    return exact(share(hits, len(rows)), len(rows), "exact interval; with April 2022", "episodes.csv")


def preceded(dead: int, within: int) -> Figure:
    """Share of first strikes with a known attack of so many dead in the days before."""
    rows = table("episodes")
    hits = sum(int(row["trigger_dead"]) >= dead and _lag(row, "trigger_day", "first_strike") <= within for row in rows)
    return exact(share(hits, len(rows)), len(rows), "exact interval; no list of all attacks to take control days from", "episodes.csv")


def answered(rung: int, within: int) -> Figure:
    """Share of first strikes answered in arms at a rung or above, and how often any day of the window is followed so."""
    rows = table("episodes")
    hits = sum(bool(row["reply_day"]) and int(row["reply_rung"]) >= rung and _lag(row, "first_strike", "reply_day") <= within for row in rows)
    acts = [day_number(row["day"]) for row in table("acts") if row["actor"] == "afghanistan" and int(row["rung"]) >= rung]
    any_day = control(horizon(), acts, 1, within)
    return exact(share(hits, len(rows)), len(rows), "exact interval; minor exchanges are missing from the control", "episodes.csv, acts.csv", any_day)


def _lag(row: dict[str, str], first: str, second: str) -> int:
    return (date.fromisoformat(row[second]) - date.fromisoformat(row[first])).days


def reply_lags() -> list[int]:
    """Days from a first strike to its answer."""
    return [_lag(row, "first_strike", "reply_day") for row in table("episodes") if row["reply_day"]]


def ended_by(day: int) -> Figure:
    """Share of truces that had ended by a day."""
    rows = table("ceasefires")
    hits = sum(int(row["days"]) <= day and row["ended"] == "1" for row in rows)
    return exact(share(hits, len(rows)), len(rows), "three truces between the states, three with the TTP; exact interval", "ceasefires.csv")


def ceasefires() -> Figure:
    """Ceasefires between the states in the window."""
    n = sum(row["parties"] == "states" for row in table("ceasefires"))
    return exact(count(n), n, "one history, all three in one week; exact Poisson interval", "ceasefires.csv")


def ceasefire_days() -> Figure:
    """Share of the days of the window under a ceasefire between the states."""
    days = sum(int(row["days"]) for row in table("ceasefires") if row["parties"] == "states")
    return Figure(days / horizon(), n=horizon(), method="130 of 758 days; one history", source="ceasefires.csv")


def claim_ratios() -> NDArray[np.float64]:
    """Enemy dead claimed over enemy dead admitted, by exchange."""
    return np.array([float(row["claimed"]) / float(row["admitted"]) for row in table("claims")])


def claims_median() -> Figure:
    """Median of those ratios, their range as interval."""
    ratios = claim_ratios()
    low, high = middle(ratios, Z95_OUTSIDE)
    return Figure(float(np.median(ratios)), low, high, len(ratios), "six exchanges; the interval is their range", "claims.csv")


def claims_within() -> Figure:
    """Share of the ratios within the bounds of the record: all, by definition."""
    n = len(table("claims"))
    return exact(share(n, n), n, "all six, since the bounds are theirs; exact interval", "claims.csv")


def strikes_near(state: str) -> Figure:
    """Days in the window with a strike by a state."""
    days = {row["day"] for row in table("acts") if row["actor"] == state and int(row["rung"]) >= 4}
    return exact(count(len(days)), len(days), "days with a known act of rung 4 or above; exact Poisson interval", "acts.csv")


__all__ = ["NOTHING", "Figure", "figure", "near", "table"]
