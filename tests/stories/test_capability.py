"""S11: means decide which actions exist and their cost; a nuclear state is attacked less."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary.decisions import ActionTerm
from sim.vocabulary.ladder import ACTION_NAMES
from tests.engine.world.many import error, many, needs_compilation
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, events, replay, template, world

ENOUGH = 3000

HOT = {
    "relations.neighbours.views.north.grievance": 1.2,
    "relations.neighbours.views.south.grievance": 1.2,
    "rules.choice.attention": 1,
    "horizon": "60 days",
}
NO_AIRCRAFT = {"states.south.combat_aircraft": 0, "states.south.helicopters": 50}
CHANCE_ALONE = {"states.north.rationality": 0, "states.south.rationality": 0}


@needs_compilation
@pytest.mark.parametrize(
    "mind",
    [{}, CHANCE_ALONE, {"states.south.policy": "random"}, {"states.south.reasoning": 2}],
    ids=["usual", "0", "random", "k=2"],
)
@pytest.mark.parametrize(
    "none",
    [NO_AIRCRAFT, {"states.south.serviceability": 0}, {"states.south.serviceability": 0.019}],
    ids=["none", "unfit", "less than one"],
)
def test_without_aircraft_fit_to_fly_there_is_no_air_strike_ever(
    none: dict[str, Any], mind: dict[str, Any]
) -> None:
    found = many({**HOT, **none, **mind}, ENOUGH)
    assert found["strikes_by_south"].max() == 0
    # it acts all the same, and the other side does strike
    assert found["strikes_by_north"].max() > 0
    assert found["raids_by_south"].max() > 0


@needs_compilation
def test_chance_alone_strikes_where_there_are_aircraft() -> None:
    """The control: the absence above is not an accident."""
    assert many({**HOT, **CHANCE_ALONE}, 100)["strikes_by_south"].min() > 0


def test_war_without_aircraft_is_fought_on_the_ground() -> None:
    war = {
        "states.south.policy": "scripted",
        "states.south.plan": [{"day": 1, "action": "open_war"}],
        "states.north.policy": "restrain",
    }
    of = template(
        {
            **NO_AIRCRAFT,
            **war,
            "groups.rebels": None,
            "horizon": "8 days",
            "outcome_window": "1 day",
        }
    )
    rows = [
        row for row in events(of, replay(of)) if row["kind"] == "act" and row["actor"] == "south"
    ]
    assert {row["action"] for row in rows} == {"open_war"}
    assert {row["sector"] for row in rows} == {"north_hill"}
    assert sum(row["dead_civilians"] for row in rows) == 0


@needs_compilation
def test_uncertain_serviceability_makes_strikes_uncertain() -> None:
    few = {
        "states.south.combat_aircraft": 2,
        "states.south.serviceability": {
            "dist": "uniform",
            "low": 0,
            "high": 1,
            "assumed": "invented",
        },
    }
    struck = many({**HOT, **CHANCE_ALONE, **few}, 400)["strikes_by_south"] > 0
    # half of the draws leave less than one aircraft
    assert abs(struck.mean() - 0.5) < 4 * 0.5 / np.sqrt(len(struck))


def probabilities(i: int = NORTH, **overrides: Any) -> dict[str, float]:
    opened = world(template({**HOT, **overrides}))
    opened.dyads[i, 1 - i].outrage = 2.0
    plain("sim.engine.rules.state_choice").state_decides(opened, i, 1 - i)
    return dict(
        zip(ACTION_NAMES, opened.table.probability[: len(ACTION_NAMES)].tolist(), strict=True)
    )


def test_a_nuclear_rival_is_dared_less() -> None:
    usual, shadowed = probabilities(), probabilities(**{"states.south.nuclear": True})
    assert shadowed["open_war"] < usual["open_war"]
    assert sum(shadowed[name] for name in ACTION_NAMES[:4]) > sum(
        usual[name] for name in ACTION_NAMES[:4]
    )
    assert probabilities(**{"states.north.nuclear": True}) == pytest.approx(usual)


@needs_compilation
def test_wars_are_fewer_under_a_nuclear_shadow() -> None:
    struck = [
        {
            "day": 1,
            "event": {
                "actor": "south",
                "action": "military_strike",
                "target": "north",
                "deaths": {"security": 40, "civilians": 40},
            },
        }
    ]
    hot = {**HOT, "rules.strike.capital": 0, "states.north.resolve": 1, "interventions": struck}
    usual, shadowed = (
        many({**hot, "states.south.nuclear": nuclear}, 600)["longest_war"]
        for nuclear in (False, True)
    )
    assert (usual - shadowed).mean() > 4 * error(usual - shadowed)


VITAL = {
    **HOT,
    **CHANCE_ALONE,
    "states.north.nuclear": True,
    "states.north.personnel": 5_000,
    "rules.choice.vital_losses": 0.002,
    "rules.clash.effectiveness": 0.1,
}


@needs_compilation
def test_a_nuclear_state_may_signal_once_vital_interests_are_threatened() -> None:
    found = many(VITAL, 200)
    assert found["nuclear_signals"].max() > 0
    assert found["max_rung"].max() == 7
    signalled = (found["days_at_rung_7"] > 0).astype(float)
    assert signalled.mean() > 4 * error(signalled)


@needs_compilation
@pytest.mark.parametrize(
    "change",
    [
        {"states.north.nuclear": False},
        {
            "rules.choice.vital_losses": 1,
            "rules.choice.vital_posts": 1,
            "borders.ridge.posts": 1000,
        },
        # a war that the other side does not fight is no attack; a war is fought by both
        {
            "states.south.policy": "restrain",
            "states.north.policy": "restrain",
            "rules.commands.raid_rate": 0,
            "rules.commands.fire_rate": 0,
        },
    ],
    ids=["no weapons", "nothing vital", "attacked by nobody"],
)
def test_and_of_nobody_else(change: dict[str, Any]) -> None:
    assert many({**VITAL, **change}, 1000)["nuclear_signals"].max() == 0


def test_a_signal_is_told_and_weighs_on_the_rival_for_a_while() -> None:
    opened = world(template(VITAL))
    plain("sim.engine.rules.acts").act(opened, NORTH, SOUTH, ACTION_NAMES.index("nuclear_signal"))
    view = opened.dyads[NORTH, SOUTH]
    assert view.signalled == 1
    assert ACTION_NAMES[opened.log[0].action] == "nuclear_signal"
    acts = plain("sim.engine.rules.acts")
    acts.carry_out(opened, NORTH, SOUTH, acts.readiness_of(opened, NORTH, SOUTH))
    assert 0 < view.signalled < 1


def test_the_weak_pay_more_for_the_same_action() -> None:
    weak = {"states.south.personnel": 10_000, "states.south.armour": 0, "states.north.armour": 0}
    opened = world(template(weak))
    cost = int(ActionTerm.COST)
    paid = {}
    for i in (NORTH, SOUTH):
        plain("sim.engine.rules.state_choice").state_table(opened, i, 1 - i)
        paid[i] = opened.table.terms[ACTION_NAMES.index("raid"), cost]
    assert paid[SOUTH] < paid[NORTH] < 0
