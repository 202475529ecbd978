"""What a comparison leaves beside the runs: `compare.json`, `compare.csv` and `compare_dictionary.csv`."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from sim.files import make_folder, write_file
from sim.studies.compare.comparison import COLUMNS
from sim.studies.files import json_text

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

LIST = "compare.csv"


def write_tables(of: Comparison, folder: Path) -> None:
    """Write the comparison as one object, as rows, and what each column means."""
    make_folder(folder)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("name", "unit", "meaning"))
    rows.writerows((name, *about) for name, about in COLUMNS.items())
    for name, content in (
        ("compare.json", json_text(of.as_json()) + "\n"),
        (LIST, as_csv(of)),
        ("compare_dictionary.csv", text.getvalue()),
    ):
        write_file(folder / name, content)


def as_csv(of: Comparison) -> str:
    """One row an outcome or measure and scenario beside the baseline."""
    return of.table.to_csv(index=False, lineterminator="\n")
