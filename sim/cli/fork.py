"""The command `fork`: the same past, other futures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.cli.run import HOME, SOME_FAILED
from sim.cli.scenarios import read
from sim.cli.words import settings
from sim.design.draws import Draws

if TYPE_CHECKING:
    from rich.console import Console

    from sim.studies.fork import Forked

RUNS = 500


class Request(NamedTuple):
    """What was asked for."""

    scenario: str
    base: tuple[str, ...]
    replication: int
    day: int
    changes: tuple[str, ...]
    forced: tuple[str, ...]
    runs: int | None
    draws: str
    seed: int | None
    jobs: int | None
    out: Path | None
    form: str
    report: bool
    tell: int | None = None


def carry_out(asked: Request) -> int:
    """Run the futures, write the folder, print what came of them."""
    scenario = read(asked.scenario, asked.base)
    changes = settings(asked.changes)
    from sim.cli.progress import shown
    from sim.cli.varied import command
    from sim.ensemble.runner import root_seed
    from sim.studies.fork import forked, write_tables

    quiet = asked.form != "table"
    if asked.draws == Draws.COMMON and (asked.runs or 1) > 1:
        print(
            "with common random numbers there is one future, so --runs is not used (it counts for --draws independent)",
            file=sys.stderr,
        )
    seed = root_seed(scenario, asked.seed)
    with shown(quiet=quiet, what="futures") as progress:
        found = forked(
            *(scenario, seed, asked.replication, asked.day),
            runs=asked.runs or RUNS,
            draws=asked.draws,
            changes=changes,
            forced=asked.forced,
            jobs=asked.jobs,
            progress=progress,
        )
    out = (
        asked.out
        or HOME
        / f"fork-{scenario.id}-{scenario.digest[:8]}-seed{seed}-{asked.replication}-day{asked.day}"
    )
    write_tables(found, out)
    if asked.report:
        from sim.report.pages.fork import write_page

        if not quiet:
            print("drawing the fork", file=sys.stderr)
        write_page(found, out, command())
    for note in found.notes():
        print(note, file=sys.stderr)
    _print(asked.form, found, out)
    if asked.tell is not None and not quiet:
        _tell(found, asked.tell)
    failed = len(found.shown.failures)
    if failed:
        print(
            f"{failed} of {len(found.shown)} futures failed, first future {found.shown.failures[0].replication}: {found.shown.failures[0].error}",
            file=sys.stderr,
        )
    return SOME_FAILED if failed else 0


def _print(form: str, found: Forked, out: Path) -> None:
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(found.as_json()))
    elif form == "csv":
        print((out / "futures.csv").read_text(encoding="utf-8"), end="")
    else:
        _tables(found, out)


def _tables(found: Forked, out: Path) -> None:
    from sim.cli.show import screen
    from sim.report.pages.fork import facts

    console = screen()
    console.print(f"{found.scenario.title}: a fork", style="bold", markup=False)
    console.print("Illustrative model, not a forecast.", markup=False)
    for name, value in facts(found):
        console.print(f"{name}: {value}", markup=False)
    if found.draws is Draws.COMMON:
        _one(console, found)
    elif found.comparison is None:
        _many(console, found)
    else:
        _both(console, found)
    console.print(f"everything is in {out}", markup=False, soft_wrap=True)


def _tell(found: Forked, future: int) -> None:
    """One future day by day, from the fork on."""
    from sim.narration.trace import trace

    replication = found.shown.told(future)
    days = range(found.day, found.day + len(replication.rung))
    print(f"\nFuture {future}, from the morning of day {found.day}:")
    for line in trace(replication, found.scenario, days=days, rungs_from=found.day):
        print(line)


def _one(console: Console, found: Forked) -> None:
    """With shared luck: the replication as it was, and as it would have been."""
    from sim.cli.show import table_of
    from sim.report.pages.fork import would_have_been

    table = table_of("\nOn the original's luck", "", "original", "this future")
    for row in would_have_been(found):
        table.add_row(*row)
    console.print(table)


def _many(console: Console, found: Forked) -> None:
    """Without a change: what could have come of that morning."""
    from sim.cli.show import BAR, table_of
    from sim.report.pages.formats import percent

    table = table_of(
        "\nWhat could have come of that morning", "outcome", "probability", "95 % interval"
    )
    table.add_column("", no_wrap=True)
    for name, share in found.shares(found.plain).items():
        bar = "█" * round((share.value or 0.0) * BAR)
        table.add_row(
            name,
            percent(share.value),
            f"{percent(share.low)} to {percent(share.high)}",
            bar,
        )
    console.print(table)


def _both(console: Console, found: Forked) -> None:
    from sim.cli.show_compared import differing, flow, measures_table, outcomes_table
    from sim.studies.compare.sentences import about
    from sim.studies.fork import FORKED

    of = found.comparison
    assert of is not None
    console.print(differing(of))
    console.print("\nFindings", style="bold")
    for line in about(of, FORKED):
        console.print(f"- {line}", markup=False)
    console.print(outcomes_table(of, FORKED))
    console.print(measures_table(of, FORKED))
    if of.pairs[FORKED].flow():
        console.print(flow(of, FORKED))
