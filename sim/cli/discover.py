"""The command `discover`: the ranges of the inputs in which an outcome is likely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.parsers import BadUse
from sim.cli.study_options import Design, Factors, StudyOptions, points_option, with_study_options

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.discovery import DiscoveryAnswer
    from sim.words import Words

SUMMARY = "Find the ranges of inputs in which an outcome is likely."
_CASES = 4000
FEWEST_CASES = 40  # below that half of the cases cannot judge a box

Outcome = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="NAME",
        help="The outcome to explain. [required without --design]",
        show_default=False,
    ),
]
Points = Annotated[
    int | None,
    points_option(
        "Cases: points of a Latin hypercube, a replication each. [default: 4000]", low=FEWEST_CASES
    ),
]


@with_study_options
def command(
    options: StudyOptions,
    outcome: Outcome = None,
    points: Points = None,
    factors: Factors = None,
    design: Design = None,
) -> int:
    """Find a box of inputs in which an outcome is likely (PRIM).

    Its coverage and density are those in cases that did not help to find it.

    Example: run_sim.py discover two_states --outcome "war, then a truce" --points 4000 --seed 7
    """
    if outcome is None and design is None:
        raise _no_outcome("got none")
    from sim.design import sampling
    from sim.studies import discovery
    from sim.studies.designs import factors_of

    loaded = study.load(options, "discover", design, {"--factors": factors})
    scenario, named, fill = loaded.scenario, loaded.look([outcome] if outcome else None), None
    if len(named) != 1:
        raise _no_outcome(f"got {len(named)} that the design looks at")
    discovery.require_outcome(scenario, named[0])
    if loaded.design is None:
        inputs = tuple(study.factors_of(scenario, factors) or sampling.movable(scenario))
    else:
        inputs, fill = factors_of(scenario, loaded.design), loaded.design.asked.fill
    question = discovery.DiscoveryQuestion(
        scenario,
        inputs,
        {named[0]: "probability"},
        loaded.seed,
        max(points or fill or _CASES, FEWEST_CASES),
        asked=loaded.label,
    )
    return study.investigate(options, question, 1, page=_page, show=_print)


def _no_outcome(given: str) -> BadUse:
    return BadUse(
        f"--outcome: must name an outcome of the scenario, {given} "
        '(for example --outcome "war, not over")'
    )


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
