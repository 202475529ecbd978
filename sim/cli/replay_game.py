"""A game replayed from its code: told on the screen, or as a page that plays it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.bundle import bundled_files
from sim.call import command_line, scenario_words
from sim.cli.exit_codes import DONE
from sim.cli.play_ending import ending_of, print_lines
from sim.cli.scenarios import read_to_run
from sim.replication.game_code import code_of, find_scenario, game_of, read_code
from sim.replication.play import run_digest
from sim.scenario import localise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.replication.play import Game, Position
    from sim.scenario import Scenario
    from sim.words import Words

#: The scenarios of a first lesson are looked at before the others.
_FIRST = ("two_states", "three_states")


def replay_game(
    text: str, scenario: str | None, settings: Sequence[str], out: Path | None, words: Words
) -> int:
    """Replay the game of a code.

    Parameters
    ----------
    text : the code
    scenario : of the game, as commands name it; looked for among the bundled ones if left out
    settings : `PATH=VALUE` with which it was played
    out : the page; told on the screen if left out
    words : the language
    """
    code = read_code(text)
    if scenario is None:
        loaded = find_scenario(code, [partial(_load, file, settings) for file in _bundled_first()])
    else:
        loaded = read_to_run(scenario, settings)
    loaded, words = localise(loaded, words)
    game, choices = game_of(code, loaded)
    position = game.position(choices)
    called = scenario or loaded.id
    if out is not None:
        _write(game, position, out, (called, settings), words)
    else:
        _tell(game, position, words)
    return DONE


def _bundled_first() -> list[Path]:
    return sorted(bundled_files(), key=lambda file: (file.stem not in _FIRST, file.stem))


def _load(file: Path, settings: Sequence[str]) -> Scenario:
    return read_to_run(str(file), settings)


def _tell(game: Game, position: Position, words: Words) -> None:
    """The choices, all days, the end, and a number by which two replays are compared."""
    from sim.narration.play import Teller
    from sim.narration.trace import trace

    teller = Teller(game, words)
    print_lines([teller.opening()[0], ""])
    for line in trace(game.as_rerun(position), game.scenario, words, days=range(1, _last(game))):
        print(line)
    print()
    print_lines(ending_of(game, position, words, turning=True))
    forced = [one.words for one in game.forced_choices(position)]
    past = {"seed": game.fork.seed, "replication": game.fork.replication, "day": 1}
    options = {**past, "draws": "common", "force": forced}
    again = command_line("fork", [game.scenario.id], options)
    print()
    print(teller.say("by_fork", command=f"python {again}"))
    print(teller.say("days_digest", digest=run_digest(game.template, position.run)))


def _last(game: Game) -> int:
    return game.template.horizon + 1


def _write(
    game: Game,
    position: Position,
    out: Path,
    called: tuple[str, Sequence[str]],
    words: Words,
) -> None:
    """The page that plays the game, with the reasons of all."""
    from sim.classroom.replay import Replay, data, text
    from sim.files import write_file
    from sim.replication.ledger import decisions_of

    run = game.as_rerun(position)
    code = code_of(game, position.choices)
    again = command_line("replay", [code, *scenario_words(*called)], {"out": "FILE.html"})
    decisions = decisions_of(run.template, run.ledger, run.events)
    seed, replication = game.fork.seed, game.fork.replication
    replay = Replay(game.scenario, run, seed, replication, again, decisions)
    write_file(out, text(data(replay, words), words))
    about = {"place": str(out), "title": game.scenario.title, "replication": str(replication)}
    print(words.text("cli.page.replay", seed=str(seed), **about), file=sys.stderr)
