"""Text to cite: the program, and a result by what makes it again."""

from __future__ import annotations

from typing import NamedTuple

from sim.ensemble.manifest import Manifest
from sim.version import AUTHORS, RELEASED, TITLE, __version__

_DIGITS = 12  # of a digest, enough to tell two scenarios apart


class Citation(NamedTuple):
    """How to cite a result, as a sentence and as an entry of BibTeX."""

    text: str
    bibtex: str


def cite(manifest: Manifest) -> Citation:
    """How to cite what lies in a results folder; all of it is in its manifest."""
    version = manifest.versions.get("escalation", __version__)
    year = RELEASED[:4] if version == __version__ else "n.d."
    digest = (manifest.digest or "")[:_DIGITS]
    made = (
        f"Scenario {manifest.scenario} (digest {digest}), {manifest.runs:,} replications, "
        f"seed {manifest.seed}"
    )
    text = f"{AUTHORS} ({year}). {TITLE} (version {version}) [computer program]. {made}."
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{TITLE}}}",
        "year": year,
        "version": version,
        "note": f"{made}. An illustrative model, not a forecast",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return Citation(text, "\n".join(["@software{escalation,", *lines, "}"]))
