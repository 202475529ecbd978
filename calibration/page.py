"""A table of tempo as text, as a page and as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from calibration.explanations import TEMPO, UNEXPLAINED
from calibration.rows import MATCHED, NO_DATA, NOT_MATCHED, Row
from calibration.strikes import GAP_DAYS
from calibration.tempo import Tempo


def show(value: float) -> str:
    """A number in as many digits as it needs; a dash where there is none."""
    if math.isnan(value):
        return "-"
    if math.isinf(value):
        return "never"
    if value and abs(value) < 1:
        return f"{value:.2f}".replace("0.", ".", 1)
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.1f}"


def span(low: float, high: float) -> str:
    """An interval, empty where there is none."""
    return "" if math.isnan(low) or math.isnan(high) else f"{show(low)} to {show(high)}"


def with_control(value: float, control: float) -> str:
    """A number, and in brackets the same of any day."""
    return show(value) if math.isnan(control) else f"{show(value)} [{show(control)}]"


def cells(row: Row) -> tuple[str, ...]:
    """What a table shows of a row."""
    return (
        row.what,
        with_control(row.model.value, row.control),
        span(*row.range),
        with_control(row.data.value, row.data.control),
        span(row.data.low, row.data.high),
        "" if row.matched == NO_DATA else row.matched,
    )


HEADER = ("figure", "model [any day]", "80 %", "data [any day]", "95 %", "match")


def counts(tempo: Tempo) -> tuple[int, int, list[str]]:
    """Rows that match, rows that have data, and the keys of those unmatched and unexplained."""
    compared = [row for row in tempo.rows if row.matched != NO_DATA]
    unexplained = [row.key for row in compared if row.matched == NOT_MATCHED and row.key not in TEMPO]
    return sum(row.matched == MATCHED for row in compared), len(compared), unexplained


def text(tempo: Tempo) -> str:
    """The table for a terminal."""
    table = [HEADER, *(cells(row) for row in tempo.rows)]
    widths = [max(len(line[k]) for line in table) for k in range(len(HEADER))]
    lines, section = ["  ".join(word.ljust(width) for word, width in zip(HEADER, widths, strict=True)).rstrip()], ""
    for row in tempo.rows:
        if row.section != section:
            section = row.section
            lines += ["", section.upper()]
        lines.append("  ".join(word.ljust(width) for word, width in zip(cells(row), widths, strict=True)).rstrip())
    matched, compared, unexplained = counts(tempo)
    lines += ["", f"{matched} of {compared} rows match; {tempo.runs} replications, seed {tempo.seed}, {tempo.failed} failed"]
    lines += [f"UNEXPLAINED: {key}" for key in unexplained]
    return "\n".join(lines) + "\n"
