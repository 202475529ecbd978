"""A table of tempo as text, as JSON and as a page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from calibration.explanations import TEMPO
from calibration.figures import WINDOW
from calibration.rows import NO, NO_DATA, Row
from calibration.strikes import BEFORE_DAYS, GAP_DAYS, REPLY_DAYS
from calibration.tempo import Tempo

UNEXPLAINED = "**UNEXPLAINED**: nobody has said why yet."
HEADER = ("figure", "model [any day]", "80 %", "data [any day]", "95 %", "match")


def show(value: float) -> str:
    """A number in as many digits as it needs; a dash where there is none."""
    if math.isnan(value):
        return "-"
    if math.isinf(value):
        return "never"
    if value == int(value) or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def span(low: float, high: float) -> str:
    """An interval, empty where there is none."""
    return "" if math.isnan(low) or math.isnan(high) else f"{show(low)} to {show(high)}"


def beside(value: float, control: float) -> str:
    """A number, and in brackets the same of any day."""
    return show(value) if math.isnan(control) else f"{show(value)} [{show(control)}]"


def cells(row: Row) -> tuple[str, ...]:
    """What a table shows of a row."""
    match = "" if row.match == NO_DATA else row.match
    model, data = beside(row.model.value, row.control), beside(row.data.value, row.data.control)
    return row.what, model, span(*row.range), data, span(row.data.low, row.data.high), match


class Verdict:
    """Rows that match, rows without an explanation, and explanations that nothing needs."""

    def __init__(self, tempo: Tempo) -> None:
        compared = [row for row in tempo.rows if row.match != NO_DATA]
        self.compared = len(compared)
        self.unmatched = [row for row in compared if row.match == NO]
        self.matched = self.compared - len(self.unmatched)
        keys = {row.key for row in self.unmatched}
        self.unexplained = [row.key for row in self.unmatched if row.key not in TEMPO]
        self.stale = sorted(set(TEMPO) - keys)

    def words(self) -> Iterator[str]:
        """What has to be said of the dictionary of explanations."""
        yield from (
            f"UNEXPLAINED: {key} does not match, and calibration/explanations.py does not say why"
            for key in self.unexplained
        )
        yield from (
            f"STALE: {key} has an explanation, and is no unmatched row" for key in self.stale
        )


def text(tempo: Tempo) -> str:
    """The table for a terminal."""
    table = [HEADER, *(cells(row) for row in tempo.rows)]
    widths = [max(len(line[k]) for line in table) for k in range(len(HEADER))]
    lines = []
    for section, rows in groupby(tempo.rows, key=lambda row: row.section):
        title = (section.upper(), *HEADER[1:])
        lines += [
            "",
            *(
                "  ".join(
                    word.ljust(width) for word, width in zip(line, widths, strict=True)
                ).rstrip()
                for line in (title, *map(cells, rows))
            ),
        ]
    verdict = Verdict(tempo)
    lines += [
        "",
        f"{verdict.matched} of {verdict.compared} rows match; {tempo.runs} replications, "
        f"seed {tempo.seed}, {tempo.failed} failed",
    ]
    return "\n".join([*lines[1:], *verdict.words()]) + "\n"


def plain(value: float) -> float | None:
    """A number for JSON, which knows neither NaN nor infinity."""
    return value if math.isfinite(value) else None


def as_json(tempo: Tempo) -> dict[str, Any]:
    """The table as an object."""
    verdict = Verdict(tempo)
    return {
        "runs": tempo.runs,
        "seed": tempo.seed,
        "failed": tempo.failed,
        "set": tempo.overrides,
        "digests": tempo.digests,
        "matched": verdict.matched,
        "compared": verdict.compared,
        "unexplained": verdict.unexplained,
        "rows": [_object(row) for row in tempo.rows],
    }


def _object(row: Row) -> dict[str, Any]:
    numbers = {
        "model": row.model.value,
        "model_low": row.model.low,
        "model_high": row.model.high,
        "range_low": row.range[0],
        "range_high": row.range[1],
        "control": row.control,
        "data": row.data.value,
        "data_low": row.data.low,
        "data_high": row.data.high,
        "data_control": row.data.control,
        "place": row.place,
    }
    words = {
        "key": row.key,
        "section": row.section,
        "figure": row.what,
        "match": row.match,
        "method": row.data.method,
        "source": row.data.source,
    }
    return {**words, **{name: plain(float(value)) for name, value in numbers.items()}}


def page(tempo: Tempo) -> str:
    """The table as docs/tempo.md."""
    verdict = Verdict(tempo)
    parts = [_head(tempo, verdict)]
    for section, rows in groupby(tempo.rows, key=lambda row: row.section):
        parts.append(f"## {section}\n\n{_table(list(rows))}")
    parts += [_unmatched(verdict), _sources(tempo)]
    return "\n\n".join(parts) + "\n"


def _head(tempo: Tempo, verdict: Verdict) -> str:
    digests = ", ".join(f"`{name}` ({digest[:12]})" for name, digest in tempo.digests.items())
    return f"""# Tempo: the model against the record

Written by `python -m calibration tempo --runs {tempo.runs} --seed {tempo.seed}` from {digests}; do not edit it by hand.
{verdict.matched} of {verdict.compared} rows with data match. The numbers of the model were tuned on most of these figures, so that agreement is
a fit and no test; and most of the record is one history, so that its intervals are wide and agreement is cheap.

* **Model**: {tempo.runs} replications of `af_pk_2024` ({WINDOW[0]:%-d %B %Y} to {WINDOW[1]:%-d %B %Y}, nothing scripted; {tempo.failed} failed), and as many of
  `af_pk_october_2025`. The mean of replications, or a share of all events in them, with the 95 % interval that the number of replications leaves.
* **80 %**: the central 80 % of single histories as long as the record or, for a share, of samples with as many events as the record has.
* **Any day**: the same statistic taken on every day of the run instead of the days that it is about. A lag or an answer means
  nothing without it: only what lies above it belongs to the strikes.
* **Data**: the record, with a 95 % interval where one can be given; how and from where stands at the end.
* **Match**: *by range*, the record lies in the model's 80 %; *by interval*, the model lies in the record's interval; *yes*, both; *NO*, neither.
* **Place**: share of replications below the record. Near 0 or 1 the record is an odd history for the model, whatever the match says.
* An **episode** is a cluster of national acts of rung 4 or above fewer than {GAP_DAYS} days apart, in the model and in the record alike (any gap
  from 5 to 38 days gives the same five). Its first strike is the first such act of Pakistan. Attacks count as before it on its day and the
  {BEFORE_DAYS} days before, since attacks come first in a day of the model; answers on the {REPLY_DAYS} days after it (0 to {REPLY_DAYS} in the record, since
  states of the model choose at the same moment). Strikes too near the end to see the answer are left out."""


def _table(rows: list[Row]) -> str:
    lines = [
        "| figure | model (95 %) [any day] | 80 % | data (95 %) [any day] | place | match |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        model, data = (
            _cell(*triple)
            for triple in (
                (row.model[0], row.model[1:], row.control),
                (row.data.value, row.data[1:3], row.data.control),
            )
        )
        match = {NO: "**NO**", NO_DATA: ""}.get(row.match, row.match)
        lines.append(
            f"| {row.what} | {model} | {span(*row.range)} | {data} | "
            f"{show(row.place).replace('-', '')} | {match} |"
        )
    return "\n".join(lines)


def _cell(value: float, interval: tuple[float, float], control: float) -> str:
    if math.isnan(value):
        return ""
    known = span(*interval)
    return (
        show(value)
        + (f" ({known})" if known else "")
        + ("" if math.isnan(control) else f" [{show(control)}]")
    )


def _unmatched(verdict: Verdict) -> str:
    if not verdict.unmatched:
        return "## Rows that do not match\n\nNone."
    lines = [
        f"* **{row.what}**: {show(row.model.value)} for {show(row.data.value)}. "
        f"{TEMPO.get(row.key, UNEXPLAINED)}"
        for row in verdict.unmatched
    ]
    return "\n".join(["## Rows that do not match", "", *lines])


def _sources(tempo: Tempo) -> str:
    lines = [
        "## Where the data come from",
        "",
        "Tables are in `calibration/data/`, each row with its source.",
        "",
        "| figure | how | source |",
        "|---|---|---|",
    ]
    lines += [
        f"| {row.what} | {row.data.method} | {row.data.source} |"
        for row in tempo.rows
        if row.match != NO_DATA
    ]
    return "\n".join(lines)
