"""How a game ended, on the screen: its end, what was hidden, and its turning points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.narration.play import WORLDS, Teller

if TYPE_CHECKING:
    from sim.replication.play import Game, Position
    from sim.words import Words


def ending_of(game: Game, position: Position, words: Words, *, turning: bool) -> list[str]:
    """The end of a game in lines; `turning` adds its turning points, which take seconds."""
    from sim.engine.replication import run_chunk

    others = run_chunk(game.template, game.fork.seed, 0, WORLDS)
    lines = Teller(game, words).end(position, others)
    return [*lines, "", *_turning_points(game, position, words)] if turning else lines


def _turning_points(game: Game, position: Position, words: Words) -> list[str]:
    """The days that moved the end most, by the one definition that there is."""
    from sim.ensemble.progress import Progress
    from sim.narration.explain import Explainer
    from sim.narration.turning_points import GAME_RUNS, turning
    from sim.narration.turning_words import TurningStory

    fork = game.as_fork(position)
    found = turning(fork, GAME_RUNS, None, Progress())
    story = TurningStory(fork, found, Explainer(game.scenario, words))
    first, *moves = story.summary()
    return [first, *(f"  {move}" for move in moves), *story.precision()]


def print_lines(lines: Sequence[str]) -> None:
    """Print lines as wide as the screen, each with its own indent where it goes on."""
    from rich.text import Text

    from sim.cli.tables import screen

    console = screen()
    for line in lines:
        text = line.lstrip(" ")
        indent = line[: len(line) - len(text)]
        for part in Text(text).wrap(console, console.width - len(indent)) or [Text()]:
            console.print(indent + part.plain.rstrip(), soft_wrap=True)
