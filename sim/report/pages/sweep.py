"""The page of a sweep: outcomes and measures along what was varied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.design.draws import Draws
from sim.ensemble.arguments import slug
from sim.report.figures import curves, palette
from sim.report.figures.drawing import Drawing, in_words
from sim.report.pages import page as study
from sim.report.pages.inputs import sample_facts, with_design
from sim.report.pages.page import Page, Section, Table
from sim.report.values import SHARE, amount_text, value_text
from sim.words import Words
from sim.words.measures import unit_name

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.stats.estimate import Estimate
    from sim.studies.sweep import Series, SweepAnswer

FILE = "sweep.html"
_TITLE = 64  # characters


def write_page(answer: SweepAnswer, result: DesignResult, command: str, words: Words) -> Path:
    """Write `figures/` and `sweep.html` beside the results."""
    page = SweepPage(answer, list(result.scenario.outcomes), words).page(result.scenario.title)
    page = with_design(page, answer.sample, words)
    return study.write(page, result.scenario, result.folder / FILE, command, words)


class SweepPage:
    """What the page of a sweep says, in a language; `outcomes` of the scenario have colours."""

    def __init__(self, answer: SweepAnswer, outcomes: list[str], words: Words) -> None:
        self.answer, self.words = answer, words
        self.colours = palette.outcome_colours(outcomes)
        self.factors = answer.sample.factors
        independent = answer.sample.draws is Draws.INDEPENDENT
        self.draws = self.text("independent" if independent else "common")

    def text(self, key: str, **values: object) -> str:
        """Words of this page."""
        return self.words.text(f"studies.sweep.{key}", **values)

    def page(self, question: str) -> Page:
        """The whole page."""
        sample, words = self.answer.sample, self.words
        inputs = words.join([factor.name for factor in self.factors])
        title = self.text("title", inputs=inputs)
        return Page(
            kind=self.text("kind"),
            title=title if len(title) <= _TITLE else self.text("title_short"),
            question=question,
            facts=[
                (self.text("moved"), inputs),
                (words.text("studies.inputs.points"), words.number(sample.points)),
                *sample_facts(sample, words),
            ],
            sections=self._along() if len(self.factors) == 1 else self._over(),
            made_from=words.count(sample.points, "point"),
        )

    def sentence(self, name: str) -> str:
        """From where to where one outcome or measure goes, and whether that may be chance."""
        one, label = self.answer.series[name], self.answer.sample.target_name(name, self.words)
        if one.lowest is None or one.highest is None:
            return self.text("empty", name=label)
        low, high = one.estimates[one.lowest], one.estimates[one.highest]
        least, most = (value_text(end.value, one.unit, self.words) for end in (low, high))
        if low.value == high.value:
            return self.text("flat", name=label, value=least)
        ends = self.text(
            "ends",
            name=label,
            least=least,
            low=self._where(one.lowest),
            most=most,
            high=self._where(one.highest),
        )
        return f"{ends} {self._apart(one, low, high)}"

    def _where(self, point: int) -> str:
        """A point by the values of its inputs."""
        values = [value_text(self.answer.at(point, one), "", self.words) for one in self.factors]
        return ", ".join(
            self.text("at", input=factor.name, value=value)
            for factor, value in zip(self.factors, values, strict=True)
        )

    def _apart(self, one: Series, low: Estimate, high: Estimate) -> str:
        """Whether two points differ by more than chance: by their pairs, else by intervals."""
        gap = one.gap
        if gap is None:
            clear = low.high is not None and high.low is not None and low.high < high.low
            return self.text("clear" if clear else "overlap")
        by_chance = gap.low is None or gap.low <= 0
        bound = self.words.points if one.unit == SHARE else self.words.number
        return self.text(
            "gap_chance" if by_chance else "gap",
            value=amount_text(gap.value, one.unit, self.words),
            low=bound(gap.low),
            high=bound(gap.high),
        )

    def _along(self) -> list[Section]:
        """The sections of one input: all outcomes together, then each measure."""
        outcomes = curves.shown_outcomes(self.answer)
        sections = []
        if outcomes:
            view = curves.View(outcomes, self.colours, SHARE, self.words)
            drawing = self._drawing("outcomes", "sweep_outcomes", self._curves(view))
            see = [self.sentence(name) for name in outcomes]
            numbers = [self._numbers(outcomes)]
            sections.append(Section(self.text("outcomes"), see, [drawing], numbers))
        for name, one in self.answer.series.items():
            if one.unit != SHARE:
                label = self.answer.sample.target_name(name, self.words)
                colours = {name: palette.OKABE_ITO[2]}
                view = curves.View([name], colours, one.unit, self.words)
                drawing = self._drawing(
                    "measure", slug(f"sweep_{name}"), self._curves(view), name=label
                )
                heading = self.text("measure", name=label, unit=unit_name(one.unit, self.words))
                numbers = [self._numbers([name])]
                sections.append(Section(heading, [self.sentence(name)], [drawing], numbers))
        return sections

    def _curves(self, view: curves.View) -> Callable[[], Figure]:
        return partial(curves.curves, self.answer, self.factors[0], view)

    def _drawing(
        self, key: str, file: str, draw: Callable[[], Figure], **values: object
    ) -> Drawing:
        part = f"studies.figures.sweep.{key}"
        return replace(in_words(part, draw, self.words, draws=self.draws, **values), name=file)

    def _over(self) -> list[Section]:
        """The sections of two inputs: a heat map each, and what hardly ever comes."""
        sections, rare = [], []
        common = curves.shown_outcomes(self.answer)
        for name, one in self.answer.series.items():
            label, share = self.answer.sample.target_name(name, self.words), one.unit == SHARE
            if share and name not in common:
                rare.append(label)
                continue
            title = (
                label
                if share
                else self.text("measure", name=label, unit=unit_name(one.unit, self.words))
            )
            draw = partial(curves.heat, self.answer, name, self.words)
            drawing = self._drawing("heat", slug(f"sweep_{name}"), draw, name=title)
            heading = self.text("where" if share else "where_measure", name=label)
            numbers = [self._numbers([name])]
            sections.append(Section(heading, [self.sentence(name)], [drawing], numbers))
        if rare:
            see = self.text("rare_see", outcomes=", ".join(rare), n=round(1 / curves.SEEN))
            sections.append(Section(self.text("rare"), [see]))
        return sections

    def _numbers(self, names: list[str]) -> Table:
        """The numbers of a figure."""
        rows = []
        for point in range(self.answer.sample.points):
            at = [value_text(self.answer.at(point, one), "", self.words) for one in self.factors]
            cells = [self._cell(name, point) for name in names]
            failures = self.words.count(self.answer.failed[point], "failure")
            rows.append([*at, *cells, failures])
        heads = [
            *(factor.name for factor in self.factors),
            *(self.answer.sample.target_name(name, self.words) for name in names),
        ]
        return Table(
            self.text("table"), [*heads, self.text("failed")], rows, texts=len(self.factors)
        )

    def _cell(self, name: str, point: int) -> str:
        one = self.answer.series[name]
        estimate = one.estimates[point]
        value, low, high = (
            value_text(part, one.unit, self.words)
            for part in (estimate.value, estimate.low, estimate.high)
        )
        return self.text("cell", value=value, low=low, high=high)
