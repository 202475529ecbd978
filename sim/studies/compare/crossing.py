"""Scenarios times options: which side of a comparison is which, and a matrix of each target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from sim.errors import ModelError
from sim.scenario.successors import near_outcome
from sim.stats.table import texts
from sim.studies.compare.quantities import FLAG, numbers, window
from sim.studies.contract import Answer
from sim.studies.dictionary import Column
from sim.studies.sweep import estimates_of_rows
from sim.studies.targets import PROBABILITY

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from sim.stats.estimate import Estimate, Json
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.sides import Side
    from sim.studies.contract import DesignLabel

#: The measure that a matrix shows beside the outcomes, where nothing is asked for.
MEASURE = "interstate_deaths"
#: The option that is the scenario as its file has it.
AS_IT_IS = "as_it_is"
SEEN = 0.005  # an outcome that nowhere has this share gets no matrix


class Cell(NamedTuple):
    """Which scenario a side of a comparison is, and which option is taken in it."""

    scenario: str
    option: str


@dataclass(frozen=True)
class Crossing:
    """What was crossed: the cell of each side by its name, and what to look at, in that order.

    `asked` is the design of the file, if one was run.
    """

    cells: Mapping[str, Cell]
    look: tuple[str, ...] = ()
    asked: DesignLabel | None = None


@dataclass(frozen=True)
class Matrix:
    """One outcome or measure (`target`, in its `unit`) of every scenario with every option.

    `upto` are the days over which a time counts.
    """

    target: str
    unit: str
    scenarios: tuple[str, ...]
    options: tuple[str, ...]
    cells: Mapping[Cell, Estimate]
    upto: int | None = None


COLUMNS = (
    Column("scenario", "word"),
    Column("option", "word"),
    Column("name", "word"),
    Column("unit", "word"),
    Column("estimate", "see unit"),
    Column("low", "see unit"),
    Column("high", "see unit"),
    Column("replications", "number"),
)


@dataclass(frozen=True)
class MatrixAnswer(Answer):
    """The cells of all matrices as rows; `asked` is the design of the file, if one was run."""

    part: ClassVar[str] = "matrix"

    matrices: Sequence[Matrix]
    asked: DesignLabel | None = None

    def columns(self) -> Sequence[Column]:
        """Name and unit of the columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """A row for each target and cell."""
        from pandas import DataFrame

        rows = [
            (*cell, matrix.target, matrix.unit, one.value, one.low, one.high, one.n)
            for matrix in self.matrices
            for cell, one in matrix.cells.items()
        ]
        return DataFrame(rows, columns=[column.name for column in COLUMNS])

    def as_json(self) -> Json:
        """`design`, and by target the unit and the cells."""
        values: Json = {} if self.asked is None else {"design": asdict(self.asked)}
        for matrix in self.matrices:
            cells = [
                {
                    **cell._asdict(),
                    "estimate": one.value,
                    "low": one.low,
                    "high": one.high,
                    "replications": one.n,
                }
                for cell, one in matrix.cells.items()
            ]
            values.setdefault("targets", {})[matrix.target] = {"unit": matrix.unit, "cells": cells}
        return values


def matrices(of: Comparison, crossing: Crossing) -> list[Matrix]:
    """A matrix of each target that is looked at.

    Parameters
    ----------
    of : the comparison of all sides
    crossing : which side is which, and the targets; if it names none, every outcome that has a
        share somewhere, and the dead of the states

    Raises
    ------
    ModelError : if no side has such an outcome or measure
    """
    return [_matrix(of, crossing, name) for name in crossing.look or _usual(of)]


def _usual(of: Comparison) -> list[str]:
    seen = [
        name
        for name, row in of.outcomes.items()
        if max((share or 0.0 for share in row.estimates.values()), default=0.0) >= SEEN
    ]
    return [*seen, *([MEASURE] if MEASURE in of.about else [])]


def _matrix(of: Comparison, crossing: Crossing, target: str) -> Matrix:
    known = [*of.outcomes, *of.about]
    if target not in known:
        hint = near_outcome(target, known)
        raise ModelError(f"look: must be a measure or an outcome, got {target} ({hint})")
    measure = of.about.get(target)
    unit = PROBABILITY if measure is None else measure.unit
    have = [name for name, side in of.sides.items() if measure is None or target in side.runs]
    upto = None if measure is None else window(measure, [of.sides[name] for name in have])
    cells = {
        crossing.cells[name]: _estimate(of, of.sides[name], target, upto)
        for name in have
        if name in crossing.cells
    }
    places = crossing.cells.values()
    scenarios = tuple(dict.fromkeys(cell.scenario for cell in places))
    options = tuple(dict.fromkeys(cell.option for cell in places))
    return Matrix(target, unit, scenarios, options, cells, upto)


def _estimate(of: Comparison, side: Side, target: str, upto: int | None) -> Estimate:
    """Share or mean with its interval; that of a time is its restricted mean."""
    measure = of.about.get(target)
    values: NDArray[np.float64] | None
    if measure is None:
        values = np.asarray(texts(side.fine, "outcome") == target, dtype=np.float64)
    else:
        values = numbers(side.fine, measure, upto)
    row = np.empty((1, 0)) if values is None else values[None, :]
    share = measure is None or measure.unit == FLAG
    return estimates_of_rows(row, as_share=share)[0]


def alone(names: Sequence[str], baseline: str) -> dict[str, Cell]:
    """The cells of sides that are all options in one scenario."""
    return {name: Cell(baseline, name) for name in names}
