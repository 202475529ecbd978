"""Conservation: nobody dies twice, nothing falls below zero, all ways of counting agree."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.world.plain import plain
from tests.engine.world.tiny import events, measures, replay, template

AS_IT_COMES = st.fixed_dictionaries(
    {
        "states.north.personnel": st.sampled_from([40, 3_000, 50_000]),
        "states.south.personnel": st.sampled_from([40, 3_000, 50_000]),
        "states.north.policy": st.sampled_from(["quantal", "random", "grim", "proportional"]),
        "states.south.policy": st.sampled_from(["quantal", "random", "grim", "proportional"]),
        "states.south.combat_aircraft": st.sampled_from([0, 50]),
        "states.south.nuclear": st.booleans(),
        "groups.rebels.base_rate": st.sampled_from([0, 0.5, 4]),
        "groups.rebels.fighters.north_hill": st.sampled_from([0, 0.7, 12, 2_000]),
        "groups.rebels.fighters.south_hill": st.sampled_from([0, 30, 2_000]),
        "groups.rebels.hosts.south.haven": st.sampled_from([0, 0.5, 1]),
        "groups.rebels.severity.sigma": st.sampled_from([0.3, 2.0]),
        "relations.neighbours.ceasefire": st.sampled_from([0, 0.6]),
        "relations.neighbours.views.north.outrage": st.sampled_from([0, 3]),
        "rules.clash.effectiveness": st.sampled_from([0, 0.02, 0.5]),
        "rules.strike.soldiers": st.sampled_from([0, 15, 200]),
        "rules.strike.militants": st.sampled_from([0, 20, 400]),
        "rules.commands.fire_rate": st.sampled_from([0, 0.2]),
        "rules.militancy.operation_rate": st.sampled_from([0, 1]),
        "rules.militancy.attack_losses": st.sampled_from([0, 5]),
        "rules.bargaining.openness": st.sampled_from([-5, 5]),
    }
)
HISTORY = [
    {
        "date": "2000-01-01",
        "actor": "north",
        "action": "limited_strike",
        "target": "south",
        "deaths": {"militants": 25, "civilians": 4},
    },
    {
        "date": "2000-01-01",
        "actor": "south",
        "action": "raid",
        "target": "north",
        "deaths": {"own": 6, "security": 9, "civilians": 0},
    },
]
SHORT = {
    "horizon": "12 days",
    "outcome_window": "3 days",
    "history": HISTORY,
    "rules.choice.attention": 1,
}

SEEDS = st.integers(0, 2**64 - 1)


def dead(rows: list[dict[str, Any]], state: str, which: str) -> float:
    """Soldiers or civilians of a state that died in events."""
    total = 0.0
    for row in rows:
        if row["kind"] == "operation":
            total += (
                (row["dead_own"] if which == "security" else row["dead_civilians"])
                if row["actor"] == state
                else 0
            )
        else:
            total += (
                row[f"dead_{'security' if which == 'security' else 'civilians'}"]
                if row["target"] == state
                else 0
            )
            total += row["dead_own"] if row["actor"] == state and which == "security" else 0
    return total


@settings(max_examples=25)
@given(AS_IT_COMES, SEEDS)
def test_the_books_balance(numbers: dict[str, Any], seed: int) -> None:
    of = template({**SHORT, **numbers})
    story = replay(of, seed)
    assert story.status == 0
    found = measures(of, story.measures)
    rows = [row for row in events(of, story) if row["day"] > 0]
    for state in of.states:
        for which in ("security", "civilian"):
            assert found[f"deaths_{state}_{which}"] == dead(rows, state, which)
    assert found["deaths_rebels"] == sum(row["dead_militants"] for row in rows)
    sides = [found[name] for name in found if name.startswith("deaths_")]
    assert found["deaths"] == sum(sides) == story.deaths.sum()
    assert found["interstate_deaths"] == story.interstate.sum()
    assert (story.interstate <= story.deaths).all()


@settings(max_examples=25)
@given(AS_IT_COMES, SEEDS)
def test_counts_are_those_of_the_events(numbers: dict[str, Any], seed: int) -> None:
    of = template({**SHORT, **numbers})
    story = replay(of, seed)
    found = measures(of, story.measures)
    rows = [row for row in events(of, story) if row["day"] > 0]

    def count(kind: str) -> int:
        return sum(row["kind"] == kind for row in rows)

    want = {
        "attacks": "attack",
        "operations": "operation",
        "clashes": "clash",
        "ceasefires": "ceasefire",
        "truces": "truce",
    }
    assert {name: found[name] for name in want} == {
        name: count(kind) for name, kind in want.items()
    }
    # what the sides say to each other is no offer of a mediator
    by_mediators = [row for row in rows if row["kind"] == "offer" and row["group"] >= 0]
    assert found["offers"] == len(by_mediators)
    causes = ("climb", "erosion", "lapse")
    assert (
        found["ceasefire_collapses"]
        == count("ceasefire_end")
        == sum(found[f"collapses_by_{cause}"] for cause in causes)
    )
    assert found["max_rung"] == story.rung.max(initial=0)
    assert found["max_rung_day"] == 1 + int(np.argmax(story.rung))
    assert [found[f"days_at_rung_{r}"] for r in range(8)] == np.bincount(
        story.rung, minlength=8
    ).tolist()
    assert sum(found[f"events_{sector}"] for sector in of.sectors) == sum(
        row["sector"] is not None and row["kind"] != "control" for row in rows
    )


@settings(max_examples=25)
@given(AS_IT_COMES, SEEDS)
def test_nothing_runs_out_of_its_range(numbers: dict[str, Any], seed: int) -> None:
    of = template({**SHORT, **numbers})
    story = replay(of, seed)
    numbers_by_day = story.blocks.view(np.float64)

    def column(table: str, field: str) -> np.ndarray:
        span, size = of.spans[table], len(plain("sim.engine.world.tables").TABLES[table].names)
        first = plain("sim.engine.world").slot(of.spans, table, field, *(0 for _ in span.shape))
        rows = int(np.prod(span.shape))
        return np.stack([numbers_by_day[:, first + row * size] for row in range(rows)])

    assert (column("presence", "fighters") >= 0).all()
    assert (column("commands", "men") >= 0).all()
    assert (column("states", "lost") <= column("states", "personnel")).all()
    for table, field in (
        ("pairs", "ceasefire"),
        ("pairs", "trust"),
        ("sectors", "control"),
        ("dyads", "targets"),
        ("hosts", "haven_now"),
    ):
        assert ((column(table, field) >= 0) & (column(table, field) <= 1)).all(), field
    for field, top in (
        ("outrage", "rules.feelings.outrage_cap"),
        ("grievance", "rules.feelings.grievance_cap"),
    ):
        assert (column("dyads", field) >= 0).all()
        assert (column("dyads", field) <= numbers_by_day[0, of.slots[top]]).all()
    assert (
        np.abs(column("dyads", "belief"))
        <= numbers_by_day[0, of.slots["rules.attribution.bound"]] + 1e-12
    ).all()
    assert (column("states", "weariness") < 1).all()
    for field in ("weariness", "losses", "pressure", "news_mean"):
        assert (column("states", field) >= 0).all()
    assert np.isfinite(
        numbers_by_day[:, of.measure_slots][-1][~np.isnan(numbers_by_day[-1, of.measure_slots])]
    ).all()
    assert (np.array([story.deaths, story.interstate]) >= 0).all()


@settings(max_examples=15)
@given(AS_IT_COMES, SEEDS)
def test_fighters_go_where_the_books_say(numbers: dict[str, Any], seed: int) -> None:
    """Without recruits, crackdowns and returns, who is no longer there is dead."""
    still = {
        "groups.rebels.growth": 0,
        "rules.militancy.backlash": 0,
        "rules.hosting.dispersed": 0,
        "history": [],
    }
    of = template({**SHORT, **numbers, **still})
    story = replay(of, seed)
    places = [
        plain("sim.engine.world").slot(of.spans, "presence", "fighters", 0, k)
        for k in range(len(of.sectors))
    ]
    at_start = of.words.view(np.float64)[places].sum()
    at_end = story.blocks.view(np.float64)[-1, places].sum()
    killed = sum(row["dead_militants"] for row in events(of, story))
    assert abs(at_start - killed - at_end) < 1e-6
