"""The page of a fork: what was past, what was changed, and what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.design.draws import Draws
from sim.narration.event_sentences import event_sentences
from sim.narration.turning_points import FLOOR, day_move
from sim.report.figures import fan, flow, forest
from sim.report.figures.drawing import Drawing, in_words
from sim.report.pages import page as study
from sim.report.pages.page import Page, Section, Table
from sim.studies.compare.sentences import HEADLINES, about, cells, figure
from sim.words import Words
from sim.words.measures import measure_name

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.studies.fork import ForkAnswer

MOST_NEWS = 12  # of the news before the fork, or after it
FIRST = 3  # findings that open the page
FILE = "fork.html"
_MORE = "…"


def write_page(of: ForkAnswer, folder: Path, command: str, words: Words) -> Path:
    """Write `figures/` and `fork.html` into the folder."""
    text = ForkPage(of, words).text
    page = Page(
        kind=text("kind"),
        title=text("title" if of.changed is not None else "title_plain", day=of.day),
        question=of.scenario.question or of.scenario.title,
        facts=facts(of, words),
        sections=ForkPage(of, words).sections(),
        made_from=text(
            "made_from",
            futures=words.count(len(of.futures), "future"),
            replication=str(of.plain.replication),
        ),
    )
    return study.write(page, of.scenario, folder / FILE, command, words)


def facts(of: ForkAnswer, words: Words) -> list[tuple[str, str]]:
    """What was done, as names and values."""
    return ForkPage(of, words).facts()


def would_have_been(of: ForkAnswer, words: Words) -> list[tuple[str, str, str]]:
    """The original and the one future with its random numbers: outcome and main measures."""
    return ForkPage(of, words).would_have_been()


class ForkPage:
    """What the page of a fork says, in a language."""

    def __init__(self, of: ForkAnswer, words: Words) -> None:
        self.of, self.words = of, words
        self.common = of.draws is Draws.COMMON
        self.comparison = of.comparison_in(words)
        self.measures = {measure.name: measure for measure in of.scenario.measures}

    def text(self, key: str, **values: object) -> str:
        """Words of this page."""
        return self.words.text(f"studies.fork.{key}", **values)

    def facts(self) -> list[tuple[str, str]]:
        """What was done, as names and values."""
        of, text = self.of, self.text
        shown = of.futures
        past = text(
            "past_of",
            replication=str(shown.replication),
            seed=str(shown.seed),
            day=of.day - 1,
            outcome=self._outcome(str(of.original.outcome)),
        )
        futures = text(
            "futures_common" if self.common else "futures_independent",
            futures=self.words.count(len(shown), "future"),
            first=of.day,
            last=of.past.template.horizon,
        )
        nothing = text("nothing")
        changes = [
            text("set_to", path=one.path, before=one.before or nothing, after=one.after or nothing)
            for one in shown.changed
        ]
        return [
            (text("past"), past),
            (text("futures"), futures),
            *((text("set"), change) for change in changes),
            *((text("forced"), self._choice(k)) for k in range(len(of.choices))),
            *([(text("changed"), nothing)] if of.changed is None else []),
        ]

    def _choice(self, k: int) -> str:
        """What became of a forced choice."""
        one = self.of.choices[k]
        if one.middle is None:
            return self.text("forced_never", choice=one.words)
        if len(self.of.futures) == 1:
            return self.text("forced_on", choice=one.words, day=one.first)
        return self.text(
            "forced_in",
            choice=one.words,
            times=one.times,
            futures=self.words.count(len(self.of.futures), "future"),
            first=one.first,
            median=round(one.middle),
        )

    def would_have_been(self) -> list[tuple[str, str, str]]:
        """The original and the one future with its random numbers: outcome and main measures."""
        row, measures = self.of.futures.runs.iloc[0], self.of.original.measures
        outcomes = (self.of.original.outcome, row["outcome"])
        before, after = (self._outcome(str(name)) for name in outcomes)
        rows = [(self.text("outcome"), before, after)]
        for name in (*HEADLINES, "max_rung"):
            if name in measures:
                now = None if pd.isna(row[name]) else float(row[name])
                shown = measure_name(self.measures[name], self.words)
                rows.append((shown, self._value(measures[name]), self._value(now)))
        return rows

    def _value(self, value: float | None) -> str:
        return self.text("never") if value is None else figure(value, self.words)

    def _outcome(self, name: str) -> str:
        return self.words.term("vocabulary.outcomes", name)

    def sections(self) -> list[Section]:
        """The parts of the page."""
        of = self.of
        findings = self._findings()
        rungs = in_words(
            "studies.figures.fork.fan", partial(fan.draw_fan, of, self.words), self.words
        )
        opening = [rungs, *self._outcomes()]
        parts = [Section(self.text("heading"), findings[:FIRST], opening, self._one())]
        if self.comparison is not None and not self.common:
            parts.append(self._comparison(self.comparison, findings[FIRST:]))
        parts += self._news()
        parts.append(
            Section(
                self.text("read"),
                [self.text("common" if self.common else "independent")],
                notes=[*of.notes(self.words), self.text("more")],
            )
        )
        return parts

    def _news(self) -> list[Section]:
        """What had happened before the fork; with common random numbers, what happened after it."""
        of, parts = self.of, []
        before = self._sentences(of.past.original.events, range(1, of.day))
        if before:
            more = [_MORE] if len(before) > MOST_NEWS else []
            notes = [*more, *before[-MOST_NEWS:]]
            parts.append(Section(self.text("before"), [self.text("before_see")], notes=notes))
        if self.common and of.changed is not None:
            days = range(of.day, of.past.template.horizon + 1)
            for key, events in (
                ("then", of.past.original.events),
                ("would", of.changed.replay(0).events),
            ):
                after = self._sentences(events, days)
                more = [_MORE] if len(after) > MOST_NEWS else []
                notes = [*after[:MOST_NEWS], *more] or [self.text("quiet")]
                parts.append(Section(self.text(key), notes=notes))
        return parts

    def _sentences(self, events: np.ndarray, days: range) -> list[str]:
        """What happened on some days, but for routine, a sentence each."""
        return [
            self.text("day", day=one.day, what=one.text)
            for one in event_sentences(events, self.of.scenario, self.words)
            if one.day in days and not one.routine
        ]

    def _findings(self) -> list[str]:
        of = self.of
        original = str(of.original.outcome)
        if self.common:
            after = str(of.futures.runs.iloc[0]["outcome"])
            key = "same_outcome" if original == after else "other_outcome"
            values = {"original": self._outcome(original)}
            if after != original:
                values["outcome"] = self._outcome(after)
            return [self.text(key, **values)]
        if self.comparison is not None:
            told = about(self.comparison, self.comparison.others[0], self.words)
            return [*told, *self._turn()]
        shares = of.shares(of.plain)
        most = max(shares, key=lambda name: shares[name].value or 0.0)
        return [
            self.text(
                "most",
                outcome=self._outcome(most),
                share=self.words.percent(shares[most].value),
                original=self._outcome(original),
                same=self.words.percent(shares[original].value),
            ),
            *self._turn(),
        ]

    def _turn(self) -> list[str]:
        """Whether the day of the fork was a turning point of the replication itself."""
        found = day_move(self.of.past, self.of.day, list(self.of.plain.runs["outcome"]))
        if found is None:
            return []
        move, turned = found
        return [
            self.text(
                "turning" if turned else "no_turning",
                outcome=self._outcome(move.outcome),
                before=self.words.percent(move.before),
                after=self.words.percent(move.after),
                floor=self.words.number(100 * FLOOR),
            )
        ]

    def _outcomes(self) -> list[Drawing]:
        of = self.of
        if self.common:
            return []
        shares = of.shares(of.plain)
        sets = [fan.Bars("", shares, fan.PLAIN_COLOUR)]
        if of.changed is not None:
            sets = [
                fan.Bars(self.text("plain_set"), shares, fan.PLAIN_COLOUR),
                fan.Bars(self.text("changed_set"), of.shares(of.changed), fan.CHANGED_COLOUR),
            ]
        draw = partial(fan.draw_outcomes, sets, self.words)
        return [in_words("studies.figures.fork.outcomes", draw, self.words)]

    def _one(self) -> list[Table]:
        if not self.common:
            return []
        heads = ("", self.text("original"), self.text("future"))
        return [Table(self.text("table"), heads, self.would_have_been())]

    def _comparison(self, of: Comparison, more: list[str]) -> Section:
        """Every difference: as figures, in words and as tables."""
        words, text, (forked,) = self.words, self.text, of.others
        drawings = [
            in_words(
                "studies.figures.fork.differences", partial(forest.draw, of, forked, words), words
            ),
            in_words("studies.figures.fork.flow", partial(flow.draw, of, forked, words), words),
        ]
        heads = (*of.names, *map(text, ("difference", "interval", "unpaired", "p")))
        outcomes = [
            (self._outcome(name), *cells(of, row, forked, scale=100, words=words))
            for name, row in of.outcomes.items()
            if row.differences
        ]
        measures = [
            (measure_name(of.about[name], words), *cells(of, row, forked, scale=1, words=words))
            for name, row in of.measures.items()
            if row.differences
        ]
        tables = [
            Table(text("outcomes"), (text("outcome"), *heads), outcomes),
            Table(text("measures"), (text("measure"), *heads), measures),
        ]
        return Section(text("compared"), (), drawings, tables, more)
