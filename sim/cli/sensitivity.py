"""The command `sensitivity`: which inputs matter, by Morris, Sobol, or one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.parsers import one_of
from sim.cli.study_options import (
    Design,
    Factors,
    On,
    StudyOptions,
    points_option,
    runs_option,
    with_study_options,
)

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.sensitivity.sensitivity import SensitivityAnswer, TargetSensitivity
    from sim.words import Words

SUMMARY = "Show which inputs matter."
METHODS = ("morris", "sobol", "oat")
_SHOWN = 12  # factors on the screen

Method = Annotated[
    str,
    typer.Option(
        "--method",
        parser=one_of("--method", METHODS),
        metavar="morris|sobol|oat",
        help="morris: screen many; sobol: shares of variance; oat: one at a time, a tornado.",
    ),
]
Points = Annotated[
    int | None,
    points_option(
        "Trajectories (morris) or base points, a power of two (sobol). [default: 20 and 256]"
    ),
]
RunsAtPoint = Annotated[
    int | None,
    runs_option(
        "Replications at each point, with common random numbers. "
        "[default: morris 50, sobol 10, oat 400]",
        low=2,
    ),
]


@with_study_options
def command(
    options: StudyOptions,
    method: Method = "morris",
    on: On = None,
    factors: Factors = None,
    design: Design = None,
    points: Points = None,
    runs: RunsAtPoint = None,
) -> int:
    """Vary inputs and show which of them move the outcomes, and by how much.

    morris and sobol need SALib, which the extra [sensitivity] installs.

    Example: run_sim.py sensitivity two_states --method morris --on "war, not over" --seed 7
    """
    from sim.design import sampling
    from sim.studies import targets
    from sim.studies.designs import ranged_factors
    from sim.studies.sensitivity import one_at_a_time, salib, sensitivity

    if method != one_at_a_time.OAT:
        salib.need_salib()
    loaded = study.load(options, "sensitivity", design, {"--factors": factors})
    scenario = loaded.scenario
    if loaded.design is None:
        inputs = study.factors_of(scenario, factors) or sampling.movable(scenario)
    else:
        inputs = ranged_factors(loaded.design)
    question = sensitivity.SensitivityQuestion(
        scenario,
        tuple(inputs),
        targets.select(scenario, loaded.look(on)),
        loaded.seed,
        method,
        points or sensitivity.COUNTS[method],
        asked=loaded.label,
    )
    each = loaded.runs(runs, sensitivity.RUNS[method])
    return study.investigate(options, question, each, page=_page, show=_print)


def _page(answer: SensitivityAnswer, result: DesignResult, words: Words) -> None:
    from sim.report.pages.sensitivity import write_page

    write_page(answer, result, this_call(), words)


def _print(answer: SensitivityAnswer, result: DesignResult, words: Words) -> None:
    from sim.cli.tables import screen, table_of
    from sim.report.pages.sensitivity import cells, constant_text, heads, is_constant
    from sim.report.values import SHARE

    console = screen()
    console.print(result.scenario.title, style="bold")
    names = answer.sample.names
    for name, one in answer.results.items():
        title = _title(answer.sample.target_name(name, words), one, words)
        rows = table_of(
            f"\n{title}", words.text("studies.inputs.input"), *heads(answer.method, words)
        )
        for path, indices in list(one.factors.items())[:_SHOWN]:
            rows.add_row(names[path], *cells(indices, one.unit, words))
        console.print(rows)
        if one.unit == SHARE and is_constant(one):
            label = answer.sample.target_name(name, words)
            console.print(constant_text(label, one, answer.sample, words), markup=False)


def _title(label: str, one: TargetSensitivity, words: Words) -> str:
    """An outcome or measure with its unit, and the blocks of points that are left out."""
    from sim.words.measures import unit_name

    title = words.text("studies.sweep.measure", name=label, unit=unit_name(one.unit, words))
    if not one.dropped:
        return title
    about = {"n": one.dropped, "blocks": (one.blocks or 0) + one.dropped}
    return words.text("cli.sensitivity.dropped", title=title, **about)
