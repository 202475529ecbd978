"""The command compare: what it prints and keeps, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from ensemble.stand_in import stand_in

import sim

from .conftest import Call

BOLD = "bold: states.westmark.resolve=0.9"
QUICK = ("--set", "horizon=20", "--set", "outcome_window=5", "--no-report")


def test_a_variant_is_compared_and_everything_is_kept(call: Call, tmp_path: Path) -> None:
    said = call(
        "compare", "two_states", "--variant", BOLD, "--runs", 40, "--seed", 3, "--out", "o", *QUICK
    )
    assert said.code == 0, said.err
    assert "states.westmark.resolve" in said.out
    assert "bold against two_states" in said.out
    assert {path.name for path in (tmp_path / "o").iterdir()} >= {
        "two_states",
        "bold",
        "compare.json",
        "compare.csv",
        "compare_dictionary.csv",
    }
    rows = list(csv.DictReader(io.StringIO((tmp_path / "o" / "compare.csv").read_text())))
    named = {
        row["name"]
        for row in csv.DictReader(
            io.StringIO((tmp_path / "o" / "compare_dictionary.csv").read_text())
        )
    }
    assert set(rows[0]) == named
    assert (tmp_path / "o" / "bold" / "runs_dictionary.csv").is_file()


def test_the_page_and_every_figure_are_written(call: Call, tmp_path: Path) -> None:
    words = (
        "--runs",
        20,
        "--seed",
        3,
        "--out",
        "o",
        "--set",
        "outcome_window=5",
        "--set",
        "horizon=20",
    )
    said = call("compare", "two_states", "--variant", "short: horizon=12", *words)
    assert said.code == 0, said.err
    assert (tmp_path / "o" / "compare.html").stat().st_size > 50_000
    figures = {path.stem for path in (tmp_path / "o" / "figures").iterdir()}
    named = {"differences", "flow", "rungs", "by_day", "convergence", "curves", "clouds"}
    assert figures == named
    assert "The horizons differ (20 days of “two_states” and 12 days of “short”)" in " ".join(
        said.out.split()
    )


def test_json_is_one_object_of_both(call: Call) -> None:
    said = call(
        "compare",
        "two_states",
        "--variant",
        BOLD,
        "--runs",
        40,
        "--seed",
        3,
        "--format",
        "json",
        *QUICK,
    )
    told = json.loads(said.out)
    assert (told["scenarios"], told["baseline"], told["runs"]) == (
        ["two_states", "bold"],
        "two_states",
        40,
    )
    assert told["differs"]["states.westmark.resolve"]["bold"] == "0.9"
    assert told["changed"] == {
        "bold": 0.0
    }  # the stand-in for the engine looks at seed and number alone
    assert all(
        gap["value"] == 0
        for row in [*told["outcomes"].values(), *told["measures"].values()]
        for gap in row["difference"].values()
    )


def test_csv_is_rows(call: Call) -> None:
    said = call(
        "compare",
        "two_states",
        "--variant",
        BOLD,
        "--runs",
        10,
        "--seed",
        3,
        "--format",
        "csv",
        *QUICK,
    )
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {row["kind"] for row in rows} == {"outcome", "measure"}


def test_a_stopped_comparison_goes_on_and_adds_only_what_is_missing(call: Call) -> None:
    words = ("compare", "two_states", "--variant", BOLD, "--seed", 3, "--out", "o", *QUICK)
    assert call(*words, "--runs", 10).code == 0
    said = call(*words, "--runs", 30)
    assert "20 of 60 replications are there already" in said.err


def test_another_baseline(call: Call) -> None:
    said = call(
        "compare",
        "two_states",
        "--variant",
        BOLD,
        "--baseline",
        "bold",
        "--runs",
        10,
        "--seed",
        3,
        *QUICK,
    )
    assert "two_states against bold" in said.out


def test_folders_of_one_seed_are_paired_and_a_comparison_can_be_shown_again(call: Call) -> None:
    for name, resolve in (("a", 0.7), ("b", 0.9)):
        call(
            "run",
            "two_states",
            "--set",
            f"states.westmark.resolve={resolve}",
            "--runs",
            10,
            "--seed",
            3,
            "--out",
            name,
            *QUICK,
        )
    told = json.loads(
        call("compare", "a", "b", "--format", "json", "--no-report", "--out", "c").out
    )
    assert (told["scenarios"], told["paired"], told["changed"]) == (["a", "b"], True, {"b": 0.0})
    call(
        "compare", "two_states", "--variant", BOLD, "--runs", 10, "--seed", 3, "--out", "o", *QUICK
    )
    assert json.loads(call("compare", "o", "--format", "json", "--no-report").out)["scenarios"] == [
        "bold",
        "two_states",
    ]


def test_a_study_is_no_scenario(call: Call) -> None:
    """Its replications belong to many points, so that their mean is nobody's."""
    study = call(
        "sweep",
        "two_states",
        "--vary",
        "states.westmark.resolve=0.2:0.9:2",
        "--runs",
        2,
        "--seed",
        3,
        "--out",
        "s",
        *QUICK,
    )
    assert study.code == 0, study.err
    said = call("compare", "s", "s", "--out", "c")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(
        "s: must be a results folder of one scenario, got a study of many points"
    )


def test_folders_of_other_seeds_are_not_paired_and_it_is_said(call: Call) -> None:
    for name, seed in (("a", 3), ("b", 4)):
        call("run", "two_states", "--runs", 10, "--seed", seed, "--out", name, *QUICK)
    said = call("compare", "a", "b", "--no-report", "--out", "c")
    assert said.code == 0
    assert "Not paired, since the seed is not the same (a: 3, b: 4)" in " ".join(said.out.split())


def test_a_failed_replication_is_said_and_its_pair_left_out(call: Call) -> None:
    words = ("compare", "two_states", "--variant", BOLD, "--runs", 10, "--seed", 3, *QUICK)
    said = call(*words, engine=stand_in(fails=(4, 6)))
    assert said.code == 1
    assert "2 replications of two_states or bold failed" in said.err


def test_it_goes_on_until_it_is_precise(call: Call) -> None:
    said = call(
        "compare",
        "two_states",
        "--variant",
        BOLD,
        "--runs",
        50,
        "--seed",
        3,
        "--until-halfwidth",
        0.01,
        "--max-runs",
        900,
        *QUICK,
    )
    assert (
        "after 500 replications: 0.01 reached" in said.err
    )  # only by adding a replication to what can change: 1.96 sqrt(2) / 502
    said = call(
        "compare",
        "two_states",
        "--variant",
        BOLD,
        "--runs",
        10,
        "--seed",
        4,
        "--until-halfwidth",
        0.0001,
        "--max-runs",
        20,
        *QUICK,
    )
    assert "not reached (raise --max-runs)" in said.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["two_states"], "two scenarios or more, got two_states"),
        (["two_states", "two_states"], "got two_states twice"),
        (["two_states", "--variant", BOLD, "--variant", BOLD], "got bold twice"),
        (
            ["two_states", "--variant", "bold"],
            '--variant: must be "name: path=value, path=value", got bold',
        ),
        (["two_states", "--variant", ": horizon=20"], "--variant: must be"),
        (["two_states", "--variant", "bold: horizon"], "--variant: must be"),
        (
            ["two_states", "--variant", "bold: states.westmark.resolv=1"],
            "--variant bold: states.westmark.resolv: must be",
        ),
        (
            ["two_states", "nowhere/at_all"],
            "nowhere/at_all: must be a scenario file, a bundled scenario or a results "
            "folder, no such file or folder",
        ),
        (["two_states", "two_stats"], "did you mean two_states?"),
        (["two_states", "empty"], "all must be scenarios"),
        (["empty", "empty"], "empty: must be a results folder, got one without manifest.json"),
        (
            ["empty", "empty", "--runs", "5"],
            "--runs: must be left out where results folders are compared",
        ),
        (
            ["two_states", "--variant", BOLD, "--baseline", "no"],
            "baseline: must be one of two_states, bold, got no",
        ),
        (
            ["two_states", "--variant", BOLD, "--on", "war, not over"],
            "--on and --max-runs say how far --until-halfwidth goes",
        ),
        (
            ["two_states", "--variant", BOLD, "--until-halfwidth", "0.02", "--on", "peace"],
            "on: must be an outcome or a measure, got peace",
        ),
        (
            ["two_states", "--variant", BOLD, "--until-halfwidth", "0"],
            "--until-halfwidth: must be a number above 0, got 0",
        ),
        (
            ["two_states", "--variant", BOLD, "--format", "xml"],
            "--format: must be one of table, json, csv, got xml",
        ),
        (["-", "--variant", BOLD], "-: must be a file where it is read more than once"),
        (
            ["two_states", "--variant", "difference: horizon=9"],
            "must have another name than difference",
        ),
        (["two_states", "--variant", "Two States: horizon=9"], "must differ in letters and digits"),
    ],
)
def test_wrong_use_is_one_clear_line(
    words: list[str], message: str, call: Call, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    said = call("compare", *words)
    assert said.code == 2
    assert message in said.err
    assert "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) == 1


STRANGER = """
extends: two_states.yaml
id: stranger
outcomes:
  hushed: {max_rung: {at_most: 2}}
  loud: {max_rung: {at_least: 3}}
  rest: {}
teaching: null
"""


@pytest.fixture
def stranger(call: Call, tmp_path: Path) -> Path:
    """A scenario whose outcomes have other names than those of two_states."""
    path = tmp_path / "stranger.yaml"
    shutil.copy(sim.scenarios() / "two_states.yaml", tmp_path)
    path.write_text(STRANGER)
    return path


def test_scenarios_without_a_common_outcome_are_compared(call: Call, stranger: Path) -> None:
    said = call("compare", "two_states", stranger, "--runs", 20, "--seed", 7, "--out", "both")
    assert said.code == 0, said.err
    assert (Path("both") / "compare.html").exists()


def test_a_precision_of_common_outcomes_needs_one(call: Call, stranger: Path) -> None:
    words = ("compare", "two_states", stranger, "--runs", 20, "--until-halfwidth", 0.1)
    said = call(*words)
    assert said.code == 2
    assert said.err.splitlines() == [
        "on: must name a measure, since no scenario has an outcome in common with two_states "
        "(for example interstate_deaths)"
    ]
    assert call(*words, "--on", "loud").err.startswith("on: must be an outcome or a measure")


DESIGNS = """
id: own
extends: two_states
horizon: 20
outcome_window: 5
variants:
  calm: {label: calm, states: {westmark: {resolve: 0.2}}}
designs:
  doctrines:
    label: Doctrines <b>meet</b>
    question: Which loses least?
    variants: [all]
    policies: {westmark: [mirror, dice], eastmark: [mirror, dice]}
    chooser: westmark
    runs: 5
    seed: 7
    look: [deaths, quiet]
    regret: deaths
  line: {vary: {states.westmark.resolve: {steps: 3}}, runs: 4, seed: 3, look: [quiet]}
"""


def test_a_design_of_the_file_is_crossed_looked_at_and_kept(call: Call, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(DESIGNS, encoding="utf-8")
    said = call("compare", "own.yaml", "--design", "doctrines", "--jobs", 1, "--out", "o")
    assert said.code == 0, said.err
    assert "Which loses least?" in said.out
    assert "Eastmark: Dice" in said.out
    folder = tmp_path / "o"
    kept = json.loads((folder / "design.json").read_text())
    assert (kept["name"], kept["scenario"], kept["says"]["runs"]) == ("doctrines", "own", "5")
    rows = list(csv.DictReader(io.StringIO((folder / "matrix.csv").read_text())))
    assert len(rows) == 2 * 8
    assert {row["option"] for row in rows} == {"mirror", "dice"}
    assert {row["scenario"] for row in rows} == {
        "eastmark: mirror",
        "eastmark: dice",
        "calm, eastmark: mirror",
        "calm, eastmark: dice",
    }
    worst = json.loads((folder / "regret.json").read_text())["worst"]
    assert set(worst) == {"mirror", "dice"}
    page = (folder / "compare.html").read_text(encoding="utf-8")
    assert 'id="matrix"' in page
    assert 'id="regret"' in page
    assert "Doctrines &lt;b&gt;meet&lt;/b&gt;" in page
    assert "<b>meet" not in page
    assert page.count('class="shade-') == 2 * 8


def test_a_design_leaves_nothing_to_other_options(call: Call, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(DESIGNS, encoding="utf-8")
    for words, rule in (
        (
            ("--design", "nobody"),
            "must be a design of the file .doctrines, leverage, line, resolve., got no",
        ),
        (("--design", "doctrines", "--variants", "all"), "--variants: must stand without --design"),
        (("--design", "doctrines", "--cross", "variants"), "--cross: must stand without --design"),
    ):
        said = call("compare", "own.yaml", *words)
        assert said.code == 2
        assert re.search(rule, said.err), said.err


def test_a_sweep_of_a_design_has_its_runs_seed_and_targets(call: Call, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(DESIGNS, encoding="utf-8")
    quiet = ("--jobs", 1, "--no-report", "--out", "s")
    said = call("sweep", "own.yaml", "--design", "line", *quiet)
    assert said.code == 0, said.err
    found = json.loads((tmp_path / "s" / "sweep.json").read_text())
    assert (found["design"], found["seed"], found["replications"]) == ("line", 3, 4)
    assert [point["at"]["states.westmark.resolve"] for point in found["points"]] == [0, 0.5, 1]
    assert {*found["points"][0]["outcomes"], *found["points"][0]["measures"]} == {"quiet"}
    assert json.loads((tmp_path / "s" / "design.json").read_text())["name"] == "line"
    said = call("sweep", "own.yaml", "--design", "doctrines")
    assert said.code == 2
    assert "must be one that sweep can run, got one for compare" in said.err
    said = call("sweep", "own.yaml", "--design", "line", "--vary", "states.westmark.resolve=0,1")
    assert "--vary: must stand without --design" in said.err
