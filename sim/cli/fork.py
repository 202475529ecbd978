"""The command `fork`: one past, many futures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import this_call
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import (
    AllowPython,
    Debug,
    Format,
    Jobs,
    Language,
    Report,
    Scenario,
    Seed,
)
from sim.cli.parsers import BadUse, by_path, one_of, path, setting, whole
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_tell
from sim.design.draws import PLAIN, Draws
from sim.plain import MOST_RUNS

if TYPE_CHECKING:
    from rich.console import Console

    from sim.studies.fork import ForkAnswer
    from sim.words import Words

SUMMARY = "Branch one replication on a given day: one past, many futures."
RUNS = 500
MOST_DAY = 10**5

Day = Annotated[
    int,
    typer.Option(
        "--day",
        parser=whole("--day", 0, MOST_DAY),
        metavar="D",
        help="First day of the futures, in days after the release, from 1.",
    ),
]
Past = Annotated[
    int,
    typer.Option(
        "--replication",
        parser=whole("--replication", 0, MOST_RUNS),
        metavar="K",
        help="Number of the replication that is branched, from 0.",
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        parser=setting,
        metavar="PATH=VALUE",
        help="Set a value of the scenario from that day on, in the file's own unit; may be "
        "repeated. [default: none]",
    ),
]
ForcedChoices = Annotated[
    list[str] | None,
    typer.Option(
        "--force",
        metavar="ACTOR=CHOICE",
        help="Put a choice in the place of the actor's next one of its kind, once (A=raid, or "
        "A>B=raid with several rivals); may be repeated. [default: none]",
    ),
]
Futures = Annotated[
    int | None,
    typer.Option(
        "--runs",
        parser=whole("--runs", 1, MOST_RUNS),
        metavar="N",
        help="Futures, a number from 1. [default: 500; with common random numbers 1]",
    ),
]
DrawsOption = Annotated[
    str,
    typer.Option(
        "--draws",
        parser=one_of("--draws", PLAIN),
        metavar="independent|common",
        help="Random draws: of its own in each future, or those of the original in the one future.",
    ),
]
Base = Annotated[
    list[str] | None,
    typer.Option(
        "--base",
        parser=setting,
        metavar="PATH=VALUE",
        help="Set a value from the first day, past included, as --set of other commands does. "
        "[default: none]",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="DIR",
        help="Results folder. [default: results/fork-ID-DIGEST-seedN-K-dayD]",
    ),
]
Tell = Annotated[
    int | None,
    typer.Option(
        "--tell",
        parser=whole("--tell", 0, MOST_RUNS),
        metavar="N",
        help="Print the events of future N too, from 0; with --format table. [default: none]",
    ),
]


def command(
    scenario: Scenario,
    day: Day,
    replication: Past = 0,
    changes: Changes = None,
    forced: ForcedChoices = None,
    runs: Futures = None,
    draws: DrawsOption = Draws.INDEPENDENT.value,
    base: Base = None,
    seed: Seed = None,
    jobs: Jobs = None,
    out: Folder = None,
    form: Format = "table",
    language: Language = "en",
    report: Report = True,
    tell: Tell = None,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Branch one replication on a given day, with values changed or choices forced.

    The futures are compared with the unforked futures of the same day, with the same random draws.
    With common random numbers every draw is the original's: what would have happened.

    Example: run_sim.py fork two_states --replication 3 --seed 7 --day 20 --force
    westmark=limited_strike --runs 500
    """
    from sim.words import words

    wording = words(language)
    last = 0 if draws == Draws.COMMON else (runs or RUNS) - 1
    if tell is not None and tell > last:
        raise BadUse(f"--tell: must be a whole number from 0 to {last}, got {tell}")
    if draws == Draws.COMMON and (runs or 1) > 1:
        print(wording.text("cli.notes.one_future"), file=sys.stderr)
    loaded, wording = read_to_tell(scenario, base, wording)
    quiet = form != "table"
    from sim.cli.progress import progress_display
    from sim.ensemble.arguments import root_seed
    from sim.files import inside
    from sim.studies.fork import Branch, ForkQuestion, fork, write_tables

    seed = root_seed(loaded, seed)
    with progress_display(wording, quiet=quiet, what="futures") as progress:
        question = ForkQuestion(
            *(loaded, seed, replication, day),
            Branch(by_path(changes or ()), tuple(forced or ())),
            runs or RUNS,
            Draws(draws),
        )
        found = fork(question, jobs=jobs, progress=progress)
    name = f"fork-{loaded.id}-{loaded.digest[:8]}-seed{seed}-{replication}-day{day}"
    out = out or inside(HOME, name)
    write_tables(found, out)
    if report:
        from sim.report.pages.fork import write_page

        if not quiet:
            print(wording.text("cli.drawing.fork"), file=sys.stderr)
        write_page(found, out, this_call(), wording)
    for note in found.notes(wording):
        print(note, file=sys.stderr)
    _print(form, found, out, wording)
    if tell is not None and not quiet:
        _print_future(found, tell, wording)
    return _exit_code(found, wording)


def _exit_code(found: ForkAnswer, words: Words) -> int:
    """1 if futures failed, after a line that says how many."""
    failures = found.futures.failures
    if failures:
        text = words.text(
            "cli.notes.failed_futures",
            n=len(failures),
            total=len(found.futures),
            first=str(failures[0].replication),
            error=failures[0].error,
        )
        print(text, file=sys.stderr)
    return PARTLY_FAILED if failures else DONE


def _print(form: str, found: ForkAnswer, out: Path, words: Words) -> None:
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(found.as_json()))
    elif form == "csv":
        print((out / "futures.csv").read_text(encoding="utf-8"), end="")
    else:
        _tables(found, out, words)


def _tables(found: ForkAnswer, out: Path, words: Words) -> None:
    from sim.cli.tables import screen
    from sim.report.pages.fork import facts

    console = screen()
    title = words.text("cli.fork.title", title=found.scenario.title)
    console.print(title, style="bold", markup=False)
    console.print(words.text("common.model"), markup=False)
    for name, value in facts(found, words):
        console.print(words.text("cli.fact", name=name, value=value), markup=False)
    if found.draws is Draws.COMMON:
        _one(console, found, words)
    elif found.comparison is None:
        _many(console, found, words)
    else:
        _both(console, found, words)
    console.print(words.text("cli.place", place=str(out)), markup=False, soft_wrap=True)


def _print_future(found: ForkAnswer, future: int, words: Words) -> None:
    """One future day by day, from the fork on."""
    from sim.narration.trace import trace

    replication = found.futures.replay(future)
    days = range(found.day, found.day + len(replication.rung))
    print("\n" + words.text("cli.fork.future", future=str(future), day=found.day))
    for line in trace(replication, found.scenario, words, days=days, rungs_from=found.day):
        print(line)


def _one(console: Console, found: ForkAnswer, words: Words) -> None:
    """With common random numbers: the replication as it was, and as it would have been."""
    from sim.cli.tables import table_of
    from sim.report.pages.fork import would_have_been

    title, *heads = (words.text(f"studies.fork.{key}") for key in ("table", "original", "future"))
    table = table_of(f"\n{title}", "", *heads)
    for row in would_have_been(found, words):
        table.add_row(*row)
    console.print(table)


def _many(console: Console, found: ForkAnswer, words: Words) -> None:
    """Without a change: the outcomes that can follow from that day."""
    from sim.cli.tables import outcome_shares

    title = words.text("cli.fork.follow")
    console.print(outcome_shares(title, found.shares(found.plain), words))


def _both(console: Console, found: ForkAnswer, words: Words) -> None:
    from sim.cli.comparison_tables import (
        differing,
        flow,
        measures_table,
        outcomes_table,
        print_findings,
    )
    from sim.studies.compare.sentences import about

    of = found.comparison_in(words)
    assert of is not None
    (forked,) = of.others
    console.print(differing(of, words))
    print_findings(console, about(of, forked, words), words)
    console.print(outcomes_table(of, forked, words))
    console.print(measures_table(of, forked, words))
    if of.pairs[forked].flow():
        console.print(flow(of, forked, words))
