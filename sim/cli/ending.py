"""How the replication of a command ended, and the option that asks for its turning points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.engine import chosen_engine
from sim.cli.parsers import whole
from sim.plain import MOST_RUNS

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

TurningPoints = Annotated[
    int,
    typer.Option(
        "--turning-points",
        parser=whole("--turning-points", 0, MOST_RUNS),
        metavar="N",
        help="Name the turning points in the end, from N futures of each morning; 200 tell a move "
        "of ten points from chance, in some ten seconds. [default: 0, none]",
        show_default=False,
    ),
]


def how_it_ended(
    scenario: Scenario, seed: int, replication: int, futures: int, words: Words
) -> list[str]:
    """Sentences on the end of a replication, with its turning points from so many futures."""
    from sim.cli.progress import progress_display
    from sim.narration.ending import ending_of, turning_sentences

    told = ending_of(scenario, seed, replication, words, engine=chosen_engine())
    if futures:
        with progress_display(words, quiet=False, what="mornings") as progress:
            told += turning_sentences(scenario, seed, replication, futures, words, progress)
    return told
