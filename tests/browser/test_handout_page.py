"""Handout and lesson pages in a browser: by keyboard, on a telephone, on a projector, in print."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from classroom.handouts import RUNS, SEED, made, page_of
from conftest import OpenPage
from playwright.sync_api import Page, expect

from browser.checks import faults, overflow, unreached
from browser.chromium import DESK, PROJECTOR, TELEPHONE, View
from sim.classroom.lesson import Call, pages
from sim.classroom.variants import AS_IT_IS, Results, settable
from sim.stats.kriging import shares_of
from sim.words import words

pytestmark = pytest.mark.browser

VIEWS = {"telephone": TELEPHONE, "projector": PROJECTOR}
PAPER = {"width": 680, "height": 960}  # A4 within its margins, in CSS pixels
each_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
ELSEWHERE = np.array(
    [[0.31, 0.42, 0.53, 0.64, 0.75], [0.05, 0.95, 0.5, 0.2, 0.9], [0.7, 0.7, 0.61, 0.85, 0.9]]
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    mirrored = replace(words(), language="ar", direction="rtl")
    texts = {"en": page_of("en"), "fr": page_of("fr"), "rtl": page_of(mirrored)}
    handout, runs = made()
    own = runs[runs["point"] == 0].reset_index(drop=True)
    ensembles = {
        name: type("Made", (), {"runs": own})
        for name in [AS_IT_IS, *(trial.label for trial in settable(handout.scenario))]
    }
    lesson = pages(
        handout.scenario,
        Results(handout.scenario, ensembles),
        Call("two_states", RUNS, SEED),
        words(),
    )
    for name, text in (texts | lesson).items():
        (folder / f"{name}.page.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.page.html" for name in texts | lesson}


@pytest.fixture
def page(open_page: OpenPage, files: dict[str, Path]) -> Page:
    return open_page(files["en"], DESK)


def sliders(page: Page) -> list[float]:
    """Where the sliders stand, in shares of their lengths."""
    return list(page.evaluate("handout.place()"))


@each_view
@pytest.mark.parametrize("language", ["en", "fr", "rtl"])
def test_a_handout_has_no_faults(
    open_page: OpenPage, files: dict[str, Path], language: str, view: View
) -> None:
    page = open_page(files[language], view)
    assert faults(page) == []
    page.locator("summary").first.click()
    page.click("[data-preset='2']")
    expect(page.locator("#changes")).not_to_be_empty()
    assert faults(page) + unreached(page) == []


@each_view
@pytest.mark.parametrize("name", ["teacher.html", "students.html"])
def test_a_lesson_has_no_faults(
    open_page: OpenPage, files: dict[str, Path], name: str, view: View
) -> None:
    assert faults(open_page(files[name], view)) == []


def test_the_page_computes_the_same_surfaces_as_python(page: Page) -> None:
    handout, _ = made()
    expected = shares_of(
        np.column_stack([surface.at(ELSEWHERE)[0][:, 0] for surface in handout.outcomes])
    )
    errors = np.column_stack([surface.at(ELSEWHERE)[1][:, 0] for surface in handout.outcomes])
    rungs, _ = handout.rung_surface.at(ELSEWHERE)
    for row, x in enumerate(ELSEWHERE.tolist()):
        found = page.evaluate(f"handout.at({json.dumps(x)})")
        assert found["shares"] == pytest.approx(expected[row], abs=1e-9)
        roots = np.array([surface.at(ELSEWHERE)[0][row, 0] for surface in handout.outcomes])
        half = 1.959963984540054 * np.sqrt(errors[row] ** 2 + 1 / (4 * handout.n.min()))
        high = np.maximum(np.minimum(1, np.maximum(0, roots + half)) ** 2, expected[row])
        assert [span[1] for span in found["ranges"]] == pytest.approx(high, abs=1e-9)
        days = np.array(page.evaluate(f"handout.rungsAt({json.dumps(x)})"))
        assert days == pytest.approx(shares_of(rungs[row].reshape(len(handout.days), -1)), abs=1e-9)
        for k, one in enumerate(handout.numbers):
            value = one.surface.at(ELSEWHERE)[0]
            wanted = shares_of(value)[row, 0] if one.share else np.expm1(value[row, 0])
            assert found["numbers"][k]["value"] == pytest.approx(wanted, abs=1e-8, rel=1e-8)


def test_a_computed_point_shows_its_counts(page: Page) -> None:
    handout, _ = made()
    shown = page.evaluate(f"handout.at({json.dumps(handout.where[4].tolist())})")
    assert shown["here"] == 4
    assert shown["far"] == 0
    assert shown["shares"] == pytest.approx(handout.counts[4] / handout.n[4])


def test_a_slider_moves_by_keys_and_every_move_can_be_undone(page: Page) -> None:
    home = sliders(page)
    expect(page.locator("#changes")).to_have_text(
        "All sliders stand where the scenario has them. Move one."
    )
    expect(page.locator("#undo")).to_be_disabled()
    page.focus("#lever-2")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert sliders(page) == pytest.approx([*home[:2], 0.63, *home[3:]])
    expect(page.locator("#lever-2")).to_have_attribute("aria-valuetext", "0.63")
    expect(page.locator("#where")).to_contain_text("Interpolated between")
    page.click("#undo")
    assert sliders(page) == home
    page.focus("#lever-0")
    page.keyboard.press("Home")
    assert sliders(page)[0] == 0
    page.click("#reset")
    assert sliders(page) == home
    expect(page.locator("#where")).to_contain_text(f"Computed here: {RUNS} replications.")


def test_a_preset_states_its_values_and_the_changes(page: Page) -> None:
    page.click("[data-preset='0']")
    assert sliders(page)[:2] == [0, 0]
    expect(page.locator("#do")).to_have_text("Set the leverage of Lakeland on both states to 0.")
    expect(page.locator("[data-preset='0']")).to_have_attribute("aria-pressed", "true")
    changes = page.locator("#changes")
    expect(changes).to_contain_text("Against the scenario as it is: ")
    expect(changes).to_contain_text("“strikes, then a truce” falls from ")
    expect(changes).to_contain_text(" to 0%")


def test_no_outcome_differs_between_a_place_and_itself(page: Page) -> None:
    home = sliders(page)
    assert page.evaluate(f"[0,1,2,3,4].some(k => handout.differs(k, {home}, {home}))") is False


def test_time_runs_to_the_right_and_bars_to_the_left_where_writing_does(
    open_page: OpenPage, files: dict[str, Path]
) -> None:
    page = open_page(files["rtl"])
    expect(page.locator("#days")).to_have_css("direction", "ltr")
    bar = page.locator("#bars li:nth-child(5) i").bounding_box()
    results = page.locator("#results").bounding_box()
    assert bar
    assert results
    assert bar["x"] + bar["width"] > results["x"] + results["width"] * 0.9


@pytest.mark.parametrize("name", ["en", "teacher.html", "students.html"])
def test_a_page_prints_on_paper(open_page: OpenPage, files: dict[str, Path], name: str) -> None:
    page = open_page(files[name])
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert overflow(page) == []
    if name == "students.html":
        for role in page.locator(".role").all():
            expect(role).to_have_css("break-before", "page")
