"""Text in CSV files: what a program would misread has a mark, and comes back whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from pandas._libs.parsers import STR_NA_VALUES

import sim
from sim.cells import MARK, cell, plain, safe_frame
from sim.cli import main
from sim.ensemble.result import Ensemble

FORMULAS = ("=1+2", "+1", "-x", "@SUM(1;2)", "\t=1", "\r=1", " =1", "\uff1d1+2", "-", "'quoted'")
MISSING = ("NA", "nan", "None", "NULL", "n/a", "true", "FALSE", "1", "007", "1e5", "inf", "-0.5")
WORDS = (
    "open war",
    "ceasefire, holding",
    'the "other" one',
    "a=b",
    "x-y",
    "nano",
    "no",
    "NAVY",
    "é",
)


@pytest.mark.parametrize("text", [*FORMULAS, *MISSING, *WORDS, "", "''"])
def test_a_text_comes_back(text: str) -> None:
    assert plain(cell(text)) == text.replace("\r", "\n")
    assert (cell(text) == text) is (text in (*WORDS, ""))


def test_what_pandas_takes_for_missing_is_known() -> None:
    assert {word for word in STR_NA_VALUES if word and cell(word) == word} == set()


def test_a_frame_reads_back_with_all_its_texts() -> None:
    texts = [*FORMULAS, *MISSING, *WORDS]
    frame = pd.DataFrame({"=head": texts, "number": [-1.5] * len(texts), "flag": True})
    read = pd.read_csv(io.StringIO(safe_frame(frame).to_csv(index=False)))
    assert list(read.columns) == ["'=head", "number", "flag"]
    lines = [text.replace("\r", "\n") for text in texts]
    assert read["'=head"].map(plain).tolist() == lines
    assert read["number"].tolist() == [-1.5] * len(texts)
    assert read["flag"].all()


NAMES = ("=1+2", "@SUM(1;2)", "NA", '-None, or: "nothing"')


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A scenario whose outcomes have names that programs misread."""
    path = tmp_path / "odd.yaml"
    text = (sim.scenarios() / "two_states.yaml").read_text(encoding="utf-8")
    bounds = ("{max_rung: {at_least: 5}}", "{raids: {at_least: 1}}", "{attacks: {above: 40}}", "{}")
    outcomes = "".join(
        f"  {json.dumps(name)}: {bound}\n" for name, bound in zip(NAMES, bounds, strict=True)
    )
    text = text.replace("id: two_states", "id: odd").replace("horizon: 120", "horizon: 30")
    path.write_text(f"{text}\noutcome_window: 10\noutcomes:\n{outcomes}", encoding="utf-8")
    return path


def test_check_warns_of_each_such_name(odd: Path) -> None:
    rules = [problem for problem in sim.load(odd).warnings if "reads as a word" in problem.rule]
    assert [problem.path for problem in rules] == [f"outcomes.{name}" for name in NAMES]
    assert not [
        problem
        for problem in sim.load(sim.scenarios() / "two_states.yaml").warnings
        if "reads as a word" in problem.rule
    ]


RESOLVE = "states.westmark.resolve"
CALLS = {
    "run": ("run",),
    "compare": ("compare", "--variant", f"NA: {RESOLVE}=0.2"),
    "sweep": ("sweep", "--vary", f"{RESOLVE}=0.2:0.8:2"),
    "tournament": ("tournament", "--doctrine", "mirror,dice"),
    "sensitivity": ("sensitivity", "--method", "oat", "--factors", f"{RESOLVE}:0.2:0.8"),
    "fork": ("fork", "--day", "3", "--force", "westmark=raid"),
}


@pytest.mark.parametrize("words", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("form", ["table", "csv"])
def test_no_csv_holds_a_formula_or_a_missing_name(
    odd: Path,
    words: tuple[str, ...],
    form: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(odd.parent)
    options = ("--runs", "20", "--seed", "7", "--no-report", "--out", "o", "--format", form)
    assert main([words[0], "odd.yaml", *words[1:], *options]) in (0, 1)
    printed = [capsys.readouterr().out] if form == "csv" else []
    written = [path.read_text(encoding="utf-8") for path in Path("o").rglob("*.csv")]
    assert written
    cells = [
        one for text in [*printed, *written] for row in csv.reader(io.StringIO(text)) for one in row
    ]
    assert {one for one in cells if one.startswith(("=", "@", "NA", "-None"))} == set()
    assert {f"{MARK}{name}" for name in NAMES} & set(cells)


def test_tables_read_back_as_they_were(odd: Path) -> None:
    folder = odd.parent / "o"
    ensemble = sim.run(sim.load(odd), runs=30, seed=7, jobs=1, out=folder)
    raw = pq.read_table(folder / "runs.parquet")["outcome"].to_pylist()
    assert set(raw) <= set(NAMES)
    assert len(set(raw)) > 1
    assert pd.read_csv(folder / "runs.csv")["outcome"].map(plain).tolist() == raw
    assert list(ensemble.summary().outcomes) == list(NAMES)


def test_an_error_reads_back_as_it_was(tmp_path: Path) -> None:
    text = "replication,stage,error,day,rerun,traceback\n0,rules,'=1+2,3,run_sim.py trace,\n"
    (tmp_path / "failed.csv").write_text(text + "1,rules,'NA,,run_sim.py trace,\n")

    class Known(Ensemble):
        folder = tmp_path  # type: ignore[assignment]

        def __init__(self) -> None: ...

    failed = Known().failed
    assert failed["error"].tolist() == ["=1+2", "NA"]
    assert failed["day"].isna().tolist() == [False, True]
    assert failed["traceback"].isna().all()
