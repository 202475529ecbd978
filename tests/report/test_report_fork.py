"""The page and the figures of a fork."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.checks import faults, unreached
from browser.chromium import View
from conftest import ROOT, OpenPage
from page_policy import refused

from sim.design.draws import Draws
from sim.engine.jit import COMPILED
from sim.report.pages.fork import write_page
from sim.scenario import load
from sim.studies.fork import Branch, ForkAnswer, ForkQuestion, fork
from sim.words import words

SHORT = {} if COMPILED else {"horizon": 12, "outcome_window": 5}
RUNS = 60 if COMPILED else 4


def answer_of(**asked: object) -> ForkAnswer:
    scenario = load(ROOT / "scenarios" / "two_states.yaml", SHORT)
    branch = Branch(choices=tuple(asked.get("forced", ())))  # type: ignore[arg-type]
    draws = Draws(str(asked.get("draws", "independent")))
    return fork(ForkQuestion(scenario, 7, 3, 4, branch, RUNS, draws))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    there = tmp_path_factory.mktemp("fork")
    write_page(
        answer_of(forced=["westmark=raid"]), there, "run_sim.py fork two_states --day 4", words()
    )
    return there


def test_the_page_stands_alone(folder: Path) -> None:
    text = (folder / "fork.html").read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text) == []
    assert '<html lang="en" dir="ltr">' in text
    assert "Illustrative model, not a forecast" in text
    assert refused(text) == []
    assert "run_sim.py fork two_states --day 4" in text
    assert {path.stem for path in (folder / "figures").iterdir()} == {
        "fan",
        "outcomes",
        "differences",
        "flow",
    }


@pytest.mark.parametrize(
    ("asked", "figures", "says"),
    [
        ({}, {"fan", "outcomes"}, "Most often it ends in"),
        ({"draws": "common"}, {"fan"}, "With the same random draws"),
        (
            {"draws": "common", "forced": ["hill_pass.westmark=raid"]},
            {"fan"},
            "What would have happened",
        ),
    ],
)
def test_a_page_of_another_kind(
    tmp_path: Path, asked: dict[str, object], figures: set[str], says: str
) -> None:
    text = write_page(answer_of(**asked), tmp_path, "run_sim.py fork", words()).read_text(
        encoding="utf-8"
    )
    assert {path.stem for path in (tmp_path / "figures").iterdir()} == figures
    assert says in text


def test_the_same_fork_draws_the_same_bytes(tmp_path: Path, folder: Path) -> None:
    write_page(
        answer_of(forced=["westmark=raid"]), tmp_path, "run_sim.py fork two_states --day 4", words()
    )
    one, other = (
        {path.name: path.read_bytes() for path in (there / "figures").iterdir()}
        for there in (folder, tmp_path)
    )
    assert len(one) == 8
    assert one == other


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_has_no_faults_in_a_browser(folder: Path, open_page: OpenPage, width: int) -> None:
    page = open_page(folder / "fork.html", View(width, 800))
    assert faults(page) + unreached(page) == []
