"""Reasons that many defaults share, where no source states the number."""

from __future__ import annotations

TUNED = "tuned by hand on the tempo of the founding case (docs/odd.md, docs/tempo.md)"
NONE = "none unless given"
OURS = "our own choice where the literature gives a form and no figure (docs/odd.md)"
