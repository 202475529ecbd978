"""S12: the past happens as it did, in every replication; after the release the actors decide."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.engine.world.many import many, needs_compilation
from tests.engine.world.tiny import events, measures, replay, template

HISTORY = [
    {
        "date": "2000-01-01",
        "actor": "rebels",
        "action": "attack",
        "kind": "base",
        "sectors": ["north_hill"],
        "deaths": {"security": 20},
        "evidence": True,
    },
    {
        "date": "2000-01-03",
        "actor": "north",
        "action": "limited_strike",
        "target": "south",
        "deaths": {"militants": 12, "civilians": 3},
        "claims": {"north": 40},
    },
    {
        "date": "2000-01-04",
        "actor": "south",
        "action": "raid",
        "target": "north",
        "deaths": {"own": 5, "security": 9},
    },
    {"date": "2000-01-04", "actor": "south", "action": "close_crossings", "target": "north"},
    {
        "date": "2000-01-06",
        "actor": "north",
        "action": "open_war",
        "target": "south",
        "deaths": {"security": 30, "own": 4, "civilians": 8},
    },
    {
        "date": "2000-01-08",
        "actor": "north",
        "action": "ceasefire",
        "target": "south",
        "mediators": ["isle"],
    },
    {
        "date": "2000-01-09",
        "actor": "north",
        "action": "operation",
        "group": "rebels",
        "deaths": {"militants": 4, "own": 1, "civilians": 0},
    },
]
PAST = {
    "release": "2000-01-10",
    "history": HISTORY,
    "horizon": "15 days",
    "relations.neighbours.views.north.grievance": 0.6,
}
STATED = (
    "day",
    "kind",
    "actor",
    "target",
    "action",
    "dead_own",
    "dead_security",
    "dead_civilians",
    "dead_militants",
)
SEEDS = range(5)


def past_and_release(seed: int) -> list[dict[str, Any]]:
    """What happened; a change of posture is part of the act that makes it."""
    return [
        row
        for row in events(template(PAST), replay(template(PAST), seed))
        if row["kind"] != "posture"
    ]


def test_history_is_the_same_in_every_replication() -> None:
    pasts = [
        [tuple(row[field] for field in STATED) for row in past_and_release(seed) if row["scripted"]]
        for seed in SEEDS
    ]
    assert len(pasts[0]) == len(HISTORY)
    assert all(past == pasts[0] for past in pasts)
    days = [day for day, *_ in pasts[0]]
    assert days == [-9, -7, -6, -6, -4, -2, -1]


def test_the_dead_of_history_are_the_reported_dead() -> None:
    rows = [row for row in past_and_release(1) if row["scripted"]]
    assert [row["dead_security"] for row in rows] == [20, 0, 9, 0, 30, 0, 0]
    assert [row["dead_militants"] for row in rows] == [0, 12, 0, 0, 0, 0, 4]
    assert [row["dead_own"] for row in rows] == [0, 0, 5, 0, 4, 0, 1]
    assert rows[1]["claimed"] == 40


def test_before_the_release_nobody_decides() -> None:
    """Groups act below the threshold of news; all others follow the script."""
    rows = [
        row
        for seed in SEEDS
        for row in past_and_release(seed)
        if row["day"] <= 0 and not row["scripted"]
    ]
    assert {row["kind"] for row in rows} == {"attack", "operation"}
    assert (
        max(row["dead_security"] + row["dead_civilians"] for row in rows if row["kind"] == "attack")
        <= 3
    )


def test_after_the_release_the_actors_decide_and_nothing_is_scripted() -> None:
    later = [[row for row in past_and_release(seed) if row["day"] > 0] for seed in SEEDS]
    assert not [row for rows in later for row in rows if row["scripted"]]
    assert {row["kind"] for rows in later for row in rows} >= {"attack", "mode"}
    assert len(
        {tuple((row["day"], row["kind"], row["actor"]) for row in rows) for rows in later}
    ) == len(SEEDS)


def test_history_leaves_its_mark_on_the_day_of_release() -> None:
    of = template(PAST)
    story, fresh = replay(of), replay(template({**PAST, "history": []}))
    # on the eve of the ceasefire, which relieves what had been felt
    days = [event["day"] for event in events(of, story) if event["kind"] == "ceasefire"]
    eve = of.history_days - 1 + min(days) - 1
    past, none = (s.blocks[eve].view(float) for s in (story, fresh))
    for path in (
        "relations.neighbours.views.north.grievance",
        "relations.neighbours.views.south.grievance",
        "states.south.weariness",
    ):
        assert past[of.slots[path]] > none[of.slots[path]]
    past, none = (s.blocks[of.history_days - 1].view(float) for s in (story, fresh))
    assert (
        past[of.slots["relations.neighbours.ceasefire"]]
        > 0
        == none[of.slots["relations.neighbours.ceasefire"]]
    )
    assert (
        past[of.slots["groups.rebels.fighters.south_hill"]]
        < none[of.slots["groups.rebels.fighters.south_hill"]]
    )


def test_measures_count_from_the_release() -> None:
    of = template(
        {
            **PAST,
            "groups.rebels.base_rate": 0,
            "rules.militancy.operation_rate": 0,
            "states.north.policy": "restrain",
            "states.south.policy": "restrain",
        }
    )
    found = measures(of, replay(of).measures)
    assert [
        found[name]
        for name in (
            "strikes",
            "raids",
            "attacks",
            "operations",
            "ceasefires",
            "wars",
            "deaths_south_civilian",
        )
    ] == [0] * 7
    assert np.isnan(found["first_open_war_day"])
    assert found["ceasefire_age_end"] == 3 + of.horizon


def test_an_intervention_after_the_release_is_scripted_again() -> None:
    strike = {
        "day": 4,
        "event": {"actor": "south", "action": "raid", "target": "north", "deaths": {"security": 3}},
    }
    of = template({**PAST, "interventions": [strike]})
    scripted = [row["day"] for row in events(of, replay(of)) if row["scripted"] and row["day"] > 0]
    assert scripted == [4]


@needs_compilation
def test_the_answer_is_a_distribution() -> None:
    found = many({**PAST, "horizon": "120 days"}, 300)
    for name in ("max_rung", "deaths", "ceasefire_at_end", "first_limited_strike_day"):
        assert len(np.unique(found[name])) > 1
    assert len(np.unique(found["deaths"])) > 50
