"""The replay in a browser: it plays, steps, shows and explains, on a telephone and a projector."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from classroom.decisions import decision
from classroom.pages import REPLICATION, SEED, replay
from conftest import OpenPage
from playwright.sync_api import Page, expect

import sim
from browser.checks import faults, overflow, pale_drawings, swipe, unreached
from browser.chromium import DESK, PROJECTOR, TELEPHONE, View
from sim.replication.ledger import decisions as decisions_of
from sim.words import words

pytestmark = pytest.mark.browser

VIEWS = {"telephone": TELEPHONE, "projector": PROJECTOR}
RELEASE = 11  # index of the release of two_states in its days


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    mirrored = replace(words(), language="ar", direction="rtl")
    decisions = [
        decision(actor="states.westmark", about="states.eastmark", day=day) for day in (1, 2, 5)
    ]
    made = decisions_of(sim.load(sim.scenarios() / "af_pk_2026.yaml"), SEED, REPLICATION)
    files = {
        "en": replay(folder, "two_states", None, decisions),
        "fr": replay(folder, "af_pk_2026", words("fr"), made),
        "rtl": replay(folder, "two_states", mirrored),
    }
    return files


@pytest.fixture
def page(open_page: OpenPage, pages: dict[str, Path]) -> Page:
    return open_page(pages["en"], DESK)


def day(page: Page) -> int:
    """Index of the day that is shown."""
    return int(page.locator("#slider").input_value())


def last_day(page: Page) -> int:
    return int(page.locator("#slider").get_attribute("max") or "0")


def expect_day(page: Page, wanted: int) -> None:
    expect(page.locator("#slider")).to_have_value(str(wanted))


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("language", ["en", "fr", "rtl"])
def test_a_replay_has_no_faults(
    open_page: OpenPage, pages: dict[str, Path], language: str, view: View
) -> None:
    page = open_page(pages[language], view)
    page.locator(".actor").first.click()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        assert pale_drawings(page) + overflow(page) == []
    assert faults(page) + unreached(page) == []


def test_it_opens_on_the_last_day_before_the_release(page: Page) -> None:
    assert day(page) == RELEASE
    expect(page.locator("#date")).to_have_text("Sunday, 12 March 2000")
    expect(page.locator("header")).to_contain_text("Illustrative model, not a forecast.")
    command = "run_sim.py replay two_states --replication 3 --seed 7"
    expect(page.locator("pre")).to_contain_text(command)


def test_keys_step_a_day_and_jump_to_the_ends_and_to_news(page: Page) -> None:
    for key, wanted in [
        ("ArrowRight", RELEASE + 1),
        ("ArrowLeft", RELEASE),
        ("End", last_day(page)),
        ("ArrowRight", last_day(page)),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        assert day(page) == wanted
    page.keyboard.press("Shift+ArrowRight")
    assert page.locator("#items .item").count() > 0
    assert day(page) > 0


def test_the_slider_moves_the_day_by_key_and_by_pointer(page: Page) -> None:
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    assert day(page) == RELEASE + 1
    expect(page.locator("#date")).to_have_text("Monday, 13 March 2000")
    page.click("#slider")
    assert abs(day(page) - last_day(page) / 2) <= 1


def test_it_plays_pauses_and_ends_at_the_last_day(page: Page) -> None:
    page.evaluate("document.getElementById('speed').value = 8")
    page.keyboard.press(" ")
    expect(page.locator("#slider")).to_have_value(re.compile(r"1[3-9]|[2-9]\d"))  # two days on
    expect(page.locator("#play")).to_have_text("Pause")
    page.keyboard.press(" ")
    paused = day(page)
    page.wait_for_timeout(300)
    assert day(page) == paused
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.click("#play")
    expect(page.locator("#play")).to_have_text("Play")
    assert day(page) == last_day(page)


def test_a_swipe_moves_the_day_on_and_back(open_page: OpenPage, pages: dict[str, Path]) -> None:
    page = open_page(pages["en"], TELEPHONE)
    swipe(page, "#map", -120)
    expect_day(page, RELEASE + 1)
    swipe(page, "#map", 120)
    expect_day(page, RELEASE)


def test_right_to_left_the_day_moves_on_to_the_left(
    open_page: OpenPage, pages: dict[str, Path]
) -> None:
    page = open_page(pages["rtl"])
    page.keyboard.press("ArrowLeft")
    assert day(page) == RELEASE + 1
    page.focus("#slider")
    page.keyboard.press("ArrowLeft")
    assert day(page) == RELEASE + 2
    news, place = (page.locator(name).bounding_box() for name in ("#news", "#place"))
    assert news
    assert place
    assert news["x"] < place["x"]


def test_the_claims_of_both_sides_stand_beside_the_truth(
    open_page: OpenPage, pages: dict[str, Path]
) -> None:
    page = open_page(pages["fr"], fragment="#day=-139")  # 11 October 2025: both sides make claims
    rows = page.locator(".claims tbody tr").all()
    assert [row.locator("th, td").all_inner_texts() for row in rows] == [
        ["soldats (Pakistan), selon Afghanistan", "58", "23", "23"],
        ["soldats (Afghanistan), selon Pakistan", "200", "9", "9"],
    ]


def test_the_day_is_in_the_map_the_ladder_and_the_charts(page: Page) -> None:
    page.keyboard.press("Home")
    expect(page.locator("#rung")).to_have_text("Rung 0: calm")
    page.keyboard.press("Shift+ArrowRight")
    rung = page.locator("#rungs [aria-current]").inner_text().strip()[0]
    expect(page.locator("#rung")).to_contain_text(f"Rung {rung}: ")
    expect(page.locator("#map .spot")).to_have_count(6)
    expect(page.locator(".chart")).to_have_count(7)


def test_a_click_on_a_place_shows_its_numbers(page: Page) -> None:
    page.locator("#map .spot").first.click()
    expect(page.locator("#sector")).to_contain_text("militants")


def test_a_click_on_an_actor_shows_its_reasons(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.click(".actor[data-actor='1']")
    reasons = page.locator("#reasons")
    for sentence in (
        "Westmark, Monday, 13 March 2000",
        "(Eastmark): raid (carried out after 2 days)",
        "Chance drew 0.71 on a scale from 0 to 1 and it fell on: raid (70%).",
        "what people demand +0.80, own cost -0.20",
        "Barred: open war (the two share no border)",
    ):
        expect(reasons).to_contain_text(sentence)
    assert reasons.locator(".claims td").all_inner_texts() == ["90%", "40%"]
    reasons.locator("button").first.click()
    assert day(page) == RELEASE + 2
    page.click(".actor[data-actor='1']")
    expect(reasons).to_be_empty()


def test_an_actor_without_a_decision_today_shows_so(page: Page) -> None:
    page.click(".actor[data-actor='0']")
    reasons = page.locator("#reasons")
    expect(reasons).to_contain_text("Before the release nobody decides here.")
    page.keyboard.press("ArrowRight")
    expect(reasons).to_contain_text("nothing to decide")


def test_the_news_lead_to_the_decision_behind_them(
    open_page: OpenPage, pages: dict[str, Path]
) -> None:
    page = open_page(pages["fr"], fragment="#day=1")
    decided = page.locator(".because", has_text="Décidé le").first
    for day in range(1, 181):
        page.evaluate(f"location.hash = '#day={day}'")
        expect(page.locator("#date")).to_contain_text("2026")
        if decided.count():
            break
    date = decided.inner_text().removeprefix("Pourquoi ? Décidé le ")
    assert re.fullmatch(r"\w+ \d+ \w+ 2026", date)
    assert date not in page.locator("#date").inner_text()
    decided.click()
    expect(page.locator("#date")).to_have_text(date)
    expect(page.locator("#reasons")).to_contain_text(date)


def test_an_address_can_name_the_day(open_page: OpenPage, pages: dict[str, Path]) -> None:
    page = open_page(pages["en"], fragment="#day=5")
    expect(page.locator("#date")).to_have_text("Friday, 17 March 2000")
    page.evaluate("location.hash = '#day=6'")
    expect(page.locator("#date")).to_have_text("Saturday, 18 March 2000")
