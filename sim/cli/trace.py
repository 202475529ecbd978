"""The command `trace`: one replication told day by day."""

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
    """First and last day that are told, from the release."""

    first: int
    last: int


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


def carry_out(
    word: str, given: Sequence[str], replication: int, seed: int | None, days: Days, every: bool
) -> int:
    """Run the replication again and tell it."""
    scenario = read(word, given)
    from sim.ensemble.runner import root_seed
    from sim.narration.happenings import happenings
    from sim.narration.trace import told
    from sim.replication.rerun import rerun

    seed = root_seed(scenario, seed)
    print(f"{scenario.title}. Replication {replication}, seed {seed}.", flush=True)
    story = rerun(scenario, seed, replication)
    rungs = {
        day: int(rung)
        for day, rung in enumerate(story.rung, start=1)
        if days.first <= day <= days.last
    }
    events = story.events[(story.events["day"] >= days.first) & (story.events["day"] <= days.last)]
    first = max(days.first, (scenario.start - scenario.release).days)
    for line in told(
        happenings(events, scenario), rungs, scenario.release, first=first, every=every
    ):
        print(line)
    if story.failure:
        print(story.failure, file=sys.stderr)
    return FAILED if story.failure else 0
