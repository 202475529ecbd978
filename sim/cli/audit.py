"""The command `audit`: what should not be in a scenario, and what is worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.scenarios import read

if TYPE_CHECKING:
    from rich.console import Console

    from sim.studies.audit.audit import Audit, Finding

FOUND = 1
NOTHING = "nothing found"


def carry_out(
    word: str,
    given: Sequence[str],
    runs: int,
    seed: int,
    only: Sequence[str],
    jobs: int | None,
    form: str,
) -> int:
    """Audit, print; 1 if there is a fault."""
    scenario = read(word, given)
    from sim.cli.progress import shown
    from sim.studies.audit.audit import audit

    with shown(quiet=form != "table", what="looks") as progress:
        found = audit(
            scenario, runs=runs, seed=seed, only=only or ("*",), jobs=jobs, progress=progress
        )
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(found.as_json()))
    else:
        _print(found)
    return FOUND if found.faults else 0


def _print(found: Audit) -> None:
    """Part by part: what was looked at, faults, remarks."""
    from sim.cli.show import screen
    from sim.studies.audit import audit as a

    console = screen()
    turned = ", ".join(f"{one} and {other}" for one, other in found.pairs) or "no two states"
    console.print(found.scenario.title, style="bold", markup=False)
    parts = {
        f"Labels exchanged, with all numbers and luck ({turned})": (a.MIRROR, a.LABEL),
        f"Numbers without effect ({found.numbers} looked at, one at a time, on the same luck)": (
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
        f"\n{verdict}, {remarks} remarks; {found.runs:,} replications, seed {found.seed}; scenario digest {found.scenario.digest[:8]}",
        markup=False,
    )


def _part(console: Console, title: str, findings: Sequence[Finding]) -> None:
    console.print(f"\n{title}", style="bold", markup=False)
    if not findings:
        console.print(f"  {NOTHING}", markup=False)
    for one in findings:
        mark = "FAULT  " if one.fault else ""
        console.print(
            f"  {mark}{one.says}{': ' + one.why if one.why else ''}", markup=False, soft_wrap=True
        )
