"""The command `check`: what is wrong with scenarios, and whether they show what they claim."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import BAD_INPUT, DONE, PARTLY_FAILED
from sim.cli.options import (
    AllowPython,
    Debug,
    FixedSeed,
    Runs,
    Settings,
)
from sim.cli.scenarios import STDIN, read
from sim.errors import SimError
from sim.printable import printable

if TYPE_CHECKING:
    from sim.scenario import Scenario

SUMMARY = "Show everything that is wrong with scenarios."

Scenarios = Annotated[
    list[str],
    typer.Argument(help="Scenario files, - for standard input, or bundled scenarios' names."),
]
Test = Annotated[
    bool,
    typer.Option(
        "--run",
        help="Run a short ensemble of each too, and test its `expect` block. [default: no]",
    ),
]


def command(
    scenarios: Scenarios,
    settings: Settings = None,
    test: Test = False,
    runs: Runs = 500,
    seed: FixedSeed = 1,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Read scenarios strictly and show everything that is wrong with them, all at once.

    --runs and --seed are those of the short ensemble of --run.

    Example: run_sim.py check scenarios/two_states.yaml --run
    """
    from sim.scenario.programs import require_consent

    readable = [one for word in scenarios if (one := _read(word, settings or [])) is not None]
    if test:
        for scenario in readable:
            require_consent(scenario.programs, allowed=allow_python)
    results = [_shows(scenario, runs, seed) for scenario in readable] if test else []
    if len(readable) < len(scenarios):
        return BAD_INPUT
    return DONE if all(results) else PARTLY_FAILED


def _read(word: str, settings: list[str]) -> Scenario | None:
    try:
        scenario = read(word, settings)
    except SimError as error:
        print(error, file=sys.stderr)
        return None
    for program in scenario.programs:
        print(
            printable(
                f"remark: {scenario.path}: {program.path}: is {program}, "
                "which runs with --allow-python only"
            ),
            file=sys.stderr,
        )
    for warning in scenario.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    place = scenario.path if word != STDIN else "standard input"
    print(f"ok: {place} ({scenario.id}, {len(scenario.warnings)} warnings)", flush=True)
    return scenario


def _shows(scenario: Scenario, runs: int, seed: int) -> bool:
    """Whether a short ensemble runs without failures and every expectation holds."""
    from sim.cli.progress import progress_display
    from sim.ensemble import run
    from sim.studies.expectations import verdicts

    with progress_display(quiet=True) as progress:
        ensemble = run(scenario, runs=runs, seed=seed, progress=progress, engine=chosen_engine())
    found = verdicts(ensemble)
    for verdict in found:
        print(f"{scenario.id}: {verdict}", flush=True)
    failed = len(ensemble.failed)
    if failed:
        print(
            f"{scenario.id}: {failed} of {runs} replications failed, "
            f"the first with: {ensemble.failed['error'].iloc[0]}",
            file=sys.stderr,
        )
    if not found:
        print(f"{scenario.id}: expects nothing")
    return not failed and all(verdict.holds for verdict in found)
