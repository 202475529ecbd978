"""Militant groups: rate, excitation, severity, moves, recruits, truces and ground."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.engine.policies.question import Question
from sim.vocabulary.codes import TARGET_NAMES, EventKind, Stance, Target
from sim.vocabulary.decisions import StanceTerm
from tests.engine.world.plain import plain
from tests.engine.world.tiny import (
    NORTH,
    NORTH_CITY,
    NORTH_HILL,
    REBELS,
    SOUTH,
    SOUTH_CITY,
    SOUTH_HILL,
    tiny_world,
)

militants, campaign, host, operations = (
    plain(f"sim.engine.rules.{rule}") for rule in ("militants", "campaign", "host", "operations")
)


def men(w: Any, g: int = REBELS) -> np.ndarray:
    return w.presence.fighters[g].copy()


def test_strength_counts_fighters_at_home_in_full_and_abroad_by_haven() -> None:
    w = tiny_world(
        **{
            "groups.rebels.fighters": {"north_hill": 100, "south_hill": 400, "south_city": 200},
            "groups.rebels.hosts.south.haven": 0.25,
        }
    )
    militants.count_strength(w, REBELS)
    group = w.groups[REBELS]
    assert (group.home, group.abroad, group.strength, group.effective) == (
        100,
        600,
        700,
        100 + 0.25 * 600,
    )
    assert w.hosts[REBELS, SOUTH].fighters == 600


@pytest.mark.parametrize(("mode", "factor"), [(0, "low_mode"), (1, None), (2, "surge_mode")])
def test_rate_goes_with_strength_and_mode(mode: int, factor: str | None) -> None:
    w = tiny_world(
        **{
            "groups.rebels.base_rate": 0.8,
            "groups.rebels.elasticity": 0.5,
            "groups.rebels.reference_strength": 500,
            "groups.rebels.drift": 0,
        }
    )
    group, r = w.groups[REBELS], w.rules[0]
    group.effective, group.mode, group.excited = 2000.0, mode, 0.3
    scale = getattr(r, f"militancy_{factor}") if factor else 1.0
    assert militants.attack_rate(w, REBELS) == pytest.approx(0.8 * 2 * scale + 0.3)
    group.truce = 1
    assert militants.attack_rate(w, REBELS) == pytest.approx(
        (0.8 * 2 * scale + 0.3) * r.militancy_truce_calm
    )


@given(st.floats(0, 0.95), st.floats(0.2, 60), st.integers(1, 9))
def test_an_attack_excites_as_many_as_the_branching_says(
    branching: float, lag: float, attacks: int
) -> None:
    w = tiny_world()
    group = w.groups[REBELS]
    group.branching, group.lag, group.excited = branching, lag, 0.0
    militants.excite(w, REBELS, attacks)
    total = 0.0
    for _ in range(int(40 * lag) + 40):
        total += group.excited
        militants.excite(w, REBELS, 0)
    assert total == pytest.approx(branching * attacks, rel=1e-6, abs=1e-12)


def test_drift_leaves_the_mean_rate() -> None:
    """The drift's correction: exp of a normal number of spread d has mean 1 after exp(-d^2/2)."""
    w = tiny_world(**{"groups.rebels.drift": 0.6, "groups.rebels.drift_life": 1})
    group, rates = w.groups[REBELS], []
    group.effective = group.reference_strength
    for day in range(1, 6001):
        w.clock[0].day = day
        militants.drift(w, REBELS)
        rates.append(militants.attack_rate(w, REBELS))
    values = np.array(rates) / group.base_rate
    correlated = (1 + math.exp(-1)) / (1 - math.exp(-1))
    error = 4 * values.std() * math.sqrt(correlated / len(values))
    assert abs(values.mean() - 1) < error < 0.1
    assert abs(values.mean() - math.exp(0.18)) > error


def test_a_group_without_fighters_never_attacks() -> None:
    w = tiny_world(
        **{
            "groups.rebels.fighters": {"north_hill": 0.5, "south_hill": 0.4},
            "groups.rebels.base_rate": 8,
            "groups.rebels.elasticity": 0,
        }
    )
    for day in range(1, 50):
        w.clock[0].day = day
        militants.attack(w, REBELS)
    assert w.groups[REBELS].attacks == 0


@pytest.mark.parametrize("family", ["lognormal", "power_law"])
def test_severity_is_cut_off(family: str) -> None:
    w = tiny_world(
        **{"groups.rebels.severity": {"family": family, "cap": 12, "assumed": "invented"}}
    )
    dead = [
        militants.severity(w, REBELS, kind, u, 0.0)
        for kind in range(4)
        for u in (0.0, 0.5, 0.99, np.nextafter(1.0, 0.0))
    ]
    assert max(dead) == 12
    assert min(dead) >= 0


@pytest.mark.parametrize(("cap", "mean"), [(1, 1.0), (3, 1 + 1 / 9 + 1 / 25)])
def test_the_mean_of_a_power_law_is_the_sum_of_its_tail_up_to_the_cap(
    cap: int, mean: float
) -> None:
    """P(size >= k) = (2k - 1)^(1 - alpha), here with alpha = 3."""
    w = tiny_world(
        **{
            "groups.rebels.severity": {
                "family": "power_law",
                "alpha": 3,
                "cap": cap,
                "assumed": "invented",
            }
        }
    )
    assert militants.mean_severity(w, REBELS) == pytest.approx(mean)


def test_a_group_under_pressure_turns_to_soft_targets() -> None:
    shares = []
    for losses in (0.0, 500.0):
        w = tiny_world()
        militants.count_strength(w, REBELS)
        w.groups[REBELS].home_losses = losses
        militants.group_targets(w, REBELS, 0)
        shares.append(w.table.probability[:4].copy())
    market, base = TARGET_NAMES.index("market"), TARGET_NAMES.index("base")
    assert shares[1][market] > shares[0][market]
    assert shares[1][base] < shares[0][base]


def test_targets_are_chosen_by_their_weights_at_the_reference_strength() -> None:
    w = tiny_world(**{"groups.rebels.reference_strength": 1500})
    militants.count_strength(w, REBELS)
    militants.group_targets(w, REBELS, 0)
    group = w.groups[REBELS]
    weights = np.array([getattr(group, f"targets_{t.word}") for t in Target])
    assert w.table.probability[:4] == pytest.approx(weights / weights.sum())


def test_attacks_fall_where_fighters_can_reach() -> None:
    w = tiny_world(
        **{
            "groups.rebels.fighters": {"north_hill": 0, "south_hill": 800},
            "groups.rebels.hosts.south.haven": 0.5,
        }
    )
    militants.weigh_places(w, REBELS)
    assert w.weigh[NORTH_HILL] > 0
    assert w.weigh[NORTH_CITY] == w.weigh[SOUTH_HILL] == w.weigh[SOUTH_CITY] == 0
    w.hosts[REBELS, SOUTH].haven_now = 0.0
    militants.weigh_places(w, REBELS)
    assert w.weigh[:4].tolist() == [0, 0, 0, 0]


@given(st.floats(0, 1), st.booleans(), st.floats(0, 1))
@example(0.9375, False, 5e-324)
def test_moving_across_the_border_loses_nobody(share: float, homeward: bool, haven: float) -> None:
    w = tiny_world()
    w.hosts[REBELS, SOUTH].haven_now = haven
    before = men(w)
    campaign.shift(w, REBELS, share, homeward)
    after = men(w)
    assert after.sum() == pytest.approx(before.sum(), rel=1e-12)
    assert (after >= 0).all()
    home, away = after[[NORTH_CITY, NORTH_HILL]].sum(), before[[NORTH_CITY, NORTH_HILL]].sum()
    assert home >= away if homeward else home <= away


def test_without_a_haven_nobody_withdraws() -> None:
    w = tiny_world()
    w.hosts[REBELS, SOUTH].haven_now = 0.0
    before = men(w)
    campaign.shift(w, REBELS, 0.5, False)
    assert men(w).tolist() == before.tolist()


def test_recruits_are_logistic_in_the_capacity_that_a_haven_gives() -> None:
    w = tiny_world(
        **{
            "groups.rebels.capacity": 4000,
            "groups.rebels.growth": 0.01,
            "groups.rebels.hosts.south.haven": 0.5,
            "rules.militancy.capacity_base": 0.4,
        }
    )
    campaign.recruit(w, REBELS)
    capacity = 4000 * (0.4 + 0.6 * 0.5)
    assert men(w).sum() == pytest.approx(2000 + 2000 * 0.01 * (1 - 2000 / capacity))
    for _ in range(3000):
        campaign.recruit(w, REBELS)
    assert men(w).sum() == pytest.approx(capacity, rel=1e-3)


def test_civilians_harmed_bring_recruits_once() -> None:
    w = tiny_world(**{"groups.rebels.growth": 0, "rules.militancy.backlash": 0.5})
    w.groups[REBELS].grievances = 40.0
    for _ in range(3):
        campaign.recruit(w, REBELS)
    assert men(w).sum() == pytest.approx(2000 + 0.5 * 40)


def test_a_sector_is_held_where_fighters_outweigh_the_garrison() -> None:
    w = tiny_world(**{"rules.militancy.hold_ratio": 8, "rules.militancy.control_days": 10})
    w.sectors[NORTH_HILL].garrison, w.sectors[NORTH_CITY].garrison = 1000.0, 1000.0
    w.presence[REBELS, NORTH_HILL].fighters, w.presence[REBELS, NORTH_CITY].fighters = 1000.0, 10.0
    for _ in range(100):
        for k in range(4):
            campaign.contest(w, k)
    assert w.sectors[NORTH_HILL].control == pytest.approx(1, abs=1e-3)
    assert w.sectors[NORTH_CITY].control == 0
    # fighters in their haven hold nothing against their host
    assert w.sectors[SOUTH_HILL].control == 0
    changes = [(row.kind, row.sector) for row in w.log[: w.clock[0].log_length]]
    assert changes == [(EventKind.CONTROL, NORTH_HILL)]


def test_a_host_that_restrains_narrows_the_haven_and_what_is_run_from_there() -> None:
    w = tiny_world(
        **{
            "groups.rebels.hosts.south": {"haven": 0.8, "share": 0.5, "assumed": "invented"},
            "rules.hosting.restrained": 0.6,
        }
    )
    link = w.hosts[REBELS, SOUTH]
    host.set_stance(w, REBELS, SOUTH, Stance.RESTRAIN)
    assert (link.haven_now, link.share_now) == (pytest.approx(0.8 * 0.6), pytest.approx(0.5 * 0.8))
    host.set_stance(w, REBELS, SOUTH, Stance.TOLERATE)
    assert (link.haven_now, link.share_now) == (0.8, 0.5)


def test_a_crackdown_disperses_the_guests_and_nobody_else() -> None:
    w = tiny_world(**{"rules.hosting.dispersed": 0.1})
    host.disperse(w, REBELS, SOUTH)
    assert men(w).tolist() == [0, 1000, 0, 1000]
    host.set_stance(w, REBELS, SOUTH, Stance.CRACK_DOWN)
    host.disperse(w, REBELS, SOUTH)
    assert men(w).tolist() == [0, 1000, 0, 900]


def test_a_host_follows_affinity_and_fear() -> None:
    chosen = {}
    for case, (affinity, coerced) in {"dear": (1.0, 0.0), "coerced": (0.2, 3.0)}.items():
        w = tiny_world(**{"groups.rebels.hosts.south.affinity": affinity})
        w.dyads[SOUTH, NORTH].coerced = coerced
        host.host_table(w, REBELS, SOUTH)
        registry = plain("sim.engine.policies.registry")
        registry.weigh_up(w.table, 3, len(StanceTerm))
        question = Question(3, w.rules[0].hosting_rationality, -1, -1)
        registry.choose(w, w.table, 0, question, 0.5)
        chosen[case] = w.table.probability[:3].copy()
    assert chosen["dear"][Stance.TOLERATE] > 0.8
    assert chosen["coerced"][Stance.TOLERATE] < chosen["dear"][Stance.TOLERATE]
    assert chosen["coerced"][Stance.CRACK_DOWN] > chosen["dear"][Stance.CRACK_DOWN]


def test_an_offensive_multiplies_operations_and_a_truce_rests_them() -> None:
    w = tiny_world()
    group, r = w.groups[REBELS], w.rules[0]
    group.recent_attacks = 2.0
    usual = r.militancy_operation_rate + 2 * r.militancy_operation_reply
    assert operations.operation_rate(w, REBELS) == pytest.approx(usual)
    w.states[NORTH].offensive = 1
    assert operations.operation_rate(w, REBELS) == pytest.approx(
        usual * r.militancy_offensive_factor
    )
    w.states[NORTH].offensive, group.truce = 0, 1
    assert operations.operation_rate(w, REBELS) < usual


def test_an_offensive_ends_a_truce() -> None:
    w = tiny_world(**{"rules.militancy.truce_days": 3650})
    w.groups[REBELS].truce, w.states[NORTH].offensive = 1, 1
    campaign.truce(w, REBELS)
    assert w.groups[REBELS].truce == 0


@pytest.mark.parametrize(("fighters", "truces"), [(0, 0), (100, 1)])
def test_a_group_without_fighters_makes_no_truce(fighters: int, truces: int) -> None:
    changes = {
        "rules.militancy.truce_offer": 1,
        "rules.militancy.truce_days": 3650,
        "groups.rebels.truce_openness": 20,
    }
    w = tiny_world(
        **changes, **{"groups.rebels.fighters": {"north_hill": fighters, "south_hill": 0}}
    )
    militants.count_strength(w, REBELS)
    for day in range(1, 10):
        w.clock[0].day = day
        campaign.truce(w, REBELS)
    assert w.tally[0].truces == truces


@pytest.mark.parametrize("havens", [(0.2, 0.8), (0.8, 0.2)])
def test_a_truce_weighs_the_best_haven_whoever_stands_first(havens: tuple[float, float]) -> None:
    w = tiny_world()
    for state, haven in zip((NORTH, SOUTH), havens, strict=True):
        (
            w.hosts[REBELS, state].present,
            w.hosts[REBELS, state].stance,
            w.hosts[REBELS, state].haven,
        ) = 1, Stance.RESTRAIN, haven
    campaign.truce_table(w, REBELS)
    assert w.table.terms[1, 2] == 0.8
