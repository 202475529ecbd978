"""Warnings about a lesson: what it asks that happens in none of its stories."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sim.cli.engine import chosen_engine
from sim.errors import Problem
from sim.printable import printable

if TYPE_CHECKING:
    from sim.scenario import Scenario


def warn_of_gaps(scenario: Scenario) -> int:
    """Say what a lesson that was begun still needs, before it is printed; how many warnings."""
    from sim.classroom.lesson_parts import lacking_parts
    from sim.scenario.schema import Teaching

    lacking = lacking_parts(scenario)
    if not lacking or scenario.file.teaching == Teaching():
        return 0
    problem = Problem(
        *(str(scenario.path), 0, 0, "teaching"),
        rule=f"should have {', '.join(lacking)} too",
        hint="lesson refuses one without; two_states.yaml shows how",
    )
    print(printable(f"warning: {problem}"), file=sys.stderr)
    return 1


def warn_of_stories(scenario: Scenario, seed: int) -> int:
    """Check the questions of a lesson against its stories, as a seed tells them; how many warnings.

    Nothing is run for a scenario whose lesson names no stories, has a policy in Python, or where
    there is no compiled code: a few hundred replications would take minutes there, and it is said.
    """
    if not scenario.file.teaching.stories or scenario.programs:
        return 0
    from sim.classroom.stories import lesson_stories, mismatches
    from sim.engine.jit import COMPILED
    from sim.words import words

    if not COMPILED:
        note = Problem(
            *(str(scenario.path), 0, 0, "teaching.stories"),
            rule="should be run to check the questions, which waits for compiled code",
        )
        print(printable(f"note: {note}"), file=sys.stderr)
        return 0
    found = list(mismatches(scenario, lesson_stories(scenario, seed, chosen_engine()), words()))
    for one in found:
        problem = one.problem(str(scenario.path), seed)
        print(printable(f"warning: {problem}"), file=sys.stderr)
    return len(found)
