"""The exchange of fire against Lanchester's square law in closed form."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine.rules.records import Force
from tests.engine.world.plain import plain
from tests.engine.world.tiny import template, world

exchange = plain("sim.engine.rules.clash").exchange

KILL, DEFENCE, ROUNDS = 0.01, 1.5, 30
ATTACKERS, DEFENDERS = 600.0, 400.0
BATTLES = 400

pytestmark = pytest.mark.statistical


@cache
def battles() -> np.ndarray:
    """Men left on each side, (battles, rounds+1, 2), when nobody breaks off."""
    w: Any = world(template({"rules.clash.effectiveness": KILL, "rules.clash.break_share": 1}))
    left = np.empty((BATTLES, ROUNDS + 1, 2))
    for battle in range(BATTLES):
        a, d = ATTACKERS, DEFENDERS
        left[battle, 0] = a, d
        for n in range(ROUNDS):
            w.clock[0].day = n + 1
            fell_a, fell_d, _ = exchange(w, np.uint64(battle), 0, Force(a, d, 1, 1.0, 1.0), DEFENCE)
            a, d = a - fell_a, d - fell_d
            left[battle, n + 1] = a, d
    return left


def square_law(defence: float, rounds: int) -> tuple[float, float]:
    """Lanchester (1916): dA/dt = -kB, dB/dt = -kA/defence."""
    rate, root = KILL / math.sqrt(defence), math.sqrt(defence)
    t = rate * rounds
    return ATTACKERS * math.cosh(t) - root * DEFENDERS * math.sinh(t), DEFENDERS * math.cosh(
        t
    ) - ATTACKERS / root * math.sinh(t)


def misses(defence: float) -> float:
    """Greatest distance of the mean from the law, in units of the tolerance."""
    left = battles()
    # a round is a step of finite length: its error in the mean is at most half a step of the law's
    # own change
    step = KILL * max(ATTACKERS, DEFENDERS) * 0.5 * KILL * ROUNDS
    distances = []
    for n in (10, 20, ROUNDS):
        for side, want in enumerate(square_law(defence, n)):
            sample = left[:, n, side]
            distances.append(
                abs(sample.mean() - want) / (4 * sample.std(ddof=1) / math.sqrt(BATTLES) + step)
            )
    return max(distances)


def test_the_mean_follows_the_square_law() -> None:
    assert misses(DEFENCE) < 1


@pytest.mark.parametrize("wrong", [1.0, 1.3, 1.8])
def test_another_advantage_of_the_defender_is_rejected(wrong: float) -> None:
    assert misses(wrong) > 1


def test_the_difference_of_squares_is_conserved() -> None:
    """A^2 - defence x B^2, in means; the linear law would conserve A - defence x B instead."""
    left = battles().mean(axis=0)
    squares = left[:, 0] ** 2 - DEFENCE * left[:, 1] ** 2
    linear = left[:, 0] - DEFENCE * left[:, 1]
    scale = ATTACKERS**2
    assert np.abs(squares - squares[0]).max() < 0.02 * scale
    assert np.abs(linear - linear[0]).max() > 0.05 * ATTACKERS


def test_losses_of_one_round_are_poisson() -> None:
    """Variance equal to the mean, for both sides."""
    lost = -np.diff(battles(), axis=1)[:, 0, :]
    for side, mean in ((0, KILL * DEFENDERS), (1, KILL * ATTACKERS / DEFENCE)):
        spread = lost[:, side].var(ddof=1)
        tolerance = 4 * mean * math.sqrt(2 / (BATTLES - 1) + 1 / (mean * BATTLES))
        assert abs(spread - mean) < tolerance
        assert abs(spread - 2 * mean) > tolerance
