"""The command `audit`: faults of a scenario, and what is worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import (
    AllowPython,
    Debug,
    FixedSeed,
    Jobs,
    Runs,
    Scenario,
    Settings,
)
from sim.cli.parsers import one_of
from sim.cli.scenarios import read_to_run

if TYPE_CHECKING:
    from rich.console import Console

    from sim.studies.audit.audit import AuditAnswer
    from sim.studies.audit.findings import Finding

SUMMARY = "Find parameters without effect, asymmetric treatment of states, events that never occur."
NOTHING = "nothing found"

Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="PATTERN",
        help="Numbers to move, by a pattern of their paths (rules.ceasefire.*); may be repeated. "
        "[default: all]",
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        parser=one_of("--format", ("table", "json")),
        metavar="table|json",
        help="How to print the findings.",
    ),
]


def command(
    scenario: Scenario,
    runs: Runs = 500,
    seed: FixedSeed = 1,
    only: Only = None,
    settings: Settings = None,
    jobs: Jobs = None,
    form: Form = "table",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Find results that change when two states exchange labels, and numbers without effect.

    Each part looks at --runs replications. Remarks are actions never taken, actors that never act,
    outcomes that never or always come, constant measures. Exit code: 0 without a fault, 1 with one,
    2 for bad input.

    Example: run_sim.py audit two_states --runs 200
    """
    loaded = read_to_run(scenario, settings)
    from sim.cli.progress import progress_display
    from sim.studies.audit.audit import audit

    with progress_display(quiet=form != "table", what="looks") as progress:
        found = audit(
            loaded, runs=runs, seed=seed, only=only or ("*",), jobs=jobs, progress=progress
        )
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(found.as_json()))
    else:
        _print(found)
    return PARTLY_FAILED if found.faults else DONE


def _print(found: AuditAnswer) -> None:
    """Part by part: what was looked at, faults, remarks."""
    from sim.cli.tables import screen
    from sim.studies.audit import findings as a

    console = screen()
    turned = ", ".join(f"{one} and {other}" for one, other in found.pairs) or "no two states"
    console.print(found.scenario.title, style="bold", markup=False)
    parts = {
        f"Labels exchanged, with all numbers and random draws ({turned})": (a.MIRROR, a.LABEL),
        f"Numbers without effect ({found.numbers}, one at a time, common random numbers)": (
            a.NUMBER,
        ),
        "Actions never taken": (a.ACTION,),
        "Actors that never act": (a.ACTOR,),
        "Outcomes that never or always come": (a.OUTCOME,),
        "Measures that are constant": (a.MEASURE,),
    }
    for title, names in parts.items():
        _part(console, title, [one for name in names for one in found.of(name)])
    count = len(found.faults)
    verdict = f"{count} fault{'s' if count != 1 else ''}" if count else "no fault"
    remarks = len(found.findings) - count
    console.print(
        f"\n{verdict}, {remarks} remarks; {found.runs:,} replications, seed {found.seed}; "
        f"scenario digest {found.scenario.digest[:8]}",
        markup=False,
    )


def _part(console: Console, title: str, findings: Sequence[Finding]) -> None:
    from sim.words import words

    console.print(f"\n{title}", style="bold", markup=False)
    if not findings:
        console.print(f"  {NOTHING}", markup=False)
    for one in findings:
        mark = "FAULT  " if one.fault else ""
        why = f": {one.why(words())}" if one.why else ""
        console.print(f"  {mark}{one.says(words())}{why}", markup=False, soft_wrap=True)
