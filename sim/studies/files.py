"""The files of an answer: its rows as CSV, what each column means, and everything as JSON."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cells import cell, safe_frame
from sim.files import write_file
from sim.printable import json_escaped
from sim.scenario.diff import leaves_of
from sim.stats.estimate import Json
from sim.studies.dictionary import (
    Entry,
    dictionary,
    points_dictionary,
    record_dictionary,
    series_dictionary,
)
from sim.studies.overview import Overview

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.design.design import DesignResult
    from sim.ensemble import Ensemble
    from sim.scenario import Scenario
    from sim.studies.contract import Answer, DesignLabel


def json_text(values: Json) -> str:
    """One JSON object, the same text on the screen and in a file."""
    return json_escaped(json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False))


def csv_text(table: DataFrame) -> str:
    """Rows as CSV, the same text on the screen and in a file; texts as `sim.cells` says."""
    return str(safe_frame(table).to_csv(index=False, lineterminator="\n"))


def dictionary_text(entries: Iterable[Entry]) -> str:
    """A data dictionary as CSV: name, unit and meaning of each column."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("name", "unit", "meaning"))
    rows.writerows(map(cell, entry) for entry in entries)
    return text.getvalue()


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts by the names of their files, each at once or not at all."""
    for name, text in texts.items():
        write_file(folder / name, text)


def write_answer(answer: Answer, folder: Path, name: str) -> None:
    """Write `name.csv`, `name_dictionary.csv` and `name.json`."""
    write_texts(
        folder,
        {
            f"{name}.csv": csv_text(answer.table()),
            f"{name}_dictionary.csv": dictionary_text(answer.dictionary()),
            f"{name}.json": json_text(answer.as_json()) + "\n",
        },
    )


def write_design(scenario: Scenario, asked: DesignLabel, folder: Path) -> None:
    """Write `design.json`: which design of the file was run, and all that it says."""
    design = (scenario.file.designs or {})[asked.name]
    about = {"scenario": scenario.id, "digest": scenario.digest, **dataclasses.asdict(asked)}
    values = {**about, "says": leaves_of(design)}
    write_texts(folder, {"design.json": json_text(values) + "\n"})


def write_points_dictionary(result: DesignResult) -> None:
    """Write `runs_dictionary.csv` into the folder of a study of many points."""
    text = dictionary_text(points_dictionary(result.scenario))
    write_texts(result.folder, {"runs_dictionary.csv": text})


def write_overview(ensemble: Ensemble) -> Overview:
    """Write `runs_dictionary.csv`, `series_dictionary.csv` and `summary.json` into its folder.

    Returns
    -------
    the summary
    """
    overview = Overview.of(ensemble)
    write_texts(
        ensemble.folder,
        {
            "runs_dictionary.csv": dictionary_text(dictionary(ensemble.scenario)),
            "series_dictionary.csv": dictionary_text(series_dictionary()),
            "summary.json": json_text(overview.as_json()) + "\n",
        },
    )
    return overview


def write_record_dictionaries(folder: Path, names: Iterable[str]) -> None:
    """Write the dictionaries of tables of what happened into a results folder."""
    write_texts(
        folder,
        {f"{name}_dictionary.csv": dictionary_text(record_dictionary(name)) for name in names},
    )
