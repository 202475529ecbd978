"""What is asked of a run: outcome classes, expectations, levers, and numbers to watch."""

from __future__ import annotations

from typing import Any

import attrs

from sim.scenario.fields import Block, flag, phrase, word


class Condition(Block):
    """Bounds on one measure; all that are given must hold.

    A time that never came meets `never: true` only.
    """

    at_least: float | None = word(None)
    """Not below this."""
    at_most: float | None = word(None)
    """Not above this."""
    above: float | None = word(None)
    """Strictly above this."""
    below: float | None = word(None)
    """Strictly below this."""
    never: bool | None = flag(None)
    """true: it never happened; false: it happened."""

    @property
    def bounds(self) -> dict[str, Any]:
        """The bounds that are given, by name."""
        return attrs.asdict(self, filter=lambda _, bound: bound is not None)


class Expectation(Block):
    """A pattern that the scenario claims to show, tested by `check --run`.

    Either the probability that `measure` lies in `probability_within` is `between` two bounds, or
    its mean is.
    """

    measure: str = word()
    """A measure, or an outcome's name."""
    probability_within: list[float] | None = word(None, length=2)
    """Range of the measure whose probability is meant."""
    between: list[float] = word(length=2)
    """Range that the probability or the mean must lie in."""
    label: str | None = phrase(None)
    """In words."""


class Lever(Block):
    """A number that a class may move."""

    path: str = word()
    """Dotted path of the number."""
    label: str = phrase()
    """What to call it."""
    low: float = word()
    """Lowest value."""
    high: float = word()
    """Highest value."""


class Watch(Block):
    """A number to look at.

    The share of an outcome, the mean of a measure, or the probability that it lies in a range.
    """

    measure: str = word()
    """A measure, or an outcome's name."""
    probability_within: list[float] | None = word(None, length=2)
    """Range of the measure whose probability is meant."""
    label: str | None = phrase(None)
    """In words, as in: a ceasefire within 30 days."""
