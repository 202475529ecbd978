"""Warnings about a lesson: what it asks that happens in none of its stories."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sim.cli.engine import chosen_engine
from sim.printable import printable

if TYPE_CHECKING:
    from sim.scenario import Scenario


def warn_of_stories(scenario: Scenario, seed: int) -> int:
    """Check the questions of a lesson against its stories, as a seed tells them; how many warnings.

    Nothing is run for a scenario whose lesson names no stories, has a policy in Python, or where
    there is no compiled code: a few hundred replications would take minutes there, and it is said.
    """
    if not scenario.file.teaching.stories or scenario.programs:
        return 0
    from sim.classroom.stories import found_stories, mismatches
    from sim.engine.jit import COMPILED
    from sim.words import words

    if not COMPILED:
        print(
            f"note: {scenario.path}: teaching.stories: not run, since nothing is compiled here",
            file=sys.stderr,
        )
        return 0
    found = list(mismatches(scenario, found_stories(scenario, seed, chosen_engine()), words()))
    for one in found:
        print(printable(f"warning: {scenario.path}: {one.sentence(seed)}"), file=sys.stderr)
    return len(found)
