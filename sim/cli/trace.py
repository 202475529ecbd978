"""The command `trace`: the events of one replication in words, day by day."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sim.cli.ending import TurningPoints, how_it_ended
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.lines import wrap_line
from sim.cli.options import (
    AllowPython,
    Debug,
    Language,
    Replication,
    Scenario,
    Seed,
    Settings,
    Story,
)
from sim.cli.parsers import Days, days
from sim.cli.picking import replication_of
from sim.cli.scenarios import read_to_tell

SUMMARY = "Print the events of one replication, day by day."

Span = Annotated[
    Days | None,
    typer.Option(
        "--days",
        parser=days,
        metavar="A:B",
        help="Only these days after the release, the first and the last; 0 and below is history. "
        "[default: all]",
    ),
]
Every = Annotated[
    bool,
    typer.Option(
        "--every", help="Show what is too common for the news one by one too. [default: no]"
    ),
]


def command(
    scenario: Scenario,
    replication: Replication = 0,
    story: Story = None,
    seed: Seed = None,
    settings: Settings = None,
    span: Span = None,
    every: Every = False,
    futures: TurningPoints = 0,
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Print the events of one replication, day by day: who did what to whom, who died, the rung.

    At its end: the outcome, the dead of each side, and how many of a hundred end like this.

    Example: run_sim.py trace two_states --seed 7 --pick "broken truce"
    """
    from sim.words import words

    loaded, wording = read_to_tell(scenario, settings, words(language))
    from sim.ensemble.arguments import root_seed
    from sim.narration.trace import trace
    from sim.replication.rerun import rerun

    seed = root_seed(loaded, seed)
    replication = replication_of(loaded, seed, replication, story, wording)
    about = {"title": loaded.title, "replication": str(replication), "seed": str(seed)}
    print(wrap_line(wording.text("narration.trace.title", **about)), flush=True)
    found = rerun(loaded, seed, replication, engine=chosen_engine())
    first, last = (loaded.start - loaded.release).days, len(found.rung)
    if span is not None:
        first, last = max(span.first, first), min(span.last, last)
    for line in trace(found, loaded, wording, days=range(first, last + 1), every=every):
        print(wrap_line(line))
    if last == loaded.horizon and found.failure is None:
        print()
        for line in how_it_ended(loaded, seed, replication, futures, wording):
            print(wrap_line(line))
    if found.failure:
        print(found.failure, file=sys.stderr)
    return PARTLY_FAILED if found.failure else DONE
