"""The handout: which sliders, which points, what the page carries, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from classroom.handouts import RUNS, SEED, made, page_of
from page_policy import refused

import sim
from sim.classroom.handout import data
from sim.classroom.levers import Handle, design, handles, plan, presets
from sim.cli import main
from sim.errors import ModelError
from sim.scenario import load
from sim.words import words
from tests.report.test_report_page import Page

FILE = sim.scenarios() / "two_states.yaml"
WORLD = sim.scenarios() / "af_pk_2026.yaml"


def test_sliders_are_what_the_lesson_moves_first() -> None:
    scenario = load(WORLD)
    paths = [handle.path for handle in handles(scenario)]
    assert len(paths) == 5
    assert paths[:2] == [
        "mediators.qatar.leverage.afghanistan",
        "groups.ttp.hosts.afghanistan.haven",
    ]
    assert {"states.pakistan.resolve", "states.afghanistan.resolve"} <= set(paths)


def test_an_uncertain_number_stands_at_its_median() -> None:
    handle = next(
        handle for handle in handles(load(WORLD)) if handle.path == "states.pakistan.resolve"
    )
    assert handle.uncertain
    assert handle.value == load(WORLD).numbers()["states.pakistan.resolve"].value


def test_any_number_can_be_a_slider_with_a_range() -> None:
    (handle,) = handles(load(FILE), ["states.westmark.weights.cost:0.5:3"])
    assert handle == Handle(
        "states.westmark.weights.cost", "states.westmark.weights.cost", "utility", 0.5, 3, 1, False
    )


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (
            ["states.westmark.resolv"],
            "must be the dotted path of a number, got states.westmark.resolv "
            ".*did you mean states.westmark.resolve",
        ),
        (
            ["states.westmark.weights.cost"],
            "must be PATH:LOW:HIGH for a number that is not a lever",
        ),
        (["states.westmark.resolve:0.9:0.1"], "must have a range from low to high"),
        (["states.westmark.resolve:a:b"], "must be PATH:LOW:HIGH"),
        (
            ["states.westmark.resolve", "states.westmark.resolve"],
            "must be at most 8 different numbers",
        ),
    ],
)
def test_sliders_that_cannot_be_are_refused(named: list[str], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        handles(load(FILE), named)


def test_a_scenario_without_levers_is_told_what_to_add() -> None:
    with pytest.raises(ModelError, match="levers: must have a lever for a handout, got none"):
        handles(load(FILE, {"levers": []}))


def test_presets_are_the_things_to_try_that_the_sliders_can_show() -> None:
    scenario = load(WORLD)
    tried = presets(scenario, handles(scenario))
    assert "No haven for the TTP" in [one.label for one in tried]
    assert "Better evidence in Pakistan" not in [
        one.label for one in tried
    ]  # one of its numbers has no slider


def test_the_scenario_itself_comes_first_and_every_preset_and_end_is_a_point() -> None:
    scenario = load(FILE)
    sliders = handles(scenario)
    tried = presets(scenario, sliders)
    where = plan(sliders, tried, 16, SEED)
    rows = {tuple(row) for row in where.tolist()}
    assert (
        len(rows) == len(where) == 1 + len(tried) + 2 * len(sliders) + 16 - 1
    )  # a preset is an end too
    assert where[0] == pytest.approx(
        [(handle.value - handle.low) / (handle.high - handle.low) for handle in sliders]
    )
    assert {one.where for one in tried} <= rows
    assert ((where >= 0) & (where <= 1)).all()
    assert np.array_equal(where, plan(sliders, tried, 16, SEED))
    assert not np.array_equal(where, plan(sliders, tried, 16, SEED + 1))


def test_a_design_too_large_for_its_table_by_day_is_refused_before_it_is_run() -> None:
    scenario = load(FILE)
    sliders = handles(scenario)
    where = plan(sliders, [], 256, SEED)
    assert len(design(sliders, where, 3650)) == len(where)
    with pytest.raises(ModelError, match="--points: must come to at most 136 points"):
        design(sliders, where, 7300)


def test_the_page_carries_what_was_computed() -> None:
    handout, runs = made()
    found = data(handout, SEED, RUNS, "call", words())
    for k, outcome in enumerate(handout.scenario.outcomes):
        here = runs[(runs["point"] == 3) & (runs["outcome"] == outcome)]
        assert found["outcomes"][k]["counts"][3] == len(here)
    assert [
        sum(row["counts"][i] for row in found["outcomes"]) for i in range(len(found["points"]))
    ] == found["n"]
    assert found["rungs"]["days"][-1] == handout.scenario.horizon
    assert found["presets"][0]["label"] == "Nobody listens to Lakeland"
    point = found["points"][found["presets"][0]["point"]]
    assert point[:2] == (0, 0)
    number = next(
        row for row in found["numbers"] if row["label"] == "dead in acts between the states"
    )
    assert number["value"][0] == pytest.approx(
        runs[runs["point"] == 0]["interstate_deaths"].mean(), rel=1e-5
    )


def test_a_page_is_one_small_file_that_asks_for_nothing(tmp_path: Path) -> None:
    for language in ("en", "fr"):
        text = page_of(language)
        page = Page(text)
        assert page.open == []
        assert refused(text) == []
        assert [
            address for address in page.addresses if not address.startswith(("#", "data:,"))
        ] == []
        assert "http://" not in text
        assert "https://" not in text
        assert len(text.encode()) < 2 * 2**20
        assert f'lang="{language}"' in text


def test_text_of_a_scenario_cannot_leave_its_place() -> None:
    text = page_of("en", title="</script><script>alert(1)</script>", label="</script><img src=x>")
    assert "<script>alert" not in text
    assert "<img" not in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--points", "3"], "--points: must be a whole number from 4 to 256, got 3"),
        (["--language", "tlh"], "language: must be one of en, fr, got tlh"),
        (["--out", "here.txt"], "--out: must be a file that ends in .html or .htm, got here.txt"),
        (["--levers", "states.westmark.resolv"], "did you mean states.westmark.resolve"),
    ],
)
def test_bad_use_is_one_line(
    capfd: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["handout", str(FILE), *words]) == 2
    error = capfd.readouterr().err.splitlines()
    assert len(error) == 1
    assert said in error[0]


def test_the_command_makes_a_page_and_goes_on_from_its_runs(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["run_sim.py", "handout"])
    words = [
        "handout",
        str(FILE),
        "--set",
        "horizon=15",
        "--points",
        "4",
        "--runs",
        "3",
        "--seed",
        "5",
        "--jobs",
        "1",
        "--out",
        str(tmp_path / "page.html"),
    ]
    assert main(words) == 0
    first = (tmp_path / "page.html").read_bytes()
    assert main(words) == 0
    said = capfd.readouterr().err
    assert f"{tmp_path / 'page.html'}: Westmark and Eastmark, a first lesson" in said
    assert (tmp_path / "page.html").read_bytes() == first
    assert (tmp_path / "page_runs" / "design.csv").is_file()
