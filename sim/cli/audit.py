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
    Language,
    Runs,
    Scenario,
    Settings,
    ShortFormat,
)
from sim.cli.scenarios import read_to_tell

if TYPE_CHECKING:
    from rich.console import Console

    from sim.studies.audit.audit import AuditAnswer
    from sim.studies.audit.findings import Finding
    from sim.words import Words

SUMMARY = "Find parameters without effect, asymmetric treatment of states, events that never occur."

Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="PATTERN",
        help="Numbers to move, by a pattern of their paths (rules.ceasefire.*); may be repeated. "
        "[default: all]",
    ),
]


def command(
    scenario: Scenario,
    runs: Runs = 500,
    seed: FixedSeed = 1,
    only: Only = None,
    settings: Settings = None,
    jobs: Jobs = None,
    form: ShortFormat = "table",
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Find results that change when two states exchange labels, and numbers without effect.

    Each part looks at --runs replications. Remarks are actions never taken, actors that never act,
    outcomes that never or always come, constant measures. Exit code: 0 without a fault, 1 with one,
    2 for bad input.

    Example: run_sim.py audit two_states --runs 200
    """
    from sim.words import words

    loaded, wording = read_to_tell(scenario, settings, words(language))
    from sim.cli.progress import progress_display
    from sim.studies.audit.audit import audit

    with progress_display(wording, quiet=form != "table", what="looks") as progress:
        found = audit(
            loaded, runs=runs, seed=seed, only=only or ("*",), jobs=jobs, progress=progress
        )
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(found.as_json()))
    else:
        _print(found, wording)
    return PARTLY_FAILED if found.faults else DONE


def _print(found: AuditAnswer, words: Words) -> None:
    """Part by part: what was looked at, faults, remarks."""
    from sim.cli.tables import screen
    from sim.studies.audit import findings as a

    console = screen()
    pairs = [words.text("cli.audit.pair", one=one, other=other) for one, other in found.pairs]
    about: dict[str, dict[str, object]] = {
        a.MIRROR: {"pairs": ", ".join(pairs) or words.text("cli.audit.no_pair")},
        a.ORDER: {"n": found.orders},
        a.NUMBER: {"numbers": found.numbers},
    }
    console.print(found.scenario.title, style="bold", markup=False)
    for part in (a.MIRROR, a.ORDER, a.NUMBER, a.ACTION, a.ACTOR, a.OUTCOME, a.MEASURE):
        title = words.text(f"cli.audit.{part}", **about.get(part, {}))
        of_labels = found.of(a.LABEL) if part == a.MIRROR else []
        _part(console, title, [*found.of(part), *of_labels], words)
    faults, all_findings = len(found.faults), len(found.findings)
    foot = words.text(
        "cli.audit.foot",
        faults=words.text(f"cli.audit.{'faults' if faults else 'no_fault'}", n=faults),
        remarks=words.text("cli.audit.remarks", n=all_findings - faults),
        replications=words.count(found.runs, "replication"),
        seed=str(found.seed),
        digest=found.scenario.digest[:8],
    )
    console.print(f"\n{foot}", markup=False)


def _part(console: Console, title: str, findings: Sequence[Finding], words: Words) -> None:
    console.print(f"\n{title}", style="bold", markup=False)
    if not findings:
        console.print(f"  {words.text('cli.audit.nothing')}", markup=False)
    for one in findings:
        text = one.says(words)
        if one.why:
            text = words.text("cli.fact", name=text, value=one.why(words))
        if one.fault:
            text = words.text("cli.audit.fault", finding=text)
        console.print(f"  {text}", markup=False, soft_wrap=True)
