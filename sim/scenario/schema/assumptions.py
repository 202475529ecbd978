"""Reasons that many defaults share, where no source states the number."""

from __future__ import annotations

TUNED = "tuned by hand on the tempo of the founding case (docs/odd.md, docs/tempo.md)"
NONE = "none unless given"
SHAPES = (
    "starting value of a prototype that was tried on the shapes of wars and truces (docs/odd.md, "
    "section 7.8); its range is that over which the shapes held"
)
OURS = "our own choice where the literature gives a form and no figure (docs/odd.md)"
