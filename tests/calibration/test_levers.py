"""How a lever is judged: by means, by shapes, and step by step."""

from __future__ import annotations

import numpy as np
import pytest

from calibration import levers, steps
from calibration.record import ROOT
from sim.engine.world import build
from sim.scenario import load


def test_what_nobody_knows_of_a_spell_is_left_out() -> None:
    days = np.array([np.nan, 10.0, 10.0, 40.0, 40.0])
    over = np.array([0.0, 1.0, 0.0, 1.0, 0.0])
    found = levers.past(days, over, 30)
    assert np.isnan(found[[0, 2]]).all()
    assert found[[1, 3, 4]].tolist() == [0, 1, 1]


def shapes(power: float, seed: int, runs: int = 400) -> np.ndarray:
    """What `war_shapes` gives for wars with a known Weibull shape."""
    template = build(load(ROOT / "scenarios" / "two_states.yaml"))
    names = [m.name for m in template.measures]
    measures = np.zeros((runs, len(names)))
    drawn = np.random.default_rng(seed).weibull(power, runs)
    measures[:, names.index("first_war_days")] = np.ceil(20 * drawn)
    measures[:, names.index("first_war_over")] = 1
    return levers.war_shapes(template, measures)


def test_a_shape_that_moves_is_seen_and_one_that_does_not_is_not() -> None:
    one, other, same = shapes(0.6, 1), shapes(1.2, 2), shapes(0.6, 3)
    assert one[0] == pytest.approx(0.6, abs=0.08)
    assert len(one) == 1 + levers.PARTS
    moved = levers.shape_effect(one, other)
    assert moved.z > levers.VISIBLE
    assert moved.change == pytest.approx(1.0, abs=0.25)
    assert abs(levers.shape_effect(one, same).z) < levers.VISIBLE
    assert levers.shape_effect(one, one) == (0, 0)


def test_a_shape_alone_makes_a_number_move_something() -> None:
    knob = levers.Knob("rules.a.b", "", 1.0, 0.5, 2.0)
    effects = {"deaths": levers.Effect(0.0, 0.0), levers.SHAPE: levers.Effect(0.3, 6.0)}
    assert levers.Lever(knob, effects, {}, False).verdict == levers.MOVES


@pytest.mark.parametrize(
    ("z", "taken", "verdict"),
    [
        (9.0, (3.0, 3.0, 3.0, 3.0), steps.ONE_WAY),
        (-9.0, (-3.0, 1.0, -3.0, -3.0), steps.ONE_WAY),
        (9.0, (9.0, 9.0, -4.0, 2.0), steps.BOTH_WAYS),
        (2.0, (9.0, -9.0, 1.0, 1.0), steps.UNSEEN),
    ],
)
def test_a_lever_goes_one_way_or_is_called_out(
    z: float, taken: tuple[float, ...], verdict: str
) -> None:
    made = steps.Steps("s", "a lever", 0, 1, "attacks", (1.0, 2.0, 3.0, 4.0, 5.0), z, taken)
    assert made.verdict == verdict
    assert made.largest == 0.25
    assert f"({int(verdict == steps.ONE_WAY)} of 1)" in steps.section([made], 10)


def test_the_haven_of_a_group_moves_its_attacks_one_way() -> None:
    template = build(load(ROOT / "scenarios" / "two_states.yaml", {"horizon": 60}))
    path = "groups.hill_front.hosts.eastmark.haven"
    found = steps._lever(template, 60, 1, (path, "haven", 0.0, 1.0))
    assert (found.outcome, found.verdict) == ("attacks", steps.ONE_WAY)
    still = steps._lever(template, 20, 1, (path, "haven", 0.6, 0.6))
    assert still.verdict == steps.UNSEEN
