"""The command `lesson`: the variants of a scenario's lesson, and its pages to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from sim.cli.parsers import BadUse, near, path
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_run
from sim.cli.stories import warn_of_stories

if TYPE_CHECKING:
    from sim.scenario import Scenario as Loaded

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


RoleName = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="NAME",
        help="Write the card of this role alone, by its name or its actor. [default: all pages]",
    ),
]


def command(
    scenario: Scenario,
    out: Folder = None,
    role: RoleName = None,
    runs: Runs = 500,
    seed: Seed = None,
    jobs: Jobs = None,
    language: Language = "en",
    settings: Settings = None,
    fresh: Fresh = False,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Make the pages of a lesson, to print, from the `teaching:` block of a scenario.

    The teacher's notes have plans, stories and answers, computed from --runs replications of the
    scenario and of each thing to try, with common random numbers. The students' sheet has none of
    it. Role cards are one a page, and each also has a file of its own. Ten worlds on paper are for
    a room without a machine.

    Example: run_sim.py lesson two_states --seed 7 --out results/lesson
    """
    from sim.classroom.lesson import Call, pages
    from sim.classroom.lesson_parts import require_lesson
    from sim.classroom.variants import run_variants
    from sim.cli.progress import progress_display
    from sim.ensemble.arguments import root_seed
    from sim.files import inside, write_file
    from sim.words import words

    wording = words(language)
    loaded = read_to_run(scenario, settings)
    require_lesson(loaded)
    if role is not None:
        _card_of(loaded, role)
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
    files = pages(loaded, results, call, wording, engine=chosen_engine())
    if role is not None:
        files = {_card_of(loaded, role): files[_card_of(loaded, role)]}
    for name, text in files.items():
        write_file(folder / name, text)
        print(folder / name)
    warn_of_stories(loaded, seed)
    return PARTLY_FAILED if results.failures else DONE


def _card_of(scenario: Loaded, role: str) -> str:
    """The file of the card of a role. Raise a `BadUse` that names the roles if there is none."""
    from sim.classroom.sheets import cards

    known = {one.name: one for one in cards(scenario)}
    for one in known.values():
        if role in (one.name, one.role.actor):
            return one.file
    raise BadUse(
        f"--role: must be a role of the lesson, got {role}{near(role, list(known))}; there are "
        f"{'; '.join(known)}"
    )
