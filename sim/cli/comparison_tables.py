"""A comparison on the screen: what differs, the findings, then the numbers behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.cli.tables import screen, table_of
from sim.studies.compare.sentences import HEADLINES, cells, share
from sim.words import words

if TYPE_CHECKING:
    from sim.ensemble.location import Location
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.quantities import Row
    from sim.studies.compare.run import CompareAnswer

MOST_HEAD = 14  # characters
MOST_PATHS, MOST_FLOWS = 20, 8


def print_comparison(answer: CompareAnswer, place: Location) -> None:
    """Everything but the figures."""
    of = answer.comparison
    console = screen()
    console.print(words().join(of.names), style="bold", markup=False)
    console.print("Illustrative model, not a forecast.", markup=False)
    console.print(differing(of))
    console.print("\nFindings", style="bold")
    for line in answer.verdicts:
        console.print(f"- {line}", markup=False)
    for other in of.others:
        console.print(outcomes_table(of, other))
        console.print(measures_table(of, other))
        if of.pairs[other].flow():
            console.print(flow(of, other))
    console.print(f"{of.each}; all {len(of.measures)} measures are in compare.csv", markup=False)
    console.print(f"everything is in {place}", markup=False, soft_wrap=True)


def differing(of: Comparison) -> Any:
    """Paths and values that are not the same in all scenarios."""
    table = table_of("\nWhat differs", "path", *of.names)
    for path, row in list(of.differs.items())[:MOST_PATHS]:
        table.add_row(path, *(row[name] or "-" for name in of.names))
    if len(of.differs) > MOST_PATHS:
        table.add_row(f"and {len(of.differs) - MOST_PATHS} more, in compare.json")
    if not of.differs:
        table.add_row("nothing")
    return table


def outcomes_table(of: Comparison, other: str) -> Any:
    """The outcomes of one scenario against the baseline, in points."""
    return _numbers(of, other, "outcomes", of.outcomes, 100)


def measures_table(of: Comparison, other: str) -> Any:
    """The main measures of one scenario against the baseline."""
    main = {name: of.measures[name] for name in HEADLINES if name in of.measures}
    return _numbers(of, other, "measures", main, 1)


def _numbers(of: Comparison, other: str, part: str, rows: Mapping[str, Row], scale: float) -> Any:
    unit = ", points" if scale == 100 else ""
    title = f"\n{other} against {of.baseline}: {part}"
    table = table_of(
        title,
        part.removesuffix("s"),
        header(of.baseline),
        header(other),
        f"differs{unit}",
        "95 % interval",
        "unpaired",
        "p (Holm)",
    )
    for name, row in rows.items():
        if other in row.differences:
            table.add_row(name, *cells(of, row, other, scale=scale))
    return table


def header(name: str) -> str:
    """A scenario's name as the head of a narrow column: its end, in which variants differ."""
    return name if len(name) <= MOST_HEAD else f"…{name[1 - MOST_HEAD :]}"


def flow(of: Comparison, other: str) -> Any:
    """From which outcome to which, most frequent first."""
    table = table_of(
        "\nFrom which outcome to which, with the same random draws",
        of.baseline,
        "replications",
        "share",
    )
    table.add_column(other, no_wrap=True)
    total = of.pairs[other].counts[0]
    for one, new, count in of.pairs[other].flow()[:MOST_FLOWS]:
        table.add_row(
            one, f"{count:,}", share(count / total), new if new != one else f"{new} (the same)"
        )
    return table
