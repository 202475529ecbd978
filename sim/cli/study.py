"""What the commands that vary a scenario's inputs share: options, factors, the run, the files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.call import scenario_text, this_call
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import MOST_RUNS
from sim.cli.parsers import BadUse, address, whole
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_run

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.design.factors import Factor
    from sim.scenario import Scenario
    from sim.studies.contract import AnswerT
    from sim.studies.inputs import InputQuestion

MOST_POINTS = 1_000_000
_SAMPLE = 20  # replications that are run to estimate how long all will take
_SHOWN = 80  # characters of a wrong word that a complaint repeats

On = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="NAME",
        help="An outcome or measure to look at; may be repeated. "
        "[default: every outcome, max_rung, interstate_deaths]",
    ),
]
Factors = Annotated[
    list[str] | None,
    typer.Option(
        "--factors",
        metavar="PATH:LOW:HIGH",
        help="Something to vary, in the file's own unit, or PATH:a,b,c for words; may be repeated. "
        "[default: the scenario's levers, and its uncertain numbers between their 5 % and 95 % "
        "quantiles]",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        parser=address,
        metavar="DIR",
        help="Results folder or address; an existing folder is resumed. "
        "[default: results/ID-DIGEST-seedN-...]",
    ),
]


def runs_option(help_text: str, low: int = 1) -> Any:
    """`--runs` of a study with its own meaning and least number."""
    return typer.Option(
        "--runs", parser=whole("--runs", low, MOST_RUNS), metavar="N", help=help_text
    )


def points_option(help_text: str, low: int = 2) -> Any:
    """`--points` of a study with its own meaning and least number."""
    return typer.Option(
        "--points", parser=whole("--points", low, MOST_POINTS), metavar="N", help=help_text
    )


@dataclass(frozen=True)
class StudyOptions:
    """The options that every command of this kind takes.

    `scenario` and `settings` as typed; `runs` at each point; `form` of what is printed; the others
    as the options of their names.
    """

    scenario: str
    settings: Sequence[str]
    runs: int
    seed: int | None
    jobs: int | None
    cluster: str | None
    out: str | None
    form: str
    report: bool
    fresh: bool

    @property
    def quiet(self) -> bool:
        """Whether another program reads what is printed."""
        return self.form != "table"


def load(options: StudyOptions) -> tuple[Scenario, int]:
    """The scenario with its settings, and the root seed."""
    from sim.ensemble.arguments import root_seed, seed_at
    from sim.ensemble.location import Location

    scenario = read_to_run(options.scenario, options.settings)
    if options.seed is not None or options.out is None:
        return scenario, root_seed(scenario, options.seed)
    return scenario, seed_at(Location(options.out), scenario, None, fresh=options.fresh)


def factors_of(scenario: Scenario, words: Sequence[str] | None) -> list[Factor]:
    """The factors that `--factors` names. Raise a `BadUse` if one of its words is not one."""
    return [_factor(scenario, word) for word in words or ()]


def _factor(scenario: Scenario, word: str) -> Factor:
    """A factor from `PATH:LOW:HIGH` or `PATH:a,b,c`."""
    from sim.design.factors import Factor

    path, _, span = word.partition(":")
    parts = [part.strip() for part in span.split(":")]
    path = path.strip()
    if path and len(parts) == 2 and all(_is_number(part) for part in parts):
        return Factor(path, label(scenario, path), float(parts[0]), float(parts[1]))
    if path and span.strip() and ("," in span or len(parts) == 1):
        return Factor(path, label(scenario, path), values=levels(span))
    raise BadUse(
        f"--factors: must be PATH:LOW:HIGH or PATH:a,b,c, got {word[:_SHOWN] or 'nothing'} "
        "(for example states.NAME.resolve:0.2:0.9)"
    )


def levels(text: str) -> tuple[Any, ...]:
    """Values with commas between them: whole numbers or numbers if all are, else words."""
    words = [part.strip() for part in text.split(",")]
    for kind in (int, float):
        try:
            return tuple(map(kind, words))
        except ValueError:
            continue
    return tuple(words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def label(scenario: Scenario, path: str) -> str:
    """What the scenario's levers call a path."""
    return next((lever.label or "" for lever in scenario.file.levers if lever.path == path), "")


def investigate(
    options: StudyOptions,
    question: InputQuestion[AnswerT],
    *,
    page: Callable[[AnswerT, DesignResult], object],
    show: Callable[[AnswerT, DesignResult], None],
) -> int:
    """Run a study: its replications, its files, its page, and what is printed; the exit code.

    `page` writes the page, `show` prints the answer to read.
    """
    from sim.studies.export import export
    from sim.studies.files import csv_text, json_text, write_answer

    result = run_points(options, question)
    answer = question.answer(result)
    write_answer(answer, result.folder, question.name)
    export(result, question.targets, question.shares)
    if options.report:
        page(answer, result)
    if options.form == "json":
        print(json_text(answer.as_json()))
    elif options.form == "csv":
        print(csv_text(answer.table()), end="")
    else:
        show(answer, result)
        print_source(result)
    return exit_code(result)


def run_points(options: StudyOptions, question: InputQuestion[Any]) -> DesignResult:
    """Print what it will cost, then run what is missing."""
    import hashlib

    from sim.cli.progress import progress_display
    from sim.design.design import run_design
    from sim.design.variants import variants_of
    from sim.ensemble.cluster import connect
    from sim.files import inside

    scenario, design, draws = question.scenario, question.design(), question.draws
    variants_of(scenario, design)  # an impossible design is refused before its cost is printed
    mark = hashlib.sha256(f"{design.csv()}{draws}".encode()).hexdigest()[:6]
    name = f"{scenario.id}-{scenario.digest[:8]}-seed{question.seed}-{question.variant}-{mark}"
    total = len(design) * options.runs
    with (
        connect(options.cluster, options.jobs) as workers,
        progress_display(quiet=options.quiet) as progress,
    ):
        if not options.quiet:
            progress.note(
                f"{len(design):,} points x {options.runs:,} replications = {total:,} replications"
                f"{expected_time(scenario, total, workers.jobs)}"
            )
        return run_design(
            scenario,
            design,
            runs=options.runs,
            seed=question.seed,
            jobs=workers.jobs,
            executor=workers.executor,
            out=options.out or inside(HOME, name),
            progress=progress,
            draws=draws,
            fresh=options.fresh,
            command=this_call(),
            called=scenario_text(
                options.scenario, options.settings, python=bool(scenario.programs)
            ),
            engine=chosen_engine(),
        )


def expected_time(scenario: Scenario, total: int, jobs: int | None) -> str:
    """How long it will take, estimated from a few replications; empty if that needs much work."""
    from sim.ensemble.arguments import processors

    engine = chosen_engine()(scenario)
    if not engine.ready():
        return ""
    engine.run_chunk(0, 0, 1)  # what is compiled or loaded at the first call is not counted
    started = time.perf_counter()
    engine.run_chunk(0, 0, _SAMPLE)
    seconds = (time.perf_counter() - started) / _SAMPLE * total / (jobs or processors())
    if seconds < 2:
        return ", about a second"
    return f", about {seconds:,.0f} seconds if the folder has none of them yet"


def print_source(result: DesignResult) -> None:
    """The last line of a study on the screen: seed, digest, folder."""
    from sim.cli.tables import screen

    screen().print(
        f"seed {result.seed}; scenario digest {result.scenario.digest[:8]}; everything is in "
        f"{result.location}",
        markup=False,
        soft_wrap=True,
    )


def exit_code(result: DesignResult) -> int:
    """Publish the folder; 1 if replications failed, after a line that says how many."""
    result.location.publish()
    if result.failures:
        print(
            f"{result.failures:,} of {result.size:,} replications failed; "
            f"see {result.location}/failed.csv",
            file=sys.stderr,
        )
    return PARTLY_FAILED if result.failures else DONE
