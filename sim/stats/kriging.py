"""A smooth surface through values computed at some points, with the uncertainty between them.

Ordinary kriging with a nugget (Rasmussen and Williams 2006, Gaussian Processes for Machine
Learning, ch. 2 and 5): the Matérn 5/2 kernel with a length for each lever, a constant mean, all
fitted by restricted maximum likelihood; the nugget is the sampling error of a share of finitely
many replications. Shares go in as square roots, whose sampling variance is about the same
everywhere, 1/(4n), and a share of 0 stays 0; they come out squared and made to add up to one.

`handout.js` holds the same formulas, and a test holds both equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize

from sim.stats.shares import Z95

Array = NDArray[np.float64]

ROOT5 = 5**0.5
LENGTHS = (0.15, 12.0)  # in lengths of a slider; at the upper end the surface is a plain, or flat
NUGGETS = (1e-4, 1e3)  # chance over what the levers do
STARTS = ((0.6, 0.1), (2.0, 1.0))  # length and nugget from which the likelihood is climbed


def kernel(left: Array, right: Array, lengths: Array) -> Array:
    """Matérn 5/2 correlation of points, (n, d) and (m, d), as (n, m)."""
    far = np.sqrt((((left[:, None, :] - right[None, :, :]) / lengths) ** 2).sum(axis=2))
    return np.asarray((1 + ROOT5 * far + 5 * far**2 / 3) * np.exp(-ROOT5 * far))


@dataclass(frozen=True)
class Surface:
    """A surface fitted to `values` (n, k) at `points` (n, d) in the unit cube.

    All k columns share the `lengths` (d,) of the kernel and the `nugget`.
    """

    points: Array
    values: Array
    lengths: Array
    nugget: float

    @cached_property
    def _inverse(self) -> Array:
        n = len(self.points)
        return np.asarray(
            linalg.inv(kernel(self.points, self.points, self.lengths) + self.nugget * np.eye(n))
        )

    @cached_property
    def _ones(self) -> Array:
        """Weights whose sum with the values, over their own sum, is the mean."""
        return np.asarray(self._inverse.sum(axis=1))

    @cached_property
    def _projection(self) -> Array:
        """The inverse with the mean taken out: Dubrule (1983), Math. Geol. 15:687."""
        return np.asarray(self._inverse - np.outer(self._ones, self._ones) / self._ones.sum())

    @cached_property
    def mean(self) -> Array:
        """The constant that the surface returns to, (k,)."""
        return np.asarray(self._ones @ self.values / self._ones.sum())

    @cached_property
    def variance(self) -> Array:
        """What the levers do to each column, (k,)."""
        return np.asarray(
            np.einsum("ik,ij,jk->k", self.values, self._projection, self.values)
            / (len(self.points) - 1)
        )

    def at(self, where: Array) -> tuple[Array, Array]:
        """Values at other points (m, d) as (m, k), and their standard errors.

        The sampling error of a new ensemble is left out.
        """
        near = kernel(where, self.points, self.lengths)
        weights = near @ self._inverse
        found = self.mean + weights @ (self.values - self.mean)
        rest = 1 - (weights * near).sum(axis=1) + (1 - weights.sum(axis=1)) ** 2 / self._ones.sum()
        return found, np.sqrt(np.maximum(rest, 0.0)[:, None] * self.variance)

    def left_out(self) -> tuple[Array, Array]:
        """Prediction of each point from the others, (n, k), and its standard error.

        The sampling error of the point's own ensemble is included.
        """
        own = np.diag(self._projection)[:, None]
        return self.values - self._projection @ self.values / own, np.sqrt(self.variance / own)

    def as_json(self) -> dict[str, Any]:
        """What a page needs to work the surface out again, its values apart."""
        return {
            "lengths": self.lengths.tolist(),
            "nugget": self.nugget,
            "variance": self.variance.tolist(),
        }


def fit(points: Array, values: Array) -> Surface:
    """The likeliest surface through values (n, k) at points (n, d) in the unit cube.

    One kernel serves all columns.
    """
    d = points.shape[1]
    bounds = [tuple(np.log(LENGTHS))] * d + [tuple(np.log(NUGGETS))]
    starts = [np.log([length] * d + [nugget]) for length, nugget in STARTS]
    tries = [
        optimize.minimize(_unlikely, start, args=(points, values), method="L-BFGS-B", bounds=bounds)
        for start in starts
    ]
    best = np.exp(min(tries, key=lambda found: float(found.fun)).x)
    # as the page will read them, so that both work with the same numbers
    lengths, nugget = np.array([float(f"{one:.6g}") for one in best[:-1]]), float(f"{best[-1]:.6g}")
    return Surface(points, values, lengths, nugget)


def _unlikely(logs: Array, points: Array, values: Array) -> float:
    """Minus the restricted log-likelihood, the variance common to all columns worked out.

    Columns that never move say nothing.
    """
    n, k = values.shape
    numbers = np.exp(logs)
    factor = linalg.cholesky(
        kernel(points, points, numbers[:-1]) + numbers[-1] * np.eye(n), lower=True
    )
    ones, rest = (
        linalg.solve_triangular(factor, what, lower=True) for what in (np.ones((n, 1)), values)
    )
    weight = float((ones**2).sum())
    squares = float((rest**2).sum() - ((ones.T @ rest) ** 2).sum() / weight)
    if squares <= 1e-12:
        return 0.0
    return float(
        0.5 * k * (n - 1) * np.log(squares)
        + k * np.log(np.diag(factor)).sum()
        + 0.5 * k * np.log(weight)
    )


def roots(shares: Array) -> Array:
    """Shares as they go in."""
    return np.sqrt(shares)


def shares_of(found: Array) -> Array:
    """Shares, adding up to one over the last axis, of what came out."""
    squares = np.maximum(found, 0.0) ** 2
    total = squares.sum(axis=-1, keepdims=True)
    return np.asarray(squares / np.where(total > 0, total, 1.0))


@dataclass(frozen=True)
class Fault:
    """How far a surface is off where one point is left out.

    Root mean square and largest error, what chance alone would make of it, and how often the 95 %
    interval held.
    """

    error: float
    largest: float
    chance: float
    held: float


def faults_of_shares(surfaces: list[Surface], shares: Array, n: Array) -> list[Fault]:
    """Faults of the outcomes' surfaces, one a column of `shares` (points, k).

    `n` (points,) replications are behind each.
    """
    pairs = [surface.left_out() for surface in surfaces]
    found, error = (np.column_stack([pair[part][:, 0] for pair in pairs]) for part in (0, 1))
    guessed = shares_of(found)
    held = np.abs(roots(shares) - found) <= Z95 * error
    chance = np.sqrt(shares * (1 - shares) / n[:, None])
    return [
        _fault(guessed[:, k] - shares[:, k], chance[:, k], held[:, k])
        for k in range(shares.shape[1])
    ]


def fault_of_mean(surface: Surface, means: Array, errors: Array) -> Fault:
    """The fault of the surface through log(1 + mean).

    `errors` (points,) are the standard errors of the means that went in.
    """
    found, error = surface.left_out()
    held = np.abs(surface.values[:, 0] - found[:, 0]) <= Z95 * error[:, 0]
    return _fault(np.expm1(found[:, 0]) - means, errors, held)


def _fault(miss: Array, chance: Array, held: NDArray[np.bool_]) -> Fault:
    return Fault(
        float(np.sqrt((miss**2).mean())),
        float(np.abs(miss).max()),
        float(np.sqrt((chance**2).mean())),
        float(held.mean()),
    )
