"""The command `sweep`: outcomes and measures along one or two inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.parsers import BadUse, one_of
from sim.cli.study_options import Design, On, StudyOptions, runs_option, with_study_options
from sim.design.draws import PLAIN, Draws
from sim.plain import MOST_STEPS

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.design.factors import Factor
    from sim.scenario import Scenario as Loaded
    from sim.studies.sweep import SweepAnswer
    from sim.words import Words

SUMMARY = "Show how outcomes change along one or two inputs."
_RUNS = 200
_COLUMNS, _NAME = 3, 30  # of a table on the screen, and characters of a name

Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="PATH=LOW:HIGH:N",
        help="N steps from LOW to HIGH in the file's own unit, or PATH=a,b,c; once or twice. "
        "[required without --design]",
    ),
]
RunsAtPoint = Annotated[int | None, runs_option("Replications at each point. [default: 200]")]
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
    design: Design = None,
    on: On = None,
    runs: RunsAtPoint = None,
    draws: DrawsOption = Draws.COMMON.value,
) -> int:
    """Move one or two inputs step by step and show the outcomes: curves, or heat maps.

    Example: run_sim.py sweep two_states --vary mediators.lakeland.leverage.westmark=0:1:6 --runs
    400 --seed 7
    """
    from sim.studies import sweep, targets

    if design is None:
        _require_spans(vary or [])
    loaded = study.load(options, "sweep", design, {"--vary": vary})
    factors, grid = _grid(loaded, vary or [])
    question = sweep.SweepQuestion(
        loaded.scenario,
        factors,
        targets.select(loaded.scenario, loaded.look(on)),
        loaded.seed,
        grid,
        Draws(draws),
        asked=loaded.label,
    )
    return study.investigate(options, question, loaded.runs(runs, _RUNS), page=_page, show=_print)


def _require_spans(spans: list[str]) -> None:
    from sim.scenario.designs import MOST_VARIED

    if not 1 <= len(spans) <= MOST_VARIED:
        raise BadUse(
            f"--vary: must be given once or twice, got {len(spans)} times "
            "(for more at once see sensitivity and discover; --design takes a design of the file)"
        )


def _grid(
    loaded: study.Start, spans: list[str]
) -> tuple[tuple[Factor, ...], tuple[tuple[Any, ...], ...]]:
    """What is varied, and the values of each: those of the design, else those of the options."""
    if loaded.design is not None:
        from sim.studies.designs import factors_of, grid_of

        return factors_of(loaded.scenario, loaded.design), grid_of(loaded.design)
    steps = [_steps(loaded.scenario, word) for word in spans]
    return tuple(factor for factor, _ in steps), tuple(tuple(values) for _, values in steps)


def _page(answer: SweepAnswer, result: DesignResult, words: Words) -> None:
    from sim.report.pages.sweep import write_page

    write_page(answer, result, this_call(), words)


def _steps(scenario: Loaded, word: str) -> tuple[Factor, list[Any]]:
    """A factor and its values from `path=low:high:n` or `path=a,b,c`."""
    from sim.design.factors import Factor
    from sim.scenario.designs import equal_steps
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
        factor = Factor(path, study.label(scenario, path), float(low), float(high))
        return factor, list(equal_steps(float(low), float(high), steps))
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
