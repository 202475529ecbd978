"""A tournament: question, design and answer.

A design of two factors, the strategy of each state, with common random numbers: a cell is a point,
and replication K is the same world in every cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.design.draws import Draws
from sim.design.factors import Design
from sim.stats.estimate import Estimate, Json
from sim.studies import targets
from sim.studies.contract import Answer
from sim.studies.dictionary import Column
from sim.studies.inputs import ESTIMATE, InputQuestion, Sample
from sim.studies.sweep import estimates_of_rows
from sim.studies.tournament.standings import Gap, Seat, Standing, differences, standings, swaps
from sim.studies.tournament.strategies import Strategy, factor_of
from sim.studies.tournament.typical import typical_world
from sim.words.names import readable_name

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult
    from sim.scenario import Scenario
    from sim.studies.contract import DesignLabel
    from sim.words import Words

#: What is shown where no measure is asked for.
MEASURE = "interstate_deaths"
COLUMNS = (
    Column("row", "word"),
    Column("seat", "word"),
    Column("first", "word"),
    Column("second", "word"),
    *ESTIMATE,
    Column("gap", "unit of the row"),
    Column("gap_low", "unit of the row"),
    Column("gap_high", "unit of the row"),
    Column("gap_p", "probability"),
    Column("typical", "number"),
)
Array = NDArray[np.float64]


def measures_of(scenario: Scenario, names: Sequence[str]) -> dict[str, str]:
    """Units of the measures (or outcomes) that are shown, then of the outcomes.

    Raises
    ------
    ModelError : if one is not known
    """
    return targets.select(scenario, [*(names or (MEASURE,)), *scenario.outcomes])


@dataclass(frozen=True)
class TournamentQuestion(InputQuestion["TournamentAnswer"]):
    """Every ordered pair of `strategies`, the first in `states[0]`, the second in `states[1]`.

    `shown` are the targets that are looked at first; made by `ask`.
    """

    name: ClassVar[str] = "tournament"

    strategies: tuple[Strategy, ...]
    states: tuple[str, str]
    shown: tuple[str, ...]

    @classmethod
    def ask(
        cls,
        scenario: Scenario,
        strategies: Sequence[Strategy],
        states: tuple[str, str],
        *,
        measures: Sequence[str] = (),
        seed: int = 0,
        asked: DesignLabel | None = None,
    ) -> TournamentQuestion:
        """The question about these strategies, states and measures."""
        shown = tuple(dict.fromkeys(measures or (MEASURE,)))
        titles = [state_title(scenario, state) for state in states]
        factors = tuple(
            factor_of(state, strategies, title) for state, title in zip(states, titles, strict=True)
        )
        units = measures_of(scenario, shown)
        return cls(scenario, factors, units, seed, tuple(strategies), states, shown, asked=asked)

    @property
    def draws(self) -> Draws:
        """Common random numbers: cells are compared."""
        return Draws.COMMON

    def design(self) -> Design:
        """Every ordered pair; the strategy of the second state varies fastest."""
        names = [one.name for one in self.strategies]
        return Design.grid(self.factors, [names, names])

    def answer(self, result: DesignResult, /) -> TournamentAnswer:
        """The cells, the standings and what an exchange of the states changes."""
        n, runs = len(self.strategies), result.replications
        failed = (result.some("status")["status"].to_numpy() != 0).reshape(n, n, runs).sum(axis=2)
        boards = {name: _board(result, name, unit, n) for name, unit in self.targets.items()}
        main = targets.table(result, self.shown[0]).reshape(n, n, runs)
        ends = result.some("status", "outcome")
        outcomes = np.array(ends["outcome"], dtype=object)
        outcomes[ends["status"].to_numpy() != 0] = None
        outcomes = outcomes.reshape(n, n, runs)
        typical = tuple(
            tuple(typical_world(outcomes[a, b], main[a, b]) for b in range(n)) for a in range(n)
        )
        return TournamentAnswer(
            Sample.of(result, self.asked),
            self.strategies,
            self.states,
            self.shown,
            boards,
            failed,
            typical,
        )


@dataclass(frozen=True)
class Board:
    """One measure or outcome: `cells[a][b]` has strategy a in the first state, b in the second.

    `standings` are by seat and strategy; by two strategies `differences` of their means over all
    opponents, and `swaps`, what changes if the states exchange them. `is_outcome` says of a share.
    """

    unit: str
    is_outcome: bool
    cells: tuple[tuple[Estimate, ...], ...]
    standings: Mapping[Seat, tuple[Standing, ...]]
    differences: Mapping[tuple[int, int], Gap]
    swaps: Mapping[tuple[int, int], Gap]

    @property
    def values(self) -> Array:
        """The estimates as floats, (n, n), NaN where there is none."""
        return np.array(
            [[np.nan if one.value is None else one.value for one in row] for row in self.cells],
            dtype=np.float64,
        )

    @property
    def widest(self) -> float | None:
        """The greatest half of an interval of a cell; None if none has an interval."""
        widths = [one.halfwidth for row in self.cells for one in row if one.low is not None]
        return max(widths, default=None)


def _board(result: DesignResult, name: str, unit: str, n: int) -> Board:
    values = targets.table_by_point(result, name)
    row = estimates_of_rows(values, as_share=targets.is_share(unit))
    cube = values.reshape(n, n, -1)
    return Board(
        unit,
        name in result.scenario.outcomes,
        tuple(tuple(row[a * n : (a + 1) * n]) for a in range(n)),
        standings(cube),
        differences(cube),
        swaps(cube),
    )


@dataclass(frozen=True)
class TournamentAnswer(Answer):
    """Every cell of every measure and outcome.

    `boards` by target, `shown` the targets that were asked for, `failed` (n, n) failed
    replications, `typical` the number of a typical world of each cell, None where all failed.
    """

    part: ClassVar[str] = "tournament"

    sample: Sample
    strategies: tuple[Strategy, ...]
    states: tuple[str, str]
    shown: tuple[str, ...]
    boards: Mapping[str, Board]
    failed: NDArray[np.int64]
    typical: tuple[tuple[int | None, ...], ...]

    @property
    def outcomes(self) -> list[str]:
        """The outcomes of the scenario."""
        return [name for name, board in self.boards.items() if board.is_outcome]

    def titles(self, words: Words) -> list[str]:
        """The strategies as people read them."""
        return [one.title(words) for one in self.strategies]

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """Rows of cells, standings, differences and exchanges, for each target."""
        import pandas as pd

        names = [one.name for one in COLUMNS]
        rows = [
            {"name": name, "kind": "outcome" if board.is_outcome else "measure"}
            | {"unit": board.unit}
            | row
            for name, board in self.boards.items()
            for row in self._rows(board)
        ]
        whole = ["replications", "failed", "typical"]
        return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(whole, "Int64"))

    def _rows(self, board: Board) -> Iterator[dict[str, Any]]:
        names = [one.name for one in self.strategies]
        for a, first in enumerate(names):
            for b, second in enumerate(names):
                yield (
                    {"row": "cell", "first": first, "second": second, "failed": self.failed[a, b]}
                    | {"typical": self.typical[a][b]}
                    | _estimate(board.cells[a][b])
                )
        for seat, found in board.standings.items():
            for name, one in zip(names, found, strict=True):
                place = {
                    Seat.FIRST: {"first": name},
                    Seat.SECOND: {"second": name},
                    Seat.BOTH: {"first": name, "second": name},
                }[seat]
                row = {"row": "standing", "seat": str(seat)} | place
                yield row | _estimate(one.mean) | _gap(one.rest)
        for part, gaps in (("difference", board.differences), ("exchange", board.swaps)):
            for (a, b), gap in gaps.items():
                yield {"row": part, "first": names[a], "second": names[b]} | _gap(gap)

    def as_json(self) -> Json:
        """Subject, sample, `states`, `strategies` (name to settings) and `targets`.

        Each target has `unit`, `cells`, `standings` (by seat), `differences` and `exchanges`.
        """
        return {
            **self.sample.subject.as_json(),
            "draws": self.sample.draws,
            "replications": self.sample.replications,
            "failed": self.sample.failed,
            "states": list(self.states),
            "measure": self.shown[0],
            "strategies": {one.name: dict(one.settings) for one in self.strategies},
            "targets": {name: self._target(board) for name, board in self.boards.items()},
        }

    def _target(self, board: Board) -> Json:
        names = [one.name for one in self.strategies]
        return {
            "kind": "outcome" if board.is_outcome else "measure",
            "unit": board.unit,
            "cells": [
                {"first": names[a], "second": names[b], "failed": int(self.failed[a, b])}
                | {"typical": self.typical[a][b]}
                | _estimate(board.cells[a][b])
                for a in range(len(names))
                for b in range(len(names))
            ],
            "standings": {
                str(seat): {
                    name: _estimate(one.mean) | _gap(one.rest)
                    for name, one in zip(names, found, strict=True)
                }
                for seat, found in board.standings.items()
            },
            **{
                part: [
                    {"first": names[a], "second": names[b], **_gap(gap)}
                    for (a, b), gap in gaps.items()
                ]
                for part, gaps in (("differences", board.differences), ("exchanges", board.swaps))
            },
        }


def _estimate(one: Estimate) -> Json:
    return {"estimate": one.value, "low": one.low, "high": one.high, "replications": one.n}


def _gap(gap: Gap) -> Json:
    return {"gap": gap.value, "gap_low": gap.low, "gap_high": gap.high, "gap_p": gap.p}


def state_title(scenario: Scenario, state: str) -> str:
    """A state as people read it."""
    return scenario.file.states[state].title or readable_name(state)
