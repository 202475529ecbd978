"""How a run reports what it has done."""

from __future__ import annotations

from typing import Protocol


class Note(Protocol):
    """Takes something that a user should know: its key in `cli.notes` of `sim.words`, and values.

    So that a command says it in its own language.
    """

    def __call__(self, key: str, /, **values: object) -> None: ...


class Progress:
    """Is told how a run gets on; this one ignores it, subclasses show it."""

    def start(self, done: int, total: int) -> None:
        """`done` of `total` replications are in the store already."""

    def advance(self, count: int) -> None:
        """Another `count` are on the disk."""

    def note(self, key: str, /, **values: object) -> None:
        """Something that a user should know, as `Note` has it."""
