"""The command `lesson`: the variants of a scenario's lesson, and two pages to print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.call import scenario_text, this_call
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import (
    AllowPython,
    Debug,
    Fresh,
    Jobs,
    Language,
    Runs,
    Scenario,
    Seed,
    Settings,
)
from sim.cli.parsers import path
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_run

SUMMARY = "Make a lesson: teacher's notes and student sheets."

Folder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="DIR",
        help="Folder for the pages and the runs. [default: results/lesson-ID-DIGEST-seedN]",
    ),
]


def command(
    scenario: Scenario,
    out: Folder = None,
    runs: Runs = 500,
    seed: Seed = None,
    jobs: Jobs = None,
    language: Language = "en",
    settings: Settings = None,
    fresh: Fresh = False,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Make two pages to print from the `teaching:` block of a scenario.

    The teacher's notes have answers, computed from --runs replications of the scenario and of each
    thing to try, with common random numbers. The students' sheet has role cards, and no answers.

    Example: run_sim.py lesson two_states --seed 7 --out results/lesson
    """
    from sim.classroom.lesson import Call, pages, require_lesson
    from sim.classroom.variants import run_variants
    from sim.cli.progress import progress_display
    from sim.ensemble.arguments import root_seed
    from sim.files import inside, write_file
    from sim.words import words

    wording = words(language)
    loaded = read_to_run(scenario, settings)
    require_lesson(loaded)
    seed = root_seed(loaded, seed)
    folder = out or inside(HOME, f"lesson-{loaded.id}-{loaded.digest[:8]}-seed{seed}")
    with progress_display(wording, quiet=False) as progress:
        results = run_variants(
            loaded,
            runs=runs,
            seed=seed,
            jobs=jobs,
            out=folder / "runs",
            progress=progress,
            fresh=fresh,
            command=this_call(),
            engine=chosen_engine(),
        )
    call = Call(scenario_text(scenario, settings or (), python=bool(loaded.programs)), runs, seed)
    for name, text in pages(loaded, results, call, wording).items():
        write_file(folder / name, text)
        print(folder / name)
    return PARTLY_FAILED if results.failures else DONE
