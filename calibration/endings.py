"""Rows of the table of tempo on shapes: how wars and truces end by age, truces with groups apart.

A war is a spell of the pair in which a pause of up to a week is contained, a truce lasts from its
first day to the day on which it ends, as in `reference.py`.
"""

from __future__ import annotations

import numpy as np

from calibration import figures, reference
from calibration.record import Cast, Record
from calibration.reference import Spells, alive
from calibration.rows import Row, per_run
from calibration.shapes import Lengths, pooled, rounds
from calibration.statistics import share_range
from calibration.truces import spells
from sim.vocabulary.codes import TruceKind
from sim.vocabulary.ladder import Action

SECTION, GROUPS = "Shapes: wars and truces between the states", "Truces with groups"
GROUP_AGES = (30, 90, 180)


def rows(records: list[Record], cast: Cast) -> list[Row]:
    """Rows on shapes."""
    begun = [record.of("ceasefire") for record in records]
    alone = [int((events["action"] != TruceKind.MEDIATED).sum()) for events in begun]
    held = pooled(_held(record, cast.horizon) for record in records)
    shapes = reference.shapes(
        pooled(map(fought, records)), held, (alone, [len(events) for events in begun]), SECTION
    )
    return [*shapes, *_groups(records, cast)]


def fought(record: Record) -> Lengths:
    """Days of each open war of a replication, and whether its end was seen."""
    at_war = np.array(record.war.any(axis=1), np.bool_)
    acts = record.of("act")
    at_war[acts["day"][acts["action"] == Action.OPEN_WAR] - 1] = True
    return [(end - first + 1, end < len(at_war) - 1) for first, end in rounds(at_war)]


def _held(record: Record, horizon: int) -> Lengths:
    """Days of each ceasefire between the states."""
    times, seen = spells(record, horizon)
    return [(int(days) + 1, bool(over)) for days, over in zip(times, seen, strict=True)]


def with_groups(record: Record, horizon: int) -> Lengths:
    """Days of each truce with a group, and whether its end was seen."""
    begun, ended = record.of("truce"), record.of("truce_end")
    found = []
    for event in begun:
        mine = ended["day"][(ended["group"] == event["group"]) & (ended["day"] >= event["day"])]
        last = int(mine[0]) if len(mine) else horizon
        found.append((last - int(event["day"]) + 1, bool(len(mine))))
    return found


def _groups(records: list[Record], cast: Cast) -> list[Row]:
    each = [with_groups(record, cast.horizon) for record in records]
    model, known = pooled(each), reference.truces(parties="militants")
    count = per_run(
        "group_truces",
        GROUPS,
        "truces with groups that begin in the 25 months",
        [len(some) for some in each],
        figures.group_truces(),
    )
    return [count, *(_longer(model, known, day) for day in GROUP_AGES)]


def _longer(model: Spells, known: Spells, day: int) -> Row:
    found, data = alive(model, day), alive(known, day)
    if known.n and np.isnan(data.low):
        data = data._replace(low=data.value, high=data.value)
    method = f"Kaplan-Meier, {known.n} truces with groups, of several countries"
    return Row(
        f"group_truce_{day}",
        GROUPS,
        f"truces with groups longer than {day} days",
        found,
        share_range(found.value, known.n),
        figures.Figure(*data, known.n, method, "truces.csv"),
    )
