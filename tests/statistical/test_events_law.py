"""How long a chance event lets wait: geometric, and its draws move nobody else's."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import sim

CHANCE, RUNS, FIRST, HORIZON = 0.02, 2000, 31, 60
RULE = {"chance": CHANCE, "when": {"day": {"at_least": FIRST}}}


@pytest.fixture(scope="module")
def runs() -> pd.DataFrame:
    scenario = sim.load("two_states", {"events": {"mark": RULE}, "horizon": HORIZON})
    return sim.run(scenario, runs=RUNS, seed=5).runs


def is_share(share: float, days: int) -> bool:
    """Whether a share is that of a chance of so many days, within five standard errors.

    So one false alarm in 1.7 million.
    """
    expected = 1 - (1 - CHANCE) ** days
    return abs(share - expected) < 5 * math.sqrt(expected * (1 - expected) / RUNS)


def test_a_chance_a_day_is_a_geometric_law(runs: pd.DataFrame) -> None:
    share = float((runs["times_mark"] > 0).mean())
    assert is_share(share, HORIZON - FIRST + 1)
    assert not is_share(share, HORIZON)  # as if the condition did not hold it back


def test_a_mark_moves_nothing_else(runs: pd.DataFrame) -> None:
    """An event that does nothing leaves every other measure as it is, to the bit."""
    plain = sim.run(sim.load("two_states", {"horizon": HORIZON}), runs=RUNS, seed=5).runs
    assert plain.equals(runs[list(plain.columns)])
    assert set(runs.columns) - set(plain.columns) == {"times_mark"}
