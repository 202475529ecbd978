"""The command `replay`: one replication as a page that plays it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sim.cli.scenarios import read

FAILED = 1


def carry_out(
    word: str, given: Sequence[str], replication: int, seed: int | None, language: str, out: Path
) -> int:
    """Run the replication again and write its page."""
    from sim.classroom import page
    from sim.words import words

    page.fit(out)
    said = words(language)
    scenario = read(word, given)
    from sim.classroom.replay import call, data, text
    from sim.ensemble.runner import root_seed
    from sim.files import write_file
    from sim.replication.ledger import decisions
    from sim.replication.rerun import rerun

    seed = root_seed(scenario, seed)
    told = rerun(scenario, seed, replication)
    if not len(told.blocks):
        raise told.failure or RuntimeError("a replication of no days")
    why = [one.as_json(said) for one in decisions(scenario, seed, replication)]
    found = data(
        scenario, told, seed, replication, said, call(word, replication, seed, given, language), why
    )
    write_file(out, text(found, said))
    print(
        f"{out}: {scenario.title}, replication {replication}, seed {seed}; open it in a browser",
        file=sys.stderr,
    )
    if told.failure:
        print(told.failure, file=sys.stderr)
    return FAILED if told.failure else 0
