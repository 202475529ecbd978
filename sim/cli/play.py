"""The command `play`: decide for a side at the stops of a replication."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.call import scenario_words
from sim.cli.exit_codes import DONE
from sim.cli.options import AllowPython, Debug, Language, Scenario, Seed, Settings
from sim.cli.parsers import BadUse, near, path, whole
from sim.cli.scenarios import read_to_tell
from sim.plain import MOST_NUMBER

if TYPE_CHECKING:
    from sim.replication.play import Game
    from sim.scenario import Scenario as Loaded
    from sim.words import Words

SUMMARY = "Play a side: decide for a state or a mediator at the stops of a replication."

Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--as",
        metavar="ACTOR",
        help="Who is played; given again for several players at one screen, each in turn.",
    ),
]
Number = Annotated[
    int | None,
    typer.Option(
        "--replication",
        parser=whole("--replication", 0, MOST_NUMBER),
        metavar="K",
        help="Number of the replication, from 0. [default: the first of the seed in which the "
        "roles have much to decide, which is shown]",
    ),
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save",
        parser=path,
        metavar="FILE",
        help="Keep the game in a file after each choice. [default: none]",
    ),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with the game in the file of --save. [default: no]")
]
Groups = Annotated[
    bool,
    typer.Option(
        "--allow-groups",
        help="Let armed groups be played too; in a class the teacher decides. [default: no]",
    ),
]
Turning = Annotated[
    bool,
    typer.Option("--turning/--no-turning", help="Name the turning points at the end."),
]


def command(
    scenario: Scenario,
    roles: Roles = None,
    replication: Number = None,
    seed: Seed = None,
    settings: Settings = None,
    save: Save = None,
    resume: Resume = False,
    groups: Groups = False,
    turning: Turning = True,
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Decide for a state or a mediator at the decisions that matter, 8 to 12 in a game.

    Each line of standard input is a choice or a word such as ? or own, so a game can be piped in.
    At its end, or that of the input, the game is told as a code that `replay` takes.

    Example: run_sim.py play two_states --as westmark --seed 7
    """
    from sim.words import words

    if resume and save is None:
        raise BadUse("--resume: must stand with --save FILE, which holds the game")
    loaded, wording = read_to_tell(scenario, settings, words(language))
    from sim.cli.play_table import Table
    from sim.cli.saved_game import read_game

    if resume and save is not None:
        game, choices = read_game(save, loaded)
        _require_groups(loaded, [role.name for role in game.roles], groups)
    else:
        _refuse_older(save)
        game, choices = _new_game(loaded, roles or [], seed, replication, groups, wording), ()
    again = scenario_words(scenario, settings or ())
    Table(game, wording, again, save, turning=turning).play(choices)
    return DONE


def _new_game(
    loaded: Loaded,
    roles: list[str],
    seed: int | None,
    replication: int | None,
    groups: bool,
    wording: Words,
) -> Game:
    """The game that the options ask for; how its replication was found is told on stderr."""
    from sim.ensemble.arguments import root_seed
    from sim.replication.play import Game, best_replication

    _require_roles(loaded, roles)
    _require_groups(loaded, roles, groups)
    seed = root_seed(loaded, seed)
    if replication is None:
        replication, count = best_replication(loaded, seed, roles)
        about = {"replication": str(replication), "n": count}
        print(wording.text("play.found_replication", **about), file=sys.stderr)
    return Game(loaded, seed, replication, roles)


def _require_roles(loaded: Loaded, roles: list[str]) -> None:
    file = loaded.file
    known = [*file.states, *file.mediators, *file.groups]
    if not roles:
        raise BadUse(f"--as: must be given; there are {', '.join([*file.states, *file.mediators])}")
    for role in roles:
        if role not in known:
            raise BadUse(
                f"--as: must be an actor of the scenario, got {role[:40]}{near(role, known)}; "
                f"there are {', '.join(known)}"
            )
    if len(set(roles)) < len(roles):
        raise BadUse(f"--as: must name each role once, got {', '.join(roles)}")


def _require_groups(loaded: Loaded, roles: list[str], allowed: bool) -> None:
    """Refuse armed groups unless the teacher allows them."""
    armed = [role for role in roles if role in loaded.file.groups]
    if armed and not allowed:
        raise BadUse(
            f"--as: must be a state or a mediator, got the armed group {armed[0]} "
            "(--allow-groups lets groups be played; in a class the teacher decides)"
        )


def _refuse_older(save: Path | None) -> None:
    """A game that was kept is not lost by a slip."""
    if save is None:
        return
    if save.exists():
        raise BadUse(
            f"--save: {save} is there already (--resume goes on with it; or name another file)"
        )
    if not save.parent.is_dir():
        raise BadUse(f"--save: must lie in a folder that exists, got {save}")
