"""The tournament of a page, in a browser: bits, keys, fingers, a typical world, access."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from conftest import OpenPage
from playwright.sync_api import Page, expect

import sim
from browser.checks import faults, unreached
from browser.chromium import DESK, TELEPHONE
from browser.sandboxes import PATIENCE, SANDBOX, SEED, page_file, ready, until
from sim.scenario import load
from sim.studies.tournament.strategies import doctrine

pytestmark = [pytest.mark.browser, pytest.mark.compiled]
expect.set_options(timeout=1000 * PATIENCE)  # a busy machine computes slowly
FULL = "!document.getElementById('doctrine-csv').disabled"
FIRST, SECOND = "staircase", "scales"


def filled(page: Page) -> None:
    """Look at the map until it is full."""
    ready(page)
    page.locator("#doctrine-map").scroll_into_view_if_needed()
    until(page, FULL)


def text(page: Page, selector: str) -> str:
    return page.locator(selector).text_content() or ""


def test_a_tournament_in_the_page(open_page: OpenPage) -> None:
    """One walk: the map fills, its numbers are the command's, keys move, a world is watched."""
    page = open_page(page_file(), DESK, fragment=SANDBOX)
    filled(page)
    assert page.locator("[data-cell]").count() == 49
    assert faults(page) == []
    with page.expect_download() as download:
        page.click("#doctrine-csv")
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        theirs = [row for row in csv.DictReader(file) if row["pair"] == f"{FIRST} {SECOND}"]
    settings = doctrine(FIRST).of("eastmark") | doctrine(SECOND).of("westmark")
    scenario = load(sim.scenarios() / "two_states.yaml", settings)
    ours = sim.run(scenario, runs=100, seed=SEED, jobs=1).runs
    assert [row["outcome"] for row in theirs] == ours["outcome"].tolist()
    for measure in scenario.measures:
        values = [float(row[measure.name] or "nan") for row in theirs]
        same = ours[measure.name].astype(float).to_numpy()
        assert np.array_equal(np.array(values), same, equal_nan=True), measure.name
    # by keys: from the first cell to that of the pair, whose number is the mean of the command
    page.locator("[data-cell='0,0']").focus()
    for key in ("ArrowDown", "ArrowDown", *["ArrowRight"] * 4, "Enter"):
        page.keyboard.press(key)
    cell = page.locator("[data-cell='2,4']")
    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-pressed", "true")
    mean = words_number(ours["interstate_deaths"].mean())
    assert cell.text_content() == mean
    assert f"“interstate dead”: {mean}" in text(page, "#doctrine-cell")
    world = re.search(r"World (\d+) ends so", text(page, "#doctrine-cell"))
    assert world
    counts = ours["outcome"].value_counts()
    assert counts[ours["outcome"][int(world[1])]] == counts.max()
    page.keyboard.press("Enter")
    expect(page.locator("#replay")).to_be_visible()
    expect(page.locator("#replay-h")).to_contain_text(f"World {world[1]}. Eastmark: Staircase.")
    expect(page.locator("#replay-here")).to_be_hidden()
    command = page.frame_locator("#story").locator("body")
    expect(command).to_contain_text("states.eastmark.policy=proportional")
    page.click("#close")
    assert "--between eastmark --and westmark" in text(page, "#doctrine-command")


def words_number(value: float) -> str:
    from sim.words import words

    return words("en").number(value)


def test_on_a_telephone_in_french_by_touch(open_page: OpenPage) -> None:
    page = open_page(page_file("fr"), TELEPHONE, fragment=SANDBOX)
    filled(page)
    page.locator("[data-cell='3,3']").tap()
    expect(page.locator("#doctrine-cell")).to_contain_text("Eastmark : Fil tendu.")
    page.select_option("#doctrine-measure", index=7)
    expect(page.locator("#doctrine-command")).to_contain_text("--measure '")
    page.locator("#doctrines summary").click()
    expect(page.locator("#doctrine-numbers tbody tr")).to_have_count(7)
    assert "%" in text(page, "[data-cell='3,3']")
    assert faults(page) == []
    assert unreached(page) == []


def test_nothing_is_computed_before_the_bet(open_page: OpenPage) -> None:
    page = open_page(page_file(), DESK)
    ready(page)
    assert text(page, "[data-cell='0,0']") == ""
