"""The page of a sensitivity study: what moves each outcome and measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.ensemble.arguments import slug
from sim.report.figures import bars
from sim.report.figures.drawing import Drawing, in_words
from sim.report.pages import page as study
from sim.report.pages.inputs import sample_facts, table_of_inputs, with_design
from sim.report.pages.page import Page, Section, Table
from sim.report.values import SHARE, amount_text, range_text, signed_text, value_text
from sim.stats.indices import MorrisIndices, OneAtATime, SobolIndices
from sim.stats.shares import Z95, interval
from sim.studies.sensitivity.one_at_a_time import OAT
from sim.studies.sensitivity.salib import MORRIS, SOBOL
from sim.words import Words
from sim.words.measures import unit_name

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.stats.indices import Indices
    from sim.studies.inputs import Sample
    from sim.studies.sensitivity.sensitivity import SensitivityAnswer, TargetSensitivity

FILE = "sensitivity.html"
#: Heads of a method's numbers, by their words.
HEADS = {
    MORRIS: ("mu_star", "interval", "mu", "sigma"),
    SOBOL: ("first", "interval", "total", "interval"),
    OAT: ("from", "to", "difference", "interval"),
}
_WIDE = 0.5  # of a share


def write_page(answer: SensitivityAnswer, result: DesignResult, command: str, words: Words) -> Path:
    """Write `figures/` and `sensitivity.html` beside the results."""
    page = SensitivityPage(answer, words).page(result.scenario.title)
    page = with_design(page, answer.sample, words)
    return study.write(page, result.scenario, result.folder / FILE, command, words)


def heads(method: str, words: Words) -> list[str]:
    """Heads of the numbers that `cells` gives."""
    return [words.text(f"studies.sensitivity.{key}") for key in HEADS[method]]


def cells(row: Indices, unit: str, words: Words) -> list[str]:
    """An input's numbers under `heads`."""
    if isinstance(row, OneAtATime):
        first, last = row.ends[0].mean, row.ends[-1].mean
        swing = row.swing
        return [
            value_text(first, unit, words),
            value_text(last, unit, words),
            signed_text(swing.value, unit, words),
            range_text(swing.low, swing.high, unit, words),
        ]
    if isinstance(row, MorrisIndices):
        star = row.mu_star
        return [
            value_text(star.value, unit, words),
            range_text(star.low, star.high, unit, words),
            signed_text(row.mu.value, unit, words),
            value_text(row.sigma.value, unit, words),
        ]
    return [
        text
        for index in (row.first, row.total)
        for text in (
            signed_text(index.value, SHARE, words),
            range_text(index.low, index.high, SHARE, words),
        )
    ]


def matters(row: Indices, factors: int) -> bool:
    """Whether an input has a significant effect, Bonferroni-corrected for that many inputs.

    The interval is widened to both sides of the value as far as a normal one would be, and must
    then lie clear of no effect.
    """
    index = row.main
    if index.value is None or index.low is None or index.high is None:
        return False
    wider = NormalDist().inv_cdf(1 - 0.025 / factors) / Z95
    low = index.value - wider * (index.value - index.low)
    high = index.value + wider * (index.high - index.value)
    return bool(low > 0 or high < 0)


def is_constant(one: TargetSensitivity) -> bool:
    """Whether an outcome never came at any point, or always did."""
    if one.mean not in (0, 1):
        return False
    rows = one.factors.values()
    ends = [end.mean for row in rows if isinstance(row, OneAtATime) for end in row.ends]
    return all(mean in (None, one.mean) for mean in ends)


def constant_text(label: str, one: TargetSensitivity, sample: Sample, words: Words) -> str:
    """A sentence on an outcome that never or always came, with the bound of its probability.

    Points with common random numbers count once.
    """
    low, high = map(float, interval(one.mean or 0.0, one.blocks or sample.replications))
    key, bound = ("always", low) if one.mean else ("never", high)
    total = words.count(sample.points * sample.replications - sample.failed, "replication")
    return words.text(
        f"studies.sensitivity.{key}", name=label, replications=total, bound=words.percent(bound)
    )


class SensitivityPage:
    """What the page of a sensitivity study says, in a language."""

    def __init__(self, answer: SensitivityAnswer, words: Words) -> None:
        self.answer, self.words = answer, words
        self.names = answer.sample.names

    def text(self, key: str, **values: object) -> str:
        """Words of this page."""
        return self.words.text(f"studies.sensitivity.{key}", **values)

    def page(self, question: str) -> Page:
        """The whole page."""
        sample, words, method = self.answer.sample, self.words, self.answer.method

        def text(key: str) -> str:
            return words.text(f"studies.inputs.{key}")

        inputs = table_of_inputs(sample, text("ranges"), text("range"), words)
        notes = [self.text(f"how_{method}"), self.text("common" if method == OAT else "blocks")]
        return Page(
            kind=self.text("kind"),
            title=self.text(method),
            question=question,
            facts=[
                (text("inputs"), words.number(len(sample.factors))),
                (text("points"), words.number(sample.points)),
                *sample_facts(sample, words),
            ],
            sections=[
                *map(self._section, self.answer.results),
                Section(text("varied"), tables=[inputs], notes=notes),
            ],
            made_from=words.count(sample.points, "point"),
        )

    def sentence(self, name: str) -> str:
        """What moves one outcome or measure most."""
        one, label = self.answer.results[name], self.answer.sample.target_name(name, self.words)
        if one.unit == SHARE and is_constant(one):
            return constant_text(label, one, self.answer.sample, self.words)
        clear = [path for path, row in one.factors.items() if matters(row, len(one.factors))]
        if not clear:
            return self.text("none", name=label)
        effect = self._effect(one.factors[clear[0]], one.unit)
        named = [self._in_quotes(path) for path in clear[:3]]
        most = {"name": label, "input": named[0], "effect": effect}
        if len(clear) == 1:
            first = self.text("most", **most)
        else:
            first = self.text("most_then", others=self.words.join(named[1:]), **most)
        if len(clear) == len(one.factors):
            return f"{first} {self.text('all')}"
        return f"{first} {self.text('some', n=len(clear), all=len(one.factors))}"

    def _in_quotes(self, path: str) -> str:
        return self.words.text("studies.inputs.quoted", name=self.names[path])

    def _effect(self, row: Indices, unit: str) -> str:
        value = row.main.value or 0.0
        if isinstance(row, SobolIndices):
            return self.text("variance", share=self.words.percent(min(1.0, max(0.0, value))))
        amount = amount_text(abs(value), unit, self.words)
        if isinstance(row, OneAtATime):
            return self.text("up" if value > 0 else "down", amount=amount)
        return self.text("effect", amount=amount)

    def _section(self, name: str) -> Section:
        """One outcome or measure: what moves it, the figure, the numbers."""
        one, label = self.answer.results[name], self.answer.sample.target_name(name, self.words)
        rows = [
            (self.names[path], *cells(row, one.unit, self.words))
            for path, row in one.factors.items()
        ]
        columns = (self.words.text("studies.inputs.input"), *heads(self.answer.method, self.words))
        table = Table(self.text("table", name=label), columns, rows)
        notes = []
        if one.dropped:
            notes.append(self.text("dropped", n=one.dropped))
        if any(isinstance(row, SobolIndices) and _wide(row) for row in one.factors.values()):
            notes.append(self.text("wide"))
        moves = any(
            matters(row, len(one.factors)) or row.main.value for row in one.factors.values()
        )
        drawings = self._drawings(name) if one.mean is not None and moves else []
        return Section(
            self.text("section", name=label), [self.sentence(name)], drawings, [table], notes
        )

    def _drawings(self, name: str) -> list[Drawing]:
        """The figures of the method."""
        one = self.answer.results[name]
        view = bars.View(self.names, one.unit, self._axis(name), self.words)
        alone = {path: row for path, row in one.factors.items() if isinstance(row, OneAtATime)}
        if alone:
            draw = partial(bars.tornado, alone, view, one.mean or 0.0)
            return [self._drawing("tornado", name, draw)]
        sobol = {path: row for path, row in one.factors.items() if isinstance(row, SobolIndices)}
        if sobol:
            return [self._drawing("indices", name, partial(bars.indices, sobol, view))]
        morris = {path: row for path, row in one.factors.items() if isinstance(row, MorrisIndices)}
        change = view
        if one.unit == SHARE:
            key = "studies.figures.sensitivity.effects.change"
            change = replace(view, axis=self.words.text(key, axis=view.axis))
        plot = self._drawing("plot", name, partial(bars.together, morris, view))
        return [
            self._drawing("effects", name, partial(bars.effects, morris, change)),
            replace(plot, name=f"{plot.name}_plot"),
        ]

    def _axis(self, name: str) -> str:
        unit = self.answer.results[name].unit
        if unit == SHARE:
            return self.words.text("studies.inputs.share")
        return self.words.text(
            "studies.inputs.amount",
            value=self.answer.sample.target_name(name, self.words),
            unit=unit_name(unit, self.words),
        )

    def _drawing(self, key: str, name: str, draw: Callable[[], Figure]) -> Drawing:
        many = len(self.answer.results[name].factors) > bars.MOST
        most = self.text("first_of", n=bars.MOST) if many else ""
        part = f"studies.figures.sensitivity.{key}"
        drawing = in_words(
            part, draw, self.words, name=self.answer.sample.target_name(name, self.words), most=most
        )
        return replace(
            drawing, name=slug(f"{self.answer.method}_{name}"), caption=drawing.caption.rstrip()
        )


def _wide(row: SobolIndices) -> bool:
    return row.total.low is not None and 2 * row.total.halfwidth > _WIDE
