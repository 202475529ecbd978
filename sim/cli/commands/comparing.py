"""Commands that compare: scenarios with each other, a run with its forks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import (
    DEFAULT_MAX_RUNS,
    FORMATS,
    MOST_JOBS,
    MOST_RUNS,
    MOST_SEED,
    Cluster,
    Debug,
    Jobs,
    MaxRuns,
    Scenario,
    Seed,
    Settings,
    precise,
)
from sim.cli.words import BadUse, given, given_path, near, positive, whole
from sim.design.draws import Draws

group = typer.Typer()

MOST_DAY = 10**5


@group.command(short_help="Compare scenarios on the same luck.")
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            help="Scenario files, bundled scenarios' names, or results folders of earlier runs."
        ),
    ],
    variants: Annotated[
        list[str] | None,
        typer.Option(
            "--variant",
            metavar='"NAME: PATH=VALUE, ..."',
            help="A changed copy of the first scenario, to compare too; may be repeated. [default: none]",
        ),
    ] = None,
    runs: Annotated[
        str | None,
        typer.Option(
            "--runs", metavar="N", help="Replications of each, a number from 1. [default: 1000]"
        ),
    ] = None,
    seed: Seed = None,
    jobs: Jobs = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            parser=given,
            metavar="DIR",
            help="Folder or address of the comparison and its runs. [default: results/compare-NAME-DIGEST-seedN]",
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            metavar="NAME",
            help="The one that the others are compared with. [default: the first]",
        ),
    ] = None,
    settings: Settings = None,
    halfwidth: Annotated[
        str | None,
        typer.Option(
            "--until-halfwidth",
            metavar="X",
            help="Go on until half of a difference's 95 % interval is at most X, in its unit (0.02: 2 points). [default: off]",
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="NAME", help="Outcome or measure that X is of. [default: all outcomes]"
        ),
    ] = None,
    max_runs: MaxRuns = DEFAULT_MAX_RUNS,
    cluster: Cluster = None,
    form: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="How to print the comparison.")
    ] = "table",
    report: Annotated[
        bool, typer.Option("--report/--no-report", help="Write figures and compare.html.")
    ] = True,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh", help="Discard what an earlier run left in the folder. [default: no]"
        ),
    ] = False,
    debug: Debug = False,
) -> int:
    """Compare what happens in two scenarios or more: what differs, what changes, how much, and how sure that is.

    All run on the same luck, in turns, so that differences come from what differs and a stopped
    comparison is balanced. Results folders with one seed are paired in the same way; others are
    compared as independent samples.

    Example: run_sim.py compare two_states --variant "bold: states.westmark.resolve=0.9" --runs 500
    --seed 7
    """
    from sim.cli.compare import RUNS, Request, carry_out

    counts = (
        whole("--runs", runs, 1, MOST_RUNS),
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
    )
    if form not in FORMATS:
        raise BadUse(
            f"--format: must be one of {', '.join(FORMATS)}, got {form}{near(form, FORMATS)}"
        )
    goal = precise(
        None if halfwidth is None else positive("--until-halfwidth", halfwidth),
        on,
        max_runs,
        counts[0] or RUNS,
    )
    words, changes = tuple(scenarios), tuple(variants or ())
    return carry_out(
        Request(
            words,
            changes,
            tuple(settings or ()),
            *counts,
            out,
            baseline,
            form,
            report,
            fresh,
            goal,
            cluster,
        )
    )


@group.command(short_help="Take up one replication on a day: the same past, other futures.")
def fork(
    scenario: Scenario,
    day: Annotated[
        str,
        typer.Option(
            "--day",
            metavar="D",
            help="First day of the futures, in days after the release, from 1; the past is what came before.",
        ),
    ],
    replication: Annotated[
        str,
        typer.Option(
            "--replication",
            metavar="K",
            help="Number of the replication whose past is taken, from 0.",
        ),
    ] = "0",
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PATH=VALUE",
            help="Set a value of the scenario from that day on, in the file's own unit; may be repeated. [default: none]",
        ),
    ] = None,
    forced: Annotated[
        list[str] | None,
        typer.Option(
            "--force",
            metavar="ACTOR=CHOICE",
            help="Put a choice in the place of the actor's next one of its kind, once (A=raid, or A>B=raid with several rivals); may be repeated. "
            "[default: none]",
        ),
    ] = None,
    runs: Annotated[
        str | None,
        typer.Option(
            "--runs",
            metavar="N",
            help="Futures, a number from 1. [default: 500; with common random numbers 1]",
        ),
    ] = None,
    draws: Annotated[
        str,
        typer.Option(
            "--draws",
            metavar="independent|common",
            help="Random draws: of its own in each future, or those of the original in the one future.",
        ),
    ] = Draws.INDEPENDENT.value,
    base: Annotated[
        list[str] | None,
        typer.Option(
            "--base",
            metavar="PATH=VALUE",
            help="Set a value from the first day, past included, as --set of other commands does. [default: none]",
        ),
    ] = None,
    seed: Seed = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            parser=given_path,
            metavar="DIR",
            help="Results folder. [default: results/fork-ID-DIGEST-seedN-K-dayD]",
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="How to print the result.")
    ] = "table",
    report: Annotated[
        bool, typer.Option("--report/--no-report", help="Write figures and fork.html.")
    ] = True,
    tell: Annotated[
        str | None,
        typer.Option(
            "--tell",
            metavar="N",
            help="Tell future N day by day too, from 0; with --format table. [default: none]",
        ),
    ] = None,
    debug: Debug = False,
) -> int:
    """Take up one replication on the morning of a day and run many futures of it, with values changed or choices forced.

    They are compared with the unforked futures of the same day, with the same random draws. With
    common random numbers every draw is the original's: what would have happened.

    Example: run_sim.py fork two_states --replication 3 --seed 7 --day 20 --force
    westmark=limited_strike --runs 500
    """
    from sim.cli.fork import RUNS, Request, carry_out

    if form not in FORMATS:
        raise BadUse(
            f"--format: must be one of {', '.join(FORMATS)}, got {form}{near(form, FORMATS)}"
        )
    if draws not in list(Draws):
        raise BadUse(f"--draws: must be one of {', '.join(Draws)}, got {draws}{near(draws, Draws)}")
    past = whole("--replication", replication, 0, MOST_RUNS), whole("--day", day, 0, MOST_DAY)
    count, number, workers = (
        whole("--runs", runs, 1, MOST_RUNS),
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
    )
    words = tuple(changes or ()), tuple(forced or ())
    future = whole("--tell", tell, 0, 0 if draws == Draws.COMMON else (count or RUNS) - 1)
    return carry_out(
        Request(
            scenario,
            tuple(base or ()),
            *past,
            *words,
            count,
            draws,
            number,
            workers,
            out,
            form,
            report,
            future,
        )
    )
