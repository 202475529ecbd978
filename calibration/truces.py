"""Rows of the table of tempo on ceasefires, wars, claims, and the release after 9 October 2025."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration import figures
from calibration.record import KIND, Cast, Record, rungs
from calibration.rows import Row, per_run, pooled
from calibration.statistics import (
    Estimate,
    ended_by,
    median,
    middle,
    share_range,
    stretches,
    survival,
)
from calibration.strikes import RAID, REPLY_DAYS
from sim.vocabulary.ladder import Action, Aim

TRUCES, WARS, CLAIMS, OCTOBER = "Ceasefires", "Open war", "Claims", "After 9 October 2025"
BY_DAYS = (7, 30, 90, 365)
CLAIM_BOUNDS = (2.5, 28.0)
LEAST_CLAIM = 15  # claims smaller than this are not in the record, whose smallest is 19
WITHIN_DAYS = 30
_HUNTING = [action for action in Action if action.aim is Aim.MILITANTS]  # claims of militants


def rows(records: list[Record], cast: Cast) -> list[Row]:
    """Rows on ceasefires, wars and claims."""
    return [*_truces(records, cast), *_wars(records, WARS, ""), *_claims(records)]


def spells(record: Record, horizon: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Days that each ceasefire of a replication held, and whether its end was seen."""
    begun, ended = record.of("ceasefire")["day"], record.of("ceasefire_end")["day"]
    ends = [next((int(e) for e in ended if e > b), None) for b in begun]
    times = [
        float(e - b) if e is not None else float(horizon - b)
        for b, e in zip(begun, ends, strict=True)
    ]
    return np.array(times), np.array([e is not None for e in ends], dtype=np.bool_)


def _truces(records: list[Record], cast: Cast) -> list[Row]:
    each = [spells(r, cast.horizon) for r in records]
    curve = survival(np.concatenate([t for t, _ in each]), np.concatenate([s for _, s in each]))
    made = [
        per_run(
            "ceasefires",
            TRUCES,
            "ceasefires that begin in the 25 months",
            [len(t) for t, _ in each],
            figures.ceasefires(),
        )
    ]
    for day in BY_DAYS:
        data = figures.ended_by(day)
        known = ended_by(curve, day)
        made.append(
            Row(
                f"ended_by_{day}",
                TRUCES,
                f"ceasefires ended by day {day} (Kaplan-Meier)",
                known,
                share_range(known.value, data.n),
                data,
            )
        )
    return [
        *made,
        per_run(
            "truce_days",
            TRUCES,
            "share of days under a ceasefire",
            [r.truce.mean() for r in records],
            figures.ceasefire_days(),
        ),
    ]


def wars(record: Record) -> list[tuple[int, int, bool]]:
    """First and last day of each open war, and whether a ceasefire ended it by the next day."""
    begun = set(record.of("ceasefire")["day"].tolist())
    return [
        (a + 1, b + 1, bool({b + 1, b + 2} & begun)) for a, b in stretches(record.war.any(axis=1))
    ]


def _wars(records: list[Record], section: str, tag: str) -> list[Row]:
    each = [wars(r) for r in records]
    last = records[0].war.shape[0]
    whole = [[b - a + 1 for a, b, _ in w if b < last] for w in each]
    lengths = np.array([n for run in whole for n in run], dtype=np.float64)
    stopped = [sum(stop for _, b, stop in w if b < last) for w in each]
    longest = float(max((b - a + 1 for w in each for a, b, _ in w), default=np.nan))
    ones = np.ones(len(each))
    return [
        per_run(f"wars{tag}", section, "open wars, a history", [len(w) for w in each]),
        pooled(
            f"any_war{tag}", section, "share of histories with one", [bool(w) for w in each], ones
        ),
        Row(
            f"war_days{tag}",
            section,
            "days of a war that ended: median (80 %)",
            Estimate(median(lengths)),
            middle(lengths),
        ),
        Row(f"war_longest{tag}", section, "longest war, days", Estimate(longest), (np.nan, np.nan)),
        pooled(
            f"war_by_truce{tag}",
            section,
            "share of ended wars that a ceasefire ended",
            stopped,
            [len(w) for w in whole],
        ),
    ]


def _claims(records: list[Record]) -> list[Row]:
    each = [ratios(r) for r in records]
    every = np.concatenate(each)
    low, high = CLAIM_BOUNDS
    within = [int(((e >= low) & (e <= high)).sum()) for e in each]
    what = f"enemy soldiers claimed over admitted, by side and day, {LEAST_CLAIM}+ claimed: median"
    share = f"share of these within {low:g} and {high:g}"
    return [
        Row(
            "claims_median",
            CLAIMS,
            what,
            Estimate(median(every)),
            middle(every),
            figures.claims_median(),
        ),
        pooled(
            "claims_within",
            CLAIMS,
            share,
            within,
            [len(e) for e in each],
            figures.claims_within(low, high),
        ),
    ]


def ratios(record: Record) -> NDArray[np.float64]:
    """Claims of a side in a day over admissions of the other, where both are large enough."""
    events = record.events
    events = events[
        ((events["kind"] == KIND["act"]) & ~np.isin(events["action"], _HUNTING))
        | (events["kind"] == KIND["clash"])
    ]
    sums: dict[tuple[int, int], list[float]] = {}
    for claimant, said, heard in (
        ("actor", "claimed", "admitted"),
        ("target", "counter_claimed", "own_admitted"),
    ):
        for event in events[events[said] >= 0]:
            pair = sums.setdefault((int(event["day"]), int(event[claimant])), [0.0, 0.0])
            pair[0] += event[said]
            pair[1] += event[heard]
    return np.array(
        [
            claimed / admitted
            for claimed, admitted in sums.values()
            if claimed >= LEAST_CLAIM and admitted > 0
        ]
    )


def october(records: list[Record], cast: Cast) -> list[Row]:
    """Rows on the release after the strikes of 9 October 2025."""
    first = np.array(
        [r.of("ceasefire")["day"][0] if len(r.of("ceasefire")) else np.nan for r in records]
    )
    curve = survival(np.where(np.isnan(first), cast.horizon, first), ~np.isnan(first), cast.horizon)
    low, half, high = (curve.quantile(q) for q in (0.1, 0.5, 0.9))
    never = np.inf
    reach = (never if low is None else low, never if high is None else high)
    median_day = Estimate(never if half is None else half)
    data = figures.figure("october_median_day")
    ones, reply = np.ones(len(records)), [_replies(r, cast) for r in records]
    soon, day_two = (
        "ceasefire of Doha on day 10, one history",
        "attacks on posts on day 2, one history",
    )
    return [
        pooled(
            "october_within_30",
            OCTOBER,
            f"ceasefire within {WITHIN_DAYS} days",
            first <= WITHIN_DAYS,
            ones,
            figures.once(soon, "truces.csv"),
        ),
        Row(
            "october_median_day",
            OCTOBER,
            "day of the first ceasefire: median (10th to 90th)",
            median_day,
            reach,
            data,
        ),
        pooled(
            "october_reply",
            OCTOBER,
            "Afghan raid or more within 7 days, ordered or local",
            reply,
            ones,
            figures.once(day_two, "acts.csv"),
        ),
        *_wars(records, OCTOBER, "_october"),
    ]


def _replies(record: Record, cast: Cast) -> bool:
    events = record.events
    mine = (events["actor"] == cast.state("afghanistan")) & np.isin(
        events["kind"], (KIND["act"], KIND["clash"])
    )
    return bool((rungs(events[mine & (events["day"] <= REPLY_DAYS)]) >= RAID).any())
