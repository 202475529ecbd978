"""The command `uncertainty`: variance from unknown inputs, and variance from chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.study_options import StudyOptions, points_option, runs_option, with_study_options
from sim.plain import FILLINGS

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.design.factors import Factor
    from sim.studies.uncertainty import UncertaintyAnswer
    from sim.words import Words

SUMMARY = "Decompose outcome variance into input uncertainty and chance."
_POINTS, _PER_POINT = 256, 8

DesignOption = Annotated[
    str,
    typer.Option(
        "--design",
        metavar="sobol|lhs|NAME",
        help="How points fill the space of the inputs, or a design of the scenario's file "
        "(`designs:`), which says what is unknown and is filled by a Latin hypercube if it says "
        "`fill`.",
    ),
]
Points = Annotated[
    int | None, points_option("Points; a power of two is best for sobol. [default: 256]")
]
PerPoint = Annotated[
    int | None,
    runs_option(
        "Replications at each point, from 2, each with independent random draws. [default: 8]",
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
    points: Points = None,
    per_point: PerPoint = None,
    on: On = None,
    factors: Unknown = None,
) -> int:
    """Decompose the variance between replications into unknown inputs and chance.

    The scenario's numbers that are given as distributions are drawn by a design that fills their
    space evenly.

    Example: run_sim.py uncertainty af_pk_2026 --points 128 --per-point 4 --seed 7
    """
    from sim.studies import targets, uncertainty

    name = None if kind in FILLINGS else kind
    loaded = study.load(options, "uncertainty", name, {"--factors": factors})
    scenario, asked, fill = loaded.scenario, loaded.look(on), None
    if loaded.design is not None:
        fill = loaded.design.asked.fill
        kind = "lhs" if fill else "sobol"
    names = targets.select(scenario, asked or tuple(targets.units(scenario)))
    question = uncertainty.UncertaintyQuestion(
        scenario,
        _inputs(loaded, factors),
        names,
        loaded.seed,
        kind,
        points or fill or _POINTS,
        asked=loaded.label,
    )
    runs = loaded.runs(per_point, _PER_POINT)

    def page(answer: UncertaintyAnswer, result: DesignResult, words: Words) -> None:
        from sim.report.pages.uncertainty import write_page

        write_page(answer, result, asked, this_call(), words)

    def show(answer: UncertaintyAnswer, result: DesignResult, words: Words) -> None:
        _print(answer, result, asked, words)

    return study.investigate(options, question, runs, page=page, show=show)


def _inputs(loaded: study.Start, given: list[str] | None) -> tuple[Factor, ...]:
    """The unknown inputs: of the options, else of the design, else of the scenario."""
    from sim.design import sampling
    from sim.errors import ModelError
    from sim.studies.designs import factors_of

    scenario = loaded.scenario
    if loaded.design is not None:
        return factors_of(scenario, loaded.design)
    inputs = study.factors_of(scenario, given) or sampling.uncertain(scenario)
    if not inputs:
        raise ModelError(
            f"{scenario.id}: has no uncertain numbers, so name the unknown inputs "
            "(--factors PATH:LOW:HIGH), or give a number a distribution"
        )
    return tuple(inputs)


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
