"""Uncertain numbers: drawn once a replication, each by its own address."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, world

RESOLVE = {
    "states.north.resolve": {"dist": "uniform", "low": 0.2, "high": 0.8, "assumed": "invented"}
}
OTHERS = {
    "states.north.rationality": {"dist": "uniform", "low": 1, "high": 9, "assumed": "invented"},
    "relations.neighbours.trust": {"dist": "uniform", "low": 0, "high": 1, "assumed": "invented"},
    "groups.rebels.branching": {"dist": "uniform", "low": 0, "high": 0.5, "assumed": "invented"},
}


def drawn(of: Any, seed: int = 3, first: int = 0, count: int = 50) -> dict[str, list[float]]:
    values = plain("sim.engine.replication").draw_inputs(of, seed, first, count)
    return {path: values[:, n].tolist() for n, (path, _, _) in enumerate(of.uncertain)}


def test_another_uncertain_number_moves_no_draw() -> None:
    alone, among = drawn(template(RESOLVE)), drawn(template({**OTHERS, **RESOLVE}))
    assert alone["states.north.resolve"] == among["states.north.resolve"]
    assert set(among) == {*RESOLVE, *OTHERS}


def test_two_numbers_have_different_luck() -> None:
    values = drawn(
        template({**OTHERS, "states.south.resolve": RESOLVE["states.north.resolve"], **RESOLVE})
    )
    assert values["states.north.resolve"] != values["states.south.resolve"]


def test_a_replication_draws_the_same_alone_and_in_a_batch() -> None:
    of = template({**OTHERS, **RESOLVE})
    batch = plain("sim.engine.replication").draw_inputs(of, 3, 0, 20)
    alone = plain("sim.engine.replication").draw_inputs(of, 3, 13, 1)
    assert batch[13].tolist() == alone[0].tolist()
    assert batch[12].tolist() != alone[0].tolist()


def test_a_draw_is_written_where_the_rules_read_it() -> None:
    of = template(RESOLVE)
    values = drawn(of, seed=9, count=3)["states.north.resolve"]
    assert [world(of, seed=9, replication=r).states[NORTH].resolve for r in range(3)] == values
    assert len(set(values)) == 3
    assert (
        world(of, seed=9, replication=1).states[SOUTH].resolve
        == world(of, seed=9, replication=2).states[SOUTH].resolve
    )


@pytest.mark.statistical
def test_draws_follow_the_distribution() -> None:
    values = np.array(drawn(template(RESOLVE), count=5000)["states.north.resolve"])
    assert stats.kstest(values, "uniform", (0.2, 0.6)).pvalue > 1e-3
    assert stats.kstest(values, "uniform", (0.2, 0.65)).pvalue < 1e-6
