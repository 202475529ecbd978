"""The split of variance into inputs and chance, on models whose split is known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.variance import VarianceDecomposition, decompose

pytestmark = pytest.mark.statistical

POINTS, REPLICATIONS = 64, 4
Z = 4.0  # standard errors of the mean of many studies: one in 16,000


def studies(
    inputs: float,
    chance: float,
    count: int = 300,
    points: int = POINTS,
    replications: int = REPLICATIONS,
) -> list[VarianceDecomposition]:
    """Many studies of y = a(point) + e, with Var a = inputs and Var e = chance."""
    rng = np.random.default_rng(20)
    made = []
    for _ in range(count):
        a, e = (
            rng.normal(0, inputs**0.5, (points, 1)),
            rng.normal(0, chance**0.5, (points, replications)),
        )
        made.append(decompose(3 + a + e))
    return made


def unbiased(values: list[float | None], truth: float) -> bool:
    found = np.array(values, dtype=float)
    return abs(float(found.mean()) - truth) < Z * float(found.std(ddof=1)) / len(found) ** 0.5


@pytest.mark.parametrize("replications", [2, 4, 8])
def test_both_parts_are_unbiased_at_few_replications(replications: int) -> None:
    made = studies(2.0, 3.0, replications=replications)
    assert unbiased([one.inputs.value for one in made], 2.0)
    assert unbiased([one.chance.value for one in made], 3.0)


def test_the_variance_of_the_points_means_would_be_biased() -> None:
    """Negative control: the same test rejects the naive estimator, which leaves chance in."""
    rng = np.random.default_rng(20)
    naive = [
        float(
            (rng.normal(0, 2**0.5, (POINTS, 1)) + rng.normal(0, 3**0.5, (POINTS, REPLICATIONS)))
            .mean(axis=1)
            .var(ddof=1)
        )
        for _ in range(300)
    ]
    assert not unbiased(naive, 2.0)
    assert unbiased(naive, 2.0 + 3.0 / REPLICATIONS)


def covered(made: list[VarianceDecomposition], name: str, truth: float) -> float:
    parts = [getattr(one, name) for one in made]
    return float(np.mean([part.low <= truth <= part.high for part in parts]))


@pytest.mark.parametrize(
    ("name", "truth"), [("inputs", 1.0), ("chance", 4.0), ("share", 0.2), ("mean", 3.0)]
)
def test_intervals_cover_the_truth_about_as_often_as_they_say(name: str, truth: float) -> None:
    # a variance of 64 points is skewed, which Student's interval is not; 300 studies give +- 1.5 %
    # (one standard error)
    assert 0.88 <= covered(studies(1.0, 4.0), name, truth) <= 0.99


def test_intervals_do_not_cover_what_is_not_true() -> None:
    assert covered(studies(1.0, 4.0), "inputs", 3.0) < 0.1


def test_without_differences_between_points_the_share_of_the_inputs_is_about_nothing() -> None:
    made = studies(0.0, 4.0)
    assert np.mean([one.share.value for one in made]) < 0.03
    assert covered(made, "inputs", 0.0) > 0.9


def test_without_random_variation_the_inputs_explain_everything() -> None:
    values = np.repeat(np.random.default_rng(1).normal(size=(50, 1)), 3, axis=1)
    found = decompose(values)
    assert (found.chance.value, found.share.value) == (
        pytest.approx(0, abs=1e-12),
        pytest.approx(1),
    )
    assert found.inputs.value == pytest.approx(float(values[:, 0].var(ddof=1)))


def test_a_probability_of_known_spread() -> None:
    """With p uniform on [0, 1], Var p = 1/12 and E[p(1-p)] = 1/6: a third is from the inputs."""
    rng = np.random.default_rng(3)
    made = [
        decompose((rng.random((256, 4)) < rng.random((256, 1))).astype(float)) for _ in range(100)
    ]
    assert unbiased([one.inputs.value for one in made], 1 / 12)
    assert unbiased([one.chance.value for one in made], 1 / 6)
