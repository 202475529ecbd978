"""The command `uncertainty`: variance from unknown inputs, and variance from chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.parsers import one_of
from sim.cli.study_options import StudyOptions, points_option, runs_option, with_study_options

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.uncertainty import UncertaintyAnswer
    from sim.words import Words

SUMMARY = "Decompose outcome variance into input uncertainty and chance."
DESIGNS = ("sobol", "lhs")

DesignOption = Annotated[
    str,
    typer.Option(
        "--design",
        parser=one_of("--design", DESIGNS),
        metavar="sobol|lhs",
        help="How points fill the space of the inputs.",
    ),
]
Points = Annotated[int, points_option("Points; a power of two is best for sobol.")]
PerPoint = Annotated[
    int,
    runs_option(
        "Replications at each point, from 2, each with independent random draws.",
        low=2,
        name="--per-point",
    ),
]
On = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="NAME",
        help="An outcome or measure to look at; may be repeated. [default: all; outcomes, max_rung "
        "and interstate_deaths on the screen]",
    ),
]
Unknown = Annotated[
    list[str] | None,
    typer.Option(
        "--factors",
        metavar="PATH:LOW:HIGH",
        help="An unknown input, evenly spread from LOW to HIGH in the file's own unit; may be "
        "repeated. [default: the scenario's uncertain numbers]",
    ),
]


@with_study_options
def command(
    options: StudyOptions,
    kind: DesignOption = "sobol",
    points: Points = 256,
    per_point: PerPoint = 8,
    on: On = None,
    factors: Unknown = None,
) -> int:
    """Decompose the variance between replications into unknown inputs and chance.

    The scenario's numbers that are given as distributions are drawn by a design that fills their
    space evenly.

    Example: run_sim.py uncertainty af_pk_2026 --points 128 --per-point 4 --seed 7
    """
    from sim.design import sampling
    from sim.errors import ModelError
    from sim.studies import targets, uncertainty

    loaded, seed = study.load(options)
    names = targets.select(loaded, tuple(on or ()) or tuple(targets.units(loaded)))
    inputs = study.factors_of(loaded, factors) or sampling.uncertain(loaded)
    if not inputs:
        raise ModelError(
            f"{loaded.id}: has no uncertain numbers, so name the unknown inputs "
            "(--factors PATH:LOW:HIGH), or give a number a distribution"
        )
    asked = tuple(on or ())
    question = uncertainty.UncertaintyQuestion(loaded, tuple(inputs), names, seed, kind, points)

    def page(answer: UncertaintyAnswer, result: DesignResult, words: Words) -> None:
        from sim.report.pages.uncertainty import write_page

        write_page(answer, result, asked, this_call(), words)

    def show(answer: UncertaintyAnswer, result: DesignResult, words: Words) -> None:
        _print(answer, result, asked, words)

    return study.investigate(options, question, per_point, page=page, show=show)


def _print(
    answer: UncertaintyAnswer, result: DesignResult, on: tuple[str, ...], words: Words
) -> None:
    from sim.cli.tables import screen, table_of
    from sim.report.pages.uncertainty import cells, constant_text, constants, heads, main_targets

    console = screen()
    console.print(result.scenario.title, style="bold", markup=False)
    title, target = words.text("cli.uncertainty"), words.text("studies.uncertainty.target")
    rows = table_of(f"\n{title}", target, *heads(words))
    for name, one in main_targets(answer, on).items():
        rows.add_row(answer.sample.target_name(name, words), *cells(one, words))
    console.print(rows)
    for name, one in constants(answer).items():
        text = constant_text(answer.sample.target_name(name, words), one, words)
        console.print(text, markup=False)
