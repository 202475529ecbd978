"""Playing a side in the page: the terminal's bytes and words, hot seat, hostile pupils, access."""

from __future__ import annotations

import json
import random

import pytest
from conftest import OpenPage
from playwright.sync_api import Page

import sim
from browser.checks import faults
from browser.chromium import DESK, TELEPHONE, complaints
from browser.sandboxes import SEED, page_file, ready, until
from sim.engine.replication import run_chunk
from sim.ensemble.progress import Progress
from sim.narration.explain import Explainer
from sim.narration.play import Teller
from sim.narration.turning_points import GAME_RUNS, turning
from sim.narration.turning_words import TurningStory
from sim.replication.game_code import code_of, game_of, read_code
from sim.replication.play import Game, Position, run_digest
from sim.scenario import load
from sim.words import words

pytestmark = [pytest.mark.browser, pytest.mark.compiled]

STEP = "#step=play&hide=bet"
STOPPED = "!document.getElementById('game-stop').hidden"
ENDED = "!document.getElementById('game-end').hidden"
TURNED = "!document.getElementById('game-turn').hidden"


def text(page: Page, selector: str) -> str:
    return page.locator(selector).text_content() or ""


def begin(page: Page, *roles: str) -> None:
    for role in roles:
        page.check(f"#game-list input[value={role}]")
    page.click("#game-start")
    until(page, f"{STOPPED} || {TURNED}")


def decide(page: Page, choice: int) -> None:
    """Choose an option by its number and wait for what comes."""
    before = json.dumps(text(page, "#game-stop-h"))
    page.check(f"#game-choices input[value='{choice}']")
    page.click("#game-ask button[type=submit]")
    until(page, f"document.getElementById('game-stop-h').textContent !== {before} || {ENDED}")


def test_the_page_plays_the_game_of_the_terminal(open_page: OpenPage) -> None:
    page = open_page(page_file(), DESK, fragment=STEP)
    ready(page)
    assert faults(page) == []
    begin(page, "westmark")
    stream, choices, asked = random.Random(3), list[int](), False
    scenario = load(sim.scenarios() / "two_states.yaml")
    while not page.evaluate(ENDED):
        if len(choices) == 1 and not asked:
            asked = True
            page.click("#game-own")
            until(page, "document.querySelectorAll('#game-answers p').length === 2")
            page.check("#game-choices input[value='1']")
            page.click("#game-worlds")
            until(page, "document.getElementById('game-answers').textContent.includes('“')")
            assert faults(page) == []
            page.click("#game-undo")
            until(page, "document.getElementById('game-stop-h').textContent.includes('1:')")
            choices.pop()
        choices.append(stream.randrange(page.locator("#game-choices input").count()))
        seen = page.evaluate("document.getElementById('game-brief').innerText")
        assert "in the model" not in seen
        decide(page, choices[-1])
    code = text(page, "#game-code")
    game, made = game_of(read_code(code), scenario)
    assert (list(made), code_of(game, made)) == (choices, code)
    position = game.position(made)
    assert text(page, "#game-digest") == run_digest(game.template, position.run)
    others = run_chunk(game.template, SEED, 0, 100)
    ours = {line.strip() for line in Teller(game, words()).end(position, others)}
    shown = page.evaluate("[...document.querySelectorAll('#game-told li')].map(o => o.textContent)")
    assert [line for line in shown if line not in ours] == []
    assert faults(page) == []
    _find_turning_points(page, game, position)


def _find_turning_points(page: Page, game: Game, position: Position) -> None:
    """They are those of `replay CODE`, to the last digit; what is stopped tells nothing."""
    page.click("#game-turning-find")
    until(page, "document.getElementById('game-turning-progress').textContent.includes('120')")
    page.click("#game-turning-stop")
    assert text(page, "#game-turning-said") == ""
    assert page.is_visible("#game-turning-find")
    page.click("#game-turning-find")
    until(page, "document.getElementById('game-turning-said').children.length > 0", 240)
    found = turning(game.as_fork(position), GAME_RUNS, None, Progress())
    story = TurningStory(game.as_fork(position), found, Explainer(game.scenario, words()))
    shown = page.evaluate(
        "[...document.getElementById('game-turning-said').children].map(o => o.textContent)"
    )
    assert shown == [*story.summary(), *story.precision()]
    assert faults(page) == []


def test_the_page_tells_a_stop_as_the_terminal_does(open_page: OpenPage) -> None:
    scenario = load(sim.scenarios() / "two_states.yaml")
    game = Game(scenario, SEED, 0, ["westmark"])
    position = game.position((4, 2))
    code = code_of(game, position.choices)
    page = open_page(page_file(), TELEPHONE, fragment=f"#step=play&hide=bet&game={code}")
    ready(page)
    until(page, STOPPED)
    teller = Teller(game, words())
    ours = {
        line.strip()
        for lines in (teller.since(position), teller.orders(position), teller.beliefs(position))
        for line in lines
    }
    shown = page.evaluate(
        "[...document.querySelectorAll('#game-brief li')].map(o => o.textContent)"
    )
    assert [line for line in shown if line not in ours] == []
    assert len(shown) == len([line for line in ours if not line.endswith(":")])
    assert faults(page) == []
    # the game is kept on the device; what somebody has written there is checked like any code
    kept = page.evaluate("Object.entries(localStorage).find(([key]) => key.includes('-game-'))")
    assert kept[1] == code
    page.evaluate("key => localStorage.setItem(key, '<img src=x onerror=alert(1)>')", kept[0])
    page.reload()
    ready(page)
    page.click("#game-resume")
    until(page, "document.getElementById('game-said').textContent.includes('could not be read')")
    assert page.evaluate("key => localStorage.getItem(key)", kept[0]) is None
    assert complaints(page) == []


def test_hot_seat_bad_codes_many_clicks_and_a_class(open_page: OpenPage) -> None:
    page = open_page(page_file("fr"), TELEPHONE, fragment=STEP)
    ready(page)
    assert page.locator("#game-list input[value=hill_front]").count() == 0
    begin(page, "westmark", "eastmark")
    assert page.evaluate(TURNED)
    # nothing of a side is in the page before its player is there
    assert text(page, "#game-brief") + text(page, "#game-choices") + text(page, "#game-why") == ""
    page.click("#game-ready")
    until(page, STOPPED)
    assert page.locator("#game-undo").is_hidden()
    assert page.locator("#game-class").is_hidden()
    page.check("#game-choices input[value='1']")
    # a hundred clicks at once are one
    page.evaluate(
        "for (let k = 0; k < 100; k++)"
        " document.querySelector('#game-ask button[type=submit]').click()"
    )
    until(page, TURNED)
    assert text(page, "#game-brief") + text(page, "#game-choices") == ""
    page.click("#game-ready")
    until(page, STOPPED)
    assert "Arrêt 2" in text(page, "#game-stop-h")
    page.click("#game-quit")
    until(page, ENDED)
    good = text(page, "#game-code")
    page.click("#game-again")
    for bad in ("", "nonsense!", good[:-1] + ("0" if good[-1] != "0" else "1"), "0" * 190):
        page.fill("#game-in", bad)
        page.click("#game-open button")
        until(page, "document.getElementById('game-said').textContent.length > 10")
    page.evaluate("document.getElementById('game-class').open = true")
    scenario = load(sim.scenarios() / "two_states.yaml")
    game = Game(scenario, SEED, 1, ["eastmark"])
    full = code_of(game, (0,) * len(game.position().stops))
    page.fill("#game-codes", f"{good}\n{full}\n{full}\n<b>bad</b>\n")
    page.click("#game-add")
    until(page, "document.querySelectorAll('#game-table tbody tr').length === 2")
    assert page.locator("#game-picture path").count() == 2
    assert page.locator("#game-bad li").count() == 1
    assert faults(page) == []
