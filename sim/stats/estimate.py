"""Records of estimates: a value worked out from a sample, with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

#: Plain values that the `json` module writes. They are made at the edge alone, by `as_json`.
Json = dict[str, Any]

WILSON: Final = "Wilson"
STUDENT: Final = "Student's t"
BONETT_PRICE: Final = "Bonett and Price"
FIELLER: Final = "Fieller"


@dataclass(frozen=True, slots=True)
class IntervalValue:
    """A value with its 95 % interval.

    `value` is None where nothing is known, `low` and `high` where there is no interval.
    """

    value: float | None
    low: float | None
    high: float | None

    @property
    def bounds(self) -> tuple[float, float]:
        """`low` and `high`; a `ValueError` if there is no interval."""
        if self.low is None or self.high is None:
            raise ValueError("this value has no interval")
        return self.low, self.high

    @property
    def halfwidth(self) -> float:
        """Half of the interval's width; a `ValueError` if there is no interval."""
        low, high = self.bounds
        return (high - low) / 2


@dataclass(frozen=True, slots=True)
class Estimate(IntervalValue):
    """A value estimated from a sample.

    `n` counts what it is made from (replications, pairs or points), `method` says how the interval
    is made.
    """

    n: int
    method: str


def finite(value: float) -> float | None:
    """A plain float; None for what is not finite."""
    return float(value) if math.isfinite(value) else None
