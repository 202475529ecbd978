"""Writing that no font of this machine has, kept until a page is written and said once."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable

from sim.words import Words

_log = logging.getLogger(__name__)
_waiting: set[str] = set()  # scripts that were drawn as boxes
_told: set[str] = set()  # those of which the user knows


def keep(characters: Iterable[str]) -> None:
    """Keep what was drawn as boxes."""
    _waiting.update({_script(char) for char in characters} - _told)


def tell(words: Words) -> None:
    """Say in one sentence which writing is shown as boxes; each once in a process."""
    if _waiting:
        scripts = sorted(_waiting)
        _told.update(scripts)
        _waiting.clear()
        _log.warning("%s", words.text("report.figures.no_font", scripts=words.join(scripts)))


def _script(char: str) -> str:
    """The writing that a character belongs to, such as Devanagari, by its name in Unicode."""
    first = unicodedata.name(char, "other").split()[0]
    return first if first == "CJK" else first.capitalize()
