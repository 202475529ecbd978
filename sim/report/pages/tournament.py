"""The page of a tournament: a heat map and the means of each measure, outcomes, strategies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.ensemble.arguments import slug
from sim.report.figures import heat, means
from sim.report.figures.drawing import Drawing, in_words
from sim.report.pages import page as study
from sim.report.pages.inputs import sample_facts, with_design
from sim.report.pages.page import Page, Section, Table
from sim.report.values import SHARE, range_text, signed_text, value_text
from sim.studies.tournament.standings import Gap, Seat
from sim.words import Words
from sim.words.measures import unit_name

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.stats.estimate import Estimate
    from sim.studies.tournament.tournament import Board, TournamentAnswer

FILE = "tournament.html"
_MOST_NAMED = 6  # pairs that a sentence names


def write_page(answer: TournamentAnswer, result: DesignResult, command: str, words: Words) -> Path:
    """Write `figures/` and `tournament.html` beside the results."""
    page = TournamentPage(answer, words).page(result.scenario.title)
    page = with_design(page, answer.sample, words)
    return study.write(page, result.scenario, result.folder / FILE, command, words)


class TournamentPage:
    """What the page of a tournament says, in a language."""

    def __init__(self, answer: TournamentAnswer, words: Words) -> None:
        self.answer, self.words = answer, words
        self.titles = answer.titles(words)
        self.first, self.second = (factor.name for factor in answer.sample.factors)

    def text(self, key: str, **values: object) -> str:
        """Words of this page."""
        return self.words.text(f"doctrines.{key}", **values)

    def page(self, question: str) -> Page:
        """The whole page."""
        sample, words, n = self.answer.sample, self.words, len(self.titles)
        return Page(
            kind=self.text("kind"),
            title=self.text("title", n=n, first=self.first, second=self.second),
            question=question,
            facts=[
                (self.text("states"), words.join([self.first, self.second])),
                (self.text("strategies"), words.join(self.titles)),
                (self.text("pairs"), words.number(n * n)),
                *sample_facts(sample, words),
            ],
            sections=[
                *(self._measure(name) for name in self.answer.shown),
                self._outcomes(),
                *(self._exchange(name) for name in self.answer.shown),
                self._strategies(),
            ],
            made_from=words.count(n * n, "point"),
        )

    def name(self, target: str) -> str:
        """A measure or outcome as people read it."""
        return self.answer.sample.target_name(target, self.words)

    def sentences(self, target: str) -> list[str]:
        """What is seen in a measure, without a winner where the intervals tell of none."""
        board, label = self.answer.boards[target], self.name(target)
        means = self._means_in_words(board, label)
        return [*means, *self._alike_in_words(board), self._noise(board)]

    def _means_in_words(self, board: Board, label: str) -> Iterator[str]:
        found = board.standings[Seat.BOTH]
        known = [
            (one.mean.value, title, one.rest)
            for one, title in zip(found, self.titles, strict=True)
            if one.mean.value is not None
        ]
        if not known:
            return
        low, high = min(known, key=lambda k: k[0]), max(known, key=lambda k: k[0])
        least, most = (value_text(end[0], board.unit, self.words) for end in (low, high))
        yield self.text("ends", name=label, least=least, low=low[1], most=most, high=high[1])
        sure = [
            self.text("apart_below" if (rest.value or 0) < 0 else "apart_above", name=title)
            for _, title, rest in known
            if rest.sure
        ]
        rest = [title for _, title, gap in known if not gap.sure]
        if not sure:
            yield self.text("all_alike")
            return
        yield self.text("apart", names=self.words.join(sure))
        if rest:
            yield self.text("not_apart", names=self.words.join(rest))

    def _alike_in_words(self, board: Board) -> Iterator[str]:
        """Which strategies cannot be told apart from each other."""
        alike = [
            self.text("two", first=self.titles[a], second=self.titles[b])
            for (a, b), gap in board.differences.items()
            if not gap.sure
        ]
        if not alike:
            yield self.text("pairs_apart")
        elif len(alike) <= _MOST_NAMED:
            yield self.text("pairs_alike", names=", ".join(alike))
        else:
            yield self.text("pairs_count", k=len(alike), n=len(board.differences))

    def _noise(self, board: Board) -> str:
        if board.widest is None:
            return self.text("no_noise")
        return self.text("noise", half=value_text(board.widest, board.unit, self.words))

    def _measure(self, target: str) -> Section:
        """The section of a measure: heat map, means, and their numbers."""
        board, label = self.answer.boards[target], self.name(target)
        values = {"name": label, "first": self.first, "second": self.second}
        drawings = [
            self._drawing(
                "heat", slug(f"tournament_{target}"), partial(self._heat, target), values
            ),
            self._drawing("means", slug(f"means_{target}"), partial(self._means, target), values),
        ]
        heading = (
            self.text("heading_share", name=label)
            if board.unit == SHARE
            else self.text("heading", name=label, unit=unit_name(board.unit, self.words))
        )
        pairs = [self.text("strategy"), self.text("other"), self.text("pair_gap")]
        tables = [
            self._cells(board),
            self._standings(board),
            self._gaps("table_pairs", pairs, board.differences, board.unit),
        ]
        notes = [self.text(key) for key in ("caution", "commands", "method")]
        return Section(heading, self.sentences(target), drawings, tables, notes)

    def _heat(self, target: str) -> Figure:
        return heat.tournament(self.answer, target, self.words)

    def _means(self, target: str) -> Figure:
        return means.draw(self.answer, target, self.words)

    def _drawing(
        self, key: str, file: str, draw: partial[Figure], values: dict[str, str]
    ) -> Drawing:
        found = in_words(f"doctrines.figures.{key}", draw, self.words, **values)
        return replace(found, name=file)

    def _seats(self) -> list[str]:
        return [self.text("seat", state=state) for state in (self.first, self.second)]

    def _cells(self, board: Board) -> Table:
        heads = [f"{self.first} ↓ · {self.second} →", *self.titles]
        rows = [
            [title, *(self._cell(one, board.unit) for one in row)]
            for title, row in zip(self.titles, board.cells, strict=True)
        ]
        return Table(self.text("table_cells"), heads, rows)

    def _cell(self, one: Estimate, unit: str) -> str:
        value, low, high = (
            value_text(part, unit, self.words) for part in (one.value, one.low, one.high)
        )
        return self.text("page.interval", value=value, low=low, high=high)

    def _standings(self, board: Board) -> Table:
        heads = [
            self.text("strategy"),
            self.text("mean_first", state=self.first),
            self.text("mean_second", state=self.second),
            self.text("mean_both"),
            self.text("rest"),
            self.text("verdict"),
        ]
        rows = []
        for k, title in enumerate(self.titles):
            cells = [self._cell(board.standings[seat][k].mean, board.unit) for seat in Seat]
            gap = board.standings[Seat.BOTH][k].rest
            rows.append([title, *cells, *self._gap(gap, board.unit)])
        return Table(self.text("table_means"), heads, rows)

    def _gap(self, gap: Gap, unit: str) -> list[str]:
        interval = range_text(gap.low, gap.high, unit, self.words)
        value = signed_text(gap.value, unit, self.words)
        return [f"{value} ({interval})", self.text("differs" if gap.sure else "alike")]

    def _outcomes(self) -> Section:
        """Shares of the outcomes in every cell."""
        names = self.answer.outcomes
        heads = [*self._seats(), *(self.name(one) for one in names)]
        n = range(len(self.titles))
        rows = [
            [
                self.titles[a],
                self.titles[b],
                *(self._cell(self.answer.boards[one].cells[a][b], SHARE) for one in names),
            ]
            for a in n
            for b in n
        ]
        table = Table(self.text("table_outcomes"), heads, rows, texts=2)
        return Section(self.text("heading_outcomes"), tables=[table])

    def _exchange(self, target: str) -> Section:
        """What an exchange of the two states changes."""
        board = self.answer.boards[target]
        heads = [
            self.text("swap_first", state=self.first),
            self.text("swap_second", state=self.second),
            self.text("swap_gap"),
        ]
        table = self._gaps("table_swaps", heads, board.swaps, board.unit)
        see = [self.exchange_in_words(target)]
        return Section(f"{self.text('heading_swaps')} {self.name(target)}", see, tables=[table])

    def _gaps(
        self, title: str, heads: list[str], gaps: Mapping[tuple[int, int], Gap], unit: str
    ) -> Table:
        """A row for each two strategies."""
        rows = [
            [self.titles[a], self.titles[b], *self._gap(gap, unit)] for (a, b), gap in gaps.items()
        ]
        return Table(self.text(title), [*heads, self.text("verdict")], rows, texts=2)

    def exchange_in_words(self, target: str) -> str:
        """Whether the two states are alike, as far as can be told."""
        board, label = self.answer.boards[target], self.name(target)
        tested = [gap for gap in board.swaps.values() if gap.p is not None]
        if not tested:
            return self.text("swaps_untested")
        sure, n = sum(gap.sure for gap in tested), len(board.swaps)
        key = "swaps_some" if sure else "swaps_none"
        return self.text(key, name=label, k=sure, n=n)

    def _strategies(self) -> Section:
        """What each strategy is."""
        heads = [self.text("strategy"), self.text("does"), self.text("sets")]
        rows = [
            [
                title,
                one.about(self.words),
                ", ".join(f"{name}: {value}" for name, value in one.settings.items()),
            ]
            for title, one in zip(self.titles, self.answer.strategies, strict=True)
        ]
        return Section(
            self.text("heading_strategies"),
            tables=[Table(self.text("heading_strategies"), heads, rows, texts=3)],
        )
