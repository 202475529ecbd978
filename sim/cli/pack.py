"""The command `pack`: the pages of a lesson in one archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.call import scenario_text
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import AllowPython, Debug, Jobs, Runs, Scenario, Seed, Settings
from sim.cli.parsers import path
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_run

SUMMARY = "Make one archive with all pages of a lesson, in each language."
ENDINGS = (".zip",)
LANGUAGES = "en,fr"

Archive = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="FILE.zip",
        help="The archive; an older one is replaced. [default: results/pack-ID-DIGEST-seedN.zip]",
    ),
]

Languages = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="TAG[,TAG]",
        help="Languages of the pages, each as for other commands; the first opens the pack.",
    ),
]


def command(
    scenario: Scenario,
    out: Archive = None,
    runs: Runs = 500,
    seed: Seed = None,
    jobs: Jobs = None,
    languages: Languages = LANGUAGES,
    settings: Settings = None,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Make a zip that a teacher unpacks: `start.html`, the engine in a page, stories, sheets.

    In English and French, or as --language says; nothing in it needs a network. `serve` shows the
    unpacked folder to the devices of a room. The answers of the teacher's notes are from --runs
    replications.

    Example: run_sim.py pack two_states --seed 7 --out two_states.zip
    """
    from sim.classroom import page as pages

    if out is not None:
        pages.fit(out, ENDINGS)
    loaded = read_to_run(scenario, settings)
    from sim.classroom.lesson_parts import require_lesson
    from sim.classroom.pack import Lesson, archive, files
    from sim.classroom.variants import run_variants
    from sim.cli.progress import progress_display
    from sim.ensemble.arguments import root_seed
    from sim.files import inside, make_folder, write_file
    from sim.scenario import localise
    from sim.words import words

    by_tag = {tag: words(tag) for tag in languages.split(",")}
    seed, engine, wording = root_seed(loaded, seed), chosen_engine(), next(iter(by_tag.values()))
    results = None
    if loaded.file.teaching.tries:
        require_lesson(loaded)
        with progress_display(wording, quiet=False) as progress:
            results = run_variants(
                loaded, runs=runs, seed=seed, jobs=jobs, progress=progress, engine=engine
            )
    called = scenario_text(scenario, settings or (), python=bool(loaded.programs))
    lesson = Lesson(loaded, seed, called, results, runs, engine)
    made = files(lesson, by_tag)
    if out is None:
        out = inside(HOME, f"pack-{loaded.id}-{loaded.digest[:8]}-seed{seed}.zip")
        make_folder(out.parent)
    write_file(out, archive(made))
    shown, wording = localise(loaded, wording)
    about = {"place": str(out), "title": shown.title, "n": len(made)}
    print(wording.text("cli.pack.written", **about), file=sys.stderr)
    return PARTLY_FAILED if results is not None and results.failures else DONE
