"""The turning points of a replication in words: shares, what moved them, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from sim.narration.event_sentences import event_sentences
from sim.narration.turning_points import FLOOR, MOST_NEAR, Move, Turning

if TYPE_CHECKING:
    from sim.narration.explain import Explainer
    from sim.replication.fork import Fork

_MOST_NEWS = 3  # of a turning point


class TurningStory:
    """What is said of the turning points of the replication that a fork has as its past."""

    def __init__(self, fork: Fork, found: Turning, explain: Explainer) -> None:
        self.fork, self.found, self.explain, self.words = fork, found, explain, explain.words

    def title(self) -> str:
        """Which replication this is, and what a turning point is."""
        return self._say(
            "turning",
            replication=str(self.fork.replication),
            seed=str(self.fork.seed),
            floor=self._points(FLOOR),
        )

    def lines(self) -> Iterator[str]:
        """The first shares, each turning point with the news of its day, the end, the errors."""
        found, words = self.found, self.words
        first = zip(found.outcomes, found.shares[0], strict=True)
        shares = words.join(
            [
                words.text(
                    "narration.explain.share",
                    outcome=self.explain.outcome(name),
                    share=words.percent(share),
                )
                for name, share in first
                if share > 0.0
            ]
        )
        yield self._say("first_shares", shares=shares)
        for n, move in enumerate(found.moves, start=1):
            yield f"{n}. {self._turn(move)}"
            yield from (f"   {line}" for line in self._news_of(move.day))
        if not found.moves:
            yield self._say("no_turn", floor=self._points(FLOOR))
        end = found.outcomes[int(found.shares[-1].argmax())]
        yield self._say("came", outcome=self.explain.outcome(end))
        yield from self.precision()

    def precision(self) -> list[str]:
        """From how many futures it was found, with which error, and which days are in doubt."""
        found, words = self.found, self.words
        told = [self._say("made_from", n=found.runs, error=self._points(found.error, decimals=1))]
        n, floor = len(self._doubtful), self._points(FLOOR)
        if n > MOST_NEAR:
            told.append(self._say("near_many", n=n, floor=floor))
        elif n:
            days = words.join([words.number(day) for day in self._doubtful])
            told.append(self._say("near", n=n, days=days, floor=floor))
        return told

    def summary(self) -> list[str]:
        """What a turning point is and each of them in a line, for the end of a story."""
        floor = self._points(FLOOR)
        if not self.found.moves:
            return [self._say("no_turn", floor=floor)]
        return [self._say("turns", n=len(self.found.moves), floor=floor), *self.captions()]

    def captions(self) -> list[str]:
        """A line for each turning point of the figure: day, outcome, shares, first news."""
        return [
            self._say(
                "move",
                day=move.day,
                outcome=self.explain.outcome(move.outcome),
                before=self.words.percent(move.before),
                after=self.words.percent(move.after),
                news=self._news_of(move.day)[0],
            )
            for move in self.found.moves
        ]

    @property
    def _doubtful(self) -> list[int]:
        """Days that may be a turning point or none with more futures."""
        return sorted({*self.found.near, *(one.day for one in self.found.moves if one.is_near)})

    def _turn(self, move: Move) -> str:
        """How the shares moved on a day."""
        words = self.words
        return self._say(
            "turn",
            day=move.day,
            date=words.date(self.fork.scenario.release + timedelta(days=move.day)),
            outcome=self.explain.outcome(move.outcome),
            before=words.percent(move.before),
            after=words.percent(move.after),
            error=self._points(move.error),
        )

    def _points(self, share: float, decimals: int = 0) -> str:
        """A part of one as points of a hundred."""
        return self.words.number(100 * share, decimals=decimals)

    def _news_of(self, day: int) -> list[str]:
        """The largest news of a day, or that there were none."""
        return self._news.get(day, [self._say("quiet_day")])[:_MOST_NEWS]

    @cached_property
    def _news(self) -> dict[int, list[str]]:
        """What was reported, by day, but for routine."""
        news: dict[int, list[str]] = {}
        for one in event_sentences(self.fork.original.events, self.fork.scenario, self.words):
            if not one.routine:
                mark = f"{self.words.text('narration.trace.by_rule')} " if one.by_rule else ""
                news.setdefault(one.day, []).append(f"{mark}{one.what}")
        return news

    def _say(self, key: str, **values: object) -> str:
        return self.words.text(f"narration.explain.{key}", **values)
