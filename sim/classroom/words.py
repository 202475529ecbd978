"""The words of the pages for the classroom: those of `sim.words`, which the story of a replication reads too."""

from __future__ import annotations

from sim.words import PLAIN, Words, flat, languages, read, words

__all__ = ["PLAIN", "Words", "flat", "languages", "read", "words"]
