"""The checks of pages find what is wrong, and nothing in a page without faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import OpenPage
from playwright.sync_api import Page, expect

from browser.checks import barriers, faults, overflow, pale_drawings, swipe, unreached
from browser.chromium import TELEPHONE, complaints

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]
HEAD = """<!doctype html><html lang=en><meta charset=utf-8>
<meta name=viewport content='width=device-width'><link rel=icon href=data:,><title>t</title>"""
GOOD = """<main><h1>Page</h1><button id=a>one</button>
<label>how many <input id=b type=range></label>
<svg width=50 height=20 role=img aria-label=picture>
<rect id=r width=50 height=20 fill=black /><text y=15 fill=white data-on="#r">pale</text></svg>
<div tabindex=0 style="overflow:auto"><div style="width:3000px">wide</div></div></main>"""


def write_page(body: str, folder: Path) -> Path:
    file = folder / "page.html"
    file.write_text(HEAD + body, encoding="utf-8")
    return file


def test_a_page_without_faults_has_none(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(write_page(GOOD, tmp_path), TELEPHONE)
    assert faults(page) + unreached(page) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>nothing.there</script>", "exception: nothing is not defined"),
        ("<img alt=x src=https://example.org/x.png>", "request: https://example.org/x.png"),
        ("<img alt=x src=beside.png>", "beside.png"),
        ("<script>fetch('http://192.0.2.1/').catch(() => 0)</script>", "http://192.0.2.1/"),
    ],
)
def test_errors_and_requests_are_complaints(
    new_page: NewPage, tmp_path: Path, body: str, words: str
) -> None:
    page = new_page()
    page.goto(write_page(body, tmp_path).as_uri())
    assert any(words in complaint for complaint in complaints(page))


def test_no_request_leaves_the_machine(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page()
    page.goto(write_page("", tmp_path).as_uri())
    answer = page.evaluate("fetch('http://192.0.2.1/').then(() => 'an answer', () => 'blocked')")
    assert answer == "blocked"


def test_an_element_wider_than_the_view_is_found(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(write_page("<p style='width:400px'>wide</p>", tmp_path), TELEPHONE)
    assert any("p[0]" in fault for fault in overflow(page))


@pytest.mark.parametrize(
    ("body", "pale"),
    [
        ("<p style='color:#888'>text</p>", True),
        ("<p style='color:#888;font-size:24px'>text</p>", False),
        ("<div style='background:#000'><p style='color:#888'>text</p></div>", False),
        ("<div style='background:#eee'><p style='color:#00000080'>text</p></div>", True),
    ],
)
def test_the_contrast_of_text_is_that_of_wcag(
    open_page: OpenPage, tmp_path: Path, body: str, pale: bool
) -> None:
    page = open_page(write_page(f"<main><h1>t</h1>{body}</main>", tmp_path))
    assert [fault.split(":")[0] for fault in barriers(page)] == ["color-contrast"] * pale


@pytest.mark.parametrize(
    ("drawing", "pale"),
    [
        ("<text y=15 fill=#888>x</text>", True),
        ("<text y=15 fill=#888 font-size=24>x</text>", False),
        ("<rect id=r fill=white /><text y=15 fill=white data-on='#r'>x</text>", True),
        ("<rect id=r fill=black /><text y=15 fill=white data-on='#r'>x</text>", False),
        ("<text y=15 fill=white stroke=black stroke-width=3 paint-order=stroke>x</text>", False),
        ("<text y=15 fill=white stroke=black stroke-width=3>x</text>", True),
    ],
)
def test_the_contrast_of_text_in_drawings_is_that_of_wcag(
    open_page: OpenPage, tmp_path: Path, drawing: str, pale: bool
) -> None:
    page = open_page(write_page(f"<svg width=50 height=30>{drawing}</svg>", tmp_path))
    assert bool(pale_drawings(page)) is pale


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<button></button>", "button-name"),
        ("<input>", "label"),
        ("<svg role=img></svg>", "svg-img-alt"),
        ("<h1>a</h1><h3>b</h3>", "heading-order"),
    ],
)
def test_a_thing_without_a_name_or_out_of_order_is_a_barrier(
    open_page: OpenPage, tmp_path: Path, body: str, rule: str
) -> None:
    page = open_page(write_page(body, tmp_path))
    assert any(fault.startswith(f"{rule}: ") for fault in barriers(page))


def test_a_control_that_tab_does_not_reach_is_found(open_page: OpenPage, tmp_path: Path) -> None:
    trap = """<button id=a>a</button>
    <button id=b onfocus="document.getElementById('a').focus()">b</button>
    <button id=c>c</button>"""
    assert any("#c" in fault for fault in unreached(open_page(write_page(trap, tmp_path))))


def test_the_way_of_tab_is_whole_wherever_it_starts(open_page: OpenPage, tmp_path: Path) -> None:
    body = "<button id=a>a</button><button id=b>b</button><button id=c>c</button>"
    page = open_page(write_page(body, tmp_path))
    page.click("#b")
    assert unreached(page) == []


def test_a_focus_without_a_visible_ring_is_found(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(write_page("<button id=a style='outline:none'>a</button>", tmp_path))
    assert unreached(page) == ["button#a[0]: focus cannot be seen"]


def test_a_swipe_reaches_the_page(open_page: OpenPage, tmp_path: Path) -> None:
    body = """<div id=d style="height:200px">field</div><script>
    const d = document.getElementById("d");
    const moved = (touch) => Math.round(touch.clientX - 180);
    d.addEventListener("touchend", (e) => { d.textContent = moved(e.changedTouches[0]) });
    </script>"""
    page = open_page(write_page(body, tmp_path), TELEPHONE)
    swipe(page, "#d", -80)
    expect(page.locator("#d")).to_have_text("-80")


@pytest.mark.parametrize("still", [True, False])
def test_a_page_knows_whether_its_reader_wants_less_motion(
    open_page: OpenPage, tmp_path: Path, still: bool
) -> None:
    page = open_page(write_page("", tmp_path), still=still)
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches") is still
