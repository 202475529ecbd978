"""The page of a variance decomposition: what comes from unknown inputs, and what from chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.figures import variance
from sim.report.figures.drawing import in_words
from sim.report.pages import page as study
from sim.report.pages.inputs import sample_facts, table_of_inputs, with_design
from sim.report.pages.page import Page, Section, Table
from sim.report.values import SHARE, value_text
from sim.studies import targets
from sim.words import NONE, Words

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.uncertainty import TargetVariance, UncertaintyAnswer

FILE = "uncertainty.html"
HEADS = ("mean", "share", "interval", "sd_inputs", "sd_chance")
_SEEN = 0.005  # an outcome that never has this share is not among the main ones
_HALF = 0.5


def write_page(
    answer: UncertaintyAnswer,
    result: DesignResult,
    on: Sequence[str],
    command: str,
    words: Words,
) -> Path:
    """Write `figures/` and `uncertainty.html` beside the results."""
    page = UncertaintyPage(answer, main_targets(answer, on), words).page(result.scenario.title)
    page = with_design(page, answer.sample, words)
    return study.write(page, result.scenario, result.folder / FILE, command, words)


def main_targets(answer: UncertaintyAnswer, on: Sequence[str]) -> dict[str, TargetVariance]:
    """The outcomes that came and the main measures, or what was asked for."""
    common = [
        name
        for name, one in answer.targets.items()
        if one.is_outcome and (one.variance.mean.value or 0) >= _SEEN
    ]
    names = on or [*common, *targets.MAIN]
    return {name: answer.targets[name] for name in names if name in answer.targets}


def heads(words: Words) -> list[str]:
    """Heads of the numbers that `cells` gives."""
    return [words.text(f"studies.uncertainty.{key}") for key in HEADS]


def cells(one: TargetVariance, words: Words) -> list[str]:
    """A row's numbers under `heads`."""
    parts = one.variance
    if not parts.is_known:
        return [NONE] * len(HEADS)
    spreads = [
        (part.value or 0.0) ** 0.5 if parts.varies else None
        for part in (parts.inputs, parts.chance)
    ]
    return [
        value_text(parts.mean.value, one.unit, words),
        words.percent(parts.share.value),
        words.range(words.percent(parts.share.low), words.percent(parts.share.high)),
        *(value_text(spread, one.unit, words) for spread in spreads),
    ]


def constants(answer: UncertaintyAnswer) -> dict[str, TargetVariance]:
    """The outcomes that never or always came."""
    return {
        name: one
        for name, one in answer.targets.items()
        if one.is_outcome and one.variance.is_known and not one.variance.varies
    }


def constant_text(label: str, one: TargetVariance, words: Words) -> str:
    """A sentence on what never varied; of an outcome with the bound that its points give."""
    mean = one.variance.mean
    if one.unit != SHARE or mean.value is None:
        return words.text("studies.uncertainty.constant", name=label)
    key, bound = ("never", mean.high) if mean.value < _HALF else ("always", mean.low)
    points = words.count(mean.n, "point")
    return words.text(
        f"studies.uncertainty.{key}", name=label, points=points, bound=words.percent(bound)
    )


class UncertaintyPage:
    """What the page says, in a language; `main` are the targets that are drawn and told."""

    def __init__(
        self, answer: UncertaintyAnswer, main: Mapping[str, TargetVariance], words: Words
    ) -> None:
        self.answer, self.main, self.words = answer, main, words

    def text(self, key: str, **values: object) -> str:
        """Words of this page."""
        return self.words.text(f"studies.uncertainty.{key}", **values)

    def page(self, question: str) -> Page:
        """The whole page."""
        sample, words = self.answer.sample, self.words
        points = self.text("points", n=sample.points, filling=self.answer.filling)
        names = {name: sample.target_name(name, words) for name in self.answer.targets}
        drawing = in_words(
            "studies.figures.uncertainty", partial(variance.draw, self.main, names, words), words
        )
        rows = [(names[name], *cells(one, words)) for name, one in self.answer.targets.items()]
        numbers = Table(self.text("table"), (self.text("target"), *heads(words)), rows)
        inputs = table_of_inputs(
            sample, self.text("distributions"), self.text("distribution"), words
        )
        notes = [*(self.sentence(name) for name in self.main), *self.never(), self.text("how")]
        return Page(
            kind=self.text("kind"),
            title=self.text("title"),
            question=question,
            facts=[
                (self.text("unknown"), words.number(len(sample.factors))),
                (words.text("studies.inputs.points"), points),
                *sample_facts(sample, words),
            ],
            sections=[
                Section(self.text("title"), [self.headline()], [drawing], notes=notes),
                Section(self.text("all"), tables=[numbers]),
                Section(self.text("what"), tables=[inputs]),
            ],
            made_from=words.count(sample.points, "point"),
        )

    def never(self) -> list[str]:
        """Sentences on the outcomes beside the main ones that never or always came."""
        return [
            constant_text(self.answer.sample.target_name(name, self.words), one, self.words)
            for name, one in constants(self.answer).items()
            if name not in self.main
        ]

    def sentence(self, name: str) -> str:
        """How much of one outcome or measure comes from what is not known."""
        one, label = self.main[name], self.answer.sample.target_name(name, self.words)
        parts = one.variance
        if not parts.is_known:
            return self.text("unknown_value", name=label)
        if not parts.varies:
            return self.constant(label, one)
        percent = self.words.percent
        if parts.share.value is None:
            see = self.text("undecided", name=label)
        else:
            see = self.text(
                "see",
                name=label,
                share=percent(parts.share.value),
                low=percent(parts.share.low),
                high=percent(parts.share.high),
            )
        if one.unit != SHARE:
            return see
        spread = self.words.points((parts.inputs.value or 0.0) ** 0.5)
        more = self.text("probability", mean=percent(parts.mean.value), spread=spread)
        return f"{see} {more}"

    def constant(self, label: str, one: TargetVariance) -> str:
        """What never varied; of an outcome with the bound that its points give."""
        return constant_text(label, one, self.words)

    def headline(self) -> str:
        """Which part is the larger, and where inputs matter most."""
        share = {
            name: one.variance.share.value
            for name, one in self.main.items()
            if one.variance.varies and one.variance.share.value is not None
        }
        if not share:
            varies = any(one.variance.varies for one in self.main.values())
            return self.text("too_little" if varies else "nothing")
        most = max(share, key=lambda name: share[name])
        largest = {
            "name": self.answer.sample.target_name(most, self.words),
            "share": self.words.percent(share[most]),
        }
        if share[most] < _HALF:
            return self.text("chance", **largest)
        larger = [
            self.words.text(
                "studies.inputs.quoted", name=self.answer.sample.target_name(name, self.words)
            )
            for name, value in share.items()
            if value >= _HALF
        ]
        return self.text("inputs", names=self.words.join(larger), **largest)
