"""The command `replay`: one replication as a page that plays it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.call import command_line, scenario_words
from sim.cli.ending import TurningPoints, how_it_ended
from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import (
    AllowPython,
    Debug,
    Language,
    Replication,
    Seed,
    Settings,
    Story,
)
from sim.cli.parsers import BadUse, path
from sim.cli.picking import replication_of
from sim.cli.scenarios import read_to_tell, seems_scenario

SUMMARY = "Write one replication as a page that plays it."

Source = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario file, - for standard input, or a bundled scenario's name; or the code of "
        "a game.",
    ),
]
Of = Annotated[
    str | None,
    typer.Argument(
        metavar="[SCENARIO OF THE CODE]",
        help="The scenario of a code. [default: found among the bundled ones]",
    ),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="FILE.html",
        show_default=False,
        help="The page; an older one is replaced. A game may be told on the screen instead. "
        "[default: none]",
    ),
]


def command(
    scenario: Source,
    of: Of = None,
    out: Page = None,
    replication: Replication = 0,
    story: Story = None,
    futures: TurningPoints = 0,
    seed: Seed = None,
    settings: Settings = None,
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Write one replication as a single page that plays it day by day.

    It shows map, ladder, news with both sides' claims, reasons, and how it ended. The page needs
    no network and no server: open it from disk, on a telephone too.

    The code of a game that was played (`play`, or the page with the engine) is given again bit for
    bit: as a page, or without --out told on the screen.

    Example: run_sim.py replay two_states --replication 3 --seed 7 --out replay.html
    """
    from sim.classroom import page
    from sim.replication.game_code import seems_code
    from sim.words import words

    if seems_code(scenario) and not seems_scenario(scenario):
        if replication or story is not None or seed is not None:
            raise BadUse("replay: a code holds seed and replication; leave the options away")
        if out is not None:
            page.fit(out)
        from sim.cli.replay_game import replay_game

        return replay_game(scenario, of, settings or (), out, words(language))
    if of is not None:
        raise BadUse(f"replay: must be given one scenario, or a code and its scenario, got {of}")
    if out is None:
        raise BadUse("Missing option '--out' (see run_sim.py replay --help)")
    page.fit(out)
    loaded, wording = read_to_tell(scenario, settings, words(language))
    from sim.classroom.replay import Replay, data, text
    from sim.ensemble.arguments import root_seed
    from sim.files import write_file
    from sim.replication.ledger import decisions
    from sim.replication.rerun import rerun

    seed = root_seed(loaded, seed)
    replication = replication_of(loaded, seed, replication, story, wording)
    run = rerun(loaded, seed, replication, engine=chosen_engine())
    if not len(run.blocks):
        raise run.failure or RuntimeError("a replication of no days")
    again = command_line(
        "replay",
        scenario_words(scenario, settings or (), python=bool(loaded.programs)),
        {
            "replication": replication,
            "turning_points": futures or None,
            "seed": seed,
            "language": language if language != "en" else None,
            "out": "FILE.html",
        },
    )
    found = decisions(loaded, seed, replication, engine=chosen_engine())
    end = [] if run.failure else how_it_ended(loaded, seed, replication, futures, wording)
    replay = Replay(loaded, run, seed, replication, again, found, end)
    write_file(out, text(data(replay, wording), wording))
    about = {"place": str(out), "title": loaded.title, "replication": str(replication)}
    print(wording.text("cli.page.replay", seed=str(seed), **about), file=sys.stderr)
    if run.failure:
        print(run.failure, file=sys.stderr)
    return PARTLY_FAILED if run.failure else DONE
