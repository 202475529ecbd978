"""The page that holds the engine, in a browser: bits, levers, worlds, futures, faults, access."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from conftest import LONG_TESTS, OpenPage
from playwright.sync_api import Page, expect

import sim
from browser.checks import faults, unreached
from browser.chromium import DESK, PROJECTOR, TELEPHONE, View, complaints
from browser.sandboxes import PATIENCE, SANDBOX, SEED, page_file, ready, until
from sim.replication.fork import fork
from sim.scenario import load

pytestmark = [pytest.mark.browser, pytest.mark.compiled]
expect.set_options(timeout=1000 * PATIENCE)  # a busy machine computes slowly

TABLET = View(768, 1024, touch=True)
VIEWS = {"telephone": TELEPHONE, "tablet": TABLET, "desk": DESK, "projector": PROJECTOR}
LEVER = "states.westmark.resolve"
RUNS = 40


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    found = open_page(page_file(), fragment=SANDBOX)
    ready(found)
    return found


def move(page: Page, selector: str, value: float) -> None:
    """Put a slider somewhere, as a finger does."""
    page.locator(selector).evaluate(
        "(one, value) => { one.value = value; one.dispatchEvent(new Event('input')) }", value
    )


def text(page: Page, selector: str) -> str:
    return page.locator(selector).text_content() or ""


def native(runs: int, overrides: dict[str, object]) -> sim.Ensemble:
    scenario = load(sim.scenarios() / "two_states.yaml", overrides)
    return sim.run(scenario, runs=runs, seed=SEED, jobs=1)


def test_the_bits_are_those_of_the_command_line(open_page: OpenPage) -> None:
    page = open_page(page_file(), fragment=f"#self-test={RUNS}")
    until(page, "document.documentElement.dataset.selfTest !== undefined")
    assert page.evaluate("document.documentElement.dataset.selfTest") == native(RUNS, {}).bits


@pytest.mark.nightly
@pytest.mark.parametrize(
    "name",
    sorted(path.stem for path in sim.scenarios().glob("*.yaml") if path.stem != "two_states")
    if LONG_TESTS
    else ["af_pk_2026", "thailand_cambodia_2025", "three_states"],
)
def test_the_bits_of_every_bundled_scenario(open_page: OpenPage, name: str) -> None:
    page = open_page(page_file("en", name), fragment="#self-test=100")
    until(page, "document.documentElement.dataset.selfTest !== undefined")
    ours = sim.run(load(sim.scenarios() / f"{name}.yaml"), runs=100, seed=SEED, jobs=1)
    assert page.evaluate("document.documentElement.dataset.selfTest") == ours.bits


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_page_has_no_faults(open_page: OpenPage, view: View) -> None:
    language = "fr" if view is TELEPHONE else "en"
    page = open_page(page_file(language), view, fragment=SANDBOX)
    ready(page)
    assert faults(page) == []
    page.click("[data-preset='1']")
    until(page, "window.sandbox.n() >= 100")
    move(page, "#day", 120)
    page.click("#from-here")
    expect(page.locator("#fork-bars li").first).to_be_visible()
    page.fill("#search", "trust")
    assert faults(page) == []
    if view in (TELEPHONE, DESK):
        assert unreached(page) == []


def test_a_lever_runs_the_same_worlds_again(page: Page) -> None:
    page.locator(f"[id='lever-{LEVER}']").focus()
    for _ in range(60):
        page.keyboard.press("ArrowLeft")
    until(page, "window.sandbox.n() >= 400")
    until(page, "document.getElementById('command').textContent.includes('--set')")
    command = text(page, "#command")
    value = re.search(rf"{re.escape(LEVER)}=([\d.]+)", command)
    assert value
    with page.expect_download() as download:
        page.click("#csv")
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        theirs = [row for row in csv.DictReader(file) if row["levers"].startswith("With")][:20]
    ours = native(20, {LEVER: float(value[1])}).runs
    assert [row["outcome"] for row in theirs] == ours["outcome"].tolist()
    for name in ("replication", "deaths", "max_rung", "weariness_end_westmark"):
        assert [float(row[name]) for row in theirs] == ours[name].astype(float).tolist()


def test_undo_and_reset_go_back(page: Page) -> None:
    move(page, f"[id='lever-{LEVER}']", 10)
    until(page, "window.sandbox.n() >= 100")
    expect(page.locator("#now")).to_be_visible()
    page.click("#undo")
    expect(page.locator("#now")).to_be_hidden()
    page.click("[data-preset='0']")
    expect(page.locator("[data-preset='0']")).to_have_attribute("aria-pressed", "true")
    page.click("#reset")
    expect(page.locator("#now")).to_be_hidden()
    expect(page.locator("#reset")).to_be_disabled()


def test_any_number_becomes_a_lever(page: Page) -> None:
    page.fill("#search", "weariness westmark")
    page.locator("#found button").first.click()
    assert page.evaluate("document.activeElement.type") == "range"
    page.keyboard.press("ArrowRight")
    until(page, "window.sandbox.n() >= 100")


def test_time_plays_and_stops(open_page: OpenPage) -> None:
    page = open_page(page_file(), still=False, fragment=SANDBOX)
    ready(page)
    page.select_option("#speed", "40")
    page.click("#play")
    until(page, "Number(document.getElementById('day').value) > 5")
    page.click("#play")
    day = page.input_value("#day")
    page.wait_for_timeout(300)
    assert page.input_value("#day") == day


def test_a_world_is_watched_and_the_button_back_closes_it(page: Page) -> None:
    page.fill("#world", "3")
    move(page, "#day", 40)
    page.click("#watch")
    story = page.frame_locator("#story")
    expect(story.locator("#date")).not_to_be_empty()
    assert story.locator("#slider").input_value() == str(40 + 11)
    assert complaints(page) == []  # axe-core cannot look into a frame of a page from a disk
    page.go_back()
    expect(page.locator("#replay")).to_be_hidden()
    assert page.input_value("#world") == "3"
    page.click("#watch")
    expect(story.locator("#date")).not_to_be_empty()
    story.locator("#next").click()
    story.locator("#next").press("Escape")
    expect(page.locator("#replay")).to_be_hidden()


def test_a_hundred_futures_are_those_of_fork(page: Page) -> None:
    page.fill("#world", "3")
    move(page, "#day", 20)
    page.click("#from-here")
    expect(page.locator("#fork-bars li").first).to_be_visible()
    who = page.locator("#force-who option", has_text="westmark: ").first.get_attribute("value")
    page.select_option("#force-who", who)
    page.select_option("#force-what", "7")
    page.click("#run-futures")
    until(page, "document.getElementById('fork-command').textContent.includes('--force')")
    command = text(page, "#fork-command")
    assert "--replication 3 --day 20 --runs 100 --force westmark=open_war" in command
    until(page, "document.getElementById('fork-changes').textContent.includes('100')")
    scenario = load(sim.scenarios() / "two_states.yaml")
    ours = fork(scenario, SEED, 3, 20, runs=100, forced=["westmark=open_war"]).runs["outcome"]
    shares = {
        row.locator("bdi").text_content(): row.locator("strong").text_content()
        for row in page.locator("#fork-bars li").all()
    }
    for name in scenario.outcomes:
        share = (ours == name).mean()
        shown = shares[sim.words.words().term("vocabulary.outcomes", name)]
        assert shown == f"{share:.0%}"


def test_a_link_restores_what_was_seen(open_page: OpenPage, page: Page) -> None:
    move(page, f"[id='lever-{LEVER}']", 20)
    page.fill("#world", "42")
    move(page, "#day", 77)
    until(page, "location.hash.includes('day=77') && location.hash.includes('set=')")
    link = page.input_value("#link")
    other = open_page(page_file(), fragment="#" + link.split("#")[1])
    ready(other)
    until(other, "window.sandbox.n() >= 100")
    assert (other.input_value("#world"), other.input_value("#day")) == ("42", "77")
    assert text(other, "#command").split("--runs")[0] == text(page, "#command").split("--runs")[0]
    expect(other.locator("#fault")).to_be_hidden()


@pytest.mark.parametrize(
    "fragment",
    [
        "#of=two_states.000000000000.7&world=5",
        "#world=999&day=-3&set=states.westmark.resolve:9e9",
        "#<img src=x onerror=alert(1)>",
        "#of=%00&set=,,,:::",
        "#" + "a" * 9000,
    ],
)
def test_an_edited_link_is_one_sentence_and_loses_nothing(
    open_page: OpenPage, fragment: str
) -> None:
    page = open_page(page_file(), fragment=fragment)
    ready(page)
    expect(page.locator("#fault")).to_be_visible()
    assert text(page, "#fault").count(".") <= 2
    expect(page.locator("#now")).to_be_hidden()


def test_a_changed_file_is_noticed(open_page: OpenPage, tmp_path: Path) -> None:
    content = page_file().read_text(encoding="utf-8")
    cargo = json.loads(re.search(r'id="cargo">(.*?)</script>', content)[1])  # type: ignore[index]
    code = cargo["engine"]["text"]
    changed = tmp_path / "changed.html"
    changed.write_text(content.replace(code, f"A{code[1:]}"), encoding="utf-8")
    page = open_page(changed)
    expect(page.locator("#fault")).to_contain_text("changed or cut short")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("delete window.WebAssembly", "cannot run compiled code"),
        ("delete window.DecompressionStream", "too old"),
        ("window.Worker = class { constructor() { throw new Error('no') } }", "no workers"),
    ],
)
def test_a_browser_that_lacks_something_is_told(
    open_page: OpenPage, new_page: object, script: str, words: str
) -> None:
    page = new_page(DESK)  # type: ignore[operator]
    page.add_init_script(script)
    page.goto(page_file().as_uri())
    expect(page.locator("#fault")).to_contain_text(words)
    if "workers" in words:
        ready(page)
    assert complaints(page) == []


def test_a_hundred_moves_a_second_end_where_the_last_one_was(page: Page) -> None:
    page.evaluate(
        f"""(async () => {{
          const input = document.getElementById('lever-{LEVER}');
          for (let k = 0; k < 300; k++) {{
            input.value = (k * 37) % 100;
            input.dispatchEvent(new Event('input'));
            if (k % 10 === 0) await new Promise((done) => setTimeout(done, 10));
          }}
          input.value = 40;
          input.dispatchEvent(new Event('input'));
        }})()"""
    )
    until(page, "window.sandbox.n() >= 400")
    until(page, f"document.getElementById('command').textContent.includes('{LEVER}=0.4 ')")
    for button in ("#play", "#from-here", "#undo", "#play", "#reset"):
        for _ in range(5):
            page.click(button, force=True)
    expect(page.locator("#fault")).to_be_hidden()


@pytest.mark.nightly
def test_memory_does_not_grow_with_the_moves_of_a_lever(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")

    def held() -> float:
        """Bytes that the page holds, its tables among them."""
        session.send("HeapProfiler.collectGarbage")
        found = session.send("Runtime.getHeapUsage")
        return float(found["usedSize"] + found["backingStorageSize"])

    moves = f"""(async () => {{
      const input = document.getElementById('lever-{LEVER}');
      for (let k = 0; k < 250; k++) {{
        input.value = (k * 37) % 100;
        input.dispatchEvent(new Event('input'));
        await new Promise((done) => setTimeout(done, 15));
      }}
    }})()"""
    page.evaluate(moves)
    until(page, "window.sandbox.n() >= 1600")
    before = held()
    page.evaluate(moves)
    until(page, "window.sandbox.n() >= 1600")
    assert held() < 1.5 * before


def test_large_letters_and_paper(open_page: OpenPage) -> None:
    page = open_page(page_file(), View(640, 400), fragment=SANDBOX)  # 1280 by 800 at 200 %
    ready(page)
    assert faults(page) == []
    page.emulate_media(media="print")
    expect(page.locator("#bar")).to_be_hidden()
    expect(page.locator("#base .ladder")).to_be_visible()
