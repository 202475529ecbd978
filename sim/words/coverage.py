"""Each coded word has its words in every complete language; a missing one fails at start-up.

Whoever adds an action, a target or a term of a table would otherwise see it first in the middle of
a story, as an error. The files are not parsed here, which would cost every command a tenth of a
second: their keys are read off the indentation, which takes a millisecond a language.
`tests/words/test_coverage.py` holds that these keys are those that the parser reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sim.vocabulary.coded import VocabularyError
from sim.words.vocabulary_keys import needed_keys

HOME = Path(__file__).parent
PLAIN = "en"  # the language that has every key
GROUPS = (
    *("acts", "postures", "options", "targets", "kinds", "terms", "barred", "rungs"),
    *("measures", "meanings", "terrains", "script", "readings", "stocks"),
)
_KEY = re.compile(r"""( *)["']?([^\s"'#][^"':]*)["']?:(?=\s|$)""")
_COMPLETE = re.compile(r"^complete: *\[(.*)\]", re.MULTILINE)


def check(home: Path = HOME) -> None:
    """Raise a `VocabularyError` for a coded word without its words, or words of no coded word."""
    for folder in sorted(path for path in home.iterdir() if (path / "language.yaml").exists()):
        for problem in problems(folder):
            raise VocabularyError(problem)


def problems(folder: Path) -> Iterator[str]:
    """What is wrong with the words of a language, by file and key."""
    needed = needed_keys()
    for section in ("vocabulary", "narration"):
        file = folder / f"{section}.yaml"
        if section not in _complete(folder) or not file.exists():
            continue
        known, place = set(keys(file)), f"{folder.parent.name}/{folder.name}/{file.name}"
        for key in (one.partition(".")[2] for one in needed if one.startswith(f"{section}.")):
            if key not in known:
                yield f"{place}: {key}: must have the words of {key.rpartition('.')[2]}"
        for key in known:
            group, _, word = key.partition(".")
            ours = section == "vocabulary" and group in GROUPS and word
            if ours and f"{section}.{key}" not in needed:
                yield f"{place}: {key}: must be the word of a row of sim/vocabulary, got {word}"


def keys(file: Path) -> Iterator[str]:
    """The dotted keys of a file of words, from its indentation of two spaces a level."""
    above: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        found = _KEY.match(line)
        if found:
            above = [*above[: len(found[1]) // 2], found[2]]
            yield ".".join(above)


def _complete(folder: Path) -> list[str]:
    """The sections in which a language has every key."""
    if folder.name == PLAIN:
        return ["vocabulary", "narration"]
    found = _COMPLETE.search((folder / "language.yaml").read_text(encoding="utf-8"))
    return [name.strip() for name in found[1].split(",")] if found else []
