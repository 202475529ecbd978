"""The command `discover`: the ranges of the inputs in which an outcome is likely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.parsers import BadUse
from sim.cli.study_options import Factors, StudyOptions, points_option, with_study_options

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.discovery import DiscoveryAnswer
    from sim.words import Words

SUMMARY = "Find the ranges of inputs in which an outcome is likely."
FEWEST_CASES = 40  # below that half of the cases cannot judge a box

Outcome = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="NAME",
        help="The outcome to explain. [required]",
        show_default=False,
    ),
]
Points = Annotated[
    int,
    points_option("Cases: points of a Latin hypercube, a replication each.", low=FEWEST_CASES),
]


@with_study_options
def command(
    options: StudyOptions,
    outcome: Outcome = None,
    points: Points = 4000,
    factors: Factors = None,
) -> int:
    """Find a box of inputs in which an outcome is likely (PRIM).

    Its coverage and density are those in cases that did not help to find it.

    Example: run_sim.py discover two_states --outcome "war, then a truce" --points 4000 --seed 7
    """
    if outcome is None:
        raise BadUse(
            "--outcome: must name an outcome of the scenario, got none "
            '(for example --outcome "war, not over")'
        )
    from sim.design import sampling
    from sim.studies import discovery

    loaded, seed = study.load(options)
    discovery.require_outcome(loaded, outcome)
    inputs = study.factors_of(loaded, factors) or sampling.movable(loaded)
    question = discovery.DiscoveryQuestion(
        loaded, tuple(inputs), {outcome: "probability"}, seed, points
    )
    return study.investigate(options, question, 1, page=_page, show=_print)


def _page(answer: DiscoveryAnswer, result: DesignResult, words: Words) -> None:
    from sim.report.pages.discovery import write_page

    write_page(answer, result, this_call(), words)


def _print(answer: DiscoveryAnswer, result: DesignResult, words: Words) -> None:
    from sim.cli.tables import screen
    from sim.report.pages.discovery import sentences

    console = screen()
    console.print(result.scenario.title, style="bold", markup=False)
    for sentence in sentences(answer, words):
        console.print(sentence, markup=False)
