"""Which scenario is meant: a file, standard input, or one of the bundled files by its name."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.bundle import bundled_files
from sim.bundle import bundled_names as names
from sim.cli.engine import has_consent
from sim.cli.parsers import BadUse, by_path, near

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

STDIN = "-"
ENDINGS = (".yaml", ".yml")
SHOWN_STDIN = "standard input"
MAX_BYTES = 5_000_000  # of standard input; the reader itself allows less


def seems_scenario(word: str) -> bool:
    """Whether a word is meant as a scenario and not as a command."""
    word = _parts(word)[0]
    return (
        word == STDIN
        or word.endswith(ENDINGS)
        or Path(word).name != word
        or word in names()
        or os.path.exists(word)
    )


def find(word: str) -> Path:
    """The file that a word means.

    Raises
    ------
    BadUse : for a bare word that names no bundled scenario
    """
    path = Path(word)
    if os.path.exists(word) or word.endswith(ENDINGS) or Path(word).name != word:
        return path
    for bundled in bundled_files():
        if bundled.stem == word:
            return bundled
    raise BadUse(
        f"{word}: must be a file or a bundled scenario{near(word, names())}; "
        f"bundled are {', '.join(names())}"
    )


def read_to_run(word: str, settings: Sequence[str] | None = ()) -> Scenario:
    """Load a scenario whose replications a command runs; see `read`.

    Raises
    ------
    ConsentError : if it names a Python policy, and `--allow-python` is not given
    """
    from sim.scenario.programs import require_consent

    loaded = read(word, settings)
    require_consent(loaded.programs, allowed=has_consent())
    return loaded


def read_to_tell(word: str, settings: Sequence[str] | None, words: Words) -> tuple[Scenario, Words]:
    """The same in the language of a reader, as far as the file gives it, and the words for it.

    Raises
    ------
    ConsentError : as for `read_to_run`
    """
    from sim.scenario import localise

    return localise(read_to_run(word, settings), words)


def read(word: str, settings: Sequence[str] | None = ()) -> Scenario:
    """Load a scenario with its `PATH=VALUE` settings.

    Raises
    ------
    ScenarioError : with everything that is wrong with it
    """
    from sim.scenario import load
    from sim.scenario.variants import SIGN

    overrides, (named, variant) = by_path(settings or ()), _parts(word)
    if named == STDIN:
        return _read_stdin(overrides, variant)
    file = find(named)
    return load(file if variant is None else f"{file}{SIGN}{variant}", overrides)


def _parts(word: str) -> tuple[str, str | None]:
    """The file or name, and the variant, of a word such as two_states#calm."""
    from sim.scenario.variants import split_variant

    return (word, None) if os.path.exists(word) else split_variant(word)


def _read_stdin(overrides: dict[str, str], variant: str | None) -> Scenario:
    """Load standard input."""
    from sim.errors import ScenarioError
    from sim.scenario import load_text

    try:
        data = sys.stdin.buffer.read(MAX_BYTES)
        return load_text(data, overrides, path=Path(STDIN), variant=variant)
    except ScenarioError as error:
        shown = [
            replace(p, file=SHOWN_STDIN if p.file == STDIN else p.file) for p in error.problems
        ]
        raise ScenarioError(shown) from error


def text_of(word: str) -> tuple[bytes, str]:
    """The text of a scenario file as it is written, and what to call the file.

    Raises
    ------
    ScenarioError : if there is no such file, or it cannot be read
    """
    from sim.errors import ScenarioError
    from sim.scenario.reading import Place, Unreadable
    from sim.scenario.source import read_text

    if word == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES), SHOWN_STDIN
    path = find(word)
    try:
        return read_text(path, Place(str(path), path.name)).encode(), str(path)
    except Unreadable as error:
        raise ScenarioError([error.problem]) from error


def heading(path: Path, wanted: Sequence[str] = ("title", "kind", "question")) -> dict[str, str]:
    """Some entries at the top of a scenario file, or of the one that it extends."""
    found: dict[str, str] = {}
    with open(path, encoding="utf-8") as stream:
        for key, value in _top_words(stream):
            found[key] = value
            if found.keys() >= set(wanted):  # what it extends cannot change them
                break
    base = found.pop("extends", None)
    inherited = heading(path.parent / base, wanted) if base and path.parent / base != path else {}
    return {key: value for key, value in (inherited | found).items() if key in wanted}


def _top_words(stream: Any) -> Any:
    """Keys and plain values of the outermost mapping, as they come."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.events import MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

    depth, key = 0, None
    try:
        for event in YAML(typ="safe", pure=True).parse(stream):
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                depth, key = depth + 1, None
            elif not isinstance(event, NodeEvent):
                depth -= type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent")
            elif depth == 1 and key is None:
                key = getattr(event, "value", "")
            elif depth == 1:
                if isinstance(event, ScalarEvent):
                    yield key, event.value
                key = None
    except YAMLError as error:
        raise ValueError(str(error)) from error
