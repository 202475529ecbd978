"""A scenario's own actions: how many acts are of a kind, and in what they differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import EventKind
from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, STILL, template, world

acts, script = plain("sim.engine.rules.acts"), plain("sim.engine.rules.script")
KIND = {"label": "kind", "does": "does it", "of": "raid", "share": 1}


def after(of: str = "raid", *, who: int = NORTH, replication: int = 0, **kinds: Any) -> Any:
    """The world after one act of a state, by a scenario with these kinds."""
    w = world(template({**STILL, "actions": kinds}), replication=replication)
    acts.act(w, who, SOUTH if who == NORTH else NORTH, Action.of(of))
    return w


def log(w: Any) -> Any:
    rows = np.asarray(w.log)[: int(w.clock[0].log_length)]
    return rows[rows["kind"] == EventKind.ACT]


def test_a_share_of_the_acts_is_of_the_kind() -> None:
    kinds = {"one": {**KIND, "share": 0.3}, "two": {**KIND, "share": 0.5}}
    found = [float(log(after(replication=r, **kinds))["value"][0]) for r in range(400)]
    # four standard deviations of a share of 400: one false alarm in 16,000 for each
    for kind, share in ((1, 0.3), (2, 0.5), (0, 0.2)):
        assert abs(found.count(kind) / 400 - share) < 4 * np.sqrt(share * (1 - share) / 400)


def test_of_another_act_or_another_state_it_is_none() -> None:
    one = {**KIND, "by": "north"}
    assert log(after(one=one))["value"][0] == 1
    assert log(after(one=one, who=SOUTH))["value"][0] == 0
    assert log(after("military_strike", one=one))["value"][0] == 0


def test_it_is_the_same_act_but_for_its_factors() -> None:
    """Without a factor of its own it does to the bit what the act of the ladder does."""
    for of in ("raid", "military_strike", "ground_offensive"):
        plain_one, own = after(of), after(of, one={**KIND, "of": of})
        for table in ("states", "dyads", "pairs", "commands", "tally"):
            ours, theirs = np.asarray(getattr(own, table)), np.asarray(getattr(plain_one, table))
            assert ours.tobytes() == theirs.tobytes(), table
        assert own.own_acts["acts"][1] == 1


@pytest.mark.parametrize("of", ["raid", "military_strike", "ground_offensive"])
def test_where_nobody_can_die_nobody_does_and_nobody_claims_any(of: str) -> None:
    assert sum(float(row["dead_security"]) for row in log(after(of))) > 0  # but for the factor
    w = after(of, one={**KIND, "of": of, "deaths": 0})
    assert w.tally[0].dead_today == 0
    assert set(log(w)["claimed"]) == {-1}
    assert w.states["claimed"].sum() == 0


def test_fewer_die_with_a_smaller_factor() -> None:
    dead = {
        factor: sum(
            int(
                after(
                    "military_strike",
                    replication=r,
                    one={**KIND, "of": "military_strike", "deaths": factor},
                )
                .tally[0]
                .dead_today
            )
            for r in range(40)
        )
        for factor in (0.25, 1, 4)
    }
    assert dead[0.25] < 0.5 * dead[1] < 0.5 * 0.5 * dead[4]


def test_what_is_felt_is_in_proportion() -> None:
    def anger(felt: float) -> float:
        w = after(one={**KIND, "deaths": 0, "felt": felt})
        return float(w.dyads["new_outrage"][SOUTH, NORTH])

    assert anger(0) == 0
    assert anger(0.5) == pytest.approx(0.5 * anger(1))


def test_what_is_announced_and_kills_nobody_is_a_gesture() -> None:
    def anger(**more: Any) -> float:
        w = after(one={**KIND, "deaths": 0, **more})
        return float(w.dyads["new_outrage"][SOUTH, NORTH])

    rules = world(template(STILL)).rules[0]
    assert anger(announced=True) == pytest.approx(rules.feelings_gesture * anger())


def test_pressure_and_damage_to_a_ceasefire_are_in_proportion() -> None:
    def cost(factor: float) -> tuple[float, float]:
        w = world(
            template(
                {
                    **STILL,
                    "relations.neighbours.ceasefire": 0.8,
                    "actions": {"one": {**KIND, "deaths": 0, "damage": factor, "pressure": factor}},
                }
            )
        )
        before = float(w.states["pressure"][NORTH])
        acts.act(w, NORTH, SOUTH, Action.RAID)
        return float(w.states["pressure"][NORTH]) - before, float(w.pairs["hit"][0])

    assert cost(0) == (0, 0)
    assert cost(0.5) == pytest.approx([0.5 * one for one in cost(1)])


def test_at_sea_no_sector_is_told() -> None:
    assert log(after(one=KIND))["sector"][0] >= 0
    w = after(one={**KIND, "placed": False})
    assert log(w)["sector"][0] == -1
    assert w.sectors["events"].sum() == 0


def test_a_reported_act_is_of_the_kind_that_the_file_names() -> None:
    event = {"actor": "south", "action": "raid", "own": "one", "target": "north"}
    of = template(
        {
            **STILL,
            "actions": {"one": {**KIND, "share": 0, "felt": 0}},
            "interventions": [{"day": 1, "event": {**event, "deaths": {"security": 3}}}],
        }
    )
    w = world(of)
    script.play(w)
    assert log(w)["value"][0] == 1
    assert w.own_acts["acts"][1] == 1
    assert w.dyads["new_outrage"][NORTH, SOUTH] == 0
    assert w.dyads["own_act"].sum() == 0  # nothing of it stays


def test_its_numbers_are_words_of_the_world() -> None:
    of = template({**STILL, "actions": {"one": {**KIND, "share": 0.4, "felt": 0.2}}})
    w = world(of)
    for name, value in (("share", 0.4), ("felt", 0.2), ("deaths", 1)):
        assert w.words[of.slots[f"actions.one.{name}"]] == value
