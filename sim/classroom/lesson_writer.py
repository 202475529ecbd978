"""Numbers and findings of a lesson in the words of its language."""

from __future__ import annotations

import math

from sim.classroom.variants import Baseline, Effect
from sim.words import MINUS, NONE, Words


class LessonWriter:
    """Writes the numbers and findings of a lesson in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def plain(self, value: float | None) -> str:
        """A number as the language writes it."""
        return self.words.number(value)

    def value(self, value: float, *, share: bool) -> str:
        """A mean or a share."""
        return self.words.percent(value) if share else self.plain(_round(value))

    def change(self, value: float, *, share: bool, sign: bool = True, unit: bool = True) -> str:
        """A difference with its sign; of shares in percentage points."""
        if math.isnan(value):
            return NONE
        size = self.plain(_round(abs(value), share=share))
        text = (MINUS if value < 0 else "+" if value > 0 else "±") + size if sign else size
        return f"{text} {self.words.text('classroom.lesson.points')}" if share and unit else text

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

    def now(self, number: Baseline) -> str:
        """What a number is, as the scenario stands."""
        if math.isnan(number.value):
            return self.words.text("classroom.lesson.nothing", what=number.label)
        interval = self.range(number.low, number.high, share=number.share)
        return self.words.text(
            "classroom.lesson.now",
            what=number.label,
            value=self.value(number.value, share=number.share),
            interval=interval,
        )

    def finding(self, effect: Effect) -> str:
        """What a variant did to a number, or that the runs do not tell."""
        pair = effect.difference
        if pair.n == 0:
            return self.words.text("classroom.lesson.nothing", what=effect.label)
        if not pair.changed:
            return self.words.text("classroom.lesson.same", what=effect.label)
        key = "unclear" if not pair.clear else "up" if pair.change > 0 else "down"
        change = self.change(pair.change, share=effect.share, sign=key == "unclear")
        return self.words.text(
            f"classroom.lesson.{key}",
            what=effect.label,
            change=change,
            interval=self.changes(pair.low, pair.high, share=effect.share),
        )


def _round(value: float, *, share: bool = False) -> float:
    """As many digits as a class can use; a share becomes points of a hundred."""
    size = 100 * value if share else value
    return (
        round(size)
        if abs(size) >= (10 if share else 100)
        else round(size, 1)
        if share or abs(size) >= 10
        else float(f"{size:.2g}")
    )
