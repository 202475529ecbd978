"""Why a row of the table of tempo does not match, by its key: a sentence or two, printed on the page below the tables.

An unmatched row without an entry is called UNEXPLAINED, an entry whose row matches STALE; both are said on every run.
"""

from __future__ import annotations

TEMPO: dict[str, str] = {}
