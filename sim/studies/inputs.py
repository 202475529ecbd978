"""What the studies of inputs share: sweep, sensitivity, uncertainty and discovery.

Each runs the scenario at the points of a design:

    result = run_design(question.scenario, question.design(), draws=question.draws, seed=7)
    answer = question.answer(result)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Generic

from sim.design.draws import Draws
from sim.design.factors import Design, Factor
from sim.plain import MOST_RUNS, seed_number, whole
from sim.stats.estimate import Json
from sim.studies.contract import AnswerT, Subject
from sim.studies.dictionary import Column
from sim.words.measures import target_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.design.design import DesignResult
    from sim.scenario import Scenario
    from sim.studies.contract import DesignLabel
    from sim.vocabulary.measures import Measure
    from sim.words import Words


#: Columns of the rows of estimates at points.
ESTIMATE = (
    Column("name", "word"),
    Column("kind", "word"),
    Column("estimate", "unit of the row"),
    Column("low", "unit of the row"),
    Column("high", "unit of the row"),
    Column("unit", "word"),
    Column("replications", "number"),
    Column("failed", "number"),
)


@dataclass(frozen=True)
class InputQuestion(ABC, Generic[AnswerT]):
    """What happens to `targets` when `factors` of a scenario are varied.

    `targets` are units by name of outcomes and measures, as `sim.studies.targets.select` gives
    them; `seed` is the root seed, from which the points are drawn too. `name` is that of the study
    and of its files, `draws` says which random draws its points need, `asked` which design of the
    file it runs.
    """

    name: ClassVar[str]

    scenario: Scenario
    factors: tuple[Factor, ...]
    targets: Mapping[str, str]
    seed: int
    asked: DesignLabel | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seed", seed_number(self.seed))
        if hasattr(self, "count"):
            object.__setattr__(self, "count", whole("count", self.count, 1, MOST_RUNS))

    @property
    @abstractmethod
    def draws(self) -> Draws:
        """Common random numbers at all points, or independent draws."""

    @property
    def variant(self) -> str:
        """The study with its method, as the results folder is named."""
        return self.name

    @property
    def shares(self) -> NDArray[np.float64] | None:
        """Where the points lie in the unit cube, (n_points, n_factors), if SALib made them."""
        return None

    @abstractmethod
    def design(self) -> Design:
        """The points."""

    @abstractmethod
    def answer(self, result: DesignResult, /) -> AnswerT:
        """What the replications at the points say."""


@dataclass(frozen=True)
class Sample:
    """The replications behind an answer.

    `replications` ran at each of `points`, of which `failed` in all failed; `units` are those of
    the factors by path, "word" for words; `measures` are those of the scenario by name; `asked` is
    the design of the file, if one was run.
    """

    subject: Subject
    factors: tuple[Factor, ...]
    points: int
    replications: int
    failed: int
    draws: Draws
    units: Mapping[str, str]
    measures: Mapping[str, Measure] = field(default_factory=dict)
    asked: DesignLabel | None = None

    @classmethod
    def of(cls, result: DesignResult, asked: DesignLabel | None = None) -> Sample:
        """The sample of a design that was run."""
        numbers = result.scenario.numbers()
        paths = [factor.path for factor in result.design.factors]
        return cls(
            Subject.of(result, asked.name if asked else None),
            result.design.factors,
            len(result.design),
            result.replications,
            result.failures,
            result.draws,
            {path: numbers[path].unit if path in numbers else "word" for path in paths},
            {measure.name: measure for measure in result.scenario.measures},
            asked,
        )

    @property
    def names(self) -> dict[str, str]:
        """What to call each factor, by path."""
        return {factor.path: factor.name for factor in self.factors}

    def target_name(self, name: str, words: Words) -> str:
        """An outcome or a measure as people read it."""
        return target_name(name, self.measures, words)


def factors_as_json(factors: Sequence[Factor]) -> Json:
    """Factors by path: `label`, and `low` and `high`, or `values`, or `dist`."""
    return {factor.path: {"label": factor.label, **_span(factor)} for factor in factors}


def _span(factor: Factor) -> Json:
    if factor.dist is not None:
        return {"dist": factor.dist.describe()}
    if factor.values is not None:
        return {"values": list(factor.values)}
    return {"low": factor.low, "high": factor.high}
