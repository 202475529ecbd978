"""The command `run`: an ensemble, its folder, and what is shown of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import scenario_text, this_call
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import (
    DEFAULT_MAX_RUNS,
    AllowPython,
    Cluster,
    Debug,
    Format,
    Fresh,
    Jobs,
    Language,
    MaxRuns,
    Out,
    Precision,
    Report,
    Runs,
    Scenario,
    Seed,
    Settings,
    ledger_runs,
    precision,
)
from sim.cli.parsers import BadUse, number, whole
from sim.cli.scenarios import read_to_run
from sim.plain import MOST_RUNS

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.ensemble.stopping import Until
    from sim.scenario import Scenario as Loaded
    from sim.studies.overview import Overview
    from sim.words import Words

SUMMARY = "Run many replications; show and keep the outcomes."
HOME = Path("results")

Halfwidth = Annotated[
    float | None,
    typer.Option(
        "--until-halfwidth",
        parser=number("--until-halfwidth", 0, 0.5),
        metavar="W",
        help="As many replications as make every 95 % interval at most 2 W wide, W between 0 and "
        "0.5, by a pilot that is not kept. [default: none]",
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="OUTCOME",
        help="Only this outcome's interval counts for --until-halfwidth. [default: all]",
    ),
]
Ledger = Annotated[
    bool,
    typer.Option(
        "--ledger",
        help="Write every decision of the first replications into ledger/, with all that decided "
        "it. [default: no]",
    ),
]
Named = Annotated[
    str | None,
    typer.Option(
        "--variant",
        metavar="NAME",
        help="Run this variant of the file; SCENARIO#NAME is the same, for every command. "
        "[default: none]",
    ),
]
LedgerRuns = Annotated[
    int | None,
    typer.Option(
        "--ledger-runs",
        parser=whole("--ledger-runs", 1, MOST_RUNS),
        metavar="N",
        help="Replications whose decisions --ledger writes, a number from 1. [default: 20]",
    ),
]


def command(
    scenario: Scenario,
    runs: Runs = 1000,
    seed: Seed = None,
    jobs: Jobs = None,
    out: Out = None,
    settings: Settings = None,
    variant: Named = None,
    form: Format = "table",
    language: Language = "en",
    report: Report = True,
    fresh: Fresh = False,
    halfwidth: Halfwidth = None,
    on: On = None,
    max_runs: MaxRuns = DEFAULT_MAX_RUNS,
    cluster: Cluster = None,
    ledger: Ledger = False,
    ledger_count: LedgerRuns = None,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Run many replications of a scenario and show the distribution of outcomes.

    An interrupted run resumes when it is called again with the same folder. With
    --until-halfwidth a pilot, whose random draws and results are not those of the run, says how
    many replications that precision needs; --runs is then the least.

    Example: run_sim.py run scenarios/two_states.yaml --runs 2000 --seed 7 --set horizon=90
    """
    goal = precision(halfwidth, on, max_runs, runs)
    decisions = ledger_runs(ledger, ledger_count)
    quiet = form != "table"
    scenario = scenario if variant is None else f"{scenario}#{variant}"
    from sim.words import words

    wording = words(language)
    loaded = read_to_run(scenario, settings)
    if loaded.warnings and not quiet:
        about = {"n": len(loaded.warnings), "place": str(loaded.path)}
        print(wording.text("cli.notes.warnings", **about), file=sys.stderr)
    from sim.cli.progress import progress_display
    from sim.ensemble import run
    from sim.ensemble.arguments import root_seed
    from sim.ensemble.cluster import connect
    from sim.files import inside

    if out is None:
        seed = root_seed(loaded, seed)
    with (
        connect(cluster, jobs) as workers,
        progress_display(wording, quiet=quiet) as progress,
    ):
        ensemble = run(
            loaded,
            runs=runs,
            seed=seed,
            jobs=workers.jobs,
            executor=workers.executor,
            out=out or inside(HOME, f"{loaded.id}-{loaded.digest[:8]}-seed{seed}"),
            progress=progress,
            until=None if goal is None else _until(goal, loaded),
            fresh=fresh,
            command=this_call(),
            called=scenario_text(scenario, settings or (), python=bool(loaded.programs)),
            engine=chosen_engine(),
        )
    from sim.studies.files import write_overview

    overview = write_overview(ensemble)
    if decisions is not None:
        _write_ledger(ensemble, decisions, wording, quiet=quiet)
    if report:
        _write_report(ensemble, wording, quiet=quiet)
    ensemble.location.publish()
    if goal is not None:
        _print_precision(goal, ensemble, wording)
    _print(form, overview, ensemble, wording)
    failed = overview.summary.failed
    if failed:
        text = wording.text(
            "cli.notes.failed_again",
            n=failed,
            total=overview.summary.runs,
            place=f"{ensemble.location}/failed.csv",
            again=ensemble.failed["rerun"].iloc[0],
        )
        print(text, file=sys.stderr)
    return PARTLY_FAILED if failed else DONE


def _until(goal: Precision, scenario: Loaded) -> Until:
    """When to stop. Raise a `BadUse` if the scenario has no such outcome."""
    from sim.ensemble.stopping import until
    from sim.scenario.successors import near_outcome

    if goal.on is not None and goal.on not in scenario.outcomes:
        raise BadUse(
            f"--on: must be an outcome of the scenario, got {goal.on} "
            f"({near_outcome(goal.on, scenario.outcomes)})"
        )
    return until(goal.halfwidth, goal.most, goal.on)


def _print_precision(goal: Precision, ensemble: Ensemble, words: Words) -> None:
    from sim.ensemble.stopping import halfwidth
    from sim.scenario import localise

    if goal.on is None:
        what = words.text("cli.precision.widest")
    else:
        _, words = localise(ensemble.scenario, words)
        what = words.text("cli.precision.of", name=words.term("vocabulary.outcomes", goal.on))
    width = halfwidth(ensemble, goal.on)
    print(goal.verdict(what, width, ensemble.size, words), file=sys.stderr)


def _write_report(ensemble: Ensemble, words: Words, *, quiet: bool) -> None:
    from sim.report.pages.ensemble import write_report

    if not quiet:
        print(words.text("cli.drawing.report"), file=sys.stderr)
    write_report(ensemble, language=words.language)


def _write_ledger(ensemble: Ensemble, runs: int, words: Words, *, quiet: bool) -> None:
    from sim.cli.progress import progress_display
    from sim.replication.ledger_files import write_ledger

    with progress_display(words, quiet=quiet, what="ledger") as progress:
        written = write_ledger(ensemble, runs, progress, engine=chosen_engine())
    if written < ensemble.size:
        about = {"written": written, "total": ensemble.size}
        print(words.text("cli.notes.ledger", **about), file=sys.stderr)


def _print(form: str, overview: Overview, ensemble: Ensemble, words: Words) -> None:
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(overview.as_json()))
    elif form == "csv":
        from sim.studies.files import csv_text

        print(csv_text(overview.table()), end="")
    else:
        from sim.cli.tables import print_tables

        print_tables(overview.summary, ensemble, words)
