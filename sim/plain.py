"""Numbers as Python has them, from whatever a caller of a function has: NumPy's, pandas', its own.

A cell of a table is a NumPy number, and `isinstance(value, int)` says no to it. So every function
that takes a number from outside reads it here, once, and the rest of the code sees plain numbers.
"""

from __future__ import annotations

import math
import operator
from typing import Any

from sim.errors import ModelError

MOST_RUNS, MOST_JOBS = 10_000_000, 1024
#: Points of a study, steps along one input, and scenarios in one comparison.
MOST_POINTS, MOST_STEPS, MOST_SIDES = 1_000_000, 200, 200
#: Ways to fill the space of the inputs evenly, as people name them.
FILLINGS = ("sobol", "lhs")
MOST_SEED, MOST_NUMBER = 2**64 - 1, 2**63 - 1
_SHOWN = 60  # characters of a wrong value that a message shows


def plain(value: Any) -> Any:
    """A number, word or truth of NumPy as one of Python's; anything else as it is."""
    if hasattr(value, "dtype") and getattr(value, "ndim", None) == 0:
        return value.item()
    return value


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number within two bounds, both included; a truth is none.

    Raises
    ------
    ModelError : if it is something else, with `name`
    """
    given = plain(value)
    try:
        number = None if isinstance(given, bool) else operator.index(given)
    except TypeError:
        number = None
    if number is None or not low <= number <= high:
        raise ModelError(f"{name}: must be a whole number from {low} to {high}, got {_text(given)}")
    return number


def real(name: str, value: Any, low: float, high: float = math.inf) -> float:
    """A number strictly between two bounds; a truth or a text is none.

    Raises
    ------
    ModelError : if it is something else, with `name`
    """
    given = plain(value)
    try:
        number = math.nan if isinstance(given, bool | str | bytes) else float(given)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not low < number < high:
        bounds = f"above {low:g}" if high == math.inf else f"between {low:g} and {high:g}"
        raise ModelError(f"{name}: must be a number {bounds}, got {_text(given)}")
    return number


def seed_number(value: Any) -> int:
    """A root seed."""
    return whole("seed", value, 0, MOST_SEED)


def replication_number(value: Any) -> int:
    """The number of a replication."""
    return whole("replication", value, 0, MOST_NUMBER)


def run_count(value: Any) -> int:
    """A number of replications."""
    return whole("runs", value, 1, MOST_RUNS)


def job_count(value: Any) -> int | None:
    """A number of workers; None stays."""
    return None if value is None else whole("jobs", value, 1, MOST_JOBS)


def _text(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
