"""Convergence of a difference: each number is that of the replications up to there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.stats.difference import of_means, of_shares
from sim.studies.compare.convergence import of_measure, of_outcome
from sim.studies.compare.sides import Pair, Side


def pair(n: int = 300, m: int | None = None) -> Pair:
    """Sides of as many replications, or of `n` and `m` that are not paired."""
    rng = np.random.default_rng(4)
    a, b = rng.poisson(5, n).astype(float), rng.poisson(6, m or n).astype(float)
    tables = [
        pd.DataFrame({"status": 0, "outcome": np.where(x > 6, "war", "peace"), "deaths": x})
        for x in (a, b)
    ]
    sides = [Side(name, None, table, 1) for name, table in zip("ab", tables, strict=True)]  # type: ignore[arg-type]
    return Pair(*sides, paired=m is None)


@pytest.mark.parametrize("n", [300, 4])
def test_each_number_is_that_of_the_first_replications(n: int) -> None:
    of = pair(n)
    a, b = of.a["deaths"].to_numpy(), of.b["deaths"].to_numpy()
    found, shares = of_measure(of, "deaths"), of_outcome(of, "war")
    assert found.runs[-1] == n
    assert (np.diff(found.runs) > 0).all()
    for k, runs in enumerate(found.runs):
        assert found.differences[k] == of_means(a[:runs], b[:runs], paired=True)
        assert shares.differences[k] == of_shares(
            (a > 6)[:runs].astype(float), (b > 6)[:runs].astype(float), paired=True
        )


def test_it_gets_narrower() -> None:
    found = of_measure(pair(), "deaths")
    width = found.column("high") - found.column("low")
    assert width[-1] < width[0] / 3


def test_sides_that_are_not_paired_settle_up_to_the_shorter() -> None:
    of = pair(300, 50)
    assert of_measure(of, "deaths").runs[-1] == of_outcome(of, "war").runs[-1] == 50
