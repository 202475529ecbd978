"""An outcome that comes with a known probability at each point, and what inputs do to it exactly.

The probability is a product of functions of one input each, so that every index is known in closed
form. A replication has the outcome where its random number is below the probability; in `luck` of
them each point has a random number of its own, as where two runs diverge although their draws are
common, so that chance acts together with the inputs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.studies.sensitivity.salib import MORRIS, SOBOL, Blocks, sample

Array = NDArray[np.float64]
PATHS = ["strong", "middle", "weak"]
SLOPES = np.array([1.2, 1.0, 0.2])  # each factor of the product is 1 on average


@dataclass(frozen=True)
class Outcome:
    """An outcome with the mean probability `share`."""

    share: float
    luck: float = 0.5

    def probability(self, shares: Array) -> Array:
        """At points (..., 3) of the unit cube."""
        return np.asarray(self.share * (1 + self.slopes * (shares - 0.5)).prod(axis=-1))

    def values(self, probability: Array, block: int, runs: int, rng: np.random.Generator) -> Array:
        """Replications (n_points, runs) at points in blocks with common random numbers."""
        p = probability.reshape(-1, block, 1)
        shape = (len(p), block, runs)
        own = rng.random((len(p), 1, runs)) < self.luck
        numbers = np.where(own, rng.random(shape), rng.random((len(p), 1, runs)))
        return (numbers < p).astype(np.float64).reshape(-1, runs)

    def sobol(self, count: int, runs: int, seed: int) -> tuple[Blocks, Array]:
        """Points of a Sobol study and their replications."""
        blocks = sample(SOBOL, PATHS, count, seed)
        rng = np.random.default_rng(seed)
        return blocks, self.values(self.probability(blocks.shares), blocks.size, runs, rng)

    def morris(self, count: int, runs: int, seed: int) -> tuple[Blocks, Array]:
        """Points of a Morris study and their replications."""
        blocks = sample(MORRIS, PATHS, count, seed)
        rng = np.random.default_rng(seed)
        return blocks, self.values(self.probability(blocks.shares), blocks.size, runs, rng)

    @property
    def slopes(self) -> Array:
        """Of the factors of the product; half as steep where the probability would exceed 1."""
        return SLOPES if self.share * (1 + SLOPES / 2).prod() <= 1 else SLOPES / 2

    @property
    def _parts(self) -> Array:
        """Variance of each factor of the product."""
        return np.asarray(self.slopes**2 / 12)

    @property
    def split(self) -> dict[str, float]:
        """Mean, variance from the inputs, from chance, and the share of the inputs."""
        inputs = self.share**2 * float((1 + self._parts).prod() - 1)
        chance = self.share * (1 - self.share) - inputs
        return {
            "mean": self.share,
            "inputs": inputs,
            "chance": chance,
            "share": inputs / (inputs + chance),
        }

    @property
    def first_order(self) -> dict[str, float]:
        """Sobol's first-order indices."""
        whole = float((1 + self._parts).prod()) - 1
        return dict(zip(PATHS, (self._parts / whole).tolist(), strict=True))

    @property
    def total(self) -> dict[str, float]:
        """Sobol's total indices."""
        whole = float((1 + self._parts).prod())
        parts = self._parts * whole / (1 + self._parts) / (whole - 1)
        return dict(zip(PATHS, parts.tolist(), strict=True))

    @property
    def mean_effects(self) -> dict[str, float]:
        """Morris's µ and µ*, which are equal: every effect is upwards, on a grid of mean 1/2."""
        return dict(zip(PATHS, (self.share * self.slopes).tolist(), strict=True))
