"""A results folder computed again, and what it becomes in a paper."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from ruamel.yaml import YAML

import sim
from sim.cli import main
from sim.design.design import run_design
from sim.design.factors import Design, Factor
from sim.ensemble.manifest import read_manifest
from sim.errors import StoreError
from sim.scenario import Scenario
from sim.studies.citation import cite
from sim.studies.files import write_overview
from sim.studies.paper_files import bundle, paper_files, stata_names
from sim.studies.reproduction import reproduce
from sim.studies.tournament.strategies import factor_of, strategy_of
from sim.version import AUTHORS, RELEASED, TITLE, __version__
from sim.words import words

SHORT = {"horizon": 20, "outcome_window": 5}
TITLE_OF_A_STRANGER = r"\input{/etc/passwd} 50% & $x_1$ ~ {#}"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    drawn = {"dist": "uniform", "low": 0.2, "high": 0.8, "assumed": "x"}
    return sim.load(
        "two_states",
        {**SHORT, "title": f"'{TITLE_OF_A_STRANGER}'", "states.westmark.resolve": drawn},
    )


@pytest.fixture(scope="module")
def finished(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished") / "run"
    command = "run_sim.py run two_states"
    write_overview(sim.run(scenario, runs=8, seed=7, jobs=1, out=folder, command=command))
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "run"))


def change(path: Path, column: str, row: int, value: object) -> None:
    table = pq.read_table(path)
    values = table[column].to_pylist()
    values[row] = value
    at = table.schema.get_field_index(column)
    field = table.schema.field(at)
    pq.write_table(table.set_column(at, field, pa.array(values, field.type)), path)


def test_an_untouched_folder_gives_the_same_bytes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = reproduce(folder, jobs=1)
    assert (found.same_bytes, found.holds, found.facts, found.runs) == (True, True, {}, 8)
    assert main(["rerun", str(folder), "--jobs", "1", "--language", "fr"]) == 0
    assert "Les mêmes octets." in capsys.readouterr().out


def test_one_changed_number_is_found_with_its_replication(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder / "runs.parquet", "attacks", 5, 999)
    assert main(["rerun", str(folder), "--jobs", "1", "--format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["runs"]
    (gap,) = found["gaps"]
    assert (gap["table"], gap["column"], gap["rows"]) == ("runs.parquet", "attacks", 1)
    assert (gap["replication"], gap["there"]) == (5, "999")
    assert found["edited"] == ["runs.parquet"]


def test_another_version_is_named_and_its_values_compared(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["versions"]["numba"] = "0.1"
    manifest["engine"] = "0123456789abcdef"
    del manifest["checksums"]
    path.write_text(json.dumps(manifest))
    (found,) = reproduce(folder, jobs=1)
    assert found.holds
    assert found.facts["numba"][0] == "0.1"
    assert found.facts["engine"][0] == "0123456789abcdef"
    change(folder / "series.parquet", "deaths", 45, -1)
    (found,) = reproduce(folder, jobs=1)
    assert [(gap.table, gap.column, gap.replication) for gap in found.gaps] == [
        ("series.parquet", "deaths", 2)
    ]


def test_a_scenario_that_was_edited_gives_other_digest_and_measures(folder: Path) -> None:
    path = folder / "resolved.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("horizon: 20", "horizon: 19"), encoding="utf-8")
    (found,) = reproduce(folder, jobs=1)
    assert "digest" in found.facts
    assert found.edited == ("resolved.yaml",)
    assert not found.holds


@pytest.mark.parametrize("draws", ["common", "independent", "blocks"])
def test_a_study_is_computed_again(draws: str, tmp_path: Path) -> None:
    factor = Factor("states.westmark.resolve", low=0.2, high=0.8)
    design = Design([factor], pd.DataFrame({factor.path: [0.3, 0.6, 0.7, 0.8]}), block=2)
    scenario = sim.load("two_states", SHORT)
    run_design(scenario, design, runs=5, seed=7, jobs=1, draws=draws, out=tmp_path / "o")
    (found,) = reproduce(tmp_path / "o", jobs=1)
    assert found.same_bytes


def test_a_tournament_is_computed_again(tmp_path: Path) -> None:
    factors = [
        factor_of(state, [strategy_of(name) for name in ("mirror", "grim")], state)
        for state in ("eastmark", "westmark")
    ]
    design = Design.grid(factors, [["mirror", "grim"]] * 2)
    short = sim.load("two_states", SHORT)
    run_design(short, design, runs=2, seed=7, jobs=1, out=tmp_path / "t")
    (found,) = reproduce(tmp_path / "t", jobs=1)
    assert (found.same_bytes, found.holds, found.runs) == (True, True, 8)


@pytest.mark.parametrize("command", ["rerun", "export"])
def test_what_is_no_results_folder_is_one_sentence(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (tmp_path, tmp_path / "nowhere", ROOT / "README.md"):
        assert main([command, str(place)]) == 2
        said = capsys.readouterr().err
        assert "must be a results folder" in said
        assert len(said.splitlines()) == 1
    assert main([command, "memory://somewhere/o"]) == 2
    assert "must be a folder on this machine" in capsys.readouterr().err


def test_latex_says_the_title_and_never_obeys_it(finished: Path) -> None:
    found = paper_files(finished)
    for name in ("outcomes.tex", "measures.tex"):
        text = found[name].decode()
        assert r"\input{" not in text
        assert r"\textbackslash input\{/etc/passwd\} 50\% \& \$x\_1\$" in text
        for rule in (r"\toprule", r"\midrule", r"\bottomrule", r"\label{tab:"):
            assert text.count(rule) == 1
        assert text.isascii()
        rows = text.split(r"\midrule")[1].split(r"\bottomrule")[0].strip().splitlines()
        columns = {row.count(" & ") for row in rows}
        assert len(columns) == 1
    assert "-" in found["measures.tex"].decode(), "a quantile beyond the run is no number"


def test_stata_and_python_read_the_same_numbers(finished: Path) -> None:
    found, runs = paper_files(finished), pd.read_parquet(finished / "runs.parquet")
    frame = pd.read_stata(io.BytesIO(found["runs.dta"]))
    names = stata_names(list(runs.columns))
    assert list(frame.columns) == list(names.values())
    for name, short in names.items():
        if name == "outcome":
            assert frame[short].astype(str).tolist() == runs[name].tolist()
        else:
            pd.testing.assert_series_equal(
                frame[short].astype(float), runs[name].astype(float), check_names=False
            )
    with pd.io.stata.StataReader(io.BytesIO(found["runs.dta"])) as reader:
        labels = reader.variable_labels()
    assert labels["attacks"].startswith("attacks by militant groups")
    table = pd.read_csv(io.BytesIO(found["stata_names.csv"]))
    assert dict(table.to_numpy().tolist()) == {a: b for a, b in names.items() if a != b}


def test_names_for_stata_are_short_and_each_once() -> None:
    long = [f"states.a_very_long_name_of_a_state.{end}" for end in ("resolve", "resolved")]
    found = stata_names([*long, "a.b", "a_b", "1st", "é"])
    assert len(set(found.values())) == len(found)
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,31}", name, re.ASCII) for name in found.values())


def test_a_bundle_is_whole_repeatable_and_can_be_rerun(finished: Path, tmp_path: Path) -> None:
    found = bundle(finished)
    assert found == bundle(finished)
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    assert {
        *("resolved.yaml", "manifest.json", "runs.csv", "runs.parquet", "runs_dictionary.csv"),
        *("README.md", "requirements.txt", "SHA256SUMS", "export/outcomes.tex", "export/cite.bib"),
    } <= names
    assert not any(name.startswith(("chunks", "series/", "checksums")) for name in names)
    readme = (tmp_path / "unpacked" / "README.md").read_text()
    for fact in ("seed 7", "8 replications", __version__, "run_sim.py run two_states"):
        assert fact.lower() in readme.lower()
    (again,) = reproduce(tmp_path / "unpacked", jobs=1)
    assert again.same_bytes


def test_several_runs_have_a_place_each(tmp_path: Path) -> None:
    both = {"as it is": sim.load("two_states", SHORT), "other": sim.load("three_states", SHORT)}
    sim.compare(both, runs=3, seed=7, jobs=1, out=tmp_path)
    assert [one.same_bytes for one in reproduce(tmp_path, jobs=1)] == [True, True]
    assert {"as_it_is/outcomes.tex", "other/runs.dta"} <= paper_files(tmp_path).keys()


def test_a_half_finished_run_has_nothing_for_a_paper(folder: Path) -> None:
    (folder / "runs.parquet").unlink()
    with pytest.raises(StoreError, match="finished results"):
        paper_files(folder)


def test_the_text_to_cite_is_that_of_the_citation_file(finished: Path) -> None:
    facts = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert facts["title"] == TITLE
    assert facts["version"] == __version__
    assert facts["date-released"] == RELEASED
    assert [one["name"] for one in facts["authors"]] == [AUTHORS]
    manifest = read_manifest(finished)
    assert manifest is not None
    said = cite(manifest)
    for part in (TITLE, __version__, RELEASED[:4], "seed 7", str(manifest.digest)[:12]):
        assert part in said.text
        assert part in said.bibtex
    assert cite(manifest, words("fr")).text != said.text
    hostile = cite(replace(manifest, scenario=r"x}, note = {\input{/etc/passwd}"))
    assert r"\input" not in hostile.bibtex
    assert hostile.bibtex.count("{") == hostile.bibtex.count("}") == said.bibtex.count("{")
