"""What the classroom pages share: the words of their scripts, and where they may be written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import ModelError
from sim.narration.names import own_meaning
from sim.scenario.options import action_options
from sim.words import words

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

PACKAGE = "sim.classroom"  # whose templates these pages use
ENDINGS = (".html", ".htm")


def script_words(words: Words, part: str) -> dict[str, Any]:
    """The words of a page's script by dotted key, the locale that counts and writes dates.

    And how values are joined to what stands before them.
    """
    return {
        **words.section(
            *("common", "vocabulary", "narration.trace", "narration.own_rules"),
            f"classroom.{part}",
        ),
        "locale": words.tag,
        "joins": dict(words.own.joins),
    }


def option_words(scenario: Scenario, words: Words) -> dict[str, str]:
    """The words of a scenario's own options, by the keys at which scripts look for an option's."""
    return {
        key: text
        for one in action_options(scenario.file)
        if one.label
        for key, text in (
            (f"vocabulary.options.{one.word}", one.label),
            (f"play.options.{one.word}", own_meaning(one, words)),
        )
    }


def fit(out: Path, endings: Sequence[str] = ENDINGS, option: str = "--out") -> None:
    """Raise a `ModelError` if no file with one of these endings can be written there.

    It is called before the work begins. `option` is what the file was given as.
    """
    if out.suffix.lower() not in endings:
        raise ModelError(
            f"{option}: must be a file that ends in {words().join(endings, 'or')}, got {out}"
        )
    if out.is_dir():
        raise ModelError(f"{option}: must be a file, got the folder {out}")
    if not out.parent.is_dir():
        raise ModelError(
            f"{option}: must lie in a folder that exists, got {out} (make {out.parent} first)"
        )
    if not os.access(out.parent, os.W_OK) or (out.exists() and not os.access(out, os.W_OK)):
        raise ModelError(f"{option}: must lie where files can be written, got {out}")
