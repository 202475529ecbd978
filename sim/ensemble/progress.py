"""How a run reports what it has done."""

from __future__ import annotations

from collections.abc import Callable

from sim.words.sentence import Sentence

#: Takes something that a user should know, which is said in the language of whoever shows it.
Note = Callable[[Sentence], None]


class Progress:
    """Is told how a run gets on; this one ignores it, subclasses show it."""

    def start(self, done: int, total: int) -> None:
        """`done` of `total` replications are in the store already."""

    def advance(self, count: int) -> None:
        """Another `count` are on the disk."""

    def note(self, sentence: Sentence) -> None:
        """Something that a user should know, in one line."""


def note_of(key: str, **values: object) -> Sentence:
    """The sentence of a note, by its key among `cli.notes`."""
    return Sentence.of(f"cli.notes.{key}", **values)
