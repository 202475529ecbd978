"""Whole studies, from the command line or from Python, whose answers are known."""

from __future__ import annotations

import html
import json
import re
import sys
import tarfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import morris, sobol
from scipy import stats

from sim.scenario import Scenario
from sim.stats.shares import Z95

from . import known
from .conftest import Call

THREE = [word for path in known.PATHS for word in ("--factors", f"{path}:0:1")]
FIRST_ORDER, TOTAL = (
    (0.3139, 0.4424, 0.0),
    (0.5576, 0.4424, 0.2437),
)  # of Ishigami's function with a = 7, b = 0.1


def study(call: Call, *words: object) -> dict:
    code, out, err = call(*words, "--seed", 3, "--out", "here", "--format", "json", "--no-report")
    assert code == 0, err
    return json.loads(out)


def test_sobol_finds_ishigami_through_the_whole_machine(call: Call) -> None:
    told = study(
        call,
        "sensitivity",
        "known.yaml",
        "--method",
        "sobol",
        "--points",
        2048,
        "--runs",
        2,
        "--on",
        "closure_days",
        *THREE,
    )
    found = told["results"]["closure_days"]["factors"]
    for path, first, total in zip(known.PATHS, FIRST_ORDER, TOTAL, strict=True):
        for index, truth in (("S1", first), ("ST", total)):
            got = found[path][index]
            # 1.5 half-widths of a 95 % interval are three standard errors
            assert abs(got["value"] - truth) < 1.5 * (got["high"] - got["value"]) + 2e-3
    assert list(found) == [known.FIRST, known.SECOND, known.THIRD]


def test_what_is_luck_alone_moves_with_no_input(call: Call) -> None:
    """Negative control: with common random numbers a pure draw is the same at every point."""
    for method in ("sobol", "morris", "oat"):
        told = study(
            call,
            "sensitivity",
            "known.yaml",
            "--method",
            method,
            "--runs",
            4,
            "--points",
            16,
            "--on",
            "trade_lost",
            *THREE,
            "--fresh",
        )
        for row in told["results"]["trade_lost"]["factors"].values():
            index = (
                row["swing"]
                if method == "oat"
                else row["mu_star"]
                if method == "morris"
                else row["ST"]
            )
            if (
                method == "sobol"
            ):  # points do not differ, so that shares of their variance are not known
                assert (index["value"], index["low"], index["high"]) == (None, 0, 1)
            else:
                assert index["value"] == pytest.approx(0, abs=1e-12)


def test_one_at_a_time_tells_the_slope_and_its_end_points(call: Call) -> None:
    told = study(
        call,
        "sensitivity",
        "known.yaml",
        "--method",
        "oat",
        "--runs",
        50,
        "--on",
        "ceasefire_quality_end",
        *THREE,
    )
    rows = told["results"]["ceasefire_quality_end"]["factors"]
    assert next(iter(rows)) == known.FIRST
    assert rows[known.FIRST]["swing"]["value"] == pytest.approx(1)
    # common random numbers at both ends: nothing but the input differs
    assert rows[known.FIRST]["swing"]["high"] - rows[known.FIRST]["swing"]["low"] == pytest.approx(
        0, abs=1e-9
    )
    assert rows[known.SECOND]["swing"]["value"] == pytest.approx(0, abs=1e-12)


def test_uncertainty_splits_a_known_variance(call: Call) -> None:
    told = study(call, "uncertainty", "known.yaml", "--points", 512, "--per-point", 4, *THREE)
    half = told["measures"]["ceasefire_quality_end"]
    # Var x = Var draw = 1/12; standard errors of the two at 512 points and 2,048 replications are
    # 0.006 and 0.003
    assert half["inputs"] == pytest.approx(1 / 12, abs=0.02)
    assert half["chance"] == pytest.approx(1 / 12, abs=0.01)
    assert half["share_low"] < 0.5 < half["share_high"]
    assert told["measures"]["trade_lost"]["share"] < 0.05
    assert told["measures"]["closure_days"]["share"] > 0.99
    assert told["outcomes"]["many"]["mean"] == pytest.approx(0.12, abs=0.03)
    assert told["draws"] == "independent"


NEVER = ("--set", "outcomes={never: {attacks: {at_least: 9}}, rest: {}}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sensitivity", "--method", "oat", "--runs", 10), ("never came in", "at most 28%")),
        (("sensitivity", "--method", "morris", "--points", 20), ("never came in", "at most 16%")),
        (("sensitivity", "--method", "sobol", "--points", 16), ("never came in", "at most 19%")),
        (("uncertainty", "--points", 32, "--per-point", 4), ("never came at 32", "at most 11%")),
    ],
    ids=lambda words: "-".join(map(str, words[:3])),
)
def test_what_never_came_is_said_never_to_have_come_with_its_bound(
    words: tuple[object, ...], said: tuple[str, str], call: Call
) -> None:
    study, *rest = words
    code, out, err = call(
        study, "known.yaml", *rest, "--on", "never", *NEVER, *THREE, "--seed", 3, "--no-report"
    )
    assert code == 0, err
    assert all(text in out for text in said)
    assert not re.search(r"[ −]0% to 0%", out)


def test_a_latin_hypercube_gives_the_same_split(call: Call) -> None:
    told = study(
        call,
        "uncertainty",
        "known.yaml",
        "--design",
        "lhs",
        "--points",
        300,
        "--per-point",
        4,
        "--on",
        "ceasefire_quality_end",
        *THREE,
    )
    assert told["measures"]["ceasefire_quality_end"]["share"] == pytest.approx(0.5, abs=0.1)
    assert list(told["measures"]) == ["ceasefire_quality_end"]


def test_discovery_finds_the_known_box(call: Call) -> None:
    told = study(call, "discover", "known.yaml", "--outcome", "many", "--points", 2000, *THREE)
    assert told["found"]
    sides = told["box"]["sides"]
    assert set(sides) == {known.FIRST, known.SECOND}
    assert (sides[known.FIRST]["low"], sides[known.FIRST]["high"]) == (
        pytest.approx(0.7, abs=0.02),
        None,
    )
    assert (sides[known.SECOND]["low"], sides[known.SECOND]["high"]) == (
        None,
        pytest.approx(0.4, abs=0.02),
    )
    assert told["box"]["density"] > 0.95
    assert told["box"]["coverage"] > 0.9


def test_a_sweep_tells_every_point(call: Call, tmp_path: Path) -> None:
    told = study(
        call,
        "sweep",
        "known.yaml",
        "--vary",
        f"{known.FIRST}=0:1:6",
        "--vary",
        f"{known.SECOND}=0.1,0.9",
        "--runs",
        20,
        "--on",
        "many",
        "--on",
        "trade_lost",
    )
    assert len(told["points"]) == 12
    certain = {
        (p["at"][known.FIRST], p["at"][known.SECOND]): p["outcomes"]["many"]["estimate"]
        for p in told["points"]
    }
    assert {at for at, share in certain.items() if share == 1} == {(0.8, 0.1), (1.0, 0.1)}
    assert (
        len({p["measures"]["trade_lost"]["estimate"] for p in told["points"]}) == 1
    )  # common random numbers everywhere
    table = pd.read_csv(tmp_path / "here" / "sweep.csv")
    columns = pd.read_csv(tmp_path / "here" / "sweep_dictionary.csv")["name"].tolist()
    assert table.columns.tolist() == columns
    assert len(table) == 24
    row = table[(table["name"] == "many") & (table["estimate"] == 1)].iloc[0]
    assert (row["low"], row["high"], row["replications"], row["failed"]) == (
        pytest.approx(20 / (20 + Z95**2)),
        1,
        20,
        0,
    )


def test_a_sweep_gives_means_students_interval_and_flags_that_of_shares(
    call: Call, tmp_path: Path
) -> None:
    study(
        call,
        "sweep",
        "known.yaml",
        "--vary",
        f"{known.FIRST}=0:1:2",
        "--runs",
        4,
        "--on",
        "trade_lost",
        "--on",
        "war_at_end",
    )
    table = pd.read_csv(tmp_path / "here" / "sweep.csv").set_index("name")
    lost = pd.read_csv(tmp_path / "here" / "runs.csv").query("point == 0")["trade_lost"]
    row = table.loc["trade_lost"].iloc[0]
    assert (row["low"], row["high"]) == pytest.approx(
        stats.ttest_1samp(lost, 0).confidence_interval()
    )
    never = table.loc["war_at_end"].iloc[0]
    assert (never["estimate"], never["low"]) == (0, 0)
    assert never["high"] == pytest.approx(Z95**2 / (4 + Z95**2))


def test_a_measure_that_never_varied_has_no_interval_of_no_width(call: Call) -> None:
    vary = ("--vary", f"{known.FIRST}=0:1:2", "--runs", 5)
    told = study(call, "sweep", "known.yaml", *vary, "--on", "deaths", "--on", "war_at_end")
    for point in told["points"]:
        deaths, flag = (point["measures"][name] for name in ("deaths", "war_at_end"))
        assert (deaths["estimate"], deaths["low"], deaths["high"]) == (0, None, None)
        assert (flag["estimate"], flag["low"]) == (0, 0)
        assert flag["high"] > 0.4


def test_a_failed_replication_takes_its_whole_block_along(call: Call) -> None:
    code, out, err = call(
        "sensitivity",
        "known.yaml",
        "--points",
        64,
        "--runs",
        3,
        "--on",
        "closure_days",
        *THREE,
        "--seed",
        3,
        "--out",
        "here",
        "--format",
        "json",
        engine=known.known_engine(fails=tuple(range(64, 128))),  # the second of each block
    )
    assert code == 1, err
    told = json.loads(out)
    one = told["results"]["closure_days"]
    design, runs = pd.read_csv("here/design.csv"), pd.read_csv("here/runs.csv")
    high = (design[known.FIRST] > 0.9).to_numpy().reshape(64, 4)
    assert (one["dropped"], one["blocks"]) == (high.any(axis=1).sum(), 64 - high.any(axis=1).sum())
    assert one["dropped"] > 10
    assert told["failed"] == (runs["status"] != 0).sum() == high.sum()
    assert f"{high.sum()} of 768 replications failed; see here/failed.csv" in err
    # what is left says what it says without failures of those blocks
    assert one["factors"][known.SECOND]["mu_star"]["value"] == pytest.approx(7 * 0.75 * 1.5)
    assert "left out whole" in Path("here/sensitivity.html").read_text()


def test_too_many_failures_are_said(call: Call) -> None:
    code, out, err = call(
        "sensitivity",
        "known.yaml",
        "--method",
        "sobol",
        "--points",
        4,
        "--runs",
        3,
        "--on",
        "closure_days",
        *THREE,
        "--seed",
        3,
        engine=known.known_engine(fails=tuple(range(12)), above=-1.0),
    )
    assert (code, out) == (2, "")
    assert re.search(
        r"sobol: must have two whole blocks of points, got [01] of 4 "
        r"\(replications failed, or have no value, in the others\)",
        err,
    )


def test_exported_files_give_salib_the_indices_without_chance(call: Call, tmp_path: Path) -> None:
    for method, analyse, index in (
        ("sobol", sobol.analyze, "ST"),
        ("morris", morris.analyze, "mu_star"),
    ):
        words = [*THREE, "--factors", "states.westmark.policy:quantal,grim"]
        told = study(
            call,
            "sensitivity",
            "known.yaml",
            "--method",
            method,
            "--points",
            512,
            "--runs",
            2,
            "--on",
            "closure_days",
            *words,
            "--fresh",
        )
        folder = tmp_path / "here" / "export" / "salib"
        problem, x, y = (
            json.loads((folder / "problem.json").read_text()),
            pd.read_csv(folder / "X.csv"),
            pd.read_csv(folder / "Y.csv"),
        )
        assert problem["names"] == x.columns.tolist()
        values = y["closure_days"].to_numpy()
        given = (
            (problem, x.to_numpy(dtype=float), values) if method == "morris" else (problem, values)
        )
        options = {} if method == "morris" else {"calc_second_order": False}
        found = dict(zip(problem["names"], analyse(*given, seed=1, **options)[index], strict=True))
        mine = {
            path: row[index]["value"]
            for path, row in told["results"]["closure_days"]["factors"].items()
        }
        # the variance below Sobol's indices is estimated from other pairs of points
        assert found == pytest.approx(mine, abs=1e-9 if method == "morris" else 0.05)


def test_the_archive_for_the_ema_workbench_is_whole_and_the_same_each_time(
    call: Call, tmp_path: Path
) -> None:
    packed = []
    for _ in range(2):
        study(
            call, "discover", "known.yaml", "--outcome", "many", "--points", 200, *THREE, "--fresh"
        )
        packed.append((tmp_path / "here" / "export" / "ema_workbench.tar.gz").read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(tmp_path / "here" / "export" / "ema_workbench.tar.gz") as archive:
        about = json.load(archive.extractfile("metadata.json"))
        experiments = pd.read_csv(archive.extractfile("experiments.csv"))
        ((kind, name, file),) = about["outcomes"]
        values = pd.read_csv(archive.extractfile(file), header=None)[0]
    assert (kind, name) == ("ScalarOutcome", "many")
    assert (
        experiments.columns.tolist()
        == list(about["experiments"])
        == [*known.PATHS, "scenario", "policy", "model"]
    )
    wanted = (experiments[known.FIRST] > 0.7) & (experiments[known.SECOND] < 0.4)
    assert (values == wanted.astype(float)).all()


def test_another_question_needs_no_new_replications(call: Call, tmp_path: Path) -> None:
    words = ("sensitivity", "known.yaml", "--points", 8, "--runs", 4, *THREE)
    study(call, *words, "--on", "closure_days")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "here" / "chunks").iterdir()}
    told = study(call, *words, "--on", "many")
    assert list(told["results"]) == ["many"]
    assert before == {
        path: path.stat().st_mtime_ns for path in (tmp_path / "here" / "chunks").iterdir()
    }


def test_levers_and_uncertain_numbers_are_varied_where_nothing_is_said(
    call: Call, scenario: Scenario
) -> None:
    uncertain = "{dist: uniform, low: 0.2, high: 0.8, assumed: invented}"
    told = study(
        call,
        "sensitivity",
        "known.yaml",
        "--points",
        4,
        "--runs",
        2,
        "--set",
        f"rules.ceasefire.initial={uncertain}",
    )
    levers = {lever.path: (lever.low, lever.high) for lever in scenario.file.levers}
    assert {
        path: (one["low"], one["high"]) for path, one in told["factors"].items() if path in levers
    } == levers
    assert set(told["factors"]) == {*levers, "rules.ceasefire.initial"}
    assert told["factors"]["rules.ceasefire.initial"]["low"] == pytest.approx(0.23)
    assert told["factors"]["rules.ceasefire.initial"]["high"] == pytest.approx(0.77)


WORD = "states.westmark.policy"
WORDS = f"{WORD}:quantal,grim,restrain"
STUDIES = {
    "morris": (
        "sensitivity",
        "--points",
        8,
        "--runs",
        4,
        "--on",
        "closure_days",
        "--on",
        "many",
        *THREE,
    ),
    "sobol": (
        "sensitivity",
        "--method",
        "sobol",
        "--points",
        16,
        "--runs",
        2,
        "--on",
        "closure_days",
        "--on",
        "ceasefire_quality_end",
        *THREE,
    ),
    "oat": (
        "sensitivity",
        "--method",
        "oat",
        "--runs",
        20,
        "--on",
        "ceasefire_quality_end",
        "--on",
        "many",
        *THREE,
        "--factors",
        f"{WORD}:quantal,grim,restrain",
    ),
    "curve": (
        "sweep",
        "--vary",
        f"{known.FIRST}=0:1:5",
        "--set",
        f"{known.SECOND}=0.1",
        "--runs",
        10,
    ),
    "dots": ("sweep", "--vary", f"{WORD}=quantal,grim", "--runs", 10, "--draws", "independent"),
    "grid": (
        "sweep",
        "--vary",
        f"{known.FIRST}=0:1:3",
        "--vary",
        f"{WORD}=quantal,grim",
        "--runs",
        10,
    ),
    "uncertainty": ("uncertainty", "--points", 64, *THREE),
    "discover": ("discover", "--outcome", "many", "--points", 400, *THREE),
}
SAID = {
    "morris": ["“days of closed crossings” depends most on", "µ*", "Each dot is an input."],
    "sobol": ["of the variance between points", "Some intervals are wide"],
    "oat": [
        "“many” never came in",
        "from one end to the other",
        "quantal, grim, restrain",
    ],
    "curve": [
        "“many” is lowest, 0%, with “Leverage of Lakeland on Westmark” at 0, and highest, 100%, "
        "with “Leverage of Lakeland on Westmark” at 0.75.",
        "With common random numbers, they differ by 100 percentage points (95%: ",
        "the same random draws at every point",
    ],
    "dots": [
        "The random draws of every point are independent of those of the others.",
        "“few” is the same at every point: 100%.",
    ],
    "grid": ["Heat map of few", "many: in fewer than one in 200 replications at every point"],
    "uncertainty": [
        "Inputs that we do not know make more than half of what varies in",
        "percentage points up or down",
        "“highest rung” never varies.",
        "the law of total variance",
    ],
    "discover": [
        "“many” comes in",
        "This box holds",
        "Leverage of Lakeland on Westmark is above 0.",
    ],
}


def named(words: tuple[object, ...]) -> tuple[object, ...]:
    return (words[0], "known.yaml", *words[1:])


@pytest.mark.parametrize("kind", STUDIES)
def test_a_page_says_what_to_see_asks_for_nothing_outside_and_says_how_to_repeat_it(
    kind: str, call: Call, tmp_path: Path
) -> None:
    code, out, err = call(*named(STUDIES[kind]), "--seed", 3, "--out", "here")
    assert code == 0, err
    assert "everything is in here" in out
    (page,) = (tmp_path / "here").glob("*.html")
    text = html.unescape(page.read_text(encoding="utf-8"))
    assert not re.findall(r"(?:src|href)=[\"'](?!#|data:)", text)
    assert '<html lang="en" dir="ltr">' in text
    assert "not a forecast" in text
    assert f"run_sim.py {STUDIES[kind][0]} known.yaml" in text
    for sentence in SAID[kind]:
        assert sentence in text
    assert (
        text.count('<svg role="img" aria-label="')
        == text.count("<svg role=")
        == text.count("<figure ")
        >= 1
    )
    assert {path.suffix for path in (tmp_path / "here" / "figures").iterdir()} == {".png", ".svg"}
    assert 'aria-label=""' not in text


def test_the_screen_shows_every_point_of_a_sweep(call: Call) -> None:
    _, out, _ = call(*named(STUDIES["curve"]), "--seed", 3, "--out", "here", "--no-report")
    assert re.search(r"0\.75 +100%\s±\s1[0-9]% ", out)
    assert re.search(r"0\.5 +0%", out)


def test_figures_are_the_same_bytes_each_time(call: Call, tmp_path: Path) -> None:
    for name in ("one", "other"):
        call(*named(STUDIES["oat"]), "--seed", 3, "--out", name)
    files = sorted(path.name for path in (tmp_path / "one" / "figures").iterdir())
    assert files == ["oat_ceasefire_quality_end.png", "oat_ceasefire_quality_end.svg"]
    assert all(
        (tmp_path / "one" / "figures" / name).read_bytes()
        == (tmp_path / "other" / "figures" / name).read_bytes()
        for name in files
    )


@pytest.mark.parametrize("method", ["morris", "sobol", "oat"])
def test_without_salib_one_line_says_what_to_install(
    method: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "SALib", None)
    code, _, err = call(
        "sensitivity",
        "known.yaml",
        "--method",
        method,
        "--points",
        4,
        "--runs",
        2,
        "--seed",
        3,
        "--out",
        "here",
        "--no-report",
        *THREE,
    )
    if method == "oat":
        assert code == 0, err
    else:
        assert code == 2
        assert (
            err == "SALib: must be installed for this method, as by: pip install "
            '--constraint constraints.txt --editable ".[sensitivity]"\n'
        )


def test_csv_on_the_screen_is_the_file(call: Call, tmp_path: Path) -> None:
    for kind, name in (
        ("morris", "sensitivity"),
        ("oat", "sensitivity"),
        ("grid", "sweep"),
        ("discover", "discover"),
        ("uncertainty", "uncertainty"),
    ):
        code, out, _ = call(
            *named(STUDIES[kind]),
            "--fresh",
            "--seed",
            3,
            "--out",
            name,
            "--format",
            "csv",
            "--no-report",
        )
        assert code == 0
        assert out == (tmp_path / name / f"{name}.csv").read_text(encoding="utf-8")
        assert (
            pd.read_csv(tmp_path / name / f"{name}.csv").columns.tolist()
            == pd.read_csv(tmp_path / name / f"{name}_dictionary.csv")["name"].tolist()
        )


def test_words_can_be_varied_in_every_study(call: Call) -> None:
    words = [*THREE, "--factors", "states.westmark.policy:quantal,grim,proportional"]
    for method in ("morris", "sobol", "oat"):
        told = study(
            call,
            "sensitivity",
            "known.yaml",
            "--method",
            method,
            "--points",
            8,
            "--runs",
            2,
            "--on",
            "closure_days",
            *words,
            "--fresh",
        )
        assert told["factors"]["states.westmark.policy"]["values"] == [
            "quantal",
            "grim",
            "proportional",
        ]
        row = told["results"]["closure_days"]["factors"]["states.westmark.policy"]
        index = (
            row["swing"] if method == "oat" else row["mu_star"] if method == "morris" else row["ST"]
        )
        # the known engine does not look at it: no effect, or none that can be told
        assert index["value"] in (None, pytest.approx(0, abs=1e-9))
    told = study(
        call, "discover", "known.yaml", "--outcome", "many", "--points", 1000, *words, "--fresh"
    )
    assert "states.westmark.policy" not in told["box"]["sides"]


WRONG = [
    (
        ("sensitivity", "known.yaml", "--method", "sobl"),
        "--method: must be one of morris, sobol, oat, got sobl, did you mean sobol?",
    ),
    (
        ("sensitivity", "known.yaml", "--on", "war, not over"),
        "war, not over: must be an outcome or a measure of known",
    ),
    (
        ("sensitivity", "known.yaml", "--factors", "states.westmark.resolve"),
        "--factors: must be PATH:LOW:HIGH or PATH:a,b,c, got states.westmark.resolve",
    ),
    (
        ("sensitivity", "known.yaml", "--factors", "states.westmark.resolve:0.8:0.2"),
        "states.westmark.resolve: must have a range from low to high, got 0.8 to 0.2",
    ),
    (
        ("sensitivity", "known.yaml", "--factors", "states.westmark.resolve:0.8:1.2"),
        "states.westmark.resolve: must have all its values in [0, 1]",
    ),
    (
        ("sensitivity", "known.yaml", "--method", "sobol", "--points", "100"),
        "points: must be a power of two for sobol, got 100 (try 64 or 128)",
    ),
    (("sensitivity", "known.yaml", "--runs", "1"), "--runs: must be a whole number from 2 to"),
    (("sweep", "known.yaml"), "--vary: must be given once or twice, got 0 times"),
    (
        ("sweep", "known.yaml", "--vary", "states.westmark.resolve=0.2:0.9"),
        "--vary: must be PATH=LOW:HIGH:N or PATH=a,b,c, got states.westmark.resolve=0.2:0.9",
    ),
    (
        ("sweep", "known.yaml", "--vary", "states.westmark.resolve=0.9:0.2:3"),
        "--vary: must be PATH=LOW:HIGH:N with LOW below HIGH",
    ),
    (
        ("sweep", "known.yaml", "--vary", "states.westmark.resolve=0.2:0.9:1"),
        "--vary: must be PATH=LOW:HIGH:N with LOW below HIGH and N from 2 to 200",
    ),
    (
        ("sweep", "known.yaml", "--vary", "states.westmark.resole=0.2:0.9:3"),
        "states.westmark.resole: must be the dotted path of a number to have a range",
    ),
    (
        ("sweep", "known.yaml", "--vary", "states.westmark.policy=kind,grim"),
        "states.westmark.policy: must be one of",
    ),
    (
        ("sweep", "known.yaml", "--vary", "horizon=10,20"),
        "design: must keep the measures and the horizon of known",
    ),
    (("uncertainty", "known.yaml"), "known: has no uncertain numbers, so name the unknown inputs"),
    (
        ("uncertainty", "known.yaml", "--per-point", "1"),
        "--per-point: must be a whole number from 2 to",
    ),
    (
        ("uncertainty", "known.yaml", "--design", "halton"),
        "--design: must be sobol or lhs, or a design of the file (leverage, resolve), got halton",
    ),
    (("discover", "known.yaml"), "--outcome: must name an outcome of the scenario, got none"),
    (("discover", "known.yaml", "--outcome", "peace"), "peace: must be an outcome of known"),
    (
        ("discover", "known.yaml", "--outcome", "many", "--points", "10"),
        "--points: must be a whole number from 40 to",
    ),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_bad_input_is_one_line(words: tuple[str, ...], message: str, call: Call) -> None:
    code, out, err = call(*words, "--seed", 3)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_a_study_that_cannot_tell_says_so(call: Call) -> None:
    code, out, _ = call(
        "discover",
        "known.yaml",
        "--outcome",
        "many",
        "--points",
        100,
        "--factors",
        f"{known.FIRST}:0:0.5",
        "--factors",
        f"{known.SECOND}:0:1",
        "--seed",
        3,
    )
    assert code == 0
    assert "“many” came in 0" in " ".join(out.split())
    assert "too rare, too common, or too few cases" in " ".join(out.split())


def test_results_do_not_depend_on_the_workers(call: Call, tmp_path: Path) -> None:
    for jobs in (1, 2):
        assert (
            call(
                "uncertainty",
                "known.yaml",
                "--points",
                64,
                *THREE,
                "--seed",
                3,
                "--jobs",
                jobs,
                "--out",
                jobs,
                "--no-report",
            )[0]
            == 0
        )
    for name in (
        "design.csv",
        "runs.parquet",
        "runs.csv",
        "uncertainty.csv",
        "uncertainty.json",
        "export/salib/Y.csv",
        "export/ema_workbench.tar.gz",
    ):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_design_is_the_seeds_own(call: Call, tmp_path: Path) -> None:
    for seed in (3, 4):
        call(
            "uncertainty",
            "known.yaml",
            "--points",
            64,
            *THREE,
            "--seed",
            seed,
            "--out",
            seed,
            "--no-report",
        )
    one, other = (
        pd.read_csv(tmp_path / str(seed) / "design.csv")[known.FIRST].to_numpy() for seed in (3, 4)
    )
    assert not np.isin(one, other).any()
