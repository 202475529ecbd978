"""Whether moving one number changes any word of the world, with common random numbers.

Replications are compared by every word of their last day, so a number that only shifts a hidden
stock in its tenth digit has an effect, and one that nothing reads has none, whatever the number of
replications.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.replication import run_chunk
from sim.engine.world import Template
from sim.scenario import Scenario
from sim.vocabulary.measures import Measure

FIRST = 4  # replications looked at first; most numbers show what they do in these

Words = NDArray[np.uint64]


class Number(NamedTuple):
    """A number of a scenario: its path, its value, and the range that the schema gives it."""

    path: str
    value: float
    low: float
    high: float

    def others(self) -> Iterator[float]:
        """Other values within its range: double, half, then the far ends, the nearest first."""
        tried = {self.value}
        near = sorted(around(self.value, self.low, self.high), reverse=True)
        far = [end for end in (self.high, self.low) if math.isfinite(end)]
        for value in (*near, *far):
            if value not in tried:
                tried.add(value)
                yield value


def around(value: float, least: float | None, most: float | None) -> tuple[float, float]:
    """Half and double of a number (0 to 1 for a zero), the smaller first, within its range."""
    low, high = sorted((0.5 * value, 2.0 * value)) if value else (0.0, 1.0)
    return max(low, -np.inf if least is None else least), min(
        high, np.inf if most is None else most
    )


def numbers_of(scenario: Scenario, template: Template) -> list[Number]:
    """Every number of a scenario that stands in its world, by path."""
    found, values = [], scenario.numbers()
    for path, spec in scenario.number_specs().items():
        if path in template.slots:
            low, high = (
                (-math.inf if spec.low is None else spec.low),
                (math.inf if spec.high is None else spec.high),
            )
            found.append(Number(path, float(values[path]), low, high))
    return found


def with_number(template: Template, path: str, value: float) -> Template:
    """The world with one number set, for all replications alike."""
    words = template.words.copy()
    words.view(np.float64)[template.slots[path]] = value
    return replace(
        template, words=words, uncertain=[entry for entry in template.uncertain if entry[0] != path]
    )


def whole_world(template: Template) -> Template:
    """The same with every word of the world as a measure."""
    size = len(template.words)
    return replace(
        template,
        measures=(Measure("word", "", "", "", ""),) * size,
        measure_slots=np.arange(size, dtype=np.int64),
    )


class Baseline:
    """Replications of a scenario as it is, in full; numbers are moved beside them."""

    def __init__(self, template: Template, seed: int, most: int) -> None:
        self.template, self.seed, self.most = whole_world(template), seed, most
        self.before = self._runs(self.template, 0, most)

    def _runs(self, template: Template, first: int, count: int) -> Words:
        chunk = run_chunk(template, self.seed, first, count)
        return np.column_stack(
            [np.ascontiguousarray(chunk.measures).view(np.uint64), chunk.status.astype(np.uint64)]
        )

    def has_effect(self, values: Sequence[tuple[str, float]], first: int, count: int) -> bool:
        """Whether other values for some numbers change any other word, or make a replication fail.

        Looked at in replications first .. first+count-1.
        """
        template = self.template
        for path, value in values:
            template = with_number(template, path, value)
        differs = (self._runs(template, first, count) != self.before[first : first + count]).any(
            axis=0
        )
        differs[[self.template.slots[path] for path, _ in values]] = False
        return bool(differs.any())

    def shows(self, number: Number) -> bool:
        """Whether one of its other values changes anything in the first few replications."""
        return any(
            self.has_effect([(number.path, value)], 0, min(FIRST, self.most))
            for value in number.others()
        )

    def late(self, numbers: Sequence[Number], which: int) -> set[str]:
        """Paths of the numbers that change anything in the later replications.

        Each takes its other value of this place in its list.

        They are moved together, and by halves where that changes something: what never matters is
        found at one stroke.
        """
        values = [
            (number.path, others[which])
            for number in numbers
            if len(others := list(number.others())) > which
        ]
        return self._bisect(values) if self.most > FIRST else set()

    def _bisect(self, values: Sequence[tuple[str, float]]) -> set[str]:
        if not values or not self.has_effect(values, FIRST, self.most - FIRST):
            return set()
        if len(values) == 1:
            return {values[0][0]}
        middle = len(values) // 2
        return self._bisect(values[:middle]) | self._bisect(values[middle:])

    def idle(
        self, numbers: Sequence[Number], pool: Executor, seen: Callable[[], None] = lambda: None
    ) -> list[Number]:
        """Numbers no other value of which changes anything.

        `seen` is called as each has been looked at.
        """
        quiet = []
        for number, shows in zip(numbers, pool.map(self.shows, numbers), strict=True):
            seen()
            if not shows:
                quiet.append(number)
        most = max((len(list(number.others())) for number in quiet), default=0)
        late = set().union(*pool.map(partial(self.late, quiet), range(most)))
        return [number for number in quiet if number.path not in late]
