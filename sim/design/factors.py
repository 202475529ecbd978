"""A design: which numbers and words of a scenario are varied, and the points at which it is run.

Each point is the scenario with those values; see `sim.design.design` for running one.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import ModelError
from sim.plain import plain
from sim.scenario.distributions import Distribution


@dataclass(frozen=True)
class Factor:
    """Something of a scenario that is varied.

    `path` is dotted, `label` what to call it. A number has the range `low` to `high` in its own
    unit, or a distribution `dist`; a number or a word may have a few `values` instead. Where
    `settings` are given, each value is the name of several settings, which stand there by path.
    """

    path: str
    label: str = ""
    low: float | None = None
    high: float | None = None
    values: tuple[Any, ...] | None = None
    dist: Distribution | None = None
    settings: Mapping[str, Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        for end in ("low", "high"):
            object.__setattr__(self, end, plain(getattr(self, end)))
        if self.values is not None:
            object.__setattr__(self, "values", tuple(map(plain, self.values)))
            if not self.values or len(set(map(str, self.values))) < len(self.values):
                got = ", ".join(map(str, self.values)) or "none"
                raise ModelError(f"{self.path}: must have different values, got {got}")
        elif self.dist is None and not (
            self.low is not None
            and self.high is not None
            and np.isfinite([self.low, self.high]).all()
            and self.low < self.high
        ):
            raise ModelError(
                f"{self.path}: must have a range from low to high, got {self.low} to {self.high}"
            )

    @property
    def name(self) -> str:
        """What to call it."""
        return self.label or self.path

    def sets(self, value: Any) -> Mapping[str, Any]:
        """What one of its values sets, by dotted path."""
        return {self.path: value} if self.settings is None else self.settings[value]

    def at(self, shares: Any) -> NDArray[Any]:
        """Values at shares of its range in [0, 1], any shape.

        Those of a distribution are its quantiles.
        """
        shares = np.asarray(shares, dtype=np.float64)
        if self.values is not None:
            levels = np.empty(len(self.values), dtype=object)
            levels[:] = self.values
            return np.asarray(
                levels[np.minimum((shares * len(levels)).astype(int), len(levels) - 1)]
            )
        if self.dist is not None:
            return self.dist.ppf(shares)
        assert self.low is not None
        assert self.high is not None
        return np.asarray(self.low + shares * (self.high - self.low))


class Design:
    """Factors, and the points: a row each, a column a factor.

    `points` is anything that gives a table of one column a factor, in their order; it is kept as a
    DataFrame whose columns are the paths and whose index is the number of the point. `block` points
    after each other belong together.
    """

    def __init__(self, factors: Sequence[Factor], points: Any, *, block: int = 1) -> None:
        self.factors, self.block = tuple(factors), block
        paths = [factor.path for factor in self.factors]
        if not paths or len(set(paths)) < len(paths):
            raise ModelError(
                f"design: must vary different things, got {', '.join(paths) or 'none'}"
            )
        table = (
            points[paths]
            if isinstance(points, pd.DataFrame)
            else pd.DataFrame(np.asarray(points, dtype=object), columns=pd.Index(paths))
        )
        if table.empty:
            raise ModelError("design: must have at least one point, got none")
        self.points = table.reset_index(drop=True).infer_objects().rename_axis("point")

    @classmethod
    def of(cls, factors: Sequence[Factor], shares: Any, *, block: int = 1) -> Design:
        """The design whose points lie at shares of the factors' ranges.

        `shares` (n_points, n_factors) in [0, 1]; `block` points after each other belong together.
        """
        columns = np.asarray(shares, dtype=np.float64).T
        return cls(
            factors,
            pd.DataFrame(
                {
                    factor.path: factor.at(column)
                    for factor, column in zip(factors, columns, strict=True)
                }
            ),
            block=block,
        )

    @classmethod
    def grid(cls, factors: Sequence[Factor], values: Sequence[Sequence[Any]]) -> Design:
        """Every combination of some values of each factor; the last varies fastest."""
        return cls(
            factors,
            pd.DataFrame(
                list(product(*values)),
                columns=pd.Index([factor.path for factor in factors]),
                dtype=object,
            ),
        )

    def __len__(self) -> int:
        return len(self.points)

    def sets(self, point: int) -> dict[str, Any]:
        """What a point sets, by dotted path."""
        values = self.points.iloc[point]
        return {
            path: value
            for factor in self.factors
            for path, value in factor.sets(values[factor.path]).items()
        }

    def csv(self) -> str:
        """The points as text, the same for the same points."""
        text = io.StringIO()
        self.points.to_csv(text, lineterminator="\n")
        return text.getvalue()
