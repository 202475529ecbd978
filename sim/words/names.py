"""Ids as a person writes them, and coded words of a scenario, and of its news, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sim.vocabulary.coded import words as coded_words
from sim.vocabulary.codes import BarReason, Drop, ScriptEvent

if TYPE_CHECKING:
    from sim.words.words import Words

_SMALL_WORDS = {"and", "of", "the", "in", "on"}


def readable_name(name: str) -> str:
    """The id of an actor or place as a name: isle_of_man becomes Isle of Man."""
    words = name.split("_")
    return " ".join(
        word if k and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for k, word in enumerate(words)
    )


def place_name(title: str | None, name: str) -> str:
    """A place's title without what stands in brackets or after a comma; without one, its id."""
    return (
        re.sub(r"\s*\([^)]*\)", "", title).split(",")[0].strip() if title else readable_name(name)
    )


def script_name(action: str, words: Words) -> str:
    """An action of the ladder or an event, by its word in a history or a plan."""
    group = "script" if action in coded_words(ScriptEvent) else "postures"
    return words.text(f"vocabulary.{group}.{action}")


def drop_reason(code: int, words: Words) -> str:
    """Why an order was given up, `code` being a `Drop`."""
    if code > Drop.IMPOSSIBLE:
        return words.text(f"vocabulary.barred.{BarReason(code - Drop.IMPOSSIBLE).word}")
    return words.text(f"vocabulary.drops.{Drop(code).word}")
