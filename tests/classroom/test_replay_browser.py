"""The replay walked in a browser with the network blocked: plays, steps, tells, explains; on a telephone and on a projector."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from browser import Page, complaints, overflow, pale, unnamed, unreached
from classroom.decisions import record
from classroom.pages import replay
from conftest import NewPage

from sim.vocabulary.ladder import ACTION_NAMES
from sim.words import words

pytestmark = pytest.mark.browser

SIZES = {"telephone": (360, 740, True), "projector": (1920, 1080, False)}
DATE, SLIDER = "#date", "Number(document.getElementById('slider').value)"
RELEASE = 11  # index of the release of two_states in its days


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    mirrored = replace(words(), language="ar", direction="rtl")
    decisions = [
        record(actor="states.westmark", about="states.eastmark", day=day) for day in (1, 2, 5)
    ]
    table = {
        name: record()["options"]["raid"] | {"probability": 1 / len(ACTION_NAMES)}
        for name in ACTION_NAMES
    }
    war = [
        record(
            actor="states.pakistan",
            about="states.afghanistan",
            day=1,
            options=table,
            choice="open_war",
        )
    ]
    files = {
        "en": replay(folder, "two_states", None, decisions),
        "fr": replay(folder, "af_pk_2026", words("fr"), war),
        "rtl": replay(folder, "two_states", mirrored),
    }
    return files


@pytest.fixture
def page(new_page: NewPage, pages: dict[str, Path]) -> Page:
    return new_page(1280, 800).open(pages["en"])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "fr", "rtl"])
def test_a_page_has_no_faults(
    new_page: NewPage, pages: dict[str, Path], language: str, size: str
) -> None:
    width, height, touch = SIZES[size]
    page = new_page(width, height, touch=touch).open(pages[language])
    page.click(".actor")
    for _ in range(3):
        page.press("ArrowRight")
        assert pale(page) + overflow(page) == []
    assert unnamed(page) + unreached(page) + complaints(page) == []


def test_it_opens_on_the_eve_of_the_release_and_says_what_it_is(page: Page) -> None:
    assert page.evaluate(SLIDER) == RELEASE
    assert page.text(DATE) == "Sunday, 12 March 2000"
    assert "Illustrative model, not a forecast." in page.text("header")
    assert "run_sim.py replay two_states --replication 3 --seed 7" in page.text("pre")


def test_keys_step_a_day_jump_to_the_ends_and_to_news(page: Page) -> None:
    last = page.evaluate("Number(document.getElementById('slider').max)")
    for key, shift, day in [
        ("ArrowRight", False, RELEASE + 1),
        ("ArrowLeft", False, RELEASE),
        ("End", False, last),
        ("ArrowRight", False, last),
        ("Home", False, 0),
    ]:
        page.press(key, shift=shift)
        assert page.evaluate(SLIDER) == day
    page.press("ArrowRight", shift=True)
    assert page.evaluate("document.querySelectorAll('#items .item').length") > 0
    assert page.evaluate(SLIDER) > 0


def test_the_slider_moves_the_day_by_key_and_by_finger(page: Page) -> None:
    page.evaluate("document.getElementById('slider').focus()")
    page.press("ArrowRight")
    assert page.evaluate(SLIDER) == RELEASE + 1
    assert page.text(DATE) == "Monday, 13 March 2000"
    page.click("#slider")
    middle = page.evaluate("Math.round(document.getElementById('slider').max / 2)")
    assert abs(page.evaluate(SLIDER) - middle) <= 1


def test_it_plays_stops_and_ends_at_the_last_day(page: Page) -> None:
    page.evaluate("document.getElementById('speed').value = 8")
    page.press(" ")
    page.until(f"{SLIDER} > {RELEASE + 1}")
    assert page.text("#play") == "Pause"
    page.press(" ")
    stopped = page.evaluate(SLIDER)
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    assert page.evaluate(SLIDER) == stopped
    page.press("End")
    page.press("ArrowLeft")
    page.click("#play")
    page.until("document.getElementById('play').innerText === 'Play'")
    assert page.evaluate(SLIDER) == page.evaluate("Number(document.getElementById('slider').max)")


def test_a_finger_swipes_the_day_on_and_back(new_page: NewPage, pages: dict[str, Path]) -> None:
    page = new_page(360, 740, touch=True).open(pages["en"])
    page.swipe("#map", -120)
    page.until(f"{SLIDER} === {RELEASE + 1}")
    page.swipe("#map", 120)
    page.until(f"{SLIDER} === {RELEASE}")


def test_right_to_left_the_day_goes_on_to_the_left(
    new_page: NewPage, pages: dict[str, Path]
) -> None:
    page = new_page(1280, 800).open(pages["rtl"])
    page.press("ArrowLeft")
    assert page.evaluate(SLIDER) == RELEASE + 1
    page.evaluate("document.getElementById('slider').focus()")
    page.press("ArrowLeft")
    assert page.evaluate(SLIDER) == RELEASE + 2
    news, place = (
        page.evaluate(f"document.getElementById('{name}').getBoundingClientRect().left")
        for name in ("news", "place")
    )
    assert news < place


def test_both_sides_claims_stand_beside_the_truth(
    new_page: NewPage, pages: dict[str, Path]
) -> None:
    page = new_page(1280, 800).open(pages["fr"])
    page.evaluate("location.hash = '#day=-139'")  # 11 October 2025: both sides speak
    page.until("!!document.querySelector('.claims')")
    rows = page.evaluate(
        "[...document.querySelectorAll('.claims tbody tr')].map(row => [...row.cells].map(cell => cell.innerText))"
    )
    assert rows == [
        ["soldats (Pakistan), selon Afghanistan", "58", "23", "23"],
        ["soldats (Afghanistan), selon Pakistan", "200", "9", "9"],
    ]


def test_the_day_is_in_the_map_the_ladder_and_the_charts(page: Page) -> None:
    page.press("Home")
    assert page.text("#rung") == "Rung 0: calm"
    page.press("ArrowRight", shift=True)
    rung = page.evaluate("document.querySelector('#rungs [aria-current]').innerText.trim()[0]")
    assert page.text("#rung").startswith(f"Rung {rung}: ")
    assert page.evaluate("document.querySelectorAll('#map .spot').length") == 6
    assert page.evaluate("document.querySelectorAll('.chart').length") == 7


def test_a_place_tells_its_numbers(page: Page) -> None:
    page.click("#map .spot circle")
    assert "militants" in page.text("#sector")


def test_an_actor_tells_its_reasons(page: Page) -> None:
    page.press("ArrowRight")
    page.click(".actor[data-actor='0']")
    told = page.text("#reasons")
    assert "Westmark, Monday, 13 March 2000" in told
    assert "(Eastmark): raid (carried out after 2 days)" in told
    assert "Chance drew 0.71 on a scale from 0 to 1 and it fell on: raid (70%)." in told
    assert "what people demand +0.80, own cost -0.20" in told
    assert "Barred: open war (no troops)" in told
    facts = page.evaluate(
        "[...document.querySelectorAll('#reasons .claims td')].map(cell => cell.innerText)"
    )
    assert facts == ["0.90", "0.40"]
    page.click("#reasons button")
    assert page.evaluate(SLIDER) == RELEASE + 2
    page.click(".actor[data-actor='0']")
    assert page.text("#reasons") == ""


def test_who_decides_nothing_today_says_so(page: Page) -> None:
    page.click(".actor[data-actor='1']")
    assert "Before the release nobody decides here." in page.text("#reasons")
    page.press("ArrowRight")
    assert "nothing to decide" in page.text("#reasons")


def test_the_news_lead_to_the_decision_behind_them(
    new_page: NewPage, pages: dict[str, Path]
) -> None:
    page = new_page(1280, 800).go(pages["fr"].as_uri() + "#day=4")
    page.until("!!document.querySelector('.because')")
    assert page.text(".because") == "Pourquoi ? Décidé le samedi 28 février 2026"
    page.click(".because")
    assert page.text(DATE) == "samedi 28 février 2026"
    assert page.text("#reasons").startswith("Pakistan, samedi 28 février 2026")


def test_an_address_can_name_the_day(new_page: NewPage, pages: dict[str, Path]) -> None:
    page = new_page().go(pages["en"].as_uri() + "#day=5")
    assert page.text(DATE) == "Friday, 17 March 2000"
