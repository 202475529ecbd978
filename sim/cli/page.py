"""The command `page`: a scenario with the engine inside, as one file for a class."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exit_codes import DONE
from sim.cli.options import AllowPython, Debug, Language, Scenario, Seed, Settings
from sim.cli.parsers import path
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_tell

SUMMARY = "Make a page that holds the engine: worlds and levers for a class."

Levers = Annotated[
    list[str] | None,
    typer.Option(
        "--levers",
        metavar="PATH[:LOW:HIGH]",
        help="A number with which the page opens as a slider, at most eight; may be repeated, or "
        "be several with commas. [default: up to five levers of the scenario, those first that "
        "its things to try move]",
    ),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="FILE.html",
        help="The page; an older one is replaced. "
        "[default: results/page-ID-DIGEST-seedN/page.html]",
    ),
]


def command(
    scenario: Scenario,
    levers: Levers = None,
    seed: Seed = None,
    out: Page = None,
    language: Language = "en",
    settings: Settings = None,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Make one file that runs the model itself, on any device with a browser.

    A hundred worlds climb the ladder day by day; a lever runs them again at once; any of them can
    be watched, and continued a hundred times from any day. The page needs no network, no server
    and no installation, and computes the same bits as `run` with the same seed.

    Example: run_sim.py page two_states --seed 7 --out two_states.html
    """
    from sim.classroom import page as pages
    from sim.words import words

    loaded, wording = read_to_tell(scenario, settings, words(language))
    if out is not None:
        pages.fit(out)
    from sim.classroom import engine_image, sandbox
    from sim.classroom.levers import handles
    from sim.classroom.telling import frame
    from sim.engine.world import build
    from sim.ensemble.arguments import root_seed
    from sim.files import inside, make_folder, write_file

    named = [one for word in levers or () for one in word.split(",")]
    seed, template = root_seed(loaded, seed), build(loaded)
    sliders = handles(loaded, named)
    content = sandbox.data(loaded, template, sliders, seed, scenario, settings or (), wording)
    cargo = engine_image.cargo(template, seed, frame(loaded, seed, wording))
    if out is None:
        out = inside(HOME, f"page-{loaded.id}-{loaded.digest[:8]}-seed{seed}", "page.html")
        make_folder(out.parent)
    write_file(out, sandbox.text(loaded, content, cargo, wording))
    about = {"place": str(out), "title": loaded.title, "seed": str(seed)}
    print(wording.text("cli.page.sandbox", **about), file=sys.stderr)
    return DONE
