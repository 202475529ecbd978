"""How a run reports what it has done."""

from __future__ import annotations


class Progress:
    """Is told how a run gets on; this one ignores it, subclasses show it."""

    def start(self, done: int, total: int) -> None:
        """`done` of `total` replications are in the store already."""

    def advance(self, count: int) -> None:
        """Another `count` are on the disk."""

    def note(self, text: str) -> None:
        """Something that a user should know, in one line."""
