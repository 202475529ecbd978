"""What the script does with what an event states, and with what it leaves open."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import Purpose
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, measures, template, world

chance = plain("sim.engine.chance")
script, replication, tables, written = (
    plain(f"sim.engine.{name}")
    for name in ("rules.script", "replication", "world.tables", "world.script")
)
CLAIMS = {"south": 20, "north": 6}


def world_after(event: dict[str, Any], **others: Any) -> Any:
    """A world after an event on its first morning, with everybody else at home."""
    w = world(template({"interventions": [{"day": 1, "event": event}], **others}))
    script.play(w)
    return w


def test_who_has_one_rival_need_not_name_it() -> None:
    names = SimpleNamespace(
        pairs=[("north", "south"), ("south", "third")], state={"north": 0, "south": 1, "third": 2}
    )
    assert [
        written.only_rival(names, actor) for actor in ("north", "third", "south", "rebels")
    ] == [1, 1, tables.NOBODY, tables.NOBODY]


def counted(w: Any, of_day: str = "claimed") -> tuple[float, float]:
    return float(w.states[of_day][NORTH]), float(w.states[of_day][SOUTH])


def raid(**more: Any) -> dict[str, Any]:
    return {"actor": "south", "action": "raid", "target": "north", **more}


@pytest.mark.parametrize("action", ["raid", "military_strike", "clash"])
def test_the_claims_that_are_reported_are_those_that_count(action: str) -> None:
    w = world_after(
        {
            "actor": "south",
            "action": action,
            "target": "north",
            "deaths": {"own": 1, "security": 3},
            "claims": CLAIMS,
        }
    )
    row = np.asarray(w.log)[0]
    assert (row["claimed"], row["admitted"], row["counter_claimed"]) == (20, 3, 6)
    assert counted(w) == (6, 20)
    assert counted(w, "admitted") == (3, 1)


def test_where_no_claim_is_reported_none_counts() -> None:
    assert counted(world_after(raid(deaths={"security": 3}))) == (0, 0)


def test_a_claim_of_militants_is_no_claim_of_soldiers() -> None:
    w = world_after(
        {
            "actor": "north",
            "action": "limited_strike",
            "target": "south",
            "deaths": {"militants": 12},
            "claims": {"north": 40},
        }
    )
    assert np.asarray(w.log)[0]["claimed"] == 40
    assert counted(w) == (0, 0)


@pytest.mark.parametrize("action", ["raid", "clash"])
def test_deaths_that_nobody_states_are_drawn(action: str) -> None:
    lively = {"rules.clash.effectiveness": 0.1}
    drawn = world_after({"actor": "south", "action": action, "target": "north"}, **lively)
    assert drawn.tally[0].dead_today > 0
    stated = world_after(
        {"actor": "south", "action": action, "target": "north", "deaths": {"own": 2}}, **lively
    )
    assert stated.tally[0].dead_today == 2


@pytest.mark.parametrize("place", ["south_city", "south_hill"])
@pytest.mark.parametrize("action", ["limited_strike", "military_strike"])
def test_a_strike_whose_dead_nobody_states_falls_where_it_was_reported(
    place: str, action: str
) -> None:
    strike = {"actor": "north", "action": action, "target": "south"}
    lethal = {"rules.strike.civilians": 50}
    w = world_after({**strike, "sectors": [place]}, **lethal)
    sectors = list(template().sectors)
    rows = np.asarray(w.log)[: w.clock[0].log_length]
    assert {sectors[row["sector"]] for row in rows} == {place}
    assert w.tally[0].dead_today > 0


def test_a_raid_whose_dead_nobody_states_falls_at_the_border_that_was_reported() -> None:
    w = world_after({**raid(), "sectors": ["north_hill"]})
    sectors = list(template().sectors)
    rows = np.asarray(w.log)[: w.clock[0].log_length]
    assert {sectors[row["sector"]] for row in rows} == {"north_hill"}


def test_an_operation_that_states_no_deaths_draws_its_militants() -> None:
    operation = {
        "actor": "north",
        "action": "operation",
        "group": "rebels",
        "sectors": ["north_hill"],
    }
    assert world_after(operation, **{"rules.militancy.operation_mu": 3}).groups[0].deaths > 0
    assert world_after(operation | {"deaths": {"own": 2}}).groups[0].deaths == 0


def test_a_clash_of_the_script_is_counted_after_the_release() -> None:
    w = world_after(
        {"actor": "south", "action": "clash", "target": "north", "deaths": {"security": 1}}
    )
    assert (w.tally[0].clashes, w.tally[0].raids) == (1, 0)


@pytest.mark.parametrize("names", [["isle", "reef"], ["reef", "isle"], ["reef"]])
def test_the_strongest_of_the_mediators_guarantees_a_ceasefire(names: list[str]) -> None:
    reef = {"leverage": {"north": 0.9, "south": 0.7}, "credibility": 0.5, "assumed": "invented"}
    event = {"actor": "north", "action": "ceasefire", "target": "south", "mediators": names}
    w = world_after(event, **{"mediators.reef": reef, "mediators.isle.credibility": 0.6})
    # the leverage of the two sides in the mean, its credibility, and 0.4 to 1.6 of it by a draw
    u, *_ = chance.uniforms(w, w.pairs[0].key, Purpose.QUALITY, int(w.script[0].draws))
    assert w.pairs[0].guarantee == pytest.approx(0.8 * 0.5 * (0.4 + 1.2 * u))
    assert template({"mediators.reef": reef}).mediators[int(w.pairs[0].mediator)] == "reef"


def test_a_ceasefire_without_a_mediator_has_no_guarantee() -> None:
    w = world_after({"actor": "north", "action": "ceasefire", "target": "south", "quality": 0.4})
    assert (w.pairs[0].ceasefire, w.pairs[0].guarantee, w.pairs[0].mediator) == (
        0.4,
        0,
        tables.NOBODY,
    )


def test_what_an_intervention_reports_is_in_the_measures() -> None:
    quiet = {"groups.rebels": None, "rules.commands.fire_rate": 0, "rules.commands.raid_rate": 0}
    still = {f"states.{name}.policy": "restrain" for name in ("north", "south")}
    of = template(
        {
            **quiet,
            **still,
            "interventions": [
                {"day": 4, "event": raid(deaths={"own": 1, "security": 3}, claims=CLAIMS)}
            ],
        }
    )
    found = measures(of, replication.replay(of, 1, 0).measures)
    assert (found["claimed_by_south"], found["admitted_by_north"]) == (20, 3)


def test_an_attack_of_which_some_dead_are_stated_draws_no_others() -> None:
    attack = {"actor": "rebels", "action": "attack", "kind": "base", "sectors": ["north_hill"]}
    severe = {"groups.rebels.severity.mu": 3}
    assert world_after(attack, **severe).tally[0].dead_today > 0
    assert world_after(attack | {"deaths": {"militants": 2}}, **severe).tally[0].dead_today == 2
