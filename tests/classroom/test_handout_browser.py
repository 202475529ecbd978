"""Handout and lesson pages walked in a browser with the network blocked: by keyboard, on a telephone, on a projector, in print."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from browser import Page, complaints, overflow, pale, unnamed, unreached
from classroom.handouts import RUNS, SEED, made, page_of
from conftest import NewPage

from sim.classroom.lesson import Call, pages
from sim.classroom.variants import AS_IT_IS, Results, settable
from sim.stats.kriging import shares_of
from sim.words import words

pytestmark = pytest.mark.browser

SIZES = {"telephone": (360, 740, True), "projector": (1920, 1080, False)}
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
def page(new_page: NewPage, files: dict[str, Path]) -> Page:
    return new_page(1280, 800).open(files["en"])


def place(page: Page) -> list[float]:
    return list(page.evaluate("handout.place()"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "fr", "rtl"])
def test_a_handout_has_no_faults(
    new_page: NewPage, files: dict[str, Path], language: str, size: str
) -> None:
    width, height, touch = SIZES[size]
    page = new_page(width, height, touch=touch).open(files[language])
    assert pale(page) + overflow(page) == []
    page.click("summary")
    page.click("[data-preset='2']")
    page.until("document.querySelector('#changes').textContent.length > 10")
    assert pale(page) + overflow(page) == []
    assert unnamed(page) + unreached(page) + complaints(page) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["teacher.html", "students.html"])
def test_a_lesson_has_no_faults(
    new_page: NewPage, files: dict[str, Path], name: str, size: str
) -> None:
    width, height, touch = SIZES[size]
    page = new_page(width, height, touch=touch).open(files[name])
    assert pale(page) + overflow(page) + unnamed(page) + complaints(page) == []


def test_the_page_works_out_what_python_does(page: Page) -> None:
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


def test_where_it_was_computed_it_shows_what_was_counted(page: Page) -> None:
    handout, _ = made()
    shown = page.evaluate(f"handout.at({json.dumps(handout.where[4].tolist())})")
    assert shown["here"] == 4
    assert shown["far"] == 0
    assert shown["shares"] == pytest.approx(handout.counts[4] / handout.n[4])


def test_a_slider_moves_by_keys_says_its_value_and_can_be_undone(page: Page) -> None:
    home = place(page)
    assert page.text("#changes") == "All sliders stand where the scenario has them. Move one."
    assert page.evaluate("document.querySelector('#undo').disabled")
    page.evaluate("document.querySelector('#lever-2').focus()")
    for _ in range(3):
        page.press("ArrowRight")
    assert place(page) == pytest.approx([*home[:2], 0.63, *home[3:]])
    assert (
        page.evaluate("document.querySelector('#lever-2').getAttribute('aria-valuetext')") == "0.63"
    )
    assert "Interpolated between" in page.text("#where")
    page.click("#undo")
    assert place(page) == home
    page.evaluate("document.querySelector('#lever-0').focus()")
    page.press("Home")
    assert place(page)[0] == 0
    page.click("#reset")
    assert place(page) == home
    assert f"Computed here: {RUNS} replications." in page.text("#where")


def test_a_preset_says_what_it_is_and_what_changed(page: Page) -> None:
    page.click("[data-preset='0']")
    assert place(page)[:2] == [0, 0]
    assert page.text("#do") == "Set the leverage of Lakeland on both states to 0."
    assert (
        page.evaluate("document.querySelector('[data-preset=\"0\"]').getAttribute('aria-pressed')")
        == "true"
    )
    page.until("!document.querySelector('#changes').textContent.startsWith('All sliders')")
    said = page.text("#changes")
    assert said.startswith("Against the scenario as it is: ")
    assert "“ceasefire holding” falls from " in said
    assert " to 0%" in said


def test_what_does_not_differ_is_not_said_to(page: Page) -> None:
    home = place(page)
    assert page.evaluate(f"[0,1,2,3,4].some(k => handout.differs(k, {home}, {home}))") is False


def test_time_runs_to_the_right_and_sliders_to_the_left_where_writing_does(
    new_page: NewPage, files: dict[str, Path]
) -> None:
    page = new_page(1280, 800).open(files["rtl"])
    assert page.evaluate("getComputedStyle(document.querySelector('#days')).direction") == "ltr"
    box = "document.querySelector('{}').getBoundingClientRect()"
    assert page.evaluate(
        f"{box.format('#bars li:nth-child(5) i')}.right > {box.format('#results')}.left + {box.format('#results')}.width * 0.9"
    )


@pytest.mark.parametrize("name", ["en", "teacher.html", "students.html"])
def test_a_page_prints_on_paper(new_page: NewPage, files: dict[str, Path], name: str) -> None:
    page = new_page(1280, 800).open(files[name])
    page.call("Emulation.setEmulatedMedia", media="print")
    page.resize(680, 960)
    assert overflow(page) == []
    if name == "students.html":
        assert page.evaluate(
            "[...document.querySelectorAll('.role')].every(one => getComputedStyle(one).breakBefore === 'page')"
        )
