"""The command `trace`: one replication day by day."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

from sim.cli.scenarios import read
from sim.cli.words import BadUse

FAILED = 1
FAR = 10**6  # days; further than any horizon


class Days(NamedTuple):
    """First and last day of the trace, from the release."""

    first: int
    last: int


class Request(NamedTuple):
    """What is traced: the scenario with its settings, the replication, its days, the language."""

    scenario: str
    settings: Sequence[str]
    replication: int
    seed: int | None
    days: Days
    every: bool
    language: str


def span(text: str) -> Days:
    """Two days with a colon between; one that is left out is the first or last there is."""
    found = re.fullmatch(r"(-?\d{1,5})?:(-?\d{1,5})?", text)
    if not found:
        raise BadUse(
            f"--days: must be A:B, two whole numbers of days after the release, got {text[:40]} (for example 1:30)"
        )
    days = Days(int(found[1] or -FAR), int(found[2] or FAR))
    if days.first > days.last:
        raise BadUse(f"--days: must not end before it begins, got {text}")
    return days


def carry_out(asked: Request) -> int:
    """Run the replication again and print its trace."""
    from sim.words import words

    wording = words(asked.language)
    scenario = read(asked.scenario, asked.settings)
    from sim.ensemble.runner import root_seed
    from sim.narration.trace import trace
    from sim.replication.rerun import rerun

    seed = root_seed(scenario, asked.seed)
    number = str(asked.replication)
    about = {"title": scenario.title, "replication": number, "seed": str(seed)}
    print(wording.text("narration.trace.title", **about), flush=True)
    replication = rerun(scenario, seed, asked.replication)
    first = max(asked.days.first, (scenario.start - scenario.release).days)
    days = range(first, min(asked.days.last, len(replication.rung)) + 1)
    for line in trace(replication, scenario, wording, days=days, every=asked.every):
        print(line)
    if replication.failure:
        print(replication.failure, file=sys.stderr)
    return FAILED if replication.failure else 0
