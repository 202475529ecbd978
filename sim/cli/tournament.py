"""The command `tournament`: every pair of doctrines or policies in two states."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.study_options import Design, StudyOptions, runs_option, with_study_options

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.tournament.tournament import TournamentAnswer
    from sim.words import Words

_RUNS = 100
SUMMARY = "Let every pair of doctrines or policies meet in two states."

Doctrines = Annotated[
    list[str] | None,
    typer.Option(
        "--doctrine",
        metavar="NAMES",
        help="Doctrines that take part, a,b,c; may be repeated. "
        "[default: all of them, if no policy is named]",
    ),
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policies",
        metavar="NAMES",
        help="Policies that take part with the state's own parameters, a,b,c, module:Class among "
        "them; may be repeated. [default: none]",
    ),
]
PythonPolicies = Annotated[
    list[str] | None,
    typer.Option(
        "--python-policy",
        metavar="MODULE:CLASS",
        help="A Python class beside the scenario that takes part, as module:Class or "
        "file.py:Class; may be repeated. Needs --allow-python. [default: none]",
    ),
]
Between = Annotated[
    str | None,
    typer.Option(
        "--between",
        metavar="STATE",
        help="The first state. [default: that of the first relation by name]",
    ),
]
And = Annotated[
    str | None,
    typer.Option(
        "--and",
        metavar="STATE",
        help="The second state. [default: the other of the first relation]",
    ),
]
MeasureNames = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="Measure or outcome of the heat map; may be repeated. [default: interstate_deaths]",
    ),
]
Runs = Annotated[
    int | None,
    runs_option("Worlds in each cell: replications, the same in all. [default: 100]"),
]


@with_study_options
def command(
    options: StudyOptions,
    doctrines: Doctrines = None,
    policies: Policies = None,
    python: PythonPolicies = None,
    between: Between = None,
    other: And = None,
    design: Design = None,
    measures: MeasureNames = None,
    runs: Runs = None,
) -> int:
    """Let every ordered pair of doctrines or policies meet in two states, on the same worlds.

    A table of each measure and of the outcomes, means over all opponents, and what an exchange of
    the states changes, all with intervals.

    Example: run_sim.py tournament two_states --doctrine mirror,tripwire,scales --runs 100 --seed 7
    """
    from sim.studies.designs import strategies_and_states
    from sim.studies.tournament.strategies import strategies_of, two_states
    from sim.studies.tournament.tournament import TournamentQuestion

    chosen = between, other
    policies = [*_names(policies), *(name.strip() for name in python or ())]
    taking_part = strategies_of(_names(doctrines), policies) if design is None else ()
    others = {"--doctrine": doctrines, "--policies": policies, "--between": between, "--and": other}
    loaded = study.load(options, "tournament", design, others)
    scenario = loaded.scenario
    if loaded.design is None:
        states = two_states(scenario, *chosen)
    else:
        taking_part, states = strategies_and_states(loaded.design)
    question = TournamentQuestion.ask(
        scenario,
        taking_part,
        states,
        measures=loaded.look(_names(measures)),
        seed=loaded.seed,
        asked=loaded.label,
    )
    if not options.quiet and loaded.design is None and chosen == (None, None):
        first, second = (factor.name for factor in question.factors)
        note = options.words.text("doctrines.cli.chosen", first=first, second=second)
        print(note, file=sys.stderr)
    each = loaded.runs(runs, _RUNS)
    return study.investigate(options, question, each, page=_page, show=_print)


def _names(given: list[str] | None) -> list[str]:
    """The names of an option that may be repeated, each a,b,c."""
    return [name.strip() for text in given or () for name in text.split(",")]


def _page(answer: TournamentAnswer, result: DesignResult, words: Words) -> None:
    from sim.report.pages.tournament import write_page

    write_page(answer, result, this_call(), words)


def _print(answer: TournamentAnswer, result: DesignResult, words: Words) -> None:
    from sim.cli.tables import screen
    from sim.report.pages.tournament import TournamentPage

    console, page = screen(), TournamentPage(answer, words)
    console.print(result.scenario.title, style="bold", markup=False)
    for name in answer.shown:
        console.print(_head(answer, name, words), markup=False)
        console.print(_cells(answer, name, words))
        console.print(words.text("doctrines.cli.means"), markup=False)
        console.print(_means(answer, name, words))
        for sentence in (*page.sentences(name), page.exchange_in_words(name)):
            console.print(sentence, markup=False)


def _head(answer: TournamentAnswer, name: str, words: Words) -> str:
    from sim.report.values import SHARE
    from sim.words.measures import unit_name

    first, second = (factor.name for factor in answer.sample.factors)
    board = answer.boards[name]
    return words.text(
        f"doctrines.cli.{'head_share' if board.unit == SHARE else 'head'}",
        first=first,
        second=second,
        name=answer.sample.target_name(name, words),
        unit=unit_name(board.unit, words),
        replications=words.count(answer.sample.replications, "replication"),
    )


def _cells(answer: TournamentAnswer, name: str, words: Words) -> Any:
    """The means of all cells, a row for each strategy of the first state."""
    from sim.cli.tables import table_of
    from sim.report.values import value_text

    board, titles = answer.boards[name], answer.titles(words)
    table = table_of("", "", *titles)
    for title, row in zip(titles, board.cells, strict=True):
        table.add_row(title, *(value_text(one.value, board.unit, words) for one in row))
    return table


def _means(answer: TournamentAnswer, name: str, words: Words) -> Any:
    """The means over all opponents, a row a strategy."""
    from sim.cli.tables import table_of
    from sim.report.values import range_text, value_text
    from sim.studies.tournament.standings import Seat

    board = answer.boards[name]
    first, second = (factor.name for factor in answer.sample.factors)
    heads = [
        words.text("doctrines.mean_first", state=first),
        words.text("doctrines.mean_second", state=second),
        words.text("doctrines.mean_both"),
        words.text("doctrines.rest"),
        words.text("doctrines.verdict"),
    ]
    table = table_of("", "", *heads)
    for k, title in enumerate(answer.titles(words)):
        cells = []
        for seat in Seat:
            mean = board.standings[seat][k].mean
            half = None if mean.low is None else mean.halfwidth
            value, width = (value_text(one, board.unit, words) for one in (mean.value, half))
            cells.append(words.text("cli.study.plus_minus", value=value, half=width))
        gap = board.standings[Seat.BOTH][k].rest
        told = words.text(f"doctrines.{'differs' if gap.sure else 'alike'}")
        table.add_row(title, *cells, range_text(gap.low, gap.high, board.unit, words), told)
    return table
