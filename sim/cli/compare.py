"""The command `compare`: scenarios, variants or results folders beside each other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sim.call import this_call
from sim.cli.compare_folders import home, is_folder, of_folders, refuse_run_options
from sim.cli.compare_sides import ALL, Crosses, Extra, NamedScenario, RegretOf, named_scenarios
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import (
    DEFAULT_MAX_RUNS,
    AllowPython,
    Cluster,
    Debug,
    Format,
    Fresh,
    Jobs,
    Language,
    MaxRuns,
    Precision,
    Report,
    Seed,
    Settings,
    precision,
)
from sim.cli.parsers import Variant, address, number, variant, whole
from sim.cli.study_options import Design
from sim.plain import MOST_RUNS

if TYPE_CHECKING:
    from sim.ensemble.location import Location
    from sim.scenario.schema import StudyDesign
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.crossing import Crossing
    from sim.studies.compare.regret import CrossResults
    from sim.studies.compare.run import CompareAnswer
    from sim.words import Words

SUMMARY = "Compare scenarios with common random numbers."
RUNS = 1000

Scenarios = Annotated[
    list[str],
    typer.Argument(
        help="Scenario files, bundled scenarios' names, or results folders of earlier runs."
    ),
]
Variants = Annotated[
    list[Variant] | None,
    typer.Option(
        "--variant",
        parser=variant,
        metavar='"NAME: PATH=VALUE, ..."',
        help="A changed copy of the first scenario, to compare too; may be repeated. "
        "[default: none]",
    ),
]
OwnVariants = Annotated[
    str | None,
    typer.Option(
        "--variants",
        metavar=f"{ALL}|NAMES",
        help="Variants that the first scenario's file has, all or some by their names, a,b. "
        "[default: none]",
    ),
]
RunsOfEach = Annotated[
    int | None,
    typer.Option(
        "--runs",
        parser=whole("--runs", 1, MOST_RUNS),
        metavar="N",
        help="Replications of each, a number from 1. [default: 1000]",
    ),
]
Folder = Annotated[
    str | None,
    typer.Option(
        "--out",
        parser=address,
        metavar="DIR",
        help="Folder or address of the comparison and its runs. "
        "[default: results/compare-NAME-DIGEST-seedN]",
    ),
]
Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="NAME",
        help="The one that the others are compared with. [default: the first]",
    ),
]
Halfwidth = Annotated[
    float | None,
    typer.Option(
        "--until-halfwidth",
        parser=number("--until-halfwidth", 0),
        metavar="X",
        help="As many replications as make half of a difference's 95 % interval at most X, in its "
        "unit (0.02: 2 points), by a pilot that is not kept. [default: off]",
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="NAME", help="Outcome or measure that X is of. [default: all outcomes]"
    ),
]


class Workload(NamedTuple):
    """How the scenarios are run, where they are run at all."""

    runs: int | None
    seed: int | None
    jobs: int | None
    cluster: str | None
    precision: Precision | None
    fresh: bool


def command(
    scenarios: Scenarios,
    variants: Variants = None,
    own: OwnVariants = None,
    crosses: Crosses = None,
    design: Design = None,
    loss: RegretOf = None,
    runs: RunsOfEach = None,
    seed: Seed = None,
    jobs: Jobs = None,
    out: Folder = None,
    baseline: Baseline = None,
    settings: Settings = None,
    halfwidth: Halfwidth = None,
    on: On = None,
    max_runs: MaxRuns = DEFAULT_MAX_RUNS,
    cluster: Cluster = None,
    form: Format = "table",
    report: Report = True,
    fresh: Fresh = False,
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Compare two scenarios or more: what differs, what changes, how much, and how sure that is.

    All run with common random numbers, in turns, so that differences come from what differs and a
    stopped comparison is balanced. Results folders with one seed are paired in the same way; others
    are compared as independent samples.

    Example: run_sim.py compare two_states --variant "bold: states.westmark.resolve=0.9" --runs 500
    --seed 7
    """
    from sim.words import words

    wording, quiet = words(language), form != "table"
    extra = Extra(tuple(variants or ()), own, tuple(crosses or ()), design)
    if any(map(is_folder, scenarios)):
        goal = precision(halfwidth, on, max_runs, runs or RUNS)
        work = Workload(runs, seed, jobs, cluster, goal, fresh)
        refuse_run_options(work._asdict() | extra.by_option() | {"set": tuple(settings or ())})
        answer, default = of_folders(scenarios, baseline, wording)
        crossing, where = None, out or default
    else:
        named, crossing, asked = _sides(scenarios, extra, settings or (), seed, wording)
        if asked is not None:
            runs, loss = runs or asked.runs, loss or asked.regret
            seed = asked.seed if seed is None else seed
        goal = precision(halfwidth, on, max_runs, runs or RUNS)
        work = Workload(runs, seed, jobs, cluster, goal, fresh)
        answer, where = _of_scenarios(named, baseline, out, work, wording, quiet=quiet)
    from sim.ensemble.location import Location
    from sim.files import make_folder

    place = Location(where)
    make_folder(place.folder)
    found = _write(answer, place, crossing, loss)
    if report:
        _write_report(answer.comparison, found, place.folder, wording, quiet=quiet)
    place.publish()
    if goal is not None:
        _print_precision(goal, answer.comparison, wording)
    _print(form, answer, found, place, wording)
    return _exit_code(answer.comparison, wording)


def _sides(
    scenarios: Sequence[str], extra: Extra, settings: Sequence[str], seed: int | None, words: Words
) -> tuple[list[NamedScenario], Crossing | None, StudyDesign | None]:
    """The scenarios to run, how they are crossed, and what a design says beside."""
    if extra.design is None and not extra.crosses:
        return list(named_scenarios(scenarios, extra.variants, settings, extra.own)), None, None
    from sim.cli.compare_cross import cross, cross_design

    if extra.design is not None:
        return cross_design(scenarios, extra, settings, seed, words)
    return *cross(scenarios, extra, settings), None


def _write(
    answer: CompareAnswer, place: Location, crossing: Crossing | None, loss: str | None
) -> CrossResults:
    """Write the files of the answer, and of what was crossed."""
    from sim.studies.compare import by_day
    from sim.studies.compare.crossing import MatrixAnswer, matrices
    from sim.studies.compare.regret import CrossResults, regret
    from sim.studies.files import write_answer, write_design

    of, folder = answer.comparison, place.folder
    write_answer(answer, folder, "compare")
    by_day.write(of.baseline, of.by_day, folder)
    found = (
        CrossResults()
        if crossing is None
        else CrossResults(crossing, tuple(matrices(of, crossing)))
    )
    if crossing is not None:
        write_answer(MatrixAnswer(found.matrices, crossing.asked), folder, "matrix")
        if crossing.asked is not None:
            write_design(of.sides[of.names[0]].scenario, crossing.asked, folder)
    if loss is not None:
        regrets = regret(of, loss, None if crossing is None else crossing.cells)
        write_answer(regrets, folder, "regret")
        found = found._replace(regret=regrets)
    return found


def _of_scenarios(
    named: Sequence[NamedScenario],
    baseline: str | None,
    out: str | None,
    work: Workload,
    words: Words,
    *,
    quiet: bool,
) -> tuple[CompareAnswer, str | Path]:
    """Run the scenarios with one seed, in turns."""
    from sim.cli.progress import progress_display
    from sim.ensemble.arguments import root_seed
    from sim.ensemble.cluster import connect
    from sim.studies.compare.comparison import check_names
    from sim.studies.compare.run import compare
    from sim.studies.files import write_overview

    check_names([one.name for one in named], baseline)
    seed = work.seed
    if out is None:
        seed = root_seed(named[0].scenario, seed)
    where = out or home(((one.name, one.scenario.digest) for one in named), f"-seed{seed}")
    with (
        connect(work.cluster, work.jobs) as workers,
        progress_display(words, quiet=quiet) as progress,
    ):
        answer = compare(
            {one.name: one.scenario for one in named},
            baseline=baseline,
            runs=work.runs or RUNS,
            seed=seed,
            jobs=workers.jobs,
            executor=workers.executor,
            out=where,
            progress=progress,
            fresh=work.fresh,
            until=work.precision,
            command=this_call(),
            called={one.name: one.called for one in named},
            engine=chosen_engine(),
        )
    for ensemble in answer.comparison.ensembles.values():
        write_overview(ensemble)
        ensemble.location.publish()
    return answer, where


def _write_report(
    comparison: Comparison, found: CrossResults, folder: Path, words: Words, *, quiet: bool
) -> None:
    from sim.report.pages.comparison import write_comparison

    if not quiet:
        print(words.text("cli.drawing.comparison"), file=sys.stderr)
    write_comparison(comparison, folder, found, language=words.language)


def _print_precision(goal: Precision, comparison: Comparison, words: Words) -> None:
    if goal.on is None:
        what = words.text("cli.precision.widest_difference")
    else:
        _, words = comparison.in_language(words)
        name = words.term("vocabulary.outcomes", goal.on)
        what = words.text("cli.precision.difference", name=name)
    width = comparison.halfwidth(goal.on)
    print(goal.verdict(what, width, comparison.size, words), file=sys.stderr)


def _print(
    form: str, answer: CompareAnswer, found: CrossResults, place: Location, words: Words
) -> None:
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(answer.as_json()))
    elif form == "csv":
        from sim.studies.files import csv_text

        print(csv_text(answer.table()), end="")
    else:
        from sim.cli.compare_cross import print_crossed, print_regret
        from sim.cli.comparison_tables import print_comparison

        if found.crossing is None:
            print_comparison(answer, place, words)
        else:
            print_crossed(answer.comparison, found, place, words)
        if found.regret is not None:
            print_regret(answer.comparison, found, words)


def _exit_code(comparison: Comparison, words: Words) -> int:
    """1 if replications failed, after a line for each scenario in which they did."""
    failed = {name: pair.dropped for name, pair in comparison.pairs.items() if pair.dropped}
    for name, count in failed.items():
        about = {"n": count, "baseline": comparison.baseline, "other": name}
        print(words.text("cli.notes.failed_pair", **about), file=sys.stderr)
    return PARTLY_FAILED if failed else DONE
