"""Commands that look for faults of a scenario: the audit."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import MOST_JOBS, MOST_RUNS, MOST_SEED, Debug, Jobs, Scenario, Settings
from sim.cli.words import BadUse, near, whole

group = typer.Typer()

_FORMS = ("table", "json")


@group.command(
    short_help="Look for numbers that do nothing, sides not treated alike, and what never happens."
)
def audit(
    scenario: Scenario,
    runs: Annotated[
        str,
        typer.Option(
            "--runs", metavar="N", help="Replications that each part looks at, a number from 1."
        ),
    ] = "500",
    seed: Annotated[
        str, typer.Option("--seed", metavar="N", help="Root seed, a whole number from 0.")
    ] = "1",
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="PATTERN",
            help="Numbers to move, by a pattern of their paths (rules.ceasefire.*); may be repeated. [default: all]",
        ),
    ] = None,
    settings: Settings = None,
    jobs: Jobs = None,
    form: Annotated[
        str, typer.Option("--format", metavar="table|json", help="How to print what is found.")
    ] = "table",
    debug: Debug = False,
) -> int:
    """Look for faults: results that change when two states exchange labels and numbers, and numbers that have no effect.

    Remarks are actions never taken, actors that never act, outcomes that never or always come,
    constant measures. Exit code: 0 without a fault, 1 with one, 2 for bad input.

    Example: run_sim.py audit two_states --runs 200
    """
    from sim.cli.audit import carry_out

    numbers = whole("--runs", runs, 1, MOST_RUNS), whole("--seed", seed, 0, MOST_SEED)
    if form not in _FORMS:
        raise BadUse(
            f"--format: must be one of {', '.join(_FORMS)}, got {form}{near(form, _FORMS)}"
        )
    return carry_out(
        scenario, settings or [], *numbers, only or [], whole("--jobs", jobs, 1, MOST_JOBS), form
    )
