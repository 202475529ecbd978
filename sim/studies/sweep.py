"""A sweep: one or two inputs moved over a grid, and each outcome or measure at every point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.design.draws import Draws
from sim.design.factors import Design, Factor
from sim.stats.difference import LEVEL, of_pairs
from sim.stats.estimate import STUDENT, WILSON, Estimate, Json, finite
from sim.stats.shares import interval
from sim.studies import targets
from sim.studies.contract import Answer
from sim.studies.dictionary import POINT, Column
from sim.studies.inputs import ESTIMATE, InputQuestion, Sample, factors_as_json

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SweepQuestion(InputQuestion["SweepAnswer"]):
    """How the targets move along the `grid`: the values of each factor."""

    name: ClassVar[str] = "sweep"

    grid: tuple[tuple[Any, ...], ...]
    draws: Draws = Draws.COMMON

    def design(self) -> Design:
        """Every combination of the values; the last factor varies fastest."""
        return Design.grid(self.factors, self.grid)

    def answer(self, result: DesignResult, /) -> SweepAnswer:
        """The estimates at every point."""
        status = result.some("status")["status"].to_numpy()
        failed = (status != 0).reshape(len(result.design), result.replications).sum(axis=1)
        return SweepAnswer(
            Sample.of(result, self.asked),
            result.points,
            {name: _series(result, name, unit) for name, unit in self.targets.items()},
            tuple(failed.tolist()),
        )


@dataclass(frozen=True)
class Series:
    """One outcome (`is_outcome`) or measure along the points, an estimate a point, in its `unit`.

    `lowest` and `highest` are the points with the least and the greatest estimate, None where none
    has a value. With common random numbers `gap` is the paired difference of the highest from the
    lowest.
    """

    unit: str
    is_outcome: bool
    estimates: tuple[Estimate, ...]
    lowest: int | None
    highest: int | None
    gap: Estimate | None

    @property
    def values(self) -> Array:
        """The estimates as floats, (n_points,), NaN where there is none."""
        return _floats(one.value for one in self.estimates)

    @property
    def low(self) -> Array:
        """The lower ends of the intervals, (n_points,)."""
        return _floats(one.low for one in self.estimates)

    @property
    def high(self) -> Array:
        """The upper ends of the intervals, (n_points,)."""
        return _floats(one.high for one in self.estimates)


@dataclass(frozen=True)
class SweepAnswer(Answer):
    """Every target at every point.

    `points` has a row a point and a column a factor, `failed` the failed replications of each
    point, `series` the estimates of each target.
    """

    part: ClassVar[str] = "sweep"

    sample: Sample
    points: DataFrame
    series: Mapping[str, Series]
    failed: tuple[int, ...]

    def at(self, point: int, factor: Factor) -> Any:
        """Value of a factor at a point, None where there is none."""
        return _plain(self.points[factor.path].iloc[point])

    def columns(self) -> Sequence[Column]:
        """The columns of the rows, those of the factors among them."""
        factors = [
            Column(f.path, self.sample.units[f.path], "factor", f.name) for f in self.sample.factors
        ]
        return [POINT, *factors, *ESTIMATE]

    def table(self) -> DataFrame:
        """A row for each target and each point."""
        import pandas as pd

        parts = [
            self.points.reset_index().assign(
                name=name,
                kind="outcome" if one.is_outcome else "measure",
                estimate=one.values,
                low=one.low,
                high=one.high,
                unit=one.unit,
                replications=[estimate.n for estimate in one.estimates],
                failed=list(self.failed),
            )
            for name, one in self.series.items()
        ]
        return pd.concat(parts, ignore_index=True)

    def as_json(self) -> Json:
        """Subject, sample, and `points`.

        `points` is a list of `at` (path to value), `outcomes` and `measures` (name to `estimate`,
        `low`, `high`, `replications`).
        """
        return {
            **self.sample.subject.as_json(),
            "draws": self.sample.draws,
            "replications": self.sample.replications,
            "failed": self.sample.failed,
            "factors": factors_as_json(self.sample.factors),
            "points": [self._point(k) for k in range(len(self.points))],
        }

    def _point(self, k: int) -> Json:
        values: Json = {
            "at": {factor.path: self.at(k, factor) for factor in self.sample.factors},
            "outcomes": {},
            "measures": {},
        }
        for name, one in self.series.items():
            found = one.estimates[k]
            values["outcomes" if one.is_outcome else "measures"][name] = {
                "estimate": found.value,
                "low": found.low,
                "high": found.high,
                "replications": found.n,
            }
        return values


def _series(result: DesignResult, name: str, unit: str) -> Series:
    values = targets.table_by_point(result, name)
    is_outcome = name in result.scenario.outcomes
    share = targets.is_share(unit)
    estimates = estimates_of_rows(values, as_share=share)
    middle = _floats(one.value for one in estimates)
    if np.isnan(middle).all():
        return Series(unit, is_outcome, estimates, None, None, None)
    lowest, highest = int(np.nanargmin(middle)), int(np.nanargmax(middle))
    paired = result.draws is Draws.COMMON
    gap = of_pairs(values[lowest], values[highest], share=share) if paired else None
    return Series(unit, is_outcome, estimates, lowest, highest, gap)


def estimates_of_rows(values: Array, *, as_share: bool) -> tuple[Estimate, ...]:
    """Mean and interval of each row of (n_points, n_replications), NaN where there is no value."""
    known = ~np.isnan(values)
    n = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    middle = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    if as_share:
        low, high = interval(np.nan_to_num(middle), n)
    else:
        squares = np.where(known, (values - np.nan_to_num(middle)[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.sqrt(np.divide(squares, n * (n - 1.0), out=np.full(len(n), np.nan), where=n > 1))
        # where all are the same, it is not known how far they would be apart if they ever were
        error = np.where(error > 0, error, np.nan)
        half = stats.t.ppf((1 + LEVEL) / 2, np.maximum(n - 1, 1)) * error
        low, high = middle - half, middle + half
    method = WILSON if as_share else STUDENT
    rows = zip(middle.tolist(), low.tolist(), high.tolist(), n.tolist(), strict=True)
    return tuple(Estimate(finite(m), finite(a), finite(b), k, method) for m, a, b, k in rows)


def _floats(values: Any) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _plain(value: Any) -> Any:
    """A value of a table as JSON has it; None where there is none."""
    value = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(value, float) and not np.isfinite(value) else value
