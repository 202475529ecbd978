"""The command `compare`: scenarios, variants or results folders beside each other."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sim.call import this_call
from sim.cli.compare_sides import ALL, Crosses, NamedScenario, RegretOf, named_scenarios
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
from sim.cli.parsers import BadUse, Variant, address, number, variant, whole
from sim.cli.run import HOME
from sim.plain import MOST_RUNS

if TYPE_CHECKING:
    from sim.ensemble.location import Location
    from sim.studies.compare.comparison import Comparison
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
    goal = precision(halfwidth, on, max_runs, runs or RUNS)
    work = Workload(runs, seed, jobs, cluster, goal, fresh)
    quiet, cells = form != "table", None
    from sim.words import words

    wording = words(language)
    if any(map(_is_folder, scenarios)):
        _refuse_run_options(
            work._asdict()
            | {"variant": tuple(variants or ()), "variants": own, "set": tuple(settings or ())}
            | {"cross": tuple(crosses or ())}
        )
        answer, default = _of_folders(scenarios, baseline, wording)
        where: str | Path = out or default
    else:
        if crosses:
            from sim.cli.compare_cross import cross

            named, cells = cross(scenarios, crosses, settings or (), bool(variants or own))
        else:
            named = list(named_scenarios(scenarios, variants or (), settings or (), own))
        answer, where = _of_scenarios(named, baseline, out, work, wording, quiet=quiet)
    from sim.ensemble.location import Location
    from sim.files import make_folder
    from sim.studies.compare import by_day
    from sim.studies.files import write_answer

    place = Location(where)
    make_folder(place.folder)
    write_answer(answer, place.folder, "compare")
    by_day.write(answer.comparison.baseline, answer.comparison.by_day, place.folder)
    from sim.cli.compare_cross import print_crossed, print_regret, write_regret

    regrets = None if loss is None else write_regret(answer.comparison, loss, cells, place)
    if report:
        _write_report(answer.comparison, place.folder, wording, quiet=quiet)
    place.publish()
    if goal is not None:
        _print_precision(goal, answer.comparison, wording)
    if quiet or not crosses:
        _print(form, answer, place, wording)
    else:
        print_crossed(answer.comparison, place, wording)
    if regrets is not None and not quiet:
        print_regret(regrets, wording)
    return _exit_code(answer.comparison, wording)


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
    where = out or _home(((one.name, one.scenario.digest) for one in named), f"-seed{seed}")
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


def _is_folder(word: str) -> bool:
    """Whether a word means results that exist already."""
    from sim.errors import StoreError
    from sim.files import place

    try:
        where = place(word)
    except StoreError:
        return "://" in word  # its own sentence comes when it is opened
    return isinstance(where, str) or os.path.isdir(where) or "://" in word


def _refuse_run_options(options: dict[str, object]) -> None:
    """Refuse what only a run would use. Raise a `BadUse` that names the first."""
    order = (
        "variant",
        "variants",
        "cross",
        "set",
        "runs",
        "seed",
        "jobs",
        "fresh",
        "precision",
        "cluster",
    )
    wrong = [name for name in order if options[name] not in (None, (), False)]
    if wrong:
        option = {"precision": "until-halfwidth"}.get(wrong[0], wrong[0])
        raise BadUse(
            f"--{option}: must be left out where results folders are compared, since nothing is run"
        )


def _of_folders(
    given: Sequence[str], baseline: str | None, words: Words
) -> tuple[CompareAnswer, Path]:
    """Compare what earlier runs left in folders; gives the answer and the folder for it."""
    if files := [word for word in given if not _is_folder(word)]:
        raise BadUse(
            f"{files[0]}: must be a results folder like the others, or all must be scenarios"
        )
    from sim.cli.progress import Quiet
    from sim.ensemble.reopen import folders, reopen
    from sim.studies.compare.comparison import check_names
    from sim.studies.compare.run import CompareQuestion

    note = Quiet(words).note
    found = [reopen(folder, note) for word in given for folder in folders(word)]
    ids = [ensemble.scenario.id for ensemble in found]
    labels = ids if len(set(ids)) == len(ids) else [ensemble.folder.name for ensemble in found]
    if len(set(labels)) < len(labels):
        labels = [str(ensemble.folder) for ensemble in found]
    check_names(labels, baseline)
    named = dict(zip(labels, found, strict=True))
    scenarios = {label: ensemble.scenario for label, ensemble in named.items()}
    answer = CompareQuestion(scenarios, baseline).answer(named)
    sides = answer.comparison.sides.items()
    return answer, _home((name, side.scenario.digest + str(side.seed)) for name, side in sides)


def _home(parts: Iterable[tuple[str, str]], tail: str = "") -> Path:
    """A folder for a comparison, named by what is compared."""
    from sim.ensemble.arguments import slug
    from sim.files import inside

    listed = list(parts)
    digest = hashlib.sha256(repr(listed).encode()).hexdigest()[:8]
    return inside(HOME, f"compare-{slug(listed[0][0])}-{digest}{tail}")


def _write_report(comparison: Comparison, folder: Path, words: Words, *, quiet: bool) -> None:
    from sim.report.pages.comparison import write_comparison

    if not quiet:
        print(words.text("cli.drawing.comparison"), file=sys.stderr)
    write_comparison(comparison, folder, language=words.language)


def _print_precision(goal: Precision, comparison: Comparison, words: Words) -> None:
    if goal.on is None:
        what = words.text("cli.precision.widest_difference")
    else:
        _, words = comparison.in_language(words)
        name = words.term("vocabulary.outcomes", goal.on)
        what = words.text("cli.precision.difference", name=name)
    width = comparison.halfwidth(goal.on)
    print(goal.verdict(what, width, comparison.size, words), file=sys.stderr)


def _print(form: str, answer: CompareAnswer, place: Location, words: Words) -> None:
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(answer.as_json()))
    elif form == "csv":
        from sim.studies.files import csv_text

        print(csv_text(answer.table()), end="")
    else:
        from sim.cli.comparison_tables import print_comparison

        print_comparison(answer, place, words)


def _exit_code(comparison: Comparison, words: Words) -> int:
    """1 if replications failed, after a line for each scenario in which they did."""
    failed = {name: pair.dropped for name, pair in comparison.pairs.items() if pair.dropped}
    for name, count in failed.items():
        about = {"n": count, "baseline": comparison.baseline, "other": name}
        print(words.text("cli.notes.failed_pair", **about), file=sys.stderr)
    return PARTLY_FAILED if failed else DONE
