"""Numbers and findings of a lesson in the words of its language."""

from __future__ import annotations

import math

from sim.classroom.variants import Effect, Seen
from sim.report.pages.formats import number, percent
from sim.words import Words


class Said:
    """Says things in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def plain(self, value: float | None) -> str:
        """A number with the language's decimal sign."""
        return number(value).replace(".", self.words.text("common.decimal")).replace("-", "−")

    def value(self, value: float, *, share: bool) -> str:
        """A mean or a share."""
        return (
            percent(value).replace(".", self.words.text("common.decimal"))
            if share
            else self.plain(_rounded(value))
        )

    def change(self, value: float, *, share: bool, sign: bool = True, unit: bool = True) -> str:
        """A difference with its sign; of shares in percentage points."""
        if math.isnan(value):
            return "–"
        size = self.plain(_rounded(abs(value), share=share))
        text = ("−" if value < 0 else "+" if value > 0 else "±") + size if sign else size
        return f"{text} {self.words.text('lesson.points')}" if share and unit else text

    def changes(self, low: float, high: float, *, share: bool) -> str:
        """An interval of a difference."""
        return self.words.text(
            "common.to",
            low=self.change(low, share=share, unit=False),
            high=self.change(high, share=share),
        )

    def range(self, low: float, high: float, *, share: bool) -> str:
        """An interval of a mean or a share."""
        return self.words.text(
            "common.to", low=self.value(low, share=share), high=self.value(high, share=share)
        )

    def now(self, seen: Seen) -> str:
        """What a number is, as the scenario stands."""
        if math.isnan(seen.value):
            return self.words.text("lesson.nothing", what=seen.label)
        interval = self.range(seen.low, seen.high, share=seen.share)
        return self.words.text(
            "lesson.now",
            what=seen.label,
            value=self.value(seen.value, share=seen.share),
            interval=interval,
        )

    def finding(self, effect: Effect) -> str:
        """What a variant did to a number, or that the runs do not tell."""
        pair = effect.difference
        if pair.n == 0:
            return self.words.text("lesson.nothing", what=effect.label)
        if not pair.changed:
            return self.words.text("lesson.same", what=effect.label)
        key = "unclear" if not pair.clear else "up" if pair.change > 0 else "down"
        change = self.change(pair.change, share=effect.share, sign=key == "unclear")
        return self.words.text(
            f"lesson.{key}",
            what=effect.label,
            change=change,
            interval=self.changes(pair.low, pair.high, share=effect.share),
        )


def _rounded(value: float, *, share: bool = False) -> float:
    """As many digits as a class can use; a share becomes points of a hundred."""
    size = 100 * value if share else value
    return (
        round(size)
        if abs(size) >= (10 if share else 100)
        else round(size, 1)
        if share or abs(size) >= 10
        else float(f"{size:.2g}")
    )
