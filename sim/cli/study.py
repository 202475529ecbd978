"""What the commands that vary a scenario's inputs share: factors, the run, the files, the foot."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.call import scenario_text, this_call
from sim.cli.designs import named_design
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.parsers import BadUse
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_tell
from sim.cli.study_options import StudyOptions

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.design.factors import Factor
    from sim.scenario import Scenario
    from sim.scenario.designs import NamedDesign
    from sim.studies.contract import AnswerT, DesignLabel
    from sim.studies.inputs import InputQuestion
    from sim.words import Words

_SAMPLE = 20  # replications that are run to estimate how long all will take
_SHOWN = 80  # characters of a wrong word that a complaint repeats
_SHORT = 2  # seconds, about one


class Start(NamedTuple):
    """The scenario with its settings, the root seed, and the design of the file that is to run."""

    scenario: Scenario
    seed: int
    design: NamedDesign | None

    @property
    def label(self) -> DesignLabel | None:
        """The design as pages and files name it."""
        from sim.studies.contract import DesignLabel

        return DesignLabel.of(self.design)

    def runs(self, given: int | None, usual: int) -> int:
        """Replications at each point: as given, else as the design says, else the usual number."""
        return given or (self.design.asked.runs if self.design else None) or usual

    def look(self, given: Sequence[str] | None) -> tuple[str, ...]:
        """What to look at: as given, else as the design says."""
        return tuple(given or (self.design.asked.look if self.design else ()))


def load(
    options: StudyOptions, command: str, name: str | None, others: Mapping[str, object]
) -> Start:
    """What a study needs of the scenario.

    Parameters
    ----------
    options : of the call
    command : that is called
    name : of a design of the file, if one is named
    others : options that a design takes the place of; see `sim.cli.designs.named_design`
    """
    from sim.ensemble.arguments import root_seed, seed_at
    from sim.ensemble.location import Location

    scenario, _ = read_to_tell(options.scenario, options.settings, options.words)
    design = None if name is None else named_design(scenario, name, command, others)
    seed = options.seed
    if seed is None and design is not None:
        seed = design.asked.seed
    if seed is not None or options.out is None:
        return Start(scenario, root_seed(scenario, seed), design)
    seed = seed_at(Location(options.out), scenario, None, fresh=options.fresh)
    return Start(scenario, seed, design)


def factors_of(scenario: Scenario, words: Sequence[str] | None) -> list[Factor]:
    """The factors that `--factors` names. Raise a `BadUse` if one of its words is not one."""
    return [_factor(scenario, word) for word in words or ()]


def _factor(scenario: Scenario, word: str) -> Factor:
    """A factor from `PATH:LOW:HIGH` or `PATH:a,b,c`."""
    from sim.design.factors import Factor
    from sim.scenario.scalars import as_number

    path, _, span = word.partition(":")
    parts = [part.strip() for part in span.split(":")]
    path = path.strip()
    ends = [as_number(part) for part in parts]
    if path and len(ends) == 2 and ends[0] is not None and ends[1] is not None:
        return Factor(path, label(scenario, path), float(ends[0]), float(ends[1]))
    if path and span.strip() and ("," in span or len(parts) == 1):
        return Factor(path, label(scenario, path), values=levels(span))
    raise BadUse(
        f"--factors: must be PATH:LOW:HIGH or PATH:a,b,c, got {word[:_SHOWN] or 'nothing'} "
        "(for example states.NAME.resolve:0.2:0.9)"
    )


def levels(text: str) -> tuple[Any, ...]:
    """Values with commas between them: whole numbers or numbers if all are, else words.

    Raise a `BadUse` for a word that some readers take for another number.
    """
    from sim.scenario.scalars import as_number, trap

    words = [part.strip() for part in text.split(",")]
    numbers = [number for word in words if (number := as_number(word)) is not None]
    if len(numbers) == len(words):
        whole = all(isinstance(number, int) for number in numbers)
        return tuple(numbers if whole else map(float, numbers))
    for word in words:
        if hint := trap(word):
            raise BadUse(f"{text[:_SHOWN]}: must be numbers or words, got {word} ({hint})")
    return tuple(words)


def label(scenario: Scenario, path: str) -> str:
    """What the scenario's levers call a path."""
    return next((lever.label or "" for lever in scenario.file.levers if lever.path == path), "")


def investigate(
    options: StudyOptions,
    question: InputQuestion[AnswerT],
    runs: int,
    *,
    page: Callable[[AnswerT, DesignResult, Words], object],
    show: Callable[[AnswerT, DesignResult, Words], None],
) -> int:
    """Run a study: its replications, its files, its page, and what is printed; the exit code.

    `runs` replications at each point; `page` writes the page, `show` prints the answer to read.
    """
    from sim.scenario import localise
    from sim.studies.export import export
    from sim.studies.files import (
        csv_text,
        json_text,
        write_answer,
        write_design,
        write_points_dictionary,
    )

    _, words = localise(question.scenario, options.words)
    result = run_points(options, question, runs)
    answer = question.answer(result)
    write_answer(answer, result.folder, question.name)
    write_points_dictionary(result)
    if question.asked is not None:
        write_design(question.scenario, question.asked, result.folder)
    export(result, question.targets, question.shares)
    if options.report:
        page(answer, result, words)
    if options.form == "json":
        print(json_text(answer.as_json()))
    elif options.form == "csv":
        print(csv_text(answer.table()), end="")
    else:
        if question.asked is not None:
            _show_design(question.asked)
        show(answer, result, words)
        print_source(result, words)
    return exit_code(result, words)


def _show_design(asked: DesignLabel) -> None:
    from sim.cli.tables import screen

    line = f"{asked.label}: {asked.question}" if asked.question else asked.label
    screen().print(line, style="bold")


def run_points(options: StudyOptions, question: InputQuestion[Any], runs: int) -> DesignResult:
    """Print what it will cost, then run what is missing."""
    import hashlib

    from sim.cli.progress import progress_display
    from sim.design.design import run_design
    from sim.design.variants import variants_of
    from sim.ensemble.cluster import connect
    from sim.files import inside

    scenario, design, draws = question.scenario, question.design(), question.draws
    # an impossible design is refused before its cost is printed
    python = any(variant.programs for variant in variants_of(scenario, design).variants)
    mark = hashlib.sha256(f"{design.csv()}{draws}".encode()).hexdigest()[:6]
    name = f"{scenario.id}-{scenario.digest[:8]}-seed{question.seed}-{question.variant}-{mark}"
    words = options.words
    with (
        connect(options.cluster, options.jobs) as workers,
        progress_display(words, quiet=options.quiet) as progress,
    ):
        if not options.quiet:
            total = len(design) * runs
            seconds = None if python else expected_seconds(scenario, total, workers.jobs)
            progress.show(cost(len(design), runs, seconds, words))
        return run_design(
            scenario,
            design,
            runs=runs,
            seed=question.seed,
            jobs=workers.jobs,
            executor=workers.executor,
            out=options.out or inside(HOME, name),
            progress=progress,
            draws=draws,
            fresh=options.fresh,
            command=this_call(),
            called=scenario_text(
                options.scenario, options.settings or (), python=bool(scenario.programs)
            ),
            engine=chosen_engine(),
        )


def cost(points: int, runs: int, seconds: float | None, words: Words) -> str:
    """How many replications at how many points, and how long they take if that is known."""
    about = {
        "points": words.count(points, "point"),
        "each": words.count(runs, "replication"),
        "total": words.count(points * runs, "replication"),
    }
    if seconds is None:
        return words.text("cli.study.cost", **about)
    if seconds < _SHORT:
        return words.text("cli.study.cost_second", **about)
    return words.text("cli.study.cost_seconds", n=round(seconds), **about)


def expected_seconds(scenario: Scenario, total: int, jobs: int | None) -> float | None:
    """How long it will take, estimated from a few replications; None if that needs much work."""
    from sim.ensemble.arguments import processors

    engine = chosen_engine()(scenario)
    if not engine.ready():
        return None
    engine.run_chunk(0, 0, 1)  # what is compiled or loaded at the first call is not counted
    started = time.perf_counter()
    engine.run_chunk(0, 0, _SAMPLE)
    return (time.perf_counter() - started) / _SAMPLE * total / (jobs or processors())


def print_source(result: DesignResult, words: Words) -> None:
    """The last line of a study on the screen: seed, digest, folder."""
    from sim.cli.tables import screen

    foot = words.text(
        "cli.study.foot",
        seed=str(result.seed),
        digest=result.scenario.digest[:8],
        place=str(result.location),
    )
    screen().print(foot, markup=False, soft_wrap=True)


def exit_code(result: DesignResult, words: Words) -> int:
    """Publish the folder; 1 if replications failed, after a line that says how many."""
    result.location.publish()
    if result.failures:
        place = f"{result.location}/failed.csv"
        about = {"n": result.failures, "total": result.size, "place": place}
        print(words.text("cli.notes.failed", **about), file=sys.stderr)
    return PARTLY_FAILED if result.failures else DONE
