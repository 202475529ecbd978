"""Matrix and regret of a comparison in words and tables, for its page and for the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.narration.names import titles_of
from sim.report.figures.heat import ends
from sim.report.pages.page import Table
from sim.report.values import SHARE, range_text, value_text
from sim.studies.compare.crossing import AS_IT_IS, Cell, Matrix
from sim.words import NONE, Words
from sim.words.measures import target_name, unit_name

if TYPE_CHECKING:
    from sim.stats.estimate import Estimate
    from sim.stats.regret import OptionRegret
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.regret import CrossResults, Regret

SHADES = 8  # steps of the colour of a cell, from the palest


class Names:
    """What to call scenarios and options of a crossing: states, variants and doctrines by name."""

    def __init__(self, of: Comparison, words: Words) -> None:
        base, self.words = of.sides[of.baseline].scenario, words
        self.titles, self.labels = titles_of(base.file), base.variants

    def __call__(self, name: str) -> str:
        """A scenario or an option as people read it; what has no other name as it stands."""
        if name == AS_IT_IS:
            return self.words.text("paper.matrix.as_it_is")
        return ", ".join(map(self._part, name.split(", ")))

    def _part(self, part: str) -> str:
        state, sign, name = part.rpartition(": ")
        if not sign:
            return self.labels.get(name) or self.words.term("doctrines.names", name)
        doctrine = self.words.term("doctrines.names", name)
        title = self.titles.get(state, state)
        return self.words.text("paper.matrix.chosen", state=title, name=doctrine)


@dataclass(frozen=True)
class HeatCell:
    """A cell of a matrix: its number, its interval, and how dark it is, from 0."""

    value: str
    interval: str
    shade: int


@dataclass(frozen=True)
class HeatTable:
    """A matrix to read: a row a scenario, a column an option, or a row an option and a target each.

    `heads` are those of the columns, the first that of the rows' names.
    """

    title: str
    heads: list[str]
    rows: list[tuple[str, list[HeatCell]]]


class MatrixText:
    """What the page says of a crossing, in a language."""

    def __init__(self, of: Comparison, found: CrossResults, words: Words) -> None:
        self.of, self.found, self.words = of, found, words
        self.name = Names(of, words)

    def text(self, key: str, **values: object) -> str:
        """Words of this part."""
        return self.words.text(f"paper.matrix.{key}", **values)

    def heats(self) -> list[HeatTable]:
        """A matrix of each target; a single one of all targets where there is one scenario."""
        matrices = self.found.matrices
        if not matrices:
            return []
        if len(matrices[0].scenarios) == 1:
            return [self._beside_each_other(matrices)]
        return [self._heat(matrix) for matrix in matrices]

    def tables(self) -> list[Table]:
        """The same for a screen without colours."""
        return [
            Table(
                one.title,
                one.heads,
                [
                    [name, *(f"{cell.value} ({cell.interval})" for cell in cells)]
                    for name, cells in one.rows
                ],
            )
            for one in self.heats()
        ]

    def foot(self) -> str:
        """What the intervals are, and that they are the model's."""
        return self.text("intervals", each=self.of.each_in(self.words))

    def _title(self, matrix: Matrix) -> str:
        name = target_name(matrix.target, self.of.about, self.words)
        if matrix.unit == SHARE:
            return self.text("share_of", name=name)
        unit = unit_name(matrix.unit, self.words)
        key = "mean_of" if matrix.upto is None else "time_of"
        return self.text(key, name=name, unit=unit, day=str(matrix.upto))

    def _heat(self, matrix: Matrix) -> HeatTable:
        names = [self.name(one) for one in matrix.options]
        shades = Shades(matrix)
        rows = [
            (
                self.name(scenario),
                [self._cell(matrix, Cell(scenario, one), shades) for one in matrix.options],
            )
            for scenario in matrix.scenarios
        ]
        return HeatTable(self._title(matrix), [self.text("corner"), *names], rows)

    def _beside_each_other(self, matrices: tuple[Matrix, ...]) -> HeatTable:
        (scenario,) = matrices[0].scenarios
        shades = {matrix.target: Shades(matrix) for matrix in matrices}
        rows = [
            (
                self.name(option),
                [self._cell(one, Cell(scenario, option), shades[one.target]) for one in matrices],
            )
            for option in matrices[0].options
        ]
        heads = [self.text("option"), *map(self._title, matrices)]
        return HeatTable(self.text("beside"), heads, rows)

    def _cell(self, matrix: Matrix, at: Cell, shades: Shades) -> HeatCell:
        one = matrix.cells.get(at)
        if one is None or one.value is None:
            return HeatCell(NONE, NONE, 0)
        value = value_text(one.value, matrix.unit, self.words)
        low, high = (value_text(end, matrix.unit, self.words) for end in (one.low, one.high))
        return HeatCell(value, self.words.range(low, high), shades.of(one))


class Shades:
    """How dark the cells of a matrix are: from its least value, or 0, to its greatest."""

    def __init__(self, matrix: Matrix) -> None:
        import numpy as np

        values = [one.value for one in matrix.cells.values() if one.value is not None]
        self.low, self.high = ends(np.array(values, dtype=np.float64), matrix.unit)

    def of(self, one: Estimate) -> int:
        """A step from 0 to `SHADES` - 1."""
        assert one.value is not None
        share = (one.value - self.low) / ((self.high - self.low) or 1.0)
        return min(SHADES - 1, max(0, int(share * SHADES)))


class RegretText:
    """What the page says of the regret of options, in a language."""

    def __init__(self, of: Comparison, found: CrossResults, words: Words) -> None:
        assert found.regret is not None
        self.of, self.words = of, words
        self.regret: Regret = found.regret
        self.name = Names(of, words)
        self.loss = target_name(self.regret.loss, of.about, words)
        self.scenarios = list(dict.fromkeys(cell.scenario for cell in self.regret.found))

    def text(self, key: str, **values: object) -> str:
        """Words of this part."""
        return self.words.text(f"paper.regret.{key}", **values)

    def sentences(self) -> list[str]:
        """Which option has least regret, and which others cannot be told apart from it."""
        if worst := self.regret.worst():
            return self._minimax({name: value for name, (value, _, _) in worst.items()})
        if len(self.scenarios) > 1:
            return [self.text("not_in_all")]
        return self._alone(self.scenarios[0])

    def limits(self) -> list[str]:
        """Whose values these are, and what they do not say."""
        return [self.text(key, loss=self.loss) for key in ("whose", "no_advice")]

    def _alone(self, scenario: str) -> list[str]:
        found = self._in(scenario)
        best = min(found, key=lambda option: found[option].loss)
        about = {
            "option": self.name(best),
            "loss": self.loss,
            "value": self._number(found[best].loss),
        }
        return [self.text("least_loss", **about), self._rivals(best, [scenario])]

    def _minimax(self, worst: dict[str, float]) -> list[str]:
        best = min(worst, key=lambda option: worst[option])
        where = max(self.scenarios, key=lambda one: self.regret.found[Cell(one, best)].value)
        value = self._number(worst[best])
        about = {"option": self.name(best), "loss": self.loss, "value": value}
        about |= {"scenario": self.name(where)}
        key = "minimax" if worst[best] > 0 else "minimax_none"
        return [self.text(key, **about), self._rivals(best, self.scenarios)]

    def _rivals(self, best: str, scenarios: list[str]) -> str:
        """The options that may be best in each of some scenarios: their intervals reach 0."""
        may = None
        for scenario in scenarios:
            found = self._in(scenario)
            here = {name for name, one in found.items() if one.low is None or one.low <= 0}
            may = here if may is None else may & here
        names = [self.name(one) for one in self._options() if one in (may or ()) and one != best]
        if not names:
            return self.text("clear")
        return self.text("rivals", names=self.words.join(names))

    def _in(self, scenario: str) -> dict[str, OptionRegret]:
        found = self.regret.found.items()
        return {cell.option: one for cell, one in found if cell.scenario == scenario}

    def _options(self) -> list[str]:
        return list(dict.fromkeys(cell.option for cell in self.regret.found))

    def tables(self) -> Iterator[Table]:
        """The regrets of each scenario, least first, then those in the worst one."""
        unit = unit_name(self.regret.unit, self.words)
        keys = ("loss", "regret", "interval", "best", "hindsight")
        heads = [self.text("option"), *map(self.text, keys)]
        for scenario in self.scenarios:
            about = {"scenario": self.name(scenario), "loss": self.loss, "unit": unit}
            found = sorted(self._in(scenario).items(), key=lambda row: row[1].value)
            rows = [
                [
                    self.name(option),
                    self._number(one.loss),
                    self._number(one.value),
                    self._range(one.low, one.high),
                    self.words.percent(one.best_share, decimals=0),
                    self._number(one.in_hindsight),
                ]
                for option, one in found
            ]
            yield Table(self.text("title", **about), heads, rows)
        if worst := self.regret.worst():
            order = sorted(worst, key=lambda option: worst[option][0])
            rows = [
                [self.name(one), self._number(worst[one][0]), self._range(*worst[one][1:])]
                for one in order
            ]
            heads = [self.text("option"), self.text("regret"), self.text("interval")]
            yield Table(self.text("worst"), heads, rows)

    def foot(self) -> str:
        """What the columns are."""
        return self.text("foot", n=self.regret.worlds)

    def _number(self, value: float | None) -> str:
        return value_text(value, self.regret.unit, self.words)

    def _range(self, low: float | None, high: float | None) -> str:
        return range_text(low, high, self.regret.unit, self.words)
