"""A game kept in a file: its code, and what it is a game of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import ModelError
from sim.files import reason, write_file

if TYPE_CHECKING:
    from sim.replication.play import Game
    from sim.scenario import Scenario

_KIND = "escalation-game"
_MOST = 10_000  # bytes of a file


def write_game(file: Path, code: str, scenario: str) -> None:
    """Keep a game, whole or not at all."""
    write_file(file, json.dumps({"kind": _KIND, "scenario": scenario, "code": code}) + "\n")


def read_game(file: Path, scenario: Scenario) -> tuple[Game, tuple[int, ...]]:
    """The game in a file, and its choices.

    Raises
    ------
    ModelError : if there is no game in the file, it is damaged, or of another scenario
    """
    from sim.replication.game_code import game_of, read_code

    try:
        with open(file, "rb") as stream:
            text = stream.read(_MOST + 1)
    except OSError as error:
        raise ModelError(f"--save: {file}: cannot be read: {reason(error)}") from error
    try:
        content = json.loads(text) if len(text) <= _MOST else None
    except (ValueError, RecursionError):
        content = None
    known = isinstance(content, dict) and content.get("kind") == _KIND
    code = content.get("code") if isinstance(content, dict) and known else None
    if not isinstance(code, str):
        raise ModelError(f"--save: {file}: must be a game that `play --save` has kept")
    try:
        return game_of(read_code(code), scenario)
    except ModelError as error:
        raise ModelError(f"--save: {file}: {error}") from error
