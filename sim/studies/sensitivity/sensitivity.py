"""Sensitivity: which inputs matter, by one of three methods, for each outcome and measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.design.draws import Draws
from sim.design.factors import Design
from sim.stats.estimate import Estimate, IntervalValue, Json
from sim.stats.indices import Indices, MorrisIndices, OneAtATime, SobolIndices
from sim.studies import targets
from sim.studies.contract import Answer
from sim.studies.dictionary import Column
from sim.studies.inputs import InputQuestion, Sample, factors_as_json
from sim.studies.sensitivity import one_at_a_time, salib
from sim.studies.sensitivity.one_at_a_time import OAT
from sim.studies.sensitivity.salib import MORRIS, SOBOL

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult

METHODS = (MORRIS, SOBOL, OAT)
#: Blocks of points and replications at each point, where nothing is said.
COUNTS = {MORRIS: 20, SOBOL: 256, OAT: 1}
RUNS = {MORRIS: 50, SOBOL: 10, OAT: 400}
COLUMNS = (
    Column("name", "word"),
    Column("unit", "word"),
    Column("path", "word"),
    Column("index", "word"),
    Column("at", "unit of the factor"),
    Column("value", "unit of the row"),
    Column("low", "as value"),
    Column("high", "as value"),
)
Array = NDArray[np.float64]


@dataclass(frozen=True)
class SensitivityQuestion(InputQuestion["SensitivityAnswer"]):
    """How much each factor moves the targets, by a `method` of `METHODS`.

    `count` is the number of trajectories (morris) or base points (sobol).
    """

    name: ClassVar[str] = "sensitivity"

    method: str
    count: int

    @property
    def draws(self) -> Draws:
        """Common at all points for one at a time; else common in a block, whose points differ."""
        return Draws.COMMON if self.method == OAT else Draws.BLOCKS

    @property
    def variant(self) -> str:
        """The study with its method."""
        return f"{self.name}-{self.method}"

    @property
    def shares(self) -> Array | None:
        """Where the points lie in the unit cube, if SALib made them."""
        return None if self.method == OAT else self._blocks.shares

    @cached_property
    def _blocks(self) -> salib.Blocks:
        return salib.sample(self.method, self._paths, self.count, self.seed)

    @cached_property
    def _plan(self) -> one_at_a_time.Plan:
        return one_at_a_time.plan(self.scenario, self.factors)

    @property
    def _paths(self) -> list[str]:
        return [factor.path for factor in self.factors]

    def design(self) -> Design:
        """The points of the method."""
        if self.method == OAT:
            return self._plan.design
        return Design.of(self.factors, self._blocks.shares, block=self._blocks.size)

    def answer(self, result: DesignResult, /) -> SensitivityAnswer:
        """The indices of each target."""
        alone = self.method == OAT
        read = self._alone if alone else self._by_blocks
        table = targets.table_by_point if alone else targets.table
        found = {name: read(unit, table(result, name)) for name, unit in self.targets.items()}
        return SensitivityAnswer(Sample.of(result, self.asked), self.method, found)

    def _alone(self, unit: str, values: Array) -> TargetSensitivity:
        base = values[0][~np.isnan(values[0])]
        mean = float(base.mean()) if base.size else None
        found = one_at_a_time.tornado(self._plan, values, share=targets.is_share(unit))
        return TargetSensitivity(unit, mean, found)

    def _by_blocks(self, unit: str, values: Array) -> TargetSensitivity:
        known = values[~np.isnan(values)]
        found = salib.analyse(self._blocks, self._paths, values)
        order = sorted(found.indices, key=lambda path: -(found.indices[path].main.value or 0.0))
        return TargetSensitivity(
            unit,
            float(known.mean()) if known.size else None,
            {path: found.indices[path] for path in order},
            found.blocks,
            found.dropped,
        )


@dataclass(frozen=True)
class TargetSensitivity:
    """The indices of one outcome or measure by the path of the factor, most important first.

    `mean` is that of all replications, for one at a time that of the scenario as it is. `blocks` of
    points were used, and `dropped` ones were not since a replication in them failed; both are None
    for one at a time.
    """

    unit: str
    mean: float | None
    factors: Mapping[str, Indices]
    blocks: int | None = None
    dropped: int | None = None


@dataclass(frozen=True)
class SensitivityAnswer(Answer):
    """The indices of every target."""

    part: ClassVar[str] = "sensitivity"

    sample: Sample
    method: str
    results: Mapping[str, TargetSensitivity]

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """A row for each target, factor and index."""
        from pandas import DataFrame

        rows = [
            {"name": name, "unit": one.unit, "path": path, **values}
            for name, one in self.results.items()
            for path, indices in one.factors.items()
            for values in _rows(indices)
        ]
        return DataFrame(rows, columns=[column.name for column in COLUMNS])

    def as_json(self) -> Json:
        """Subject, sample, `method`, and `results` by target.

        A result has `unit`, `mean`, `blocks`, `dropped`, and `factors`: by path the indices with
        `value`, `low`, `high`; by one at a time `ends` and `swing`.
        """
        sample = self.sample
        return {
            **sample.subject.as_json(),
            "method": self.method,
            "points": sample.points,
            "replications": sample.replications,
            "failed": sample.failed,
            "draws": sample.draws,
            "factors": factors_as_json(sample.factors),
            "results": {
                name: {
                    "unit": one.unit,
                    "mean": one.mean,
                    "blocks": one.blocks,
                    "dropped": one.dropped,
                    "factors": {path: _as_json(indices) for path, indices in one.factors.items()},
                }
                for name, one in self.results.items()
            },
        }


def _by_name(indices: MorrisIndices | SobolIndices) -> dict[str, IntervalValue]:
    """Indices by the names that they have in files."""
    if isinstance(indices, MorrisIndices):
        return {"mu_star": indices.mu_star, "mu": indices.mu, "sigma": indices.sigma}
    return {"S1": indices.first, "ST": indices.total}


def _rows(indices: Indices) -> Iterator[Json]:
    if isinstance(indices, OneAtATime):
        for end in indices.ends:
            yield {"index": "at", "at": end.at, **_values(end.change)}
        yield {"index": "swing", **_values(indices.swing)}
    else:
        for name, index in _by_name(indices).items():
            yield {"index": name, **_values(index)}


def _as_json(indices: Indices) -> Json:
    if isinstance(indices, OneAtATime):
        ends = [{"at": e.at, "mean": e.mean, **_with_n(e.change)} for e in indices.ends]
        return {"ends": ends, "swing": _with_n(indices.swing)}
    return {name: _values(index) for name, index in _by_name(indices).items()}


def _values(found: IntervalValue) -> Json:
    return {"value": found.value, "low": found.low, "high": found.high}


def _with_n(found: Estimate) -> Json:
    return {**_values(found), "n": found.n}
