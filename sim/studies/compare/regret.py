"""Regret of options: how much worse each is than the best, by scenario and in the worst one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import ModelError
from sim.scenario.successors import near_outcome
from sim.stats.estimate import Json
from sim.stats.regret import OptionRegret, regrets
from sim.stats.table import column, texts
from sim.studies.compare.crossing import Cell, Crossing, Matrix, alone
from sim.studies.compare.sides import Side, fine
from sim.studies.contract import Answer
from sim.studies.dictionary import Column

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.studies.compare.comparison import Comparison

COLUMNS = (
    Column("scenario", "word"),
    Column("option", "word"),
    Column("worlds", "number"),
    Column("loss", "see unit"),
    Column("regret", "see unit"),
    Column("low", "see unit"),
    Column("high", "see unit"),
    Column("best_share", "share"),
    Column("in_hindsight", "see unit"),
)
#: What stands in the place of a scenario in the rows of the worst case over all of them.
WORST = "worst"


@dataclass(frozen=True)
class Regret(Answer):
    """The regret of every option by scenario; `loss` names the measure or outcome, less is better.

    `worst` has, for each option that every scenario has, the greatest regret over the scenarios
    (minimax regret takes the option in which that is least); None for a single scenario.
    """

    part: ClassVar[str] = "regret"

    loss: str
    unit: str
    worlds: int
    found: Mapping[Cell, OptionRegret]

    def worst(self) -> dict[str, tuple[float, float | None, float | None]]:
        """Regret, lower and upper bound of each option in its worst scenario."""
        scenarios = {cell.scenario for cell in self.found}
        options = dict.fromkeys(cell.option for cell in self.found)
        if len(scenarios) < 2:
            return {}
        found = {}
        for option in options:
            each = [one for cell, one in self.found.items() if cell.option == option]
            if len(each) == len(scenarios):
                lows = [one.low for one in each if one.low is not None]
                highs = [one.high for one in each if one.high is not None]
                bounds = (max(lows), max(highs)) if len(lows) == len(each) else (None, None)
                found[option] = (max(one.value for one in each), *bounds)
        return found

    def columns(self) -> Sequence[Column]:
        """Name and unit of the columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """A row for each scenario and option, then the worst case of each option."""
        from pandas import DataFrame

        rows: list[tuple[object, ...]] = [
            (*cell, self.worlds, *asdict(one).values()) for cell, one in self.found.items()
        ]
        for option, bounds in self.worst().items():
            rows.append((WORST, option, self.worlds, None, *bounds, None, None))
        return DataFrame(rows, columns=[one.name for one in COLUMNS])

    def as_json(self) -> Json:
        """`loss`, its unit, the worlds, and the rows."""
        rows = [{**cell._asdict(), **asdict(one)} for cell, one in self.found.items()]
        worst = {
            option: dict(zip(("regret", "low", "high"), bounds, strict=True))
            for option, bounds in self.worst().items()
        }
        head = {"loss": self.loss, "unit": self.unit, "worlds": self.worlds}
        return {**head, "options": rows, "worst": worst}


class CrossResults(NamedTuple):
    """What was worked out of a comparison beside its differences; nothing where none was asked."""

    crossing: Crossing | None = None
    matrices: tuple[Matrix, ...] = ()
    regret: Regret | None = None


def regret(of: Comparison, loss: str, cells: Mapping[str, Cell] | None = None) -> Regret:
    """Work out the regret of the sides of a comparison.

    Parameters
    ----------
    of : with common random numbers, since worlds are compared one by one
    loss : a measure or an outcome, of which less is better; a time that never came counts as the
        horizon
    cells : scenario and option of each side; left out, all are options of one scenario

    Raises
    ------
    ModelError : if nobody has that measure, it is a duration, or the sides are not paired
    """
    measures = {one.name: one for side in of.sides.values() for one in side.scenario.measures}
    known = [*of.outcomes, *measures]
    if loss not in known:
        hint = near_outcome(loss, known)
        raise ModelError(f"regret: must be a measure or an outcome, got {loss} ({hint})")
    if loss in measures and measures[loss].duration:
        raise ModelError(
            f"regret: must not be a duration, got {loss}: where it was not over by the end of the "
            "run, its loss is not known"
        )
    if not of.paired:
        raise ModelError("regret: must be of runs with common random numbers, got unpaired ones")
    places = dict(cells or alone(of.names, of.baseline))
    scenarios = dict.fromkeys(cell.scenario for cell in places.values())
    n = min(len(side.runs) for side in of.sides.values())
    good = np.logical_and.reduce([fine(side.runs)[:n] for side in of.sides.values()])
    found: dict[Cell, OptionRegret] = {}
    # all intervals hold together: what may go wrong is shared out among the scenarios
    level = 1 - 0.05 / len(scenarios)
    for scenario in scenarios:
        names = [name for name, cell in places.items() if cell.scenario == scenario]
        losses = np.array([_losses(of.sides[name], loss)[:n][good] for name in names])
        if np.isnan(losses).any():
            raise ModelError(f"regret: must be known in every world, got {loss}, which is missing")
        for name, one in zip(names, regrets(losses, level), strict=True):
            found[places[name]] = one
    unit = measures[loss].unit if loss in measures else "probability"
    return Regret(loss, unit, int(good.sum()), found)


def _losses(side: Side, loss: str) -> NDArray[np.float64]:
    """(n,) the loss in each replication; of those that failed there is none."""
    measure = next((one for one in side.scenario.measures if one.name == loss), None)
    if measure is None:
        return np.asarray(texts(side.runs, "outcome") == loss, dtype=np.float64)
    values: NDArray[np.float64] = column(side.runs, loss)
    if measure.time:
        return np.where(np.isnan(values), float(side.scenario.horizon), values)
    return values
