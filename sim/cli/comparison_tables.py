"""A comparison on the screen: what differs, the findings, then the numbers behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.cli.tables import screen, table_of
from sim.studies.compare.sentences import HEADLINES, cells, share, verdicts
from sim.words.measures import target_name

if TYPE_CHECKING:
    from rich.console import Console

    from sim.ensemble.location import Location
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.quantities import Row
    from sim.studies.compare.run import CompareAnswer
    from sim.words import Words

MOST_HEAD = 14  # characters
MOST_PATHS, MOST_FLOWS = 20, 8
POINTS = 100  # of a share in percentage points


def print_comparison(answer: CompareAnswer, place: Location, words: Words) -> None:
    """Everything but the figures."""
    of, words = answer.comparison.in_language(words)
    console = screen()
    console.print(words.join(of.names), style="bold", markup=False)
    console.print(words.text("common.model"), markup=False)
    console.print(differing(of, words))
    print_findings(console, verdicts(of, words), words)
    for other in of.others:
        console.print(outcomes_table(of, other, words))
        console.print(measures_table(of, other, words))
        if of.pairs[other].flow():
            console.print(flow(of, other, words))
    foot = words.text("cli.compare.foot", each=of.each_in(words), n=len(of.measures))
    console.print(foot, markup=False)
    console.print(words.text("cli.place", place=str(place)), markup=False, soft_wrap=True)


def print_findings(console: Console, lines: Iterable[str], words: Words) -> None:
    """What was found, a line each."""
    console.print(f"\n{words.text('cli.compare.findings')}", style="bold")
    for line in lines:
        console.print(f"- {line}", markup=False)


def differing(of: Comparison, words: Words) -> Any:
    """Paths and values that are not the same in all scenarios."""
    title = words.text("cli.compare.differs")
    table = table_of(f"\n{title}", words.text("cli.compare.path"), *of.names)
    for path, row in list(of.differs.items())[:MOST_PATHS]:
        table.add_row(path, *(row[name] or "-" for name in of.names))
    if len(of.differs) > MOST_PATHS:
        table.add_row(words.text("cli.compare.more", n=len(of.differs) - MOST_PATHS))
    if not of.differs:
        table.add_row(words.text("cli.compare.nothing"))
    return table


def outcomes_table(of: Comparison, other: str, words: Words) -> Any:
    """The outcomes of one scenario against the baseline, in points."""
    return _numbers(of, other, "outcomes", of.outcomes, words)


def measures_table(of: Comparison, other: str, words: Words) -> Any:
    """The main measures of one scenario against the baseline."""
    main = {name: of.measures[name] for name in HEADLINES if name in of.measures}
    return _numbers(of, other, "measures", main, words)


def _numbers(of: Comparison, other: str, part: str, rows: Mapping[str, Row], words: Words) -> Any:
    """A table of one part, `outcomes` in points or `measures`."""
    say = partial(_say, words, part)
    title = say("title", other=other, baseline=of.baseline)
    table = table_of(
        f"\n{title}",
        say("head"),
        header(of.baseline),
        header(other),
        say("differs"),
        words.text("common.interval"),
        words.text("cli.compare.unpaired"),
        words.text("cli.compare.p"),
    )
    scale = POINTS if part == "outcomes" else 1
    for name, row in rows.items():
        if other in row.differences:
            shown = target_name(name, of.about, words)
            table.add_row(shown, *cells(of, row, other, scale=scale, words=words))
    return table


def _say(words: Words, part: str, key: str, **values: object) -> str:
    return words.text(f"cli.compare.{part}.{key}", **values)


def header(name: str) -> str:
    """A scenario's name as the head of a narrow column: its end, in which variants differ."""
    return name if len(name) <= MOST_HEAD else f"…{name[1 - MOST_HEAD :]}"


def flow(of: Comparison, other: str, words: Words) -> Any:
    """From which outcome to which, most frequent first."""
    table = table_of(
        f"\n{words.text('cli.compare.flow')}",
        of.baseline,
        words.text("cli.compare.replications"),
        words.text("cli.compare.share"),
    )
    table.add_column(other, no_wrap=True)
    total = of.pairs[other].counts[0]
    for one, new, count in of.pairs[other].flow()[:MOST_FLOWS]:
        before, after = (words.term("vocabulary.outcomes", name) for name in (one, new))
        if new == one:
            after = words.text("cli.compare.stays", outcome=after)
        table.add_row(before, words.number(count), share(count / total, words), after)
    return table
