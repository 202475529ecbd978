"""The tables on which groups, hosts, governments and mediators decide, worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import TARGET_NAMES, Crossing, Stance
from sim.vocabulary.ladder import ACTION_NAMES
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, REBELS, SOUTH, template, world

militants, campaign, host, operations = (
    plain(f"sim.engine.rules.{rule}") for rule in ("militants", "campaign", "host", "operations")
)
crossings, diplomacy = (plain(f"sim.engine.rules.{rule}") for rule in ("crossings", "diplomacy"))

OFFENSIVE, RAID = ACTION_NAMES.index("ground_offensive"), ACTION_NAMES.index("raid")


def haven_world(**overrides: Any) -> Any:
    """The rebels have 400 men at home and 600 in a haven of 0.5.

    Their effective strength is 700, half of the reference.
    """
    fighters = {"north_hill": 400, "south_hill": 600}
    return world(
        template(
            {
                "groups.rebels.fighters": fighters,
                "groups.rebels.reference_strength": 1400,
                **overrides,
            }
        )
    )


def terms(w: Any, options: int, count: int) -> np.ndarray:
    return np.array(w.table.terms)[:options, :count]


def test_mode() -> None:
    w = haven_world()
    w.groups[REBELS].home_losses = 10.0  # twenty times a fortieth of those at home
    w.dyads[NORTH, SOUTH].posture = OFFENSIVE
    campaign.mode_table(w, REBELS)
    strength, pressure = math.log(0.5), 0.5
    assert terms(w, 3, 4) == pytest.approx(
        np.array([[0, -strength, pressure, -1], [1, 0, 0, 0], [0, strength, -pressure, 1]])
    )


def test_a_lesser_war_of_the_enemy_is_no_opportunity() -> None:
    w = haven_world()
    w.dyads[NORTH, SOUTH].posture = RAID
    campaign.mode_table(w, REBELS)
    assert (terms(w, 3, 4)[:, 3] == 0).all()


def test_target() -> None:
    w = haven_world()
    group, strength = w.groups[REBELS], math.log(0.5)
    group.home_losses = 40.0  # five times a tenth
    militants.target_table(w, REBELS)
    want = np.array(
        [[math.log(getattr(group, f"targets_{name}")), 0.0, 0.0] for name in TARGET_NAMES]
    )
    want[TARGET_NAMES.index("patrol"), 1], want[TARGET_NAMES.index("base"), 1] = (
        0.25 * strength,
        0.5 * strength,
    )
    want[TARGET_NAMES.index("market"), 2] = 0.5
    assert terms(w, 4, 3) == pytest.approx(want)


def test_move() -> None:
    w = haven_world(**{"groups.rebels.hosts.south.haven": 0.75})
    w.groups[REBELS].home_losses, w.groups[REBELS].haven_losses = 10.0, 6.0
    campaign.move_table(w, REBELS)
    gradient, haven = 20 * (10 / 400 - 6 / 600), 0.75 - 0.5
    assert terms(w, 3, 3) == pytest.approx(
        np.array([[1, 0, 0], [0, gradient, haven], [0, -gradient, -haven]])
    )
    assert w.table.available[:3].tolist() == [1, 1, 1]


def test_losses_weigh_no_more_than_two() -> None:
    w = haven_world()
    w.groups[REBELS].home_losses = w.groups[REBELS].haven_losses = 300.0
    assert campaign.pressure_at_home(w, REBELS) == campaign.pressure_abroad(w, REBELS) == 2.0


def test_truce() -> None:
    w = haven_world()
    group = w.groups[REBELS]
    group.truce_openness, group.home_losses, group.haven_losses = -0.7, 10.0, 6.0
    for stance, urged in ((Stance.TOLERATE, 0.0), (Stance.RESTRAIN, 0.5), (Stance.CRACK_DOWN, 0.5)):
        w.hosts[REBELS, SOUTH].stance = stance
        campaign.truce_table(w, REBELS)
        assert terms(w, 2, 4) == pytest.approx(
            np.array([[0, 0, 0, 0], [-0.7, 0.5 + 0.2, urged, -math.log(0.5)]])
        )


def test_host() -> None:
    w = haven_world(**{"groups.rebels.hosts.south.affinity": 0.8})
    w.dyads[SOUTH, NORTH].coerced, w.pairs[0].trust = 4.0, 0.3
    host.host_table(w, REBELS, SOUTH)
    tie, fear, trust, defection = 1.6, 2.0, 0.3, w.rules[0].hosting_defection
    want = [
        [tie, -1.2 * fear, 0, 0],
        [0.4 * tie, -0.6 * fear, 0.2 * trust, 0],
        [-0.5 * tie, -0.1 * fear, 0.3 * trust, -defection],
    ]
    assert terms(w, 3, 4) == pytest.approx(np.array(want))


def test_offensive_at_home() -> None:
    w = haven_world(**{"rules.militancy.offensive_need": 3})
    state = w.states[NORTH]
    state.news_mean, state.toll_start, state.weariness = 2.95, 0.45, 0.25
    for posture, distracted in (("raid", 0.0), ("limited_strike", -1.0), ("open_war", -1.0)):
        w.dyads[NORTH, SOUTH].posture = ACTION_NAMES.index(posture)
        operations.offensive_table(w, NORTH)
        assert terms(w, 2, 3) == pytest.approx(
            np.array([[0, 0, 0], [math.log(3.0 / (3 * 0.5)), -0.75, distracted]])
        )


@pytest.mark.parametrize("closed", [0.0, 1.0])
def test_crossings(closed: float) -> None:
    w = haven_world()
    r, view, pair = w.rules[0], w.dyads[NORTH, SOUTH], w.pairs[0]
    view.grievance, view.outrage, pair.activity, view.closed, view.closed_days = (
        0.4,
        0.6,
        5.0,
        closed,
        60.0 * closed,
    )
    crossings.crossing_table(w, NORTH, SOUTH)
    want = np.zeros((2, 4))
    want[Crossing.CLOSE_CROSSINGS, :2] = r.crossings_protest * 0.7, r.crossings_violence * 0.75
    want[Crossing.OPEN_CROSSINGS, 2] = r.crossings_trade * (1 + math.log(3) * closed)
    want[int(closed), 3] = r.crossings_inertia
    assert terms(w, 2, 4) == pytest.approx(want)


def test_offer_of_talks() -> None:
    w = haven_world(
        **{
            "rules.mediation.threshold": 3,
            "rules.mediation.eagerness": 0.2,
            "mediators.isle.credibility": 0.4,
        }
    )
    w.pairs[0].activity = 4.5
    diplomacy.offer_table(w, 0, 0)
    # three quarters of the height of open war; a leverage of 0.5 on both is the usual one
    want = [
        math.log(0.2 / 0.8),
        math.log(0.25 + 0.75 * 0.75),
        math.log(0.3 + 1.4 * 0.5),
        math.log(0.5),
    ]
    assert terms(w, 2, 4) == pytest.approx(np.array([[0, 0, 0, 0], want]))
