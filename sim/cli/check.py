"""The command `check`: what is wrong with scenarios, and whether they show what they claim."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import BAD_INPUT, DONE, PARTLY_FAILED
from sim.cli.options import (
    AllowPython,
    Debug,
    FixedSeed,
    Language,
    Runs,
    Settings,
)
from sim.cli.scenarios import STDIN, read, text_of
from sim.cli.stories import warn_of_stories
from sim.errors import Problem, SimError
from sim.printable import printable

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

SUMMARY = "Show everything that is wrong with scenarios."

Scenarios = Annotated[
    list[str],
    typer.Argument(help="Scenario files, - for standard input, or bundled scenarios' names."),
]
Test = Annotated[
    bool,
    typer.Option(
        "--run",
        help="Run a short ensemble of each too, and test its `expect` block. [default: no]",
    ),
]


def command(
    scenarios: Scenarios,
    settings: Settings = None,
    test: Test = False,
    runs: Runs = 500,
    seed: FixedSeed = 1,
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Read scenarios strictly and show everything that is wrong with them, all at once.

    --runs and --seed are those of the short ensemble of --run; --seed is also that of the stories
    of a lesson, against which its questions are checked.

    Example: run_sim.py check scenarios/two_states.yaml --run
    """
    from sim.scenario.programs import require_consent
    from sim.words import words

    wording = words(language)
    found = [one for word in scenarios for one in _with_variants(word, settings or [], wording)]
    readable, told = [one for one in found if one is not None], set[object]()
    if test:
        for scenario in readable:
            require_consent(scenario.programs, allowed=allow_python)
    for scenario in readable:
        if scenario.path not in told:
            told.add(scenario.path)
            warn_of_stories(scenario, seed)
    results = [_shows(scenario, runs, seed, wording) for scenario in readable] if test else []
    if len(readable) < len(found):
        return BAD_INPUT
    return DONE if all(results) else PARTLY_FAILED


def _with_variants(word: str, settings: list[str], words: Words) -> Iterator[Scenario | None]:
    """A scenario and all of its variants, None for each that cannot be read."""
    scenario = _read(word, settings, words)
    yield scenario
    if scenario is not None and word != STDIN:
        for name in scenario.variants:
            yield _read(f"{word}#{name}", settings, words, known=scenario.warnings)


def _read(
    word: str, settings: list[str], words: Words, *, known: Collection[Problem] = ()
) -> Scenario | None:
    try:
        scenario = read(word, settings)
    except SimError as error:
        print(error, file=sys.stderr)
        _tell_of_upgrade(word, words)
        return None
    for program in scenario.programs:
        key = "program" if program.file.is_file() else "no_program"
        about = {"place": scenario.path, "path": program.path, "name": program.name}
        text = words.text(f"cli.check.{key}", file=program.file, **about)
        print(printable(text), file=sys.stderr)
    new = [warning for warning in scenario.warnings if warning not in known]
    for warning in new:
        print(f"warning: {warning}", file=sys.stderr)
    place = str(scenario.path) if word != STDIN else words.text("cli.check.stdin")
    count = len(new)
    print(words.text("cli.check.ok", place=place, id=scenario.id, n=count), flush=True)
    return scenario


def _tell_of_upgrade(word: str, words: Words) -> None:
    """Say how a file of an older version is brought up to date, if this is one."""
    from sim.scenario.reading import Unreadable
    from sim.scenario.upgrade import is_of_an_older_version

    if word == STDIN:
        return
    with contextlib.suppress(SimError, Unreadable, OSError):
        data, shown = text_of(word)
        if is_of_an_older_version(data, shown):
            print(printable(words.text("cli.check.older", place=shown)), file=sys.stderr)


def _shows(scenario: Scenario, runs: int, seed: int, words: Words) -> bool:
    """Whether a short ensemble runs without failures and every expectation holds."""
    from sim.cli.progress import progress_display
    from sim.ensemble import run
    from sim.studies.expectations import LEAST_RATE, verdicts

    with progress_display(words, quiet=True) as progress:
        ensemble = run(scenario, runs=runs, seed=seed, progress=progress, engine=chosen_engine())
    found = verdicts(ensemble)
    for verdict in found:
        text = words.text("cli.fact", name=scenario.id, value=verdict.sentence(words))
        print(text, flush=True)
    failed = len(ensemble.failed)
    if failed:
        error = ensemble.failed["error"].iloc[0]
        about = {"name": scenario.id, "n": failed, "total": runs, "error": error}
        print(words.text("cli.notes.failed_first", **about), file=sys.stderr)
    errors = [verdict.error for verdict in found if verdict.error is not None]
    if errors:
        rate = words.percent(min(1.0, max(LEAST_RATE, sum(errors))))
        about = {"replications": words.count(runs, "replication"), "rate": rate}
        text = words.text("studies.expectations.rate", **about)
        print(words.text("cli.fact", name=scenario.id, value=text))
    if not found:
        print(words.text("cli.fact", name=scenario.id, value=words.text("cli.check.nothing")))
    return not failed and all(verdict.holds for verdict in found)
