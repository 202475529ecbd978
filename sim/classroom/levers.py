"""The sliders of a handout: the numbers that they move, and the points that are computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.design.design import MOST_CELLS
from sim.design.factors import Design, Factor
from sim.design.sampling import filling
from sim.errors import ModelError
from sim.scenario import Scenario
from sim.scenario.scalars import as_number
from sim.scenario.successors import near_or_successor
from sim.vocabulary.ladder import N_RUNGS

MOST, PLENTY = 8, 5  # sliders at most, and how many where none are named
DIGITS = 6  # of a point in lengths of a slider, here and in the page


class Handle(NamedTuple):
    """A slider: dotted `path`, `label`, `unit`, range, and the `value` that the scenario has.

    That is the median if the number is `uncertain`.
    """

    path: str
    label: str
    unit: str
    low: float
    high: float
    value: float
    uncertain: bool

    def share(self, value: float) -> float:
        """A value as a share of the slider's length."""
        return round((value - self.low) / (self.high - self.low), DIGITS)


class Preset(NamedTuple):
    """A thing to try that the sliders can show: `label`, and what to `do` in words.

    `where` the sliders stand, in shares of their lengths.
    """

    label: str
    do: str
    where: tuple[float, ...]


def handles(scenario: Scenario, named: Sequence[str] = ()) -> list[Handle]:
    """The sliders of a scenario.

    Parameters
    ----------
    named : paths of levers, or `PATH:LOW:HIGH` for any number; without any, the levers that the
        things to try move, then the others in the order of the file, five at most

    Raises
    ------
    ModelError : for a path that is no number, a range that is none, too many or no levers
    """
    levers = {lever.path: (lever.label, lever.low, lever.high) for lever in scenario.file.levers}
    if named:
        ranges = [_range_of(scenario, word, levers) for word in named]
    else:
        tried = [
            path for trial in scenario.file.teaching.tries for path in trial.set if path in levers
        ]
        ranges = [(path, *levers[path]) for path in list(dict.fromkeys([*tried, *levers]))[:PLENTY]]
    if not ranges:
        raise ModelError(
            f"{scenario.path}: levers: must have a lever for a handout, got none "
            "(add levers, or give --levers PATH:LOW:HIGH)"
        )
    paths = [path for path, *_ in ranges]
    if len(set(paths)) < len(paths) or len(paths) > MOST:
        raise ModelError(
            f"--levers: must be at most {MOST} different numbers, got {', '.join(paths)}"
        )
    return [_handle(scenario, *one) for one in ranges]


def _range_of(
    scenario: Scenario, word: str, levers: dict[str, tuple[str, float, float]]
) -> tuple[str, str, float, float]:
    """Path, label and range from `PATH` or `PATH:LOW:HIGH`."""
    path, *bounds = word.split(":")
    numbers = scenario.numbers()
    if path not in numbers:
        raise ModelError(
            f"--levers: must be the dotted path of a number, got {path} "
            f"({near_or_successor(path, levers or numbers, 'levers are')})"
        )
    label = levers[path][0] if path in levers else path
    try:
        low, high = map(_bound, bounds) if bounds else levers[path][1:]
    except (KeyError, ValueError) as error:
        raise ModelError(
            f"--levers: must be PATH:LOW:HIGH for a number that is not a lever of the scenario, "
            f"got {word}"
        ) from error
    if not low < high:
        raise ModelError(f"--levers: must have a range from low to high, got {word}")
    return path, label, low, high


def _bound(text: str) -> float:
    value = as_number(text)
    if value is None:
        raise ValueError(text)
    return float(value)


def _handle(scenario: Scenario, path: str, label: str, low: float, high: float) -> Handle:
    """A slider whose range has room for the scenario's own value."""
    number = scenario.numbers()[path]
    return Handle(
        path,
        label,
        number.unit,
        min(low, number.value),
        max(high, number.value),
        number.value,
        number.dist is not None,
    )


def free_range(value: float, low: float | None, high: float | None) -> tuple[float, float]:
    """The range of a slider for a number that is no lever of the scenario.

    Three times its size to either side, within `low` and `high`, which the schema allows.
    """
    reach = 3 * abs(value) or 1.0
    lowest = value - reach if low is None else max(low, value - reach)
    highest = value + reach if high is None else min(high, value + reach)
    return lowest, highest


def presets(scenario: Scenario, sliders: Sequence[Handle]) -> list[Preset]:
    """The things to try that need no other number than the sliders'."""
    shown = []
    for trial in scenario.file.teaching.tries:
        ranges = {handle.path: handle for handle in sliders}
        if trial.set and all(
            path in ranges and ranges[path].low <= value <= ranges[path].high
            for path, value in trial.set.items()
        ):
            shown.append(
                Preset(
                    trial.label,
                    trial.do or "",
                    tuple(
                        handle.share(trial.set.get(handle.path, handle.value)) for handle in sliders
                    ),
                )
            )
    return shown


def plan(
    sliders: Sequence[Handle], tried: Sequence[Preset], points: int, seed: int
) -> NDArray[np.float64]:
    """Where the page is computed, (n, sliders) in shares of their lengths; no point stands twice.

    As it is, the presets, both ends of each slider with the others as they are, and points that
    fill the rest evenly.
    """
    own = np.array([handle.share(handle.value) for handle in sliders])
    ends = [
        np.where(np.arange(len(own)) == k, end, own) for k in range(len(own)) for end in (0.0, 1.0)
    ]
    rest = np.round(filling("sobol", points, len(own), seed), DIGITS)
    rows = [
        tuple(map(float, row))
        for row in [own, *(np.array(one.where) for one in tried), *ends, *rest]
    ]
    return np.array(list(dict.fromkeys(rows)))


def design(sliders: Sequence[Handle], where: NDArray[np.float64], horizon: int) -> Design:
    """The points as a design that can be run.

    Raise a `ModelError` if it is too large for a table of its rungs by day.
    """
    most = MOST_CELLS // (N_RUNGS * horizon)
    if len(where) > most:
        raise ModelError(
            f"--points: must come to at most {most} points with ends and presets "
            f"for a horizon of {horizon} days, got {len(where)}"
        )
    return Design.of(
        [Factor(handle.path, handle.label, handle.low, handle.high) for handle in sliders], where
    )
