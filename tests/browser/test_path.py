"""The steps of a lesson on the page: one walk a language, by keyboard alone, and what is hidden."""

from __future__ import annotations

import json

import pytest
from conftest import OpenPage
from playwright.sync_api import Page, expect

import sim
from browser.checks import faults, unreached
from browser.chromium import DESK, PROJECTOR, TELEPHONE, View, complaints
from browser.sandboxes import PATIENCE, SEED, page_file, ready, until
from sim.scenario import load
from sim.words import words

pytestmark = [pytest.mark.browser, pytest.mark.compiled]
expect.set_options(timeout=1000 * PATIENCE)

#: Two sizes a language: the longer words get the telephone.
SIZES = {"en": (View(768, 1024), DESK), "fr": (TELEPHONE, PROJECTOR)}
CLOSED = ("worlds", "levers", "debrief", "sandbox")
#: What says how it ends: marks, counts, bars, tables, sentences.
ANSWERS = (
    *("#sealed", "#score-ten", "#score-hundred", "#ladders .dot", "#ends li", "#bars li"),
    *("#world-said", "#changes", "#base-said", "#bet-table", "#keep", "#fork-bars li", "#trials"),
)


def seen(page: Page) -> list[str]:
    """Which of the answers can be seen, or be heard by who cannot see."""
    return [
        name
        for name in ANSWERS
        for one in page.locator(name).all()
        if one.is_visible() and (one.text_content() or one.get_attribute("d"))
    ]


def step(page: Page) -> str:
    return str(page.evaluate("document.body.dataset.step"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.tagName"))


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Come to a control and press a key, without a mouse."""
    page.locator(selector).focus()
    page.keyboard.press(key)


def well(page: Page, language: str) -> None:
    """No fault at any of the sizes."""
    for view in SIZES[language]:
        page.set_viewport_size({"width": view.width, "height": view.height})
        assert faults(page) == [], f"{step(page)} at {view.width} px"


def bet(page: Page) -> None:
    """Put all on the fifth end but one token, and lock it."""
    for _ in range(19):
        press(page, "#bet-4", "ArrowRight")
    press(page, "#bet-spread")
    expect(page.locator("#bet-lock")).to_be_enabled()
    press(page, "#bet-lock")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_path_by_keyboard(open_page: OpenPage, language: str) -> None:
    page = open_page(page_file(language))
    say = words(language).text
    ready(page)
    assert step(page) == "story"
    assert seen(page) == []
    steps = page.locator("#steps [data-step]").count() - 1  # the sandbox is no step
    current = page.locator("#steps [aria-current=step]")
    expect(current).to_have_text("1" + say("path.steps.story"))
    assert len(page.locator("#ground circle").all()) == 6
    well(page, language)

    press(page, "#onward")
    assert (step(page), focused(page)) == ("bet", "step-bet-h")
    expect(page.locator("#step-said")).to_have_text(
        say("path.step_of", n=2, all=steps, name=say("path.steps.bet"))
    )
    press(page, "#bet-0", "ArrowRight")
    press(page, "#bet-undo")
    assert page.input_value("#bet-0") == "0"
    well(page, language)
    assert unreached(page) == []
    bet(page)
    assert focused(page) == "bet-locked-h"
    code = page.locator("#bet-code").text_content() or ""
    well(page, language)

    press(page, "#onward")
    assert (step(page), focused(page)) == ("worlds", "step-worlds-h")
    assert page.locator("#sealed .shut").count() == 10
    press(page, "#sealed-next")
    ends = sim.run(load(sim.scenarios() / "two_states.yaml"), runs=100, seed=SEED, jobs=1).runs[
        "outcome"
    ]
    name = words(language).term("vocabulary.outcomes", str(ends[0]))
    expect(page.locator("#sealed-said")).to_contain_text(name)
    expect(page.locator("#sealed li").first).to_contain_text(name)
    assert page.locator("#sealed .shut").count() == 9
    press(page, "#class summary")
    page.fill("#codes", f"{code}\n{code.lower()} 000-000")
    expect(page.locator("#codes-said")).to_contain_text("000-000")
    expect(page.locator("#class-said")).to_contain_text("2")
    press(page, "[data-watch='0']")
    expect(page.frame_locator("#story").locator("#date")).not_to_be_empty()
    page.go_back()
    expect(page.locator("#replay")).to_be_hidden()
    press(page, "#sealed-rest")
    expect(page.locator("#worlds")).to_be_hidden()
    press(page, "#hundred")
    expect(page.locator("#score-hundred")).to_contain_text("100")
    assert page.locator("#ends b").nth(4).text_content() == str(
        int((ends == list(load(sim.scenarios() / "two_states.yaml").outcomes)[4]).sum())
    )
    well(page, language)

    press(page, "#onward")
    press(page, "#trials button >> nth=0")
    expect(page.locator("#trial-0-answer")).to_have_text(say("path.levers.first_guess"))
    press(page, "[name=trial-0-0] >> nth=0", "Space")
    press(page, "[name=trial-0-1] >> nth=0", "Space")
    press(page, "#trials button >> nth=0")
    expect(page.locator("#trial-0-answer strong")).to_have_count(2)
    expect(page.locator("#now")).to_be_visible()
    well(page, language)

    while step(page) != "debrief":
        press(page, "#onward")
    assert focused(page) == "step-debrief-h"
    expect(page.locator("#bet-table tbody tr")).to_have_count(8)
    expect(page.locator("#tried li")).to_have_count(1)
    well(page, language)
    page.reload()
    ready(page, 400)
    assert step(page) == "debrief"  # nothing is lost
    expect(page.locator("#tried li")).to_have_count(1)
    press(page, "#onward")
    expect(page.locator("#bars li").first).to_be_visible()
    page.go_back()
    until(page, "document.body.dataset.step === 'debrief'")
    assert focused(page) == "step-debrief-h"
    page.emulate_media(media="print")
    expect(page.locator("#steps")).to_be_hidden()
    expect(page.locator("#bet-table")).to_be_visible()
    assert complaints(page) == []


def test_nothing_of_the_answer_is_in_sight_before_the_bet(open_page: OpenPage) -> None:
    page = open_page(page_file())
    ready(page)
    for name in CLOSED:
        page.click(f"#steps [data-step={name}]")
        assert (step(page), seen(page)) == ("bet", [])
        expect(page.locator("#step-said")).to_be_visible()
        page.evaluate(f"location.hash = '#step={name}'")
        page.wait_for_timeout(50)
        assert (step(page), seen(page)) == ("bet", [])
    tree = page.locator("body").aria_snapshot()
    assert words().term("vocabulary.rungs", "6") not in tree
    page.emulate_media(media="print")
    assert seen(page) == []
    page.emulate_media(media="screen")
    bet(page)
    page.click("#bet-again")  # before anything was seen, it is out of sight again
    assert seen(page) == []
    page.click("#steps [data-step=sandbox]")
    assert step(page) == "bet"
    page.click("#bet-lock")
    page.click("#onward")  # ten sealed worlds: nothing is open yet, so the bet may change
    page.click("#back")
    page.click("#bet-again")
    page.click("#bet-lock")
    expect(page.locator("#bet-late")).to_be_hidden()
    page.click("#steps [data-step=sandbox]")
    assert step(page) == "sandbox"
    assert "#bars li" in seen(page)
    page.click("#steps [data-step=bet]")
    page.click("#bet-again")
    page.click("#bet-lock")
    expect(page.locator("#bet-late")).to_be_visible()


def test_a_teacher_hides_a_step_and_projects(open_page: OpenPage) -> None:
    page = open_page(page_file(), PROJECTOR)
    ready(page)
    page.click("#teacher summary")
    page.uncheck("[data-hides=bet]")
    page.check("#large")
    until(page, "location.hash.includes('hide=bet') && location.hash.includes('project=1')")
    page.click("#steps [data-step=worlds]")
    assert step(page) == "worlds"
    page.click("#class summary")
    page.fill("#hands-4", "12")
    expect(page.locator("#class-said")).to_contain_text("12")
    page.click("#sealed-rest")
    expect(page.locator("#score-ten")).to_contain_text(words().text("path.worlds.class"))
    assert faults(page) == []
    link = page.evaluate("location.hash")
    other = open_page(page_file(), fragment=link)
    ready(other)
    assert (step(other), other.locator("#steps [data-step=bet]").count()) == ("worlds", 0)
    expect(other.locator("#large")).to_be_checked()
    page.click("#anew")
    until(page, "window.sandbox !== undefined && window.sandbox.nBase() >= 100")
    expect(page.locator("#sealed .shut")).to_have_count(10)


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        json.dumps({"tokens": [9] * 8, "state": "locked", "opened": 10, "hundred": True}),
        json.dumps({"state": "open", "opened": 10, "hundred": True, "guesses": "<img src=x>"}),
    ],
)
def test_an_edited_notebook_opens_nothing(
    open_page: OpenPage, new_page: object, stored: str
) -> None:
    page = new_page(DESK)  # type: ignore[operator]
    file = page_file()
    page.add_init_script(
        "Storage.prototype.getItem = () => " + json.dumps(stored)
        if stored != "{"
        else "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page.goto(file.as_uri() + "#step=debrief")
    ready(page)
    assert (step(page), seen(page)) == ("bet", [])
    for _ in range(3):
        bet_button = page.locator("#bet-rows button").last
        bet_button.click()
    page.click("#bet-spread")
    page.click("#bet-lock")
    page.click("#onward")
    assert step(page) == "worlds"
    assert complaints(page) == []
