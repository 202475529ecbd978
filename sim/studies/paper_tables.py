"""Tables of what the figures for a paper show, each as CSV, Parquet and LaTeX.

A CSV file and a Parquet file hold every row, with a dictionary beside them; a LaTeX table holds
what can be read on a page: some days of many.
"""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.cells import plain
from sim.studies.compare.by_day import COLUMNS as BY_DAY_COLUMNS
from sim.studies.compare.by_day import FILE as BY_DAY
from sim.studies.daily import event_title, series_title
from sim.studies.dictionary import entries
from sim.studies.event_study import with_sign
from sim.studies.files import csv_text, dictionary_text
from sim.studies.latex import tex_table
from sim.studies.outcome_tree import begin, outcome_tree
from sim.studies.typology import typology

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.stats.bands import Bands
    from sim.studies.contract import Answer
    from sim.studies.event_study import EventStudy
    from sim.studies.outcome_tree import OutcomeTree
    from sim.studies.typology import Typology
    from sim.words import Words

#: Days that a LaTeX table has, at most.
DAYS = 12


def course_tables(ensemble: Ensemble, words: Words) -> Iterator[tuple[str, bytes]]:
    """Types of course and early turns of an ensemble, where there are runs enough."""
    types, tree = typology(ensemble), outcome_tree(ensemble)
    if types is not None and types.has_types:
        yield from _files("typology", types, words)
        yield "typology_runs.csv", csv_text(types.members()).encode()
        yield "typology.tex", _typology(types, _about(ensemble, types.n), words)
    if tree is not None and tree.has_turns:
        yield from _files("tree", tree, words)
        yield "tree.tex", _tree(tree, _about(ensemble, tree.n), words)


def event_study_tables(study: EventStudy, words: Words) -> dict[str, bytes]:
    """The tables of an event study by the names of their files."""
    name = f"event_study_{study.event}".replace(".", "_")
    found = dict(_files(name, study, words))
    about = _names(study.scenario.title, study.scenario.digest, study.subject.seed)
    shown = _some(range(-study.window, study.window + 1))
    for series, one in study.curves.items():
        heads = [
            words.text(f"paper.event_study.{key}")
            for key in ("day", "with_event", "controls", "difference", "all_days")
        ]
        rows = [
            (
                words.with_sign(day) if day else words.number(0),
                *(
                    words.number(float(band.value[day + study.window]), significant=3)
                    for band in (one.events, one.controls)
                ),
                *_ends(one.gap, day + study.window, words),
            )
            for day in shown
        ]
        caption = words.text(
            "paper.event_study.table",
            **about,
            series=series_title(series, study.scenario, words),
            event=event_title(study.event, study.scenario, words),
            days=one.days,
            runs=one.runs,
        )
        label = f"{name}_{series}".replace(".", "_")
        found[f"{label}.tex"] = tex_table(rows, heads, caption, label)
    return found


def comparison_tables(folder: Path, words: Words) -> dict[str, bytes]:
    """Differences from day to day of a comparison's folder, if it has them."""
    path = folder / BY_DAY
    if not path.is_file():
        return {}
    frame = pd.read_csv(path, keep_default_na=False)
    for name in ("baseline", "other"):
        frame[name] = frame[name].astype(str).map(plain)
    found = {
        BY_DAY.replace(".csv", ".parquet"): _parquet(frame),
        "by_day_dictionary.csv": dictionary_text(
            entries("by_day", BY_DAY_COLUMNS, words, "paper")
        ).encode(),
    }
    text = words.text
    heads = [
        text("paper.by_day.series"),
        *(text(f"paper.event_study.{key}") for key in ("day", "difference", "all_days")),
    ]
    for number, (other, rows) in enumerate(frame.groupby("other", sort=False), start=1):
        first = rows.iloc[0]
        shown = [
            (
                text(f"paper.by_day.{row['series']}"),
                words.number(row["day"]),
                *_row_ends(row, words),
            )
            for row in rows[rows["series"] != "interstate"].to_dict("records")
            if row["day"] in _some(range(1, int(rows["day"].max()) + 1))
        ]
        caption = text(
            "paper.by_day.table", other=other, baseline=first["baseline"], n=int(first["pairs"])
        )
        label = "by_day" if frame["other"].nunique() == 1 else f"by_day_{number}"
        found[f"{label}.tex"] = tex_table(shown, heads, caption, label)
    return found


def _files(name: str, answer: Answer, words: Words) -> Iterator[tuple[str, bytes]]:
    """All rows of an answer, and what its columns mean."""
    table = answer.table()
    yield f"{name}.csv", csv_text(table).encode()
    yield f"{name}.parquet", _parquet(table)
    yield f"{name}_dictionary.csv", dictionary_text(answer.dictionary(words)).encode()


def _parquet(table: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    rows = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(rows, sink, compression="zstd")
    return sink.getvalue()


def _typology(types: Typology, about: Mapping[str, object], words: Words) -> bytes:
    heads = [
        *(words.text(f"paper.typology.{key}") for key in ("type_head", "runs")),
        *(words.text(f"paper.export.{key}") for key in ("share", "interval")),
        *(words.text(f"paper.typology.{key}") for key in ("usual", "highest", "example")),
    ]
    rows = [
        (
            *(one.name, words.number(one.runs), words.percent(one.share.value, decimals=1)),
            words.range(*(words.percent(end, decimals=1) for end in one.share.bounds)),
            *(words.text(f"vocabulary.rungs.{rung}") for rung in (one.usual, one.highest)),
            str(one.example),
        )
        for one in types.types
    ]
    return tex_table(rows, heads, words.text("paper.typology.table", **about), "typology")


def _tree(tree: OutcomeTree, about: Mapping[str, object], words: Words) -> bytes:
    heads = [
        *(words.text(f"paper.{key}") for key in ("tree.path", "typology.runs")),
        *(words.text(f"paper.export.{key}") for key in ("outcome", "share", "interval")),
    ]
    rows = []
    for path, node in tree.leaves():
        lead = (begin(tree.path_text(path, words)), words.number(node.n))
        for name, share in tree.shares(node).items():
            if not share.value:
                continue
            ends = words.range(*(words.percent(end, decimals=1) for end in share.bounds))
            outcome = words.term("vocabulary.outcomes", name)
            rows.append((*lead, outcome, words.percent(share.value, decimals=1), ends))
            lead = ("", "")
    return tex_table(rows, heads, words.text("paper.tree.table", **about), "tree")


def _about(ensemble: Ensemble, n: int) -> dict[str, object]:
    scenario = ensemble.scenario
    return {**_names(scenario.title, scenario.digest, ensemble.seed), "n": n}


def _names(title: str, digest: str, seed: int) -> dict[str, object]:
    return {"title": title, "digest": digest[:8], "seed": str(seed)}


def _some(days: Sequence[int]) -> list[int]:
    """A few of many days, evenly spaced, the first and the last with them; 0 is always in."""
    if len(days) <= DAYS:
        return list(days)
    step = -(-len(days) // (DAYS - 1))
    even = [day for day in days if day % step == 0]
    return sorted({days[0], *even, days[-1]})


def _ends(band: Bands, k: int, words: Words) -> tuple[str, str]:
    """A difference with the interval of its day, and the band of all days."""
    value = with_sign(float(band.value[k]), words)
    day, whole = (
        words.range(*(with_sign(float(end[k]), words) for end in ends))
        for ends in ((band.low, band.high), (band.low_all, band.high_all))
    )
    return f"{value} ({day})", whole


def _row_ends(row: Mapping[Hashable, Any], words: Words) -> tuple[str, str]:
    """The same of a row of the table."""
    value, low, high, low_all, high_all = (
        with_sign(float(row[name]), words)
        for name in ("difference", "low", "high", "low_all", "high_all")
    )
    return f"{value} ({words.range(low, high)})", words.range(low_all, high_all)
