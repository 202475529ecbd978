"""A number worked out from a sample: the record of an estimate, and what its interval is made by."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

#: Plain values that the `json` module writes. They are made at the edge alone, by `as_json`.
Json = dict[str, Any]

WILSON: Final = "Wilson; at none or all the rule of three"
STUDENT: Final = "Student's t"
NORMAL: Final = "normal"
BOOTSTRAP: Final = "bootstrap"


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its 95 % interval.

    `value` is None where nothing is known, `low` and `high` where the sample is too small for an
    interval. `n` counts what the estimate is made from (replications, pairs or points); `method`
    says how the interval is made.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str

    @property
    def bounds(self) -> tuple[float, float]:
        """`low` and `high`; a `ValueError` if there is no interval."""
        if self.low is None or self.high is None:
            raise ValueError(f"an estimate from {self.n} has no interval")
        return self.low, self.high

    @property
    def halfwidth(self) -> float:
        """Half of the interval's width; a `ValueError` if there is no interval."""
        low, high = self.bounds
        return (high - low) / 2


@dataclass(frozen=True, slots=True)
class Index:
    """A sensitivity index of one input.

    `low` and `high` are its 95 % interval, None where the method gives none.
    """

    value: float
    low: float | None = None
    high: float | None = None


def finite(value: float) -> float | None:
    """A plain float; None for what is not finite."""
    return float(value) if math.isfinite(value) else None
