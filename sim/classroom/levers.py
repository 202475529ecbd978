"""The levers of a page: the numbers that they move, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import ModelError
from sim.scenario import Scenario
from sim.scenario.scalars import as_number
from sim.scenario.successors import near_or_successor

MOST, PLENTY = 8, 5  # sliders at most, and how many where none are named


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


def handles(scenario: Scenario, named: Sequence[str] = ()) -> list[Handle]:
    """The sliders of a scenario.

    Parameters
    ----------
    named : paths of levers, or `PATH:LOW:HIGH` for any number; without any, the levers that the
        things to try move, then the others in the order of the file, five at most

    Raises
    ------
    ModelError : for a path that is no number, a range that is none, or too many levers
    """
    levers = {lever.path: (lever.label, lever.low, lever.high) for lever in scenario.file.levers}
    if named:
        ranges = [_range_of(scenario, word, levers) for word in named]
    else:
        tried = [
            path for trial in scenario.file.teaching.tries for path in trial.set if path in levers
        ]
        ranges = [(path, *levers[path]) for path in list(dict.fromkeys([*tried, *levers]))[:PLENTY]]
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
