"""People are conserved: nobody dies where nobody is, and no post has men that an army lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.world.plain import plain
from tests.engine.world.tiny import events, replay, template

TABLES = plain("sim.engine.world.tables").TABLES
record = plain("sim.engine.rules.record")

NUMBERS = st.fixed_dictionaries(
    {
        "states.north.personnel": st.sampled_from([1, 40, 3_000, 50_000]),
        "states.south.personnel": st.sampled_from([1, 40, 3_000, 50_000]),
        "states.south.combat_aircraft": st.sampled_from([0, 50]),
        "states.north.policy": st.sampled_from(["quantal", "random", "grim"]),
        "states.south.policy": st.sampled_from(["quantal", "random", "proportional"]),
        "sectors.north_city.population": st.sampled_from([0, 3, 100_000]),
        "sectors.north_hill.population": st.sampled_from([0, 50]),
        "sectors.south_hill.population": st.sampled_from([0, 50]),
        "sectors.north_hill.garrison": st.sampled_from([0, 12, 9_000]),
        "sectors.south_hill.garrison": st.sampled_from([0, 12, 9_000]),
        "borders.ridge.garrison": st.sampled_from([{"north": 0}, {"north": 30, "south": 5_000}]),
        "groups.rebels.base_rate": st.sampled_from([0.5, 8]),
        "groups.rebels.fighters.north_hill": st.sampled_from([0, 0.7, 12, 2_000]),
        "groups.rebels.fighters.south_hill": st.sampled_from([0, 30, 2_000]),
        "groups.rebels.severity.mu": st.sampled_from([0, 5]),
        "groups.rebels.severity.cap": st.sampled_from([150, 100_000]),
        "relations.neighbours.views.north.outrage": st.sampled_from([0, 3]),
        "rules.clash.effectiveness": st.sampled_from([0.02, 1]),
        "rules.clash.break_share": st.sampled_from([0.25, 1]),
        "rules.strike.soldiers": st.sampled_from([15, 10_000]),
        "rules.strike.civilians": st.sampled_from([6, 10_000]),
        "rules.strike.militants": st.sampled_from([20, 10_000]),
        "rules.commands.fire_rate": st.sampled_from([0, 0.5]),
        "rules.militancy.operation_rate": st.sampled_from([0, 10]),
        "rules.militancy.operation_losses": st.sampled_from([0.08, 10]),
        "rules.militancy.operation_civilians": st.sampled_from([0.03, 10]),
        "rules.militancy.attack_losses": st.sampled_from([0.35, 100]),
        "rules.hosting.dispersed": st.sampled_from([0.002, 1]),
        "rules.militancy.movement": st.sampled_from([0.08, 1]),
    }
)
DAY = {"date": "2000-01-01"}
SHORT = {
    "horizon": "12 days",
    "outcome_window": "3 days",
    "rules.choice.attention": 1,
    "history": [
        DAY
        | {
            "actor": "north",
            "action": "limited_strike",
            "target": "south",
            "sectors": ["south_city", "south_hill"],
            "deaths": {"militants": 2_500, "security": 20_000, "civilians": 400_000},
        },
        DAY
        | {
            "actor": "south",
            "action": "clash",
            "target": "north",
            "deaths": {"own": 60_000, "security": 90_000},
        },
        DAY
        | {
            "actor": "rebels",
            "action": "attack",
            "sectors": ["north_city", "north_hill"],
            "deaths": {"security": 9_000, "civilians": 200_000, "militants": 5_000},
        },
    ],
    "interventions": [
        {"day": 5, "set": {"states.north.personnel": 30, "sectors.south_city.garrison": 90_000}}
    ],
}
SLACK = 1e-6  # of sums of shares of an army


def rows(of: Any, block: np.ndarray, table: str) -> np.ndarray:
    """A table of a block of words."""
    span, dtype = of.spans[table], TABLES[table]
    size = int(np.prod(span.shape)) * len(dtype.names)
    found: np.ndarray = block[span.start : span.start + size].view(dtype).reshape(span.shape)
    return found


def violations(of: Any, block: np.ndarray) -> Iterator[str]:
    """What a world at the end of a day has that people cannot."""
    states, sectors = rows(of, block, "states"), rows(of, block, "sectors")
    commands, presence = rows(of, block, "commands"), rows(of, block, "presence")
    if (sectors["perished"] > sectors["population"]).any() or (sectors["perished"] < 0).any():
        yield "more civilians died than lived there"
    if (presence["fighters"] < 0).any():
        yield "fewer than no fighters"
    if (commands["men"] < 0).any() or (commands["men"] > commands["garrison"] + SLACK).any():
        yield "a command has more men than its garrison"
    for i, state in enumerate(states):
        left = max(state["personnel"] - state["lost"], 0.0)
        garrisons = sectors["garrison"][sectors["state"] == i].sum() * state["manned"]
        men = commands["men"][commands["state"] == i].sum()
        if garrisons + men > left + SLACK:
            yield "an army has fewer men than stand at its posts"


def impossible_dead(of: Any, story: Any) -> Iterator[str]:
    """Dead of events where nobody of their kind was."""
    first = story.blocks[0]
    sectors = rows(of, first, "sectors")
    killed = dict.fromkeys(of.sectors, 0.0)
    garrisons = dict(zip(of.sectors, sectors["garrison"].tolist(), strict=True))
    # what the intervention sets
    garrisons["south_city"] = 90_000.0
    for row in events(of, story):
        if row["sector"] is None:
            continue
        killed[row["sector"]] += row["dead_civilians"]
        on_post = row["kind"] == "attack" or (
            row["kind"] == "act" and row["action"] in ("limited_strike", "military_strike")
        )
        if on_post and row["dead_security"] > garrisons[row["sector"]]:
            yield f"{row['dead_security']} soldiers died in {row['sector']}"
    for name, dead in killed.items():
        if dead > sectors["population"][of.sectors.index(name)]:
            yield f"{dead} civilians died in {name}"


@settings(max_examples=30)
@given(NUMBERS, st.integers(0, 2**64 - 1))
def test_people_are_conserved_on_every_day(numbers: dict[str, Any], seed: int) -> None:
    of = template({**SHORT, **numbers})
    story = replay(of, seed)
    assert story.status == 0
    for day, block in enumerate(story.blocks):
        assert list(violations(of, block)) == [], day
    assert list(impossible_dead(of, story)) == []


EXTREME = {
    **SHORT,
    "sectors.north_city.population": 3,
    "groups.rebels.base_rate": 8,
    "groups.rebels.severity.mu": 5,
    "groups.rebels.severity.cap": 100_000,
    "rules.strike.civilians": 10_000,
}


def test_an_engine_that_kills_whom_it_likes_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the bound on civilians the same sentences are said."""
    of = template(EXTREME)
    assert list(impossible_dead(of, replay(of, 1))) == []
    monkeypatch.setattr(record, "people", lambda world, sector: 1e9)
    story = replay(of, 1)
    assert any("civilians died" in one for one in impossible_dead(of, story))
    assert any("more civilians" in one for block in story.blocks for one in violations(of, block))


def test_an_army_that_is_larger_than_itself_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: posts that are always full."""
    of = template({**EXTREME, "states.north.personnel": 3_000})
    found = {one for block in replay(of, 1).blocks for one in violations(of, block)}
    assert found == set()
    for name in ("clash", "record"):
        module = plain(f"sim.engine.rules.{name}")
        monkeypatch.setattr(module, "muster", lambda world: world.states["manned"].fill(1.0))
    story = replay(of, 1)
    assert story.status == 0
    found = {one for block in story.blocks for one in violations(of, block)}
    assert "an army has fewer men than stand at its posts" in found


def test_where_nobody_lives_no_civilian_dies() -> None:
    nobody = {f"sectors.{name}.population": 0 for name in template().sectors}
    of = template({**EXTREME, **nobody})
    story = replay(of, 1)
    assert sum(row["dead_civilians"] for row in events(of, story)) == 0


def test_an_army_of_nobody_holds_no_post() -> None:
    of = template({**EXTREME, "states.south.personnel": 1})
    last = replay(of, 1).blocks[-1]
    assert rows(of, last, "states")["manned"][of.states.index("south")] < 1e-3
    commands = rows(of, last, "commands")
    assert commands["men"][commands["state"] == of.states.index("south")].sum() <= 1
