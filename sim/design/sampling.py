"""Where the points of a design lie, and which factors a scenario offers by itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.design.factors import Factor
from sim.errors import ModelError

if TYPE_CHECKING:
    from sim.scenario import Scenario

QUANTILES = (0.05, 0.95)  # the range of an uncertain number where it is varied from low to high
_BITS = 31  # what every library takes as a seed


def seed_for(seed: int, purpose: str) -> int:
    """A seed for a library, made from the root seed and from what it is for."""
    digest = hashlib.blake2b(f"{seed}:{purpose}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> (64 - _BITS)


def filling(kind: str, points: int, factors: int, seed: int) -> NDArray[np.float64]:
    """Points that fill the unit cube evenly, (points, factors) in [0, 1).

    Parameters
    ----------
    kind : "sobol": the first points of a Sobol sequence (1967), Zh. vychisl. mat. 7:784, scrambled
        as by Owen (1998), J. Complexity 14:466; best where their number is a power of two. "lhs": a
        Latin hypercube, McKay, Beckman and Conover (1979), Technometrics 21:239, of any number
    points, factors : how many
    seed : root seed
    """
    from scipy.stats import qmc

    random = seed_for(seed, f"{kind} of {points} x {factors}")
    if kind == "lhs":
        return np.asarray(qmc.LatinHypercube(factors, rng=random).random(points))
    whole = qmc.Sobol(factors, rng=random).random_base2(max(0, int(points - 1).bit_length()))
    return np.asarray(whole[:points])


def uncertain(scenario: Scenario) -> list[Factor]:
    """The numbers of a scenario that are given as distributions."""
    labels = {lever.path: lever.label for lever in scenario.file.levers}
    return [
        Factor(path, labels.get(path) or "", dist=number.dist)
        for path, number in scenario.numbers().items()
        if number.dist is not None
    ]


def movable(scenario: Scenario) -> list[Factor]:
    """The scenario's levers, then its uncertain numbers.

    The latter between their 5 % and 95 % quantiles, or with their few values.

    Raises
    ------
    ModelError : if it has neither
    """
    levers = [
        Factor(lever.path, lever.label or "", lever.low, lever.high)
        for lever in scenario.file.levers
    ]
    taken = {factor.path for factor in levers}
    found = levers + [
        with_range(factor) for factor in uncertain(scenario) if factor.path not in taken
    ]
    if not found:
        raise ModelError(
            f"{scenario.id}: has no levers and no uncertain numbers, "
            "so say what to vary (--factors PATH:LOW:HIGH)"
        )
    return found


def with_range(factor: Factor) -> Factor:
    """A factor with a distribution, to be moved between its 5 % and 95 % quantiles.

    Or over its few values, if it has no others.
    """
    dist = factor.dist
    assert dist is not None
    if dist.choices:
        return replace(factor, values=tuple(sorted(dist.choices)), dist=None)
    low, high = (float(value) for value in dist.ppf(np.array(QUANTILES)))
    return (
        replace(factor, low=low, high=high, dist=None)
        if low < high
        else replace(factor, values=(low,), dist=None)
    )
