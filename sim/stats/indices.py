"""Sensitivity indices: how much an input moves an outcome or measure, one record a method.

Each has a `main` index: by it inputs are ordered, and its interval decides whether the input has a
significant effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.stats.estimate import Estimate, IntervalValue


@dataclass(frozen=True, slots=True)
class Index(IntervalValue):
    """A sensitivity index of one input; without `low` and `high` where the method gives none."""


@dataclass(frozen=True, slots=True)
class MorrisIndices:
    """Elementary effects over the whole range of an input, in the unit of what is asked.

    Effects are those on what is expected at a point, over endless replications. `mu_star` is their
    mean size, `mu` their mean, `sigma` their standard deviation (Morris 1991,
    Technometrics 33:161; Campolongo, Cariboni and Saltelli 2007, Environ. Model. Softw. 22:1509).
    """

    mu_star: Index
    mu: Index
    sigma: Index

    @property
    def main(self) -> IntervalValue:
        """The mean size of the effects."""
        return self.mu_star


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """Shares of the variance between points (Saltelli et al. 2010, Comput. Phys. Commun. 181:259).

    The variance is that of what is expected at a point, over endless replications. `first` would go
    if the input were known, `total` would stay if all other inputs were.
    """

    first: Index
    total: Index

    @property
    def main(self) -> IntervalValue:
        """The total index."""
        return self.total


@dataclass(frozen=True, slots=True)
class End:
    """One end of an input's range, or one of its words: `at` is the value there.

    `mean` of what is asked, None if every replication failed; `change` is the paired difference
    from the scenario as it is.
    """

    at: Any
    mean: float | None
    change: Estimate


@dataclass(frozen=True, slots=True)
class OneAtATime:
    """What an input does alone: its ends, and the `swing` between the farthest of them.

    For a number the swing is the high end minus the low end, for words the one with the most minus
    the one with the least.
    """

    ends: tuple[End, ...]
    swing: Estimate

    @property
    def main(self) -> IntervalValue:
        """The swing."""
        return self.swing


Indices = MorrisIndices | SobolIndices | OneAtATime
