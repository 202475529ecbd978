"""Numbers and counts as a person would say them."""

from __future__ import annotations

import math

THIN = "\u202f"


def number(value: float | None) -> str:
    """A number with as many digits as are worth reading, thousands apart; a dash where there is none."""
    if value is None or math.isnan(value):
        return "–"
    size = abs(value)
    if size >= 100 or float(value).is_integer():
        return f"{value:,.0f}".replace(",", THIN)
    return f"{value:.2g}" if size < 1 else f"{value:.1f}".removesuffix(".0")


def exact(value: float) -> str:
    """A number as it was given, thousands apart."""
    return f"{value:,.10g}".replace(",", THIN)


def percent(share: float | None) -> str:
    """A share in per cent, without decimals unless it is nearly none or nearly all."""
    if share is None or math.isnan(share):
        return "–"
    if 0 < share < 0.005 or 0.995 < share < 1:
        return (
            f"{100 * share:.1f}{THIN}%"
            if 0.0005 <= share <= 0.9995
            else f"{'under 0.1' if share < 0.5 else 'over 99.9'}{THIN}%"
        )
    return f"{100 * share:.0f}{THIN}%"


def points(difference: float | None) -> str:
    """A difference of two shares in percentage points, with a minus sign where it needs one."""
    if difference is None or math.isnan(difference):
        return "–"
    size = 100 * abs(difference)
    text = f"{size:.0f}" if size >= 0.95 or round(size, 1) == 0 else f"{size:.1f}"
    return f"−{text}" if difference < 0 and text != "0" else text


def plural(count: float, noun: str, nouns: str | None = None) -> str:
    """A count with its noun: "1 strike", "3 strikes"."""
    return f"{number(count)} {noun if count == 1 else nouns or noun + 's'}"
