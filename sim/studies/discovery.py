"""Scenario discovery: the ranges of the inputs in which an outcome is likely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.design.draws import Draws
from sim.design.factors import Design
from sim.design.sampling import filling
from sim.errors import ModelError
from sim.scenario.successors import near_outcome
from sim.stats.estimate import Json, finite
from sim.stats.prim import Box, BoxScore, BoxSearch, search_boxes
from sim.studies import targets
from sim.studies.contract import Answer
from sim.studies.dictionary import Column
from sim.studies.inputs import InputQuestion, Sample, factors_as_json

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult
    from sim.scenario import Scenario

COLUMNS = (
    Column("box", "number"),
    Column("path", "word"),
    Column("low", "unit of the input"),
    Column("high", "unit of the input"),
    Column("words", "word"),
    Column("quasi_p", "probability"),
    Column("density", "share"),
    Column("density_low", "share"),
    Column("density_high", "share"),
    Column("coverage", "share"),
    Column("mass", "share"),
    Column("density_sought", "share"),
)


@dataclass(frozen=True)
class DiscoveryQuestion(InputQuestion["DiscoveryAnswer"]):
    """Where among the inputs the one target, an outcome, is likely, from `count` cases.

    A `ModelError` if it is no outcome of the scenario.
    """

    name: ClassVar[str] = "discover"

    count: int
    draws: Draws = Draws.INDEPENDENT

    def __post_init__(self) -> None:
        super().__post_init__()
        require_outcome(self.scenario, self.outcome)

    @property
    def outcome(self) -> str:
        """The outcome that is asked for."""
        (name,) = self.targets
        return name

    def design(self) -> Design:
        """A Latin hypercube, one replication a point.

        Not a Sobol sequence: its even and odd points lie in different halves of the space, and the
        cases are halved to test the box.
        """
        return Design.of(self.factors, filling("lhs", self.count, len(self.factors), self.seed))

    def answer(self, result: DesignResult, /) -> DiscoveryAnswer:
        """The boxes."""
        inputs, came = cases(result, self.outcome)
        return DiscoveryAnswer(
            Sample.of(result, self.asked),
            result.points,
            self.outcome,
            len(came),
            float(came.mean()) if len(came) else None,
            search_boxes(inputs, came),
        )


def require_outcome(scenario: Scenario, name: str) -> None:
    """Refuse what is no outcome by a `ModelError`."""
    if name not in scenario.outcomes:
        raise ModelError(
            f"{name}: must be an outcome of {scenario.id} ({near_outcome(name, scenario.outcomes)})"
        )


def cases(result: DesignResult, outcome: str) -> tuple[DataFrame, NDArray[np.float64]]:
    """Inputs and whether the outcome came, a row a replication that did not fail."""
    runs = result.some("point", "status", "outcome")
    came = targets.values(runs, result.scenario, outcome)
    known = ~np.isnan(came)
    return result.points.iloc[runs["point"].to_numpy()[known]].reset_index(drop=True), came[known]


@dataclass(frozen=True)
class DiscoveryAnswer(Answer):
    """The boxes of inputs in which an outcome is likely.

    `points` has a row a point and a column a factor; `everywhere` is the share of the outcome in
    all `cases`, None without a case. `search` is None where the outcome came never, always, or in
    too few cases.
    """

    part: ClassVar[str] = "discover"

    sample: Sample
    points: DataFrame
    outcome: str
    cases: int
    everywhere: float | None
    search: BoxSearch | None

    @property
    def box(self) -> Box | None:
        """The chosen box."""
        return None if self.search is None else self.search.chosen

    @property
    def success(self) -> bool:
        """Whether that box holds clearly more of the outcome than there is everywhere."""
        return self.search is not None and self.search.success

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """A row for each restriction of each box."""
        from pandas import DataFrame

        rows = list(self._rows())
        return DataFrame(rows, columns=[column.name for column in COLUMNS])

    def _rows(self) -> Iterator[Json]:
        if self.search is None:
            return
        for number, box in ((-1, self.search.chosen), *enumerate(self.search.boxes)):
            about = {**_score(box.tested), "density_sought": box.sought.density}
            for path, side in (_sides(box) or {"": {}}).items():
                yield {
                    "box": number,
                    "path": path,
                    "words": "|".join(side["words"]) if "words" in side else None,
                    **{name: side.get(name) for name in ("low", "high", "quasi_p")},
                    **about,
                }

    def as_json(self) -> Json:
        """Subject, `cases`, `everywhere`, `found`, and `box` and `boxes`.

        A box has `sides` by path (`low` and `high`, or `words`, and `quasi_p`), `density`,
        `density_low`, `density_high`, `coverage`, `mass` and `density_sought`.
        """
        return {
            **self.sample.subject.as_json(),
            "outcome": self.outcome,
            "cases": self.cases,
            "failed": self.sample.failed,
            "everywhere": self.everywhere,
            "factors": factors_as_json(self.sample.factors),
            "found": self.success,
            "box": None if self.box is None else _box(self.box),
            "boxes": [] if self.search is None else [_box(box) for box in self.search.boxes],
        }


def _box(box: Box) -> Json:
    return {"sides": _sides(box), **_score(box.tested), "density_sought": box.sought.density}


def _sides(box: Box) -> dict[str, Json]:
    return {
        path: {**_limits(kept), "quasi_p": box.quasi_p[path]} for path, kept in box.sides.items()
    }


def _limits(kept: Any) -> Json:
    if isinstance(kept, frozenset):
        return {"words": sorted(map(str, kept))}
    low, high = kept
    return {"low": finite(low), "high": finite(high)}


def _score(score: BoxScore) -> Json:
    return {
        "density": score.density,
        "density_low": score.low,
        "density_high": score.high,
        "coverage": score.coverage,
        "mass": score.mass,
    }
