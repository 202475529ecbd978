"""The pages of a lesson in a browser: on a telephone, on a projector, in print."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import OpenPage
from playwright.sync_api import expect

import sim
from browser.checks import faults, overflow
from browser.chromium import PROJECTOR, TELEPHONE, View
from sim.classroom.lesson import Call, pages
from sim.classroom.variants import AS_IT_IS, Results, settable
from sim.scenario import load
from sim.words import words

pytestmark = pytest.mark.browser

RUNS, SEED, HORIZON = 40, 7, 40
VIEWS = {"telephone": TELEPHONE, "projector": PROJECTOR}
NAMES = ["teacher.html", "students.html"]
PAPER = {"width": 680, "height": 960}  # A4 within its margins, in CSS pixels


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    scenario = load(sim.scenarios() / "two_states.yaml", {"horizon": HORIZON})
    own = sim.run(scenario, runs=RUNS, seed=SEED, jobs=1).runs
    ensembles = {
        name: type("Made", (), {"runs": own})
        for name in [AS_IT_IS, *(trial.label for trial in settable(scenario))]
    }
    lesson = pages(scenario, Results(scenario, ensembles), Call("two_states", RUNS, SEED), words())
    for name, text in lesson.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: folder / name for name in lesson}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_has_no_faults(
    open_page: OpenPage, files: dict[str, Path], name: str, view: View
) -> None:
    assert faults(open_page(files[name], view)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_prints_on_paper(open_page: OpenPage, files: dict[str, Path], name: str) -> None:
    page = open_page(files[name])
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert overflow(page) == []
    if name == "students.html":
        for role in page.locator(".role").all():
            expect(role).to_have_css("break-before", "page")
