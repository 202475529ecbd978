"""docs/statistics.md: the text of it, and the table of covering shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calibration.coverage.cases import CASES, RUNS, SHARES, Cell
from calibration.coverage.record import Record

PAGE = Path(__file__).resolve().parents[2] / "docs" / "statistics.md"
BEGIN, END = "<!-- coverage: made by python -m calibration coverage -->", "<!-- end of coverage -->"
#: Why the intervals of a case hold the truth less often than they say, where they do.
SHORT = {
    "share": "a count of 1 in few replications has a lower end above a share of about 0.18 in that "
    "number (Brown, Cai and DasGupta 2001), here at 10 and 0.01, and at 50 and 0.003",
    "mean": "with a few replications that are not 0 the spread is seen too small; the sample is "
    "skewed: below about 20 such replications trust the share of them instead",
    "pairs of means": "as for the mean: few pairs that changed do not show how far pairs change",
    "means apart": "as for the mean",
    "by day": "censored samples of ten leave a handful at risk on that day; and as for a share",
    "planned": "as for a share, where the plan is of few replications",
    "variance: inputs": "a variance of 64 points is skewed, and Student's interval is not",
}


def table(record: Record) -> str:
    """The table as Markdown, and a line for each case that falls short."""
    heads = " | ".join(f"{share:g}" for share in SHARES)
    lines = [f"| interval | n | {heads} |", "|---|---|" + "---|" * len(SHARES)]
    for case in CASES:
        for k, n in enumerate(RUNS):
            cells = " | ".join(_cell(record, (case.name, n, share)) for share in SHARES)
            lines.append(f"| {case.what if k == 0 else ''} | {n:,} | {cells} |")
    return "\n".join([*lines, "", *_short(record)])


def _cell(record: Record, key: tuple[str, int, float]) -> str:
    cell = record.cells[key]
    if cell.covered is None:
        return "none"
    text = f"{cell.covered:.3f}"
    if record.falls_short(key):
        text = f"**{text}**"
    given = cell.given / cell.asked
    return text if given > 0.995 else f"{text} ({_percent(given)})"


def _percent(given: float) -> str:
    return "below 1 %" if given < 0.01 else f"{100 * given:.0f} %"


def _short(record: Record) -> Iterator[str]:
    for case in CASES:
        keys = [(case.name, n, share) for n in RUNS for share in SHARES]
        if any(map(record.falls_short, keys)):
            yield f"- **{case.name}**: {SHORT[case.name]}."


def write(record: Record) -> None:
    """Put the table into the page, between its two marks."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    made = (
        f"Made on {record.day} by `python -m calibration coverage --day {record.day}` "
        f"(seed {record.seed}); each cell has a standard error of at most "
        f"{max(_error(cell) for cell in record.cells.values()):.3f}."
    )
    PAGE.write_text(f"{before}{BEGIN}\n{made}\n\n{table(record)}\n{END}{after}", encoding="utf-8")


def _error(cell: Cell) -> float:
    return cell.error if cell.given > 0.1 * cell.asked else 0.0
