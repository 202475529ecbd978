"""Clashes at the border and strikes from the air: who fights, who dies, what is lost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.rules.records import Dead, Deed, Force, Manner, Site
from sim.vocabulary.codes import Clash, Command, Terrain
from sim.vocabulary.decisions import CommandTerm
from sim.vocabulary.ladder import ACTION_NAMES, Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import (
    NORTH,
    NORTH_HILL,
    REBELS,
    SOUTH,
    SOUTH_CITY,
    SOUTH_HILL,
    tiny_world,
)

clash, strike, acts, border, record = (
    plain(f"sim.engine.rules.{rule}") for rule in ("clash", "strike", "acts", "border", "record")
)
tables = plain("sim.engine.world.tables")
LIMITED_STRIKE, MILITARY_STRIKE, OPEN_WAR = (
    ACTION_NAMES.index(name) for name in ("limited_strike", "military_strike", "open_war")
)

MEN = st.floats(0, 3000)


def log_of(w: Any) -> Any:
    return np.asarray(w.log)[: int(w.clock[0].log_length)]


@given(
    MEN,
    MEN,
    st.floats(0, 0.2),
    st.floats(0.1, 5),
    st.floats(0.1, 10),
    st.integers(1, 8),
    st.integers(1, 10_000),
)
def test_nobody_dies_twice_in_a_clash(
    attackers: float,
    defenders: float,
    kill: float,
    defence: float,
    edge: float,
    rounds: int,
    day: int,
) -> None:
    w = tiny_world()
    w.clock[0].day, w.rules[0].clash_effectiveness = day, kill
    force = Force(attackers, defenders, rounds, edge, 1.0)
    fell_a, fell_d, broke = clash.exchange(w, np.uint64(5), 0, force, defence)
    assert 0 <= fell_a <= attackers
    assert 0 <= fell_d <= defenders
    share = w.rules[0].clash_break_share
    assert broke == (fell_d >= share * defenders and fell_a < share * attackers)


def test_a_side_breaks_off_at_its_breaking_share() -> None:
    w = tiny_world(**{"rules.clash.effectiveness": 1, "rules.clash.break_share": 0.25})
    fell_a, fell_d, broke = clash.exchange(
        w, np.uint64(5), 0, Force(400.0, 100.0, 8, 1.0, 1.0), 1.0
    )
    assert broke
    assert fell_d >= 25
    assert fell_a < 400


def test_the_defender_gains_by_the_terrain() -> None:
    kinds = {"plain": 1.1, "hill": 1.2, "mountain": 1.3, "desert": 1.4, "urban": 1.5}
    w = tiny_world(**{f"rules.clash.defence_{name}": value for name, value in kinds.items()})
    assert [clash.defence_of(w, Terrain.of(name)) for name in kinds] == list(kinds.values())


def test_a_clash_takes_men_from_both_commands_and_both_armies() -> None:
    w = tiny_world(**{"rules.clash.effectiveness": 0.1})
    before = w.commands.men.copy()
    fell_a, fell_d = clash.fight(w, 0, 0, 2, Force(100.0, 100.0, 3, 1.0, 1.0))
    assert min(fell_a, fell_d) > 0
    assert (w.states[NORTH].lost, w.states[SOUTH].lost) == (fell_a, fell_d)
    assert (w.states[NORTH].deaths_security, w.states[SOUTH].deaths_security) == (fell_a, fell_d)
    # the ranks thin at the day's end, and reserves begin to come up
    assert w.commands.men.tolist() == before.tolist()
    clash.recover(w)
    for side, fell in ((0, fell_a), (1, fell_d)):
        garrison = w.commands[0, side].garrison
        assert w.commands[0, side].men == pytest.approx(
            garrison - fell + fell / w.rules[0].clash_reinforcement
        )


def test_no_more_fight_than_are_there() -> None:
    w = tiny_world(**{"rules.clash.effectiveness": 1})
    w.commands[0, 0].men, w.commands[0, 1].men = 10.0, 10.0
    fell_a, fell_d = clash.fight(w, 0, 0, 2, Force(5000.0, 5000.0, 8, 1.0, 1.0))
    assert fell_a <= 5
    assert fell_d <= 8


def test_broken_defenders_leave_posts_that_are_retaken_in_time() -> None:
    w = tiny_world(
        **{"rules.clash.effectiveness": 1, "borders.ridge.posts": 3, "rules.clash.retake": 0.5}
    )
    view = w.dyads[SOUTH, NORTH]
    assert view.posts == 3
    for _ in range(9):
        clash.fight(w, 0, 0, 2, Force(400.0, 20.0, 8, 1.0, 1.0))
    assert view.posts_lost == 3
    assert w.dyads[NORTH, SOUTH].posts_lost == 0
    clash.recover(w)
    assert view.posts_lost == 1.5


def test_helicopters_fit_to_fly_make_raids_larger() -> None:
    none, some, grounded = (
        clash.mobility(
            tiny_world(**{"states.north.helicopters": n, "states.north.serviceability": fit}), NORTH
        )
        for n, fit in ((0, 1), (30, 1), (30, 0))
    )
    assert none == grounded == 1
    assert some > 1


def test_a_limited_strike_hits_militants_and_civilians_and_no_soldiers() -> None:
    w = tiny_world(**{"rules.strike.militants": 60, "rules.strike.civilians": 40})
    soldiers, civilians, capital = strike.bomb(w, NORTH, SOUTH, LIMITED_STRIKE)
    killed = 1000 - w.presence[REBELS, SOUTH_HILL].fighters
    assert soldiers == 0
    assert not capital
    assert civilians == w.states[SOUTH].deaths_civilian > 0
    assert killed == w.groups[REBELS].deaths == log_of(w)["dead_militants"].sum() > 0
    assert w.groups[REBELS].haven_losses == killed
    assert w.groups[REBELS].grievances == civilians
    assert set(log_of(w)["sector"]) == {SOUTH_HILL}


def test_a_strike_spreads_its_dead_over_the_groups_that_are_there() -> None:
    other = {
        "enemy": "north",
        "hosts": {"south": {"haven": 0.5, "share": 0.2, "assumed": "invented"}},
        "fighters": {"south_hill": 3000},
    }
    friend = {"enemy": "south", "hosts": {}, "fighters": {"south_hill": 500}}
    numbers = {"base_rate": 0.1, "reference_strength": 100, "capacity": 5000, "assumed": "invented"}
    w = tiny_world(
        **{"groups.others": {**other, **numbers}, "groups.friends": {**friend, **numbers}}
    )
    deed = Deed(NORTH, SOUTH, LIMITED_STRIKE)
    of = {group.enemy: group for group in w.groups}
    assert strike.kill_quarry(w, deed, SOUTH_HILL, 40, 0) == 40
    assert sorted(w.groups.deaths.tolist()) == [0, 10, 30]
    assert of[SOUTH].deaths == 0
    assert strike.kill_quarry(w, deed, SOUTH_HILL, 1, 0) == 1


def test_the_odd_one_of_the_dead_falls_to_each_group_in_turn() -> None:
    """Of two equal groups neither is the first: the draw of each strike decides (SE 0.025)."""
    other = {
        "enemy": "north",
        "hosts": {"south": {"haven": 0.5, "share": 0.2, "assumed": "invented"}},
        "fighters": {"south_hill": 1000},
        "base_rate": 0.1,
        "reference_strength": 100,
        "capacity": 5000,
        "assumed": "invented",
    }
    w = tiny_world(**{"groups.others": other})
    deed = Deed(NORTH, SOUTH, LIMITED_STRIKE)
    for draws in range(400):
        w.presence[:, SOUTH_HILL].fighters = 1000.0
        assert strike.kill_quarry(w, deed, SOUTH_HILL, 1, draws) == 1
    assert w.groups.deaths.sum() == 400
    assert abs(w.groups.deaths[0] / 400 - 0.5) < 0.1


def test_a_strike_on_one_group_spares_the_others() -> None:
    other = {
        "enemy": "north",
        "hosts": {},
        "fighters": {"south_hill": 3000},
        "base_rate": 0,
        "reference_strength": 100,
        "capacity": 5000,
    }
    w = tiny_world(**{"groups.zealots": {**other, "assumed": "invented"}})
    deed, site = Deed(NORTH, SOUTH, LIMITED_STRIKE), Site(SOUTH_HILL, 0)
    strike.hit(w, deed, site, Dead(0, 0, 0, 25), REBELS)
    assert w.groups.deaths[REBELS] == w.groups.deaths.sum() == 25


def test_no_more_die_than_there_are() -> None:
    w = tiny_world(**{"states.south.personnel": 100, "groups.rebels.fighters": {"south_hill": 7.5}})
    assert record.soldiers_die(w, SOUTH, 80) == 80
    assert record.soldiers_die(w, SOUTH, 80) == 20
    assert record.soldiers_die(w, SOUTH, 80) == 0
    assert record.militants_die(w, REBELS, SOUTH_HILL, 50) == 7
    assert w.presence[REBELS, SOUTH_HILL].fighters == 0.5
    assert w.tally[0].dead_today == 107


def test_military_targets_are_hit_by_their_garrisons() -> None:
    w = tiny_world(**{"sectors.south_city.garrison": 0, "rules.strike.capital": 0})
    strike.weigh_sectors(w, NORTH, SOUTH, False)
    assert w.weigh[:4].tolist() == [0, 0, 0, w.sectors[SOUTH_HILL].garrison]
    strike.weigh_sectors(w, NORTH, SOUTH, True)
    assert w.weigh[:4].tolist() == [0, 0, 0, 1000]


def test_each_toll_of_each_site_has_luck_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(strike, "drawn_toll", lambda w, key, index, mean: asked.append(index))
    for site in range(4):
        strike.tolls(tiny_world(), Deed(NORTH, SOUTH, MILITARY_STRIKE), SOUTH_HILL, site)
    assert len(set(asked)) == len(asked) == 12


def test_a_military_strike_may_hit_the_capital() -> None:
    w = tiny_world(**{"sectors.south_city.garrison": 0, "rules.strike.capital": 1})
    *_, capital = strike.bomb(w, NORTH, SOUTH, MILITARY_STRIKE)
    assert capital
    assert log_of(w)["sector"].tolist()[0] == SOUTH_CITY


def test_a_spent_list_of_targets_saves_militants_and_some_soldiers() -> None:
    full, spent = (
        tiny_world(**{"rules.strike.spread": 0.01}),
        tiny_world(**{"rules.strike.spread": 0.01}),
    )
    spent.dyads[NORTH, SOUTH].targets = 0.0
    tolls = {
        case: {
            action: strike.tolls(w, Deed(NORTH, SOUTH, ACTION_NAMES.index(action)), SOUTH_HILL, 0)
            for action in ("limited_strike", "open_war")
        }
        for case, w in (("full", full), ("spent", spent))
    }
    assert (
        tolls["spent"]["limited_strike"].militants == 0 < tolls["full"]["limited_strike"].militants
    )
    assert 0 < tolls["spent"]["open_war"].soldiers < tolls["full"]["open_war"].soldiers
    assert tolls["full"]["limited_strike"].soldiers == 0


@pytest.mark.parametrize("action", [a.word for a in Action if a.depletion < 1])
def test_strikes_use_up_the_list_of_targets(action: str) -> None:
    w = tiny_world()
    acts.act(w, NORTH, SOUTH, ACTION_NAMES.index(action))
    assert w.dyads[NORTH, SOUTH].targets == next(a.depletion for a in Action if a.word == action)
    assert w.dyads[SOUTH, NORTH].targets == 1


def test_the_dead_of_an_act_weigh_on_both_sides() -> None:
    w = tiny_world(**{"rules.clash.effectiveness": 0.05})
    acts.act(w, NORTH, SOUTH, ACTION_NAMES.index("raid"))
    row = log_of(w)[0]
    assert min(row["dead_own"], row["dead_security"]) > 0
    assert w.dyads[NORTH, SOUTH].own_dead == row["dead_own"]
    assert w.dyads[SOUTH, NORTH].own_dead == row["dead_security"]
    assert (
        w.tally[0].interstate_today
        == w.pairs[0].dead_today
        == row["dead_own"] + row["dead_security"]
    )


def test_what_an_act_leaves_behind() -> None:
    w = tiny_world()
    r, ours, theirs, pair = w.rules[0], w.dyads[NORTH, SOUTH], w.dyads[SOUTH, NORTH], w.pairs[0]
    ours.targets, w.states[NORTH].pressure, pair.in_force = 0.8, 0.1, 1
    acts.consequences(
        w, Deed(NORTH, SOUTH, MILITARY_STRIKE), Dead(2, 10, 5, 0), Manner(False, False)
    )
    strike_ = Action(MILITARY_STRIKE)
    assert (ours.own_dead, theirs.own_dead, pair.dead_today, w.tally[0].interstate_today) == (
        2,
        15,
        17,
        17,
    )
    assert (w.states[NORTH].lost_today, w.states[SOUTH].lost_today) == (2, 10)
    assert ours.targets == pytest.approx(0.8 * strike_.depletion)
    assert w.states[NORTH].pressure == pytest.approx(
        0.1 + r.stocks_pressure_rung * strike_.rung / 6 + r.stocks_pressure_civilian * 5
    )
    assert w.states[SOUTH].pressure == 0
    assert pair.hit == pytest.approx(r.ceasefire_damage * strike_.damage)


def test_a_command_holds_fires_or_raids_by_its_table() -> None:
    w = tiny_world(**{"rules.commands.fire_rate": 0.1, "rules.commands.raid_rate": 0.05})
    border.make_ready(w)
    border.command_decides(w, 0, 0)
    p = w.table.probability[:3]
    odds_fire, odds_raid = 0.1 / 0.9, 0.05 / 0.95
    assert p == pytest.approx(np.array([1, odds_fire, odds_raid]) / (1 + odds_fire + odds_raid))


def test_the_table_of_a_border_command_by_hand() -> None:
    w = tiny_world()
    r, command, view = w.rules[0], w.commands[0, 0], w.dyads[NORTH, SOUTH]
    command.grievance, command.men, view.posture, view.outrage, w.pairs[0].ceasefire = (
        0.3,
        0.5 * command.garrison,
        LIMITED_STRIKE,
        5.0,
        0.4,
    )
    # a ceasefire of ten days: its quality, and what is left of the word
    w.pairs[0].in_force, w.pairs[0].age = 1, 10
    bound = 0.4 + r.ceasefire_word * np.exp(-10 / r.ceasefire_word_life)
    border.make_ready(w)
    border.command_decides(w, 0, 0)
    tension = (Action(LIMITED_STRIKE).rung - 1) / 5
    ready, outraged = (
        w.states[NORTH],
        r.commands_outrage * 2.0,
    )  # of outrage no more than so much counts at the border
    assert np.asarray(w.table.terms)[:3, : len(CommandTerm)] == pytest.approx(
        np.array(
            [
                [0.0] * 6,
                [
                    ready.fire_ready,
                    0.3,
                    r.commands_posture * tension,
                    outraged,
                    -r.commands_ceasefire * bound,
                    np.log(0.5),
                ],
                [
                    ready.raid_ready,
                    0.3,
                    r.commands_raid_posture * tension,
                    0.0,
                    -r.commands_raid_ceasefire * bound,
                    np.log(0.5),
                ],
            ]
        )
    )


def test_a_command_that_has_lost_all_its_men_has_nobody_to_send() -> None:
    w = tiny_world(**{"rules.commands.fire_rate": 0.5, "states.north.discipline": 0})
    border.make_ready(w)
    chosen = set()
    for day in range(50):
        w.clock[0].day = day
        w.commands[0, 0].men = 0.0
        assert border.command_decides(w, 0, 0) == Command.HOLD
        w.commands[0, 0].men = w.commands[0, 0].garrison
        chosen.add(border.command_decides(w, 0, 0))
    assert Command.FIRE in chosen


def test_a_garrison_of_nobody_is_nobody() -> None:
    w = tiny_world(**{"borders.ridge.garrison": {"north": 0}, "rules.clash.garrison": 700})
    side = 0 if w.commands[0, 0].state == NORTH else 1
    assert (w.commands[0, side].garrison, w.commands[0, side].men) == (0, 0)
    assert (w.commands[0, 1 - side].garrison, w.commands[0, 1 - side].men) == (700, 700)


@pytest.mark.parametrize(
    ("change", "likelier"),
    [
        (lambda w: setattr(w.commands[0, 0], "grievance", 1.0), True),
        (lambda w: setattr(w.dyads[NORTH, SOUTH], "posture", OPEN_WAR), True),
        (lambda w: setattr(w.dyads[NORTH, SOUTH], "outrage", 2.0), True),
        (lambda w: setattr(w.pairs[0], "in_force", 1), False),
        (lambda w: setattr(w.commands[0, 0], "men", 100.0), False),
        (lambda w: setattr(w.states[NORTH], "discipline", 1.0), False),
    ],
    ids=["grievance", "war", "outrage", "ceasefire", "losses", "discipline"],
)
def test_what_makes_a_command_shoot(change: Any, likelier: bool) -> None:
    fire = []
    for changed in (False, True):
        w = tiny_world(**{"rules.commands.fire_rate": 0.1})
        if changed:
            change(w)
        border.make_ready(w)
        border.command_decides(w, 0, 0)
        fire.append(w.table.probability[Command.FIRE])
    assert (fire[1] > fire[0]) == likelier
    assert fire[0] != fire[1]


def test_a_skirmish_angers_the_other_side_of_the_border() -> None:
    w = tiny_world()
    border.skirmish(w, 0, 0, Command.FIRE, Clash.LOCAL)
    border.calm_down(w)
    assert w.commands[0, 1].grievance > 0 == w.commands[0, 0].grievance
    assert w.dyads[SOUTH, NORTH].new_outrage > 0 == w.dyads[NORTH, SOUTH].new_outrage
    assert (w.tally[0].clashes, w.tally[0].raids, w.pairs[0].rung) == (1, 0, 2)
    assert w.sectors[NORTH_HILL].events == 0 < w.sectors[SOUTH_HILL].events


def test_a_local_raid_is_a_raid() -> None:
    w = tiny_world()
    border.skirmish(w, 0, 1, Command.RAID, Clash.LOCAL)
    assert (w.tally[0].clashes, w.tally[0].raids, w.states[SOUTH].raids, w.pairs[0].rung) == (
        1,
        1,
        1,
        3,
    )
    assert w.tally[0].first_raid_day == 1


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6), st.floats(0, 1, exclude_max=True))
def test_a_pick_falls_on_a_positive_weight(weights: list[float], u: float) -> None:
    chosen = record.pick(weights, len(weights), u)
    if sum(weights) > 0:
        assert weights[chosen] > 0
        assert sum(weights[:chosen]) <= u * sum(weights) * (1 + 1e-12) + 1e-300
    else:
        assert chosen == -1
