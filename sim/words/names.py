"""Ids as a person writes them."""

from __future__ import annotations

_SMALL_WORDS = {"and", "of", "the", "in", "on"}


def readable_name(name: str) -> str:
    """The id of an actor or place as a name: isle_of_man becomes Isle of Man."""
    words = name.split("_")
    return " ".join(
        word if k and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for k, word in enumerate(words)
    )
