"""Values as figures, tables and sentences show them: shares, numbers and words of a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.words import NONE, Words, decimals_of
from sim.words.measures import unit_name

if TYPE_CHECKING:
    from sim.scenario.distributions import Distribution

SHARE = "probability"  # the unit of a share of replications
_NAME_WIDTH = 56  # characters


def value_text(value: Any, unit: str, words: Words) -> str:
    """A number, a share in per cent, or a word as it stands."""
    if value is None:
        return NONE
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return words.percent(float(value)) if unit == SHARE else words.number(float(value))


def signed_text(value: float | None, unit: str, words: Words) -> str:
    """A number, or a difference of shares in per cent, with a minus sign where it needs one."""
    if value is None:
        return NONE
    if unit != SHARE:
        return words.number(value)
    size = decimals_of(100 * value)
    return words.percent(value if abs(value) > 1e-8 else 0.0, decimals=size)


def range_text(low: float | None, high: float | None, unit: str, words: Words) -> str:
    """The two ends of an interval of a signed value."""
    if low is None or high is None:
        return NONE
    return words.range(signed_text(low, unit, words), signed_text(high, unit, words))


def amount_text(value: float | None, unit: str, words: Words) -> str:
    """A difference with its unit: percentage points for shares."""
    if unit == SHARE:
        return words.text("studies.inputs.amount_points", value=words.points(value))
    return words.text(
        "studies.inputs.amount", value=words.number(value), unit=unit_name(unit, words)
    )


def limits_text(low: float, high: float, words: Words) -> str:
    """A range that may be open at one end (infinite)."""
    if low == float("-inf"):
        return words.text("studies.inputs.below", value=words.number(high))
    if high == float("inf"):
        return words.text("studies.inputs.above", value=words.number(low))
    return words.range(words.number(low), words.number(high))


def distribution_text(dist: Distribution, words: Words) -> str:
    """A distribution by its name and parameters, or the values that it chooses among."""
    if not dist.choices:
        return dist.describe()
    pairs = zip(dist.choices, dist.chances, strict=True)
    values = (
        words.text("studies.inputs.chance", value=words.exact(value), share=words.percent(chance))
        for value, chance in pairs
    )
    return words.text("studies.inputs.one_of", values=", ".join(values))


def short(name: str, width: int = _NAME_WIDTH) -> str:
    """A long name cut to what tells it from others that begin as it does.

    The end of a path, or both ends of a label.
    """
    if len(name) <= width:
        return name
    tail = (width - 1) // 3 if " " in name else width - 1
    return f"{name[: width - 1 - tail]}…{name[-tail:]}"
