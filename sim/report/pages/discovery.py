"""The page of scenario discovery: the box, how good it is, and all others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.figures import boxes
from sim.report.figures.drawing import Drawing, in_words
from sim.report.pages import page as study
from sim.report.pages.inputs import sample_facts, table_of_inputs, with_design
from sim.report.pages.page import Page, Section, Table
from sim.report.values import limits_text
from sim.stats.prim import Kept
from sim.words import Words

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.discovery import DiscoveryAnswer

FILE = "discover.html"


def write_page(answer: DiscoveryAnswer, result: DesignResult, command: str, words: Words) -> Path:
    """Write `figures/` and `discover.html` beside the results."""
    page = DiscoveryPage(answer, words).page(result.scenario.title)
    page = with_design(page, answer.sample, words)
    return study.write(page, result.scenario, result.folder / FILE, command, words)


def restriction(kept: Kept, words: Words) -> str:
    """One side of a box in words."""
    if isinstance(kept, frozenset):
        return words.join(sorted(map(str, kept)), "or")
    return limits_text(*kept, words)


def sentences(answer: DiscoveryAnswer, words: Words) -> list[str]:
    """What was found, in words."""
    return DiscoveryPage(answer, words).sentences()


class DiscoveryPage:
    """What the page of scenario discovery says, in a language."""

    def __init__(self, answer: DiscoveryAnswer, words: Words) -> None:
        self.answer, self.words = answer, words
        self.outcome = words.term("vocabulary.outcomes", answer.outcome)

    def text(self, key: str, **values: object) -> str:
        """Words of this page."""
        return self.words.text(f"studies.discovery.{key}", **values)

    def page(self, question: str) -> Page:
        """The whole page."""
        sample, words = self.answer.sample, self.words
        title = self.text("title", outcome=self.outcome)
        inputs = table_of_inputs(
            sample, self.text("ranges"), words.text("studies.inputs.range"), words
        )
        return Page(
            kind=self.text("kind"),
            title=title,
            question=question,
            facts=[
                (self.text("outcome"), self.outcome),
                (self.text("varied"), words.number(len(sample.factors))),
                (self.text("cases"), words.number(self.answer.cases)),
                *sample_facts(sample, words)[1:],
            ],
            sections=[
                Section(
                    title, self.sentences(), self._drawings(), self._tables(), [self.text("how")]
                ),
                Section(words.text("studies.inputs.varied"), tables=[inputs]),
            ],
            made_from=words.count(self.answer.cases, "case"),
        )

    def sentences(self) -> list[str]:
        """What was found, in words."""
        answer, words = self.answer, self.words
        common = {"outcome": self.outcome, "share": words.percent(answer.everywhere)}
        if answer.box is None:
            return [self.text("rare", cases=words.count(answer.cases, "case"), **common)]
        if not answer.success:
            return [self.text("none", **common)]
        names, box = answer.sample.names, answer.box.tested
        rules = words.join(
            self.text("rule", input=names[path], range=restriction(kept, words))
            for path, kept in answer.box.sides.items()
        )
        density, low, high, mass, coverage = map(
            words.percent, (box.density, box.low, box.high, box.mass, box.coverage)
        )
        return [
            self.text("box", density=density, low=low, high=high, rules=rules, **common),
            self.text("covers", mass=mass, coverage=coverage),
        ]

    def _tables(self) -> list[Table]:
        """The sides of the box, if one was found."""
        box, words = self.answer.box, self.words
        if not self.answer.success or box is None:
            return []
        rows = [
            (
                self.answer.sample.names[path],
                restriction(kept, words),
                words.number(box.quasi_p[path], significant=1),
            )
            for path, kept in box.sides.items()
        ]
        heads = (words.text("studies.inputs.input"), self.text("inside"), self.text("quasi_p"))
        return [Table(self.text("table"), heads, rows, texts=2)]

    def _drawings(self) -> list[Drawing]:
        """The box, if one was found, and how good boxes can be."""
        found, words = self.answer.search, self.words
        if found is None:
            return []
        part = "studies.figures.discovery"
        trade = in_words(f"{part}.boxes", partial(boxes.trade, found, words), words)
        trade = replace(trade, name="discover_boxes")
        if not found.success:
            return [trade]
        points, factors = self.answer.points, self.answer.sample.factors
        draw = partial(boxes.sides, found.chosen, points, factors, words)
        box = in_words(f"{part}.box", draw, words, outcome=self.outcome)
        return [replace(box, name="discover_box"), trade]
