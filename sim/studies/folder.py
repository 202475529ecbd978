"""What lies beside the tables of an ensemble: the data dictionary and the summary."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from sim.files import write_file
from sim.studies.dictionary import SERIES, dictionary

if TYPE_CHECKING:
    from sim.ensemble import Ensemble


def write_words(ensemble: Ensemble) -> dict[str, Any]:
    """Write `runs_dictionary.csv`, `series_dictionary.csv` and `summary.json`.

    Returns
    -------
    the summary
    """
    for name, entries in (("runs", dictionary(ensemble.scenario)), ("series", SERIES)):
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(("name", "unit", "meaning"))
        rows.writerows(entries)
        write_file(ensemble.folder / f"{name}_dictionary.csv", text.getvalue())
    summary = ensemble.summary()
    write_file(ensemble.folder / "summary.json", as_json(summary) + "\n")
    return summary


def as_json(summary: dict[str, Any]) -> str:
    """One JSON object, the same text on the screen and in the folder."""
    return json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False)
