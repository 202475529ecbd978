"""Commands of the main job: run a scenario, check it, show it, tell one replication."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import (
    DEFAULT_MAX_RUNS,
    FORMATS,
    MOST_JOBS,
    MOST_NUMBER,
    MOST_RUNS,
    MOST_SEED,
    Cluster,
    Debug,
    Halfwidth,
    Jobs,
    Language,
    Ledger,
    LedgerRuns,
    MaxRuns,
    On,
    Out,
    Scenario,
    Seed,
    Settings,
    noted,
    precise,
)
from sim.cli.words import BadUse, between, near, whole

group = typer.Typer()


@group.command(short_help="Run many replications; show and keep the outcomes.")
def run(
    scenario: Scenario,
    runs: Annotated[
        str, typer.Option("--runs", metavar="N", help="Replications, a number from 1.")
    ] = "1000",
    seed: Seed = None,
    jobs: Jobs = None,
    out: Out = None,
    settings: Settings = None,
    form: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="How to print the summary.")
    ] = "table",
    report: Annotated[
        bool, typer.Option("--report/--no-report", help="Write figures and report.html.")
    ] = True,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh", help="Discard what an earlier run left in the folder. [default: no]"
        ),
    ] = False,
    halfwidth: Halfwidth = None,
    on: On = None,
    max_runs: MaxRuns = DEFAULT_MAX_RUNS,
    cluster: Cluster = None,
    ledger: Ledger = False,
    ledger_runs: LedgerRuns = None,
    debug: Debug = False,
) -> int:
    """Run many replications of a scenario and show the distribution of outcomes.

    A run that was stopped or killed goes on where it was when it is called again with the same
    folder. With
    --until-halfwidth it goes on from --runs until the shares of the outcomes are that precise.

    Example: run_sim.py run scenarios/two_states.yaml --runs 2000 --seed 7 --set horizon=90
    """
    from sim.cli.run import Request, carry_out

    numbers = (
        whole("--runs", runs, 1, MOST_RUNS),
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
    )
    if form not in FORMATS:
        raise BadUse(
            f"--format: must be one of {', '.join(FORMATS)}, got {form}{near(form, FORMATS)}"
        )
    precision = precise(between("--until-halfwidth", halfwidth, 0, 0.5), on, max_runs, numbers[0])
    return carry_out(
        Request(
            scenario,
            *numbers,
            out,
            tuple(settings or ()),
            form,
            report,
            fresh,
            precision,
            cluster,
            noted(ledger, ledger_runs),
        )
    )


@group.command(short_help="Show everything that is wrong with scenarios.")
def check(
    scenarios: Annotated[
        list[str],
        typer.Argument(help="Scenario files, - for standard input, or bundled scenarios' names."),
    ],
    settings: Settings = None,
    test: Annotated[
        bool,
        typer.Option(
            "--run",
            help="Run a short ensemble of each too, and test its `expect` block. [default: no]",
        ),
    ] = False,
    runs: Annotated[
        str, typer.Option("--runs", metavar="N", help="Replications of the short ensemble.")
    ] = "500",
    seed: Annotated[
        str, typer.Option("--seed", metavar="N", help="Root seed of the short ensemble.")
    ] = "1",
    debug: Debug = False,
) -> int:
    """Read scenarios strictly and show everything that is wrong with them, all at once.

    Example: run_sim.py check scenarios/two_states.yaml --run
    """
    from sim.cli.check import carry_out

    return carry_out(
        scenarios,
        settings or [],
        test,
        whole("--runs", runs, 1, MOST_RUNS),
        whole("--seed", seed, 0, MOST_SEED),
    )


@group.command("list", short_help="Show the bundled scenarios.")
def list_(debug: Debug = False) -> int:
    """Show the bundled scenarios: name, kind, title and question.

    Example: run_sim.py list
    """
    from sim.cli.scenarios import show

    return show()


@group.command(short_help="Tell one replication day by day.")
def trace(
    scenario: Scenario,
    replication: Annotated[
        str, typer.Option("--replication", metavar="K", help="Number of the replication, from 0.")
    ] = "0",
    seed: Seed = None,
    settings: Settings = None,
    days: Annotated[
        str,
        typer.Option(
            "--days",
            metavar="A:B",
            show_default=False,
            help="Only these days after the release, the first and the last; 0 and below is history. [default: all]",
        ),
    ] = ":",
    every: Annotated[
        bool,
        typer.Option(
            "--every", help="Tell small attacks and operations one by one, too. [default: no]"
        ),
    ] = False,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Tell one replication day by day: who did what to whom, who died, and the rung.

    Example: run_sim.py trace two_states --seed 7 --replication 3 --days 1:30
    """
    from sim.cli.trace import Request, carry_out, span

    numbers = (
        whole("--replication", replication, 0, MOST_NUMBER),
        whole("--seed", seed, 0, MOST_SEED),
    )
    return carry_out(Request(scenario, settings or [], *numbers, span(days), every, language))


@group.command(short_help="Print a scenario in full.")
def resolve(scenario: Scenario, settings: Settings = None, debug: Debug = False) -> int:
    """Print a scenario in full: every default and every inherited value, with the file that it came from.

    Example: run_sim.py resolve two_states > full.yaml
    """
    from sim.cli.scenarios import read

    print(read(scenario, settings or []).resolved_text(), end="")
    return 0


@group.command(short_help="Print the JSON Schema of scenarios.")
def schema(debug: Debug = False) -> int:
    """Print the JSON Schema of the scenario language, for completion in editors.

    Example: run_sim.py schema > scenario.schema.json
    """
    import json

    from sim.scenario import schema_json

    print(json.dumps(schema_json(), indent=2, ensure_ascii=False))
    return 0
