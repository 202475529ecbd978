"""The command `sweep`: outcomes and measures along one or two inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.parsers import BadUse, one_of
from sim.cli.study_options import On, StudyOptions, runs_option, with_study_options
from sim.design.draws import PLAIN, Draws

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.design.factors import Factor
    from sim.scenario import Scenario as Loaded
    from sim.studies.sweep import SweepAnswer
    from sim.words import Words

SUMMARY = "Show how outcomes change along one or two inputs."
MOST_STEPS = 200
_COLUMNS, _NAME = 3, 30  # of a table on the screen, and characters of a name

Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="PATH=LOW:HIGH:N",
        help="N steps from LOW to HIGH in the file's own unit, or PATH=a,b,c; once or twice. "
        "[required]",
    ),
]
RunsAtPoint = Annotated[int, runs_option("Replications at each point.")]
DrawsOption = Annotated[
    str,
    typer.Option(
        "--draws",
        parser=one_of("--draws", PLAIN),
        metavar="common|independent",
        help="common: replication K has the same random draws at every point.",
    ),
]


@with_study_options
def command(
    options: StudyOptions,
    vary: Vary = None,
    on: On = None,
    runs: RunsAtPoint = 200,
    draws: DrawsOption = Draws.COMMON.value,
) -> int:
    """Move one or two inputs step by step and show the outcomes: curves, or heat maps.

    Example: run_sim.py sweep two_states --vary mediators.lakeland.leverage.westmark=0:1:6 --runs
    400 --seed 7
    """
    from sim.studies import sweep, targets

    spans = vary or []
    if not 1 <= len(spans) <= sweep.MOST_VARIED:
        raise BadUse(
            f"--vary: must be given once or twice, got {len(spans)} times "
            "(for more at once see sensitivity and discover)"
        )
    loaded, seed = study.load(options)
    steps = [_steps(loaded, word) for word in spans]
    question = sweep.SweepQuestion(
        loaded,
        tuple(factor for factor, _ in steps),
        targets.select(loaded, tuple(on or ())),
        seed,
        tuple(tuple(values) for _, values in steps),
        Draws(draws),
    )
    return study.investigate(options, question, runs, page=_page, show=_print)


def _page(answer: SweepAnswer, result: DesignResult, words: Words) -> None:
    from sim.report.pages.sweep import write_page

    write_page(answer, result, this_call(), words)


def _steps(scenario: Loaded, word: str) -> tuple[Factor, list[Any]]:
    """A factor and its values from `path=low:high:n` or `path=a,b,c`."""
    import numpy as np

    from sim.design.factors import Factor
    from sim.scenario.scalars import as_number

    path, sign, span = (part.strip() for part in word.partition("="))
    parts = span.split(":")
    if path and sign and len(parts) == 3 and "," not in span:
        low, high, steps = (as_number(part) or 0 for part in parts)
        if not (low < high and isinstance(steps, int) and 2 <= steps <= MOST_STEPS):
            raise BadUse(
                "--vary: must be PATH=LOW:HIGH:N with LOW below HIGH and N from 2 to "
                f"{MOST_STEPS}, got {word[:80]}"
            )
        # a decimal step as it would be written by hand
        values = [float(f"{value:.12g}") for value in np.linspace(low, high, steps)]
        return Factor(path, study.label(scenario, path), float(low), float(high)), values
    if path and sign and "," in span:
        levels = study.levels(span)
        return Factor(path, study.label(scenario, path), values=levels), list(levels)
    raise BadUse(
        f"--vary: must be PATH=LOW:HIGH:N or PATH=a,b,c, got {word[:80] or 'nothing'} "
        "(for example states.NAME.resolve=0.2:0.9:8)"
    )


def _print(answer: SweepAnswer, result: DesignResult, words: Words) -> None:
    from sim.cli.tables import screen
    from sim.report.figures.curves import shown_outcomes

    console = screen()
    console.print(result.scenario.title, style="bold", markup=False)
    seen = shown_outcomes(answer)
    names = [name for name, one in answer.series.items() if not one.is_outcome or name in seen]
    each = words.count(answer.sample.replications, "replication")
    head = words.text(f"cli.sweep.{answer.sample.draws}", replications=each)
    console.print(head, markup=False)
    for first in range(0, len(names), _COLUMNS):
        console.print(_table(answer, names[first : first + _COLUMNS], words))


def _table(answer: SweepAnswer, names: list[str], words: Words) -> Any:
    """Some columns of the numbers, a row a point."""
    from sim.cli.tables import table_of
    from sim.report.values import short, value_text

    factors = answer.sample.factors
    inputs = (short(factor.name, _NAME) for factor in factors)
    rows = table_of("", *inputs, *(answer.sample.target_name(name, words) for name in names))
    for point in range(answer.sample.points):
        cells = []
        for one in (answer.series[name] for name in names):
            found = one.estimates[point]
            half = None if found.low is None else found.halfwidth
            middle, width = (value_text(x, one.unit, words) for x in (found.value, half))
            cells.append(words.text("cli.study.plus_minus", value=middle, half=width))
        rows.add_row(
            *(value_text(answer.at(point, factor), "", words) for factor in factors), *cells
        )
    return rows
