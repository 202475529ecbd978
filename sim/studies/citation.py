"""Text to cite: the program, and a result by what makes it again."""

from __future__ import annotations

import re
from typing import NamedTuple

from sim.ensemble.manifest import Manifest
from sim.version import AUTHORS, RELEASED, TITLE, __version__
from sim.words import Words
from sim.words import words as words_of

_DIGITS = 12  # of a digest, enough to tell two scenarios apart


class Citation(NamedTuple):
    """How to cite a result, as a sentence and as an entry of BibTeX."""

    text: str
    bibtex: str


def cite(manifest: Manifest, words: Words | None = None) -> Citation:
    """How to cite what lies in a results folder; all of it is in its manifest.

    Parameters
    ----------
    manifest : of the folder
    words : the language, English by default
    """
    said = words or words_of()
    version = manifest.versions.get("escalation", __version__)
    year = RELEASED[:4] if version == __version__ else said.text("paper.cite.no_year")
    made = said.text(
        "paper.cite.made",
        scenario=manifest.scenario,
        digest=(manifest.digest or "")[:_DIGITS],
        n=manifest.runs,
        seed=str(manifest.seed),
    )
    program = {"authors": AUTHORS, "year": year, "title": TITLE, "version": version}
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{TITLE}}}",
        "year": year,
        "version": version,
        "note": said.text("paper.cite.note", made=made),
    }
    lines = [f"  {name} = {{{_in_braces(value)}}}," for name, value in fields.items()]
    return Citation(
        said.text("paper.cite.text", **program, made=made),
        "\n".join(["@software{escalation,", *lines, "}"]),
    )


def _in_braces(value: str) -> str:
    """A value of BibTeX; what a stranger's folder says must not end it."""
    return value if value.startswith("{") else re.sub(r"[{}\\]", "", value).replace("_", r"\_")
