"""The command `handout`: a design of ensembles, and one page whose sliders move over it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.call import command_line, scenario_text, scenario_words, this_call
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
from sim.cli.parsers import path, whole
from sim.cli.run import HOME
from sim.cli.scenarios import read_to_run

SUMMARY = "Make a page with sliders over precomputed ensembles."
FEWEST_POINTS, MOST_POINTS = 4, 256

Levers = Annotated[
    list[str] | None,
    typer.Option(
        "--levers",
        metavar="PATH[:LOW:HIGH]",
        help="A number to move, at most eight; may be repeated, or be several with commas. "
        "[default: up to five levers of the scenario, those first that its things to try move]",
    ),
]
Points = Annotated[
    int,
    typer.Option(
        "--points",
        parser=whole("--points", FEWEST_POINTS, MOST_POINTS),
        metavar="N",
        help="Points that fill the space of the sliders, from 4 to 256.",
    ),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="FILE.html",
        help="The page; its runs lie beside it. "
        "[default: results/handout-ID-DIGEST-seedN/handout.html]",
    ),
]


def command(
    scenario: Scenario,
    levers: Levers = None,
    points: Points = 64,
    runs: Runs = 500,
    seed: Seed = None,
    jobs: Jobs = None,
    out: Page = None,
    language: Language = "en",
    settings: Settings = None,
    fresh: Fresh = False,
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Make one page whose sliders move over ensembles computed beforehand.

    It needs no network, no server, no installation. It shows where it was computed (--runs
    replications at each point), how far off it is between these points, and the outcomes with
    intervals.

    Example: run_sim.py handout two_states --seed 7 --points 32 --runs 200 --out handout.html
    """
    from sim.classroom import page
    from sim.cli.progress import progress_display
    from sim.ensemble.arguments import root_seed
    from sim.words import words

    wording, loaded = words(language), read_to_run(scenario, settings)
    if out is not None:
        page.fit(out)
    from sim.classroom import handout
    from sim.classroom import levers as lever_room
    from sim.design.design import run_design
    from sim.files import inside, write_file

    named = [one for word in levers or () for one in word.split(",")]
    sliders = lever_room.handles(loaded, named)
    seed = root_seed(loaded, seed)
    name = f"handout-{loaded.id}-{loaded.digest[:8]}-seed{seed}"
    out = out or inside(HOME, name, "handout.html")
    presets = lever_room.presets(loaded, sliders)
    where = lever_room.plan(sliders, presets, points, seed)
    counts = {
        "points": wording.count(len(where), "point"),
        "each": wording.count(runs, "replication"),
        "total": len(where) * runs,
    }
    print(wording.text("cli.notes.handout", **counts), file=sys.stderr)
    with progress_display(wording, quiet=False) as progress:
        result = run_design(
            loaded,
            lever_room.design(sliders, where, loaded.horizon),
            runs=runs,
            seed=seed,
            jobs=jobs,
            out=inside(out.parent, f"{out.stem}_runs"),
            progress=progress,
            fresh=fresh,
            command=this_call(),
            engine=chosen_engine(),
            called=scenario_text(scenario, settings or (), python=bool(loaded.programs)),
        )
    options = {
        "levers": levers or (),
        "points": points,
        "runs": runs,
        "seed": seed,
        "language": language,
    }
    again = "python " + command_line(
        "handout", scenario_words(scenario, settings or (), python=bool(loaded.programs)), options
    )
    content = handout.handout(loaded, sliders, presets, where, result)
    carried = handout.data(content, seed, runs, again, wording)
    write_file(out, handout.text(content, carried, wording))
    about = {"place": str(out), "title": loaded.title, "points": counts["points"]}
    print(wording.text("cli.page.handout", seed=str(seed), **about), file=sys.stderr)
    return PARTLY_FAILED if len(result.failed) else DONE
