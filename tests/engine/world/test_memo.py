"""Values that a world keeps are those of the number as it is now, whatever changed it."""

from __future__ import annotations

import math

import pytest

from tests.engine.world.plain import plain
from tests.engine.world.tiny import template

memo = plain("sim.engine.world.memo")
elementary = plain("sim.engine.elementary")
FUNCTIONS = {
    "fading": lambda life: elementary.exp(-1.0 / life),
    "exp_of": elementary.exp,
    "log_of": elementary.log,
    "spread": lambda keep: math.sqrt(1.0 - keep * keep),
}
NUMBERS = dict.fromkeys(FUNCTIONS, (14.0, 14.0, 3.0, 14.0)) | {"spread": (0.9, 0.9, 0.3, 0.9)}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_value_follows_its_number(name: str) -> None:
    world = plain("sim.engine.world").World(template())
    for what in memo.Memo:
        for row in range(world.memo.shape[1]):
            for number in (*NUMBERS[name], (what + 1.0) / (row + 100.0)):
                found = getattr(memo, name)(world, what, row, number)
                assert found == FUNCTIONS[name](number)


def test_nothing_is_known_at_first() -> None:
    world = plain("sim.engine.world").World(template())
    assert all(math.isnan(argument) for argument in world.memo.argument.ravel())


def test_a_life_of_nothing_fails_as_it_did() -> None:
    world = plain("sim.engine.world").World(template())
    with pytest.raises(ZeroDivisionError):
        memo.fading(world, memo.Memo.OUTRAGE, 0, 0.0)
