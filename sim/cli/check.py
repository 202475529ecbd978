"""The command `check`: everything that is wrong with some scenarios, and whether they show what they claim."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli import BAD_INPUT
from sim.cli.scenarios import STDIN, read
from sim.cli.words import settings
from sim.errors import SimError

if TYPE_CHECKING:
    from sim.scenario import Scenario

NOT_SHOWN = 1


def carry_out(words: Sequence[str], given: Sequence[str], test: bool, runs: int, seed: int) -> int:
    """Read them all; complaints and warnings go to stderr, what is right to stdout."""
    settings(given)  # a slip in --set is one error, not one per scenario
    good = [scenario for word in words if (scenario := _read(word, given)) is not None]
    held = [_shows(scenario, runs, seed) for scenario in good] if test else []
    if len(good) < len(words):
        return BAD_INPUT
    return 0 if all(held) else NOT_SHOWN


def _read(word: str, given: Sequence[str]) -> Scenario | None:
    try:
        scenario = read(word, given)
    except SimError as error:
        print(error, file=sys.stderr)
        return None
    for warning in scenario.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(
        f"ok: {scenario.path if word != STDIN else 'standard input'} ({scenario.id}, {len(scenario.warnings)} warnings)",
        flush=True,
    )
    return scenario


def _shows(scenario: Scenario, runs: int, seed: int) -> bool:
    """Whether a short ensemble runs without failures and every expectation holds."""
    from sim.cli.progress import shown
    from sim.ensemble import run
    from sim.studies.expectations import verdicts

    with shown(quiet=True) as progress:
        ensemble = run(scenario, runs=runs, seed=seed, progress=progress)
    found = verdicts(ensemble)
    for verdict in found:
        print(f"{scenario.id}: {verdict}", flush=True)
    failed = len(ensemble.failed)
    if failed:
        print(
            f"{scenario.id}: {failed} of {runs} replications failed, the first with: {ensemble.failed['error'].iloc[0]}",
            file=sys.stderr,
        )
    if not found:
        print(f"{scenario.id}: expects nothing")
    return not failed and all(verdict.holds for verdict in found)
