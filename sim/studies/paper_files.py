"""What goes from a results folder into a paper: LaTeX tables, Stata and R, text to cite, a bundle.

    outcomes.tex, measures.tex    of a run, with booktabs
    typology.*, tree.*            types of course, early turns and ends (`paper_tables.py`)
    differences.tex, by_day.*     of a comparison
    runs.dta, stata_names.csv     the table of replications for Stata, and its shortened names
    runs.R                        reads runs.csv with the labels of its dictionary
    CITE.txt, cite.bib            text to cite

A bundle is one archive with these, the tables themselves, the scenario in full, and how to compute
all of it again; the same folder gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.parquet as pq

from sim.cells import plain
from sim.ensemble import tables
from sim.ensemble.location import Location
from sim.ensemble.manifest import Manifest
from sim.ensemble.reopen import folders, manifest_of, reopen
from sim.errors import StoreError
from sim.files import Place
from sim.studies.citation import cite
from sim.studies.dictionary import dictionary
from sim.studies.latex import tex_table
from sim.studies.paper_tables import comparison_tables, course_tables
from sim.words import Words
from sim.words import words as words_of
from sim.words.measures import measure_name, unit_beside

if TYPE_CHECKING:
    from sim.ensemble import Ensemble

FOLDER = "export"
#: What a bundle takes from a results folder, where it is there.
BUNDLED = ("*.csv", "*.json", "*.parquet", "*.html", "resolved.yaml")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made
_STATA_NAME, _STATA_LABEL = 32, 80  # characters that Stata allows


def paper_files(folder: Place, words: Words | None = None) -> dict[str, bytes]:
    """Everything for a paper by the place of its file in the folder `export`.

    Parameters
    ----------
    folder : results of a run or a study, or a folder of several, as a comparison leaves it
    words : the language of tables, English by default

    Raises
    ------
    StoreError : if it holds no finished results
    """
    said, found = words or words_of(), {}
    several = folders(str(folder))
    for one in several:
        location = Location(one)
        location.fetch()
        place = f"{location.folder.name}/" if len(several) > 1 else ""
        for name, content in _of_one(location.folder, said):
            found[place + name] = content
    compared = Path(str(folder)) / "compare.csv"
    if compared.is_file():
        found["differences.tex"] = _differences(pd.read_csv(compared), said)
    found |= comparison_tables(Path(str(folder)), said)
    return found


def _of_one(folder: Path, words: Words) -> Iterator[tuple[str, bytes]]:
    """The files of one run or study."""
    manifest = manifest_of(folder)
    if not (folder / "runs.parquet").is_file():
        raise StoreError(f"{folder}: must hold finished results, got none")
    labels: Mapping[str, str] = _labels(folder)
    if not manifest.design:
        ensemble = reopen(folder)
        labels = {one.name: one.meaning for one in dictionary(ensemble.scenario, words)}
        yield "outcomes.tex", _outcomes(ensemble, words)
        yield "measures.tex", _measures(ensemble, words)
        yield from course_tables(ensemble, words)
    yield from _stata(folder, labels)
    yield _FOR_R.name, _FOR_R.read_bytes()
    text = cite(manifest, words)
    yield "CITE.txt", f"{text.text}\n".encode()
    yield "cite.bib", f"{text.bibtex}\n".encode()


def _labels(folder: Path) -> dict[str, str]:
    """What the columns of a study mean, as its dictionary says; empty where it has none."""
    path = folder / "runs_dictionary.csv"
    if not path.is_file():
        return {}
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return dict(zip(map(plain, rows["name"]), map(plain, rows["meaning"]), strict=True))


def _outcomes(ensemble: Ensemble, words: Words) -> bytes:
    shares = ensemble.summary().outcomes
    heads = _heads(words, "outcome", "share", "interval")
    rows = [
        (
            words.term("vocabulary.outcomes", name),
            words.percent(share.value, decimals=1),
            words.range(*(words.percent(end, decimals=1) for end in (share.low, share.high))),
        )
        for name, share in shares.items()
        if share.value is not None and share.low is not None and share.high is not None
    ]
    return tex_table(rows, heads, _caption(ensemble, "outcomes", words), "outcomes")


def _measures(ensemble: Ensemble, words: Words) -> bytes:
    heads = _heads(words, "measure", "mean", "q05", "median", "q95", "unit")
    found, rows = ensemble.summary().measures, []
    for one in ensemble.scenario.measures:
        about = found[one.name]
        values = (about.restricted_mean if about.time else about.mean, *about.quantiles.values())
        numbers = (words.number(value, significant=3) for value in values)
        rows.append((measure_name(one, words), *numbers, unit_beside(one.unit, words)))
    return tex_table(rows, heads, _caption(ensemble, "measures", words), "measures")


def _differences(rows: pd.DataFrame, words: Words) -> bytes:
    """The outcomes of a comparison, every scenario beside the baseline."""
    heads = _heads(words, "outcome", "baseline", "compared", "share", "share_other", "difference")
    shown = []
    for row in rows[rows["kind"] == "outcome"].to_dict("records"):
        ends = (words.number(100 * row[end], decimals=1) for end in ("low", "high"))
        gap = f"{words.number(100 * row['value'], decimals=1)} ({words.range(*ends)})"
        outcome, *sides = (plain(str(row[key])) for key in ("name", "baseline", "other"))
        names = (words.term("vocabulary.outcomes", outcome), *sides)
        both = (row["estimate_baseline"], row["estimate_other"])
        shown.append((*names, *(words.percent(share, decimals=1) for share in both), gap))
    return tex_table(shown, heads, words.text("paper.export.differences"), "differences")


def _heads(words: Words, *keys: str) -> list[str]:
    return [words.text(f"paper.export.{key}") for key in keys]


def _caption(ensemble: Ensemble, key: str, words: Words) -> str:
    about = {"title": ensemble.scenario.title, "n": ensemble.size, "seed": str(ensemble.seed)}
    return words.text(f"paper.export.{key}", **about, digest=ensemble.scenario.digest[:8])


def _stata(folder: Path, labels: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The table of replications for Stata, and what its shortened names stand for."""
    frame = tables.frame(pq.read_table(folder / "runs.parquet"))
    names = stata_names(list(frame.columns))
    for name in frame:
        if name == "outcome":
            frame[name] = frame[name].astype("category")
        elif frame[name].dtype == "Int64":
            frame[name] = frame[name].astype("float64" if frame[name].isna().any() else "int64")
    out = io.BytesIO()
    frame.rename(columns=names).to_stata(
        out,
        write_index=False,
        version=118,
        time_stamp=datetime(*_LONG_AGO),
        variable_labels={
            short: labels.get(name, name)[:_STATA_LABEL] for name, short in names.items()
        },
    )
    yield "runs.dta", out.getvalue()
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("name", "stata_name"))
    rows.writerows((name, short) for name, short in names.items() if name != short)
    yield "stata_names.csv", text.getvalue().encode()


def stata_names(names: Sequence[str]) -> dict[str, str]:
    """Names that Stata takes, by name: 32 letters, digits and underscores, each once."""
    found: dict[str, str] = {}
    for name in names:
        short = re.sub(r"\W", "_", name, flags=re.ASCII)
        short = f"_{short}" if short[:1].isdigit() else short
        if len(short) > _STATA_NAME or short in found.values():
            mark = hashlib.sha256(name.encode()).hexdigest()[:6]
            short = f"{short[: _STATA_NAME - 7]}_{mark}"
        found[name] = short
    return found


_FOR_R = Path(__file__).with_name("runs.R")


def bundle(folder: Place, words: Words | None = None) -> bytes:
    """One archive from which somebody else can read, cite and compute again what lies in a folder.

    Parameters
    ----------
    folder, words : as for `paper_files`

    Raises
    ------
    StoreError : if it holds no finished results
    """
    home, said = Path(str(folder)), words or words_of()
    files = {f"{FOLDER}/{name}": content for name, content in paper_files(folder, said).items()}
    manifests = {}
    for one in folders(str(folder)):
        place = "" if Path(one) == home else f"{Path(one).name}/"
        manifests[place] = manifest_of(Path(one))
        files |= {place + path.name: path.read_bytes() for path in _whole(Path(one))}
    files |= {path.name: path.read_bytes() for path in _whole(home)}
    files["README.md"] = _readme(manifests, said).encode()
    first = next(iter(manifests.values()))
    files["requirements.txt"] = "".join(
        f"{name}=={version}\n"
        for name, version in first.versions.items()
        if name not in ("escalation", "python") and version != "none"
    ).encode()
    sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files["SHA256SUMS"] = "".join(sums).encode()
    return _archive(files)


def _whole(folder: Path) -> list[Path]:
    """The files of a results folder that others need; chunks are in the tables."""
    found = {path for pattern in BUNDLED for path in folder.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not path.name.startswith("."))


def _archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            about = zipfile.ZipInfo(name, _LONG_AGO)
            archive.writestr(about, files[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()


def _readme(manifests: Mapping[str, Manifest], words: Words) -> str:
    """What is in a bundle, and how to compute it again."""
    text = words.text
    lines = [f"# {text('paper.readme.title')}", ""]
    for place, manifest in manifests.items():
        versions = manifest.versions
        about = {
            "scenario": manifest.scenario,
            "digest": manifest.digest,
            "place": f"{place}resolved.yaml",
            "seed": str(manifest.seed),
            "n": manifest.runs,
            "failed": manifest.failed,
            "version": versions.get("escalation"),
            "engine": manifest.engine,
            "python": versions.get("python"),
            "command": (manifest.command or "").replace("`", ""),
        }
        facts = (text(f"paper.readme.{key}", **about) for key in _FACTS)
        lines += [f"## {place.rstrip('/') or manifest.scenario}", ""]
        lines += [*(f"- {fact}" for fact in facts), ""]
    lines += [f"## {text('paper.readme.again')}", ""]
    return "\n".join([*lines, text("paper.readme.how"), "", text("paper.readme.what"), ""])


_FACTS = ("scenario", "seed", "program", "command")
