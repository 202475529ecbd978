"""Which replication a command tells: by its number, or by what happens in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sim.cli.engine import chosen_engine
from sim.cli.parsers import BadUse, near

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words


def replication_of(
    scenario: Scenario, seed: int, replication: int, story: str | None, words: Words
) -> int:
    """The number of the replication; how it was found is told on stderr.

    Raises
    ------
    BadUse : for an unknown story, or one beside a number
    ModelError : if it happens in none that are searched
    """
    if story is None:
        return replication
    from sim.replication.pick import pick, stories

    if replication:
        raise BadUse("--pick: must be left out where --replication is given, or the other way")
    known = stories(scenario)
    if story not in known:
        raise BadUse(
            f"--pick: must be an outcome or a story, got {story}{near(story, known)}; "
            f"there are {'; '.join(known)}"
        )
    found = pick(scenario, seed, story, engine=chosen_engine())
    group = "vocabulary.outcomes" if story in scenario.outcomes else "cli.pick.stories"
    print(
        words.text(
            "cli.pick.found",
            replication=str(found.replication),
            n=found.among,
            searched=found.searched,
            story=words.term(group, story),
        ),
        file=sys.stderr,
    )
    return found.replication
