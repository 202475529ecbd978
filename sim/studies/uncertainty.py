"""Variance decomposition: what comes from inputs that are not known, and what from chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sim.design.draws import Draws
from sim.design.factors import Design
from sim.design.sampling import filling
from sim.stats.estimate import Estimate, Json
from sim.stats.variance import VarianceDecomposition, decompose
from sim.studies import targets
from sim.studies.contract import Answer
from sim.studies.dictionary import Column
from sim.studies.inputs import InputQuestion, Sample, factors_as_json

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult

PARTS = (
    Column("mean", "unit of the row"),
    Column("inputs", "unit squared"),
    Column("chance", "unit squared"),
    Column("share", "share"),
)
COLUMNS = (
    Column("name", "word"),
    Column("kind", "word"),
    Column("unit", "word"),
    *(
        column
        for part in PARTS
        for column in (
            part,
            Column(f"{part.name}_low", part.unit, "low", part.name),
            Column(f"{part.name}_high", part.unit, "high", part.name),
        )
    ),
)


@dataclass(frozen=True)
class UncertaintyQuestion(InputQuestion["UncertaintyAnswer"]):
    """How much of the targets' variance would go if the inputs were known.

    `count` points fill the space of the inputs by `filling`: "sobol" or "lhs".
    """

    name: ClassVar[str] = "uncertainty"

    filling: str
    count: int
    draws: Draws = Draws.INDEPENDENT

    @property
    def variant(self) -> str:
        """The study with the way in which points are chosen."""
        return f"{self.name}-{self.filling}"

    def design(self) -> Design:
        """Points that fill the space of the inputs evenly."""
        shares = filling(self.filling, self.count, len(self.factors), self.seed)
        return Design.of(self.factors, shares)

    def answer(self, result: DesignResult, /) -> UncertaintyAnswer:
        """The variance of each target, decomposed."""
        found = {
            name: TargetVariance(
                unit,
                name in result.scenario.outcomes,
                decompose(targets.table(result, name), share=targets.is_share(unit)),
            )
            for name, unit in self.targets.items()
        }
        return UncertaintyAnswer(Sample.of(result, self.asked), self.filling, found)


@dataclass(frozen=True, slots=True)
class TargetVariance:
    """The decomposed variance of one outcome (`is_outcome`) or measure, in its `unit` squared."""

    unit: str
    is_outcome: bool
    variance: VarianceDecomposition

    def as_json(self) -> Json:
        """`unit` and the parts, each with `_low` and `_high`."""
        values: Json = {"unit": self.unit}
        for part in PARTS:
            found: Estimate = getattr(self.variance, part.name)
            values[part.name] = found.value
            values[f"{part.name}_low"], values[f"{part.name}_high"] = found.low, found.high
        return values


@dataclass(frozen=True)
class UncertaintyAnswer(Answer):
    """The decomposed variance of each target; `filling` says how the points were chosen."""

    part: ClassVar[str] = "uncertainty"

    sample: Sample
    filling: str
    targets: Mapping[str, TargetVariance]

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """A row a target, outcomes first."""
        from pandas import DataFrame

        rows = [
            {"name": name, "kind": kind, **one.as_json()}
            for kind, is_outcome in (("outcome", True), ("measure", False))
            for name, one in self.targets.items()
            if one.is_outcome is is_outcome
        ]
        return DataFrame(rows)[[column.name for column in COLUMNS]]

    def as_json(self) -> Json:
        """Subject, sample, and `outcomes` and `measures` by name."""
        sample = self.sample
        return {
            **sample.subject.as_json(),
            "design": self.filling,
            "points": sample.points,
            "replications": sample.replications,
            "failed": sample.failed,
            "draws": sample.draws,
            "factors": factors_as_json(sample.factors),
            "outcomes": {k: one.as_json() for k, one in self.targets.items() if one.is_outcome},
            "measures": {k: one.as_json() for k, one in self.targets.items() if not one.is_outcome},
        }
