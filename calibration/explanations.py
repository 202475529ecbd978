"""Why a row of a table does not match, by its key: one or two sentences each, printed on the page beside the row."""

from __future__ import annotations

UNEXPLAINED = "UNEXPLAINED: nobody has said why yet."

TEMPO: dict[str, str] = {}
