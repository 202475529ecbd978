"""Designs of a file: what each of them stands for, and which commands can run it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.plain import MOST_SIDES
from sim.scenario.distributions import Distribution
from sim.scenario.schema import ScenarioFile, StudyDesign, Variation
from sim.scenario.spec import Quantity

ALL = "all"
MOST_VARIED = 2  # along which a sweep moves


@dataclass(frozen=True)
class Axis:
    """One path that a design varies.

    `values` are numbers or words; else there is a range `low` to `high`, of `steps` values if those
    are given, or a distribution.
    """

    path: str
    label: str = ""
    values: tuple[float | str, ...] | None = None
    low: float | None = None
    high: float | None = None
    steps: int | None = None
    dist: Distribution | None = None

    @property
    def grid(self) -> tuple[Any, ...] | None:
        """Its values where every combination is run; None for a whole range or a distribution."""
        if self.values is not None or self.steps is None:
            return self.values
        if self.low is None or self.high is None:  # of a lever in a file that will be refused
            return None
        return equal_steps(self.low, self.high, self.steps)


def equal_steps(low: float, high: float, steps: int) -> tuple[float, ...]:
    """So many values from the lowest to the highest, as they would be written by hand."""
    gap = (high - low) / (steps - 1)
    return (*(float(f"{low + k * gap:.12g}") for k in range(steps - 1)), float(f"{high:.12g}"))


@dataclass(frozen=True)
class NamedDesign:
    """A design of a file with its axes, by path; `wide` is the number of variants that it takes."""

    name: str
    asked: StudyDesign
    axes: tuple[Axis, ...]
    wide: int

    @property
    def label(self) -> str:
        """What to call it."""
        return self.asked.label or self.name

    @property
    def size(self) -> int | None:
        """How many combinations it has of all that it crosses; None if it varies whole ranges."""
        return None if (inner := self.inner) is None else inner * self.outer

    @property
    def outer(self) -> int:
        """How many scenarios it has before anything is varied in them: files times variants."""
        return (1 + len(self.asked.scenarios)) * (1 + self.wide)

    @property
    def inner(self) -> int | None:
        """How many combinations of policies and values each of these scenarios gets."""
        asked = self.asked
        strategies = math.prod(len(names) for names in asked.policies.values())
        if asked.points or asked.fill:
            return strategies * (len(asked.points) or asked.fill or 1)
        grids = [axis.grid for axis in self.axes]
        if None in grids:
            return None
        return strategies * math.prod(len(grid) for grid in grids if grid is not None)

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that can run it."""
        asked, size = self.asked, self.size
        alone = not (asked.scenarios or asked.variants or asked.points)
        inputs = alone and bool(self.axes) and not asked.policies
        grid = alone and not asked.fill and size is not None
        names = list(asked.policies.values())
        fits = {
            "compare": size is not None and 2 <= size <= MOST_SIDES,
            "sweep": grid and 1 <= len(self.axes) + len(names) <= MOST_VARIED,
            "sensitivity": inputs and not asked.fill,
            "uncertainty": inputs,
            "discover": inputs,
            "tournament": grid
            and not self.axes
            and len(names) == 2
            and names[0] == names[1]
            and len(names[0]) > 1,
        }
        return tuple(command for command, fit in fits.items() if fit)


def named_design(
    file: ScenarioFile,
    name: str,
    numbers: Mapping[str, Quantity],
    variants: Sequence[str] = (),
) -> NamedDesign:
    """A design of a file that has passed its checks.

    Parameters
    ----------
    file : the scenario
    name : of one of its designs
    numbers : of the scenario, by dotted path
    variants : names of all variants of the file
    """
    asked = (file.designs or {})[name]
    axes = (_axis(file, path, one, numbers) for path, one in asked.vary.items())
    wide = len(variants) if ALL in asked.variants else len(asked.variants)
    return NamedDesign(name, asked, tuple(axes), wide)


def _axis(
    file: ScenarioFile, path: str, varied: Variation, numbers: Mapping[str, Quantity]
) -> Axis:
    lever = next((one for one in file.levers if one.path == path), None)
    label = (lever.label if lever else "") or ""
    values = varied.values if varied.values is not None else varied.words
    if values is not None:
        return Axis(path, label, values=tuple(values))
    low, high, dist = varied.low, varied.high, varied.drawn.dist if varied.drawn else None
    if low is None and high is None and dist is None:
        if lever is not None:
            low, high = lever.low, lever.high
        elif path in numbers:
            dist = numbers[path].dist
    return Axis(path, label, low=low, high=high, steps=varied.steps, dist=dist)
