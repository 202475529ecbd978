"""The surface through computed points: known functions, sampling errors, stated errors."""

from __future__ import annotations

import numpy as np
import pytest

from sim.design.sampling import filling
from sim.stats.kriging import (
    Surface,
    _unlikely,
    fault_of_mean,
    faults_of_shares,
    fit,
    kernel,
    roots,
    shares_of,
)

POINTS = filling("sobol", 64, 2, 3)
ELSEWHERE = filling("sobol", 32, 2, 4)
RUNS = 400


def hill(x: np.ndarray) -> np.ndarray:
    """A share that the first lever moves much and the second a little."""
    return 0.1 + 0.6 / (1 + np.exp(-8 * (x[:, 0] - 0.5))) + 0.1 * x[:, 1] ** 2


def drawn(seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.binomial(RUNS, hill(POINTS)) / RUNS


def test_a_surface_without_luck_goes_through_its_points() -> None:
    surface = fit(POINTS, hill(POINTS)[:, None])
    found, error = surface.at(POINTS)
    assert found[:, 0] == pytest.approx(hill(POINTS), abs=2e-3)
    assert error.max() < 0.01


def test_a_known_surface_is_found_between_the_points() -> None:
    share = drawn()
    pair = np.column_stack([share, 1 - share])
    surface = fit(POINTS, roots(pair))
    found, error = surface.at(ELSEWHERE)
    truth = hill(ELSEWHERE)
    miss = shares_of(found)[:, 0] - truth
    assert np.sqrt((miss**2).mean()) < np.sqrt(
        (truth * (1 - truth) / RUNS).mean()
    )  # better than one ensemble
    held = np.abs(found[:, 0] - np.sqrt(truth)) <= 1.96 * error[:, 0]
    assert held.mean() >= 0.95 - 4 * np.sqrt(0.95 * 0.05 / len(ELSEWHERE))


def test_a_wrong_surface_is_not_covered() -> None:
    surface = fit(POINTS, roots(drawn()[:, None]))
    found, error = surface.at(ELSEWHERE)
    assert (
        np.abs(found[:, 0] - np.sqrt(hill(ELSEWHERE[:, ::-1]))) <= 1.96 * error[:, 0]
    ).mean() < 0.5


def test_the_lever_that_does_more_has_the_shorter_length() -> None:
    surface = fit(POINTS, roots(drawn()[:, None]))
    assert surface.lengths[0] < surface.lengths[1]


def test_luck_alone_is_flat() -> None:
    rng = np.random.default_rng(5)
    surface = fit(POINTS, roots(rng.binomial(RUNS, 0.3, len(POINTS))[:, None] / RUNS))
    found, _ = surface.at(ELSEWHERE)
    assert np.ptp(found) < 0.02
    assert found.mean() == pytest.approx(np.sqrt(0.3), abs=4 * 0.5 / np.sqrt(RUNS * len(POINTS)))


def test_a_column_that_never_moves_stays_where_it_is() -> None:
    surface = fit(POINTS, np.zeros((len(POINTS), 1)))
    found, error = surface.at(ELSEWHERE)
    assert not found.any()
    assert not error.any()


def test_leaving_a_point_out_is_what_it_says() -> None:
    surface = fit(POINTS, roots(drawn()[:, None]))
    others = np.arange(len(POINTS)) != 7
    without = Surface(POINTS[others], surface.values[others], surface.lengths, surface.nugget)
    guess, error = surface.left_out()
    found, spread = without.at(POINTS[[7]])
    assert guess[7] == pytest.approx(found[0], rel=1e-8)
    # in units of what the levers do, and with the chance of the ensemble that was left out
    assert error[7] ** 2 / surface.variance == pytest.approx(
        spread[0] ** 2 / without.variance + surface.nugget, rel=1e-6
    )


def test_values_and_errors_are_those_of_ordinary_kriging() -> None:
    """The best weights that add up to one, by Lagrange's multiplier.

    Cressie (1993), Statistics for Spatial Data, 3.2.
    """
    n, surface = len(POINTS), Surface(POINTS, roots(drawn()[:, None]), np.array([0.6, 1.5]), 0.2)
    apart = surface.values - surface.mean
    inverse = np.linalg.inv(kernel(POINTS, POINTS, surface.lengths) + 0.2 * np.eye(n))
    assert surface.variance[0] == pytest.approx(
        (apart.T @ inverse @ apart)[0, 0] / (n - 1), rel=1e-8
    )
    near = kernel(POINTS, ELSEWHERE, surface.lengths)
    system = np.ones((n + 1, n + 1))
    system[:n, :n], system[n, n] = kernel(POINTS, POINTS, surface.lengths) + 0.2 * np.eye(n), 0
    *weights, multiplier = np.linalg.solve(system, np.vstack([near, np.ones(len(ELSEWHERE))]))
    found, error = surface.at(ELSEWHERE)
    assert found == pytest.approx(np.transpose(weights) @ surface.values, rel=1e-8)
    assert error[:, 0] ** 2 == pytest.approx(
        surface.variance[0] * (1 - (weights * near).sum(axis=0) - multiplier), rel=1e-6
    )


@pytest.mark.parametrize("nugget", [0.01, 1.0])
def test_the_likelihood_by_determinants(nugget: float) -> None:
    """Restricted likelihood (Harville 1977, J. Am. Stat. Assoc. 72:320)."""
    n, values, lengths = len(POINTS), np.column_stack([drawn(1), drawn(2)]), np.array([0.5, 2.0])
    covariance, ones = kernel(POINTS, POINTS, lengths) + nugget * np.eye(n), np.ones((n, 1))
    inverse = np.linalg.inv(covariance)
    total = float((ones.T @ inverse @ ones)[0, 0])
    squares = np.trace(values.T @ (inverse - inverse @ ones @ ones.T @ inverse / total) @ values)
    want = 0.5 * 2 * (np.linalg.slogdet(covariance)[1] + np.log(total) + (n - 1) * np.log(squares))
    assert _unlikely(np.log([*lengths, nugget]), POINTS, values) == pytest.approx(want, rel=1e-9)


def test_faults_are_those_of_the_points_left_out() -> None:
    share = drawn()
    pair = np.column_stack([share, 1 - share])
    surfaces = [fit(POINTS, roots(pair[:, [k]])) for k in (0, 1)]
    first, second = faults_of_shares(surfaces, pair, np.full(len(POINTS), RUNS))
    chance = np.sqrt((share * (1 - share) / RUNS).mean())
    assert first.error == pytest.approx(second.error)
    assert 0.8 * chance < first.error < 2 * chance
    assert first.chance == pytest.approx(chance)
    assert first.held >= 0.8


def test_a_rough_surface_has_a_large_fault() -> None:
    rough = 50.0 * np.random.default_rng(2).integers(0, 2, len(POINTS))
    fault = fault_of_mean(fit(POINTS, np.log1p(rough)[:, None]), rough, np.ones(len(POINTS)))
    assert fault.error > 10 * fault.chance
    assert fault.held >= 0.8


def test_shares_add_up_and_none_stays_none() -> None:
    found = shares_of(np.array([[0.5, -0.1, 0.5], [0, 0, 0]]))
    assert found[0] == pytest.approx([0.5, 0, 0.5])
    assert not found[1].any()


def test_correlation_is_one_at_home_and_falls() -> None:
    near = kernel(np.array([[0.0], [0.1], [0.5]]), np.array([[0.0]]), np.array([0.5]))[:, 0]
    assert near[0] == 1
    assert near[0] > near[1] > near[2] > 0


def test_the_surface_is_that_of_scikit_learn_where_the_mean_is_known() -> None:
    """Simple kriging of the values without the mean is ordinary kriging (Dubrule 1983)."""
    gp = pytest.importorskip("sklearn.gaussian_process")
    rng = np.random.default_rng(5)
    points, where = rng.random((60, 2)), rng.random((20, 2))
    values = np.sin(3 * points[:, :1]) + points[:, 1:] ** 2
    lengths, nugget = np.array([0.7, 0.9]), 1e-3
    surface = Surface(points, values, lengths, nugget)
    matern = gp.kernels.Matern(length_scale=lengths, nu=2.5)
    theirs = gp.GaussianProcessRegressor(matern, alpha=nugget, optimizer=None)
    theirs.fit(points, values - surface.mean)
    known = theirs.predict(where).reshape(-1, 1) + surface.mean
    np.testing.assert_allclose(surface.at(where)[0], known, rtol=1e-8)
