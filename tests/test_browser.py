"""The headless browser of the tests sees what is wrong with a page, and is silent about a good one."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import complaints, overflow, pale, unnamed, unreached
from conftest import NewPage

pytestmark = pytest.mark.browser

GOOD = """<button id=a>one</button> <label>how many <input id=b type=range></label>
<svg width=50 height=20 role=img aria-label=picture><rect id=r width=50 height=20 fill=black /><text y=15 fill=white data-on="#r">pale</text></svg>
<div style="overflow:auto"><div style="width:3000px">wide</div></div>"""


def page_of(body: str, folder: Path) -> Path:
    file = folder / "page.html"
    head = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><link rel=icon href=data:,><title>t</title>"
    file.write_text(head + body, encoding="utf-8")
    return file


def test_a_good_page_has_no_faults(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(360, 640).open(page_of(GOOD, tmp_path))
    assert complaints(page) + overflow(page) + pale(page) + unreached(page) + unnamed(page) == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<script>console.error('broken')</script>", "broken"),
        ("<script>nothing.there</script>", "nothing is not defined"),
        ("<img alt=x src=https://example.org/x.png>", "https://example.org/x.png"),
        ("<img alt=x src=beside.png>", "beside.png"),
        ("<script>fetch('http://192.0.2.1/').catch(() => 0)</script>", "http://192.0.2.1/"),
    ],
)
def test_complaints_and_requests_are_heard(
    new_page: NewPage, tmp_path: Path, body: str, word: str
) -> None:
    assert any(word in fault for fault in complaints(new_page().open(page_of(body, tmp_path))))


def test_what_sticks_out_is_found(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(360, 640).open(page_of("<p style='width:400px'>wide</p>", tmp_path))
    assert any("p[0]" in fault for fault in overflow(page))


@pytest.mark.parametrize(
    ("body", "faulty"),
    [
        ("<p style='color:#888'>text</p>", True),
        ("<p style='color:#888;font-size:24px'>text</p>", False),
        ("<div style='background:#000'><p style='color:#888'>text</p></div>", False),
        ("<div style='background:#eee'><p style='color:#00000080'>text</p></div>", True),
        (
            "<svg width=50 height=20><rect id=r width=50 height=20 fill=white /><text y=15 fill=white data-on='#r'>x</text></svg>",
            True,
        ),
        (
            "<svg width=50 height=20><text y=15 fill=white stroke=black stroke-width=3 paint-order=stroke>x</text></svg>",
            False,
        ),
    ],
)
def test_contrast_is_that_of_wcag(
    new_page: NewPage, tmp_path: Path, body: str, faulty: bool
) -> None:
    assert bool(pale(new_page().open(page_of(body, tmp_path)))) is faulty


def test_a_control_out_of_reach_is_found(new_page: NewPage, tmp_path: Path) -> None:
    trap = "<button id=a>a</button><button id=b onfocus=\"document.getElementById('a').focus()\">b</button><button id=c>c</button>"
    assert any("#c" in fault for fault in unreached(new_page().open(page_of(trap, tmp_path))))


def test_tab_comes_everywhere_from_wherever_was_clicked(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page().open(
        page_of("<button id=a>a</button><button id=b>b</button><button id=c>c</button>", tmp_path)
    )
    page.click("#b")
    assert unreached(page) == []


def test_a_focus_that_cannot_be_seen_is_found(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page().open(page_of("<button id=a style='outline:none'>a</button>", tmp_path))
    assert unreached(page) == ["button#a[0]: focus cannot be seen"]


def test_a_control_without_a_name_is_found(new_page: NewPage, tmp_path: Path) -> None:
    assert unnamed(new_page().open(page_of("<button></button>", tmp_path))) == [
        "button[0]: has no name"
    ]


def test_keys_clicks_and_fingers_arrive(new_page: NewPage, tmp_path: Path) -> None:
    body = """<button id=a onclick="this.textContent += 'c'">a</button><div id=d style="height:200px">field</div><script>
    addEventListener('keydown', e => document.title += e.key);
    document.getElementById('d').addEventListener('touchend', e => document.title += Math.round(e.changedTouches[0].clientX - 180))</script>"""
    page = new_page(360, 640, touch=True).open(page_of(body, tmp_path))
    page.click("#a")
    page.tap("#a")
    page.press("ArrowRight")
    page.press("x")
    page.swipe("#d", -80)
    assert page.text("#a") == "acc"
    assert (
        page.until("document.title.startsWith('tArrowRightx-') && document.title")
        == "tArrowRightx-80"
    )


def test_a_picture_of_the_page_is_a_picture(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(300, 200).open(page_of("<p style='height:900px'>long</p>", tmp_path))
    small, tall = (
        page.screenshot(tmp_path / "a.png"),
        page.screenshot(tmp_path / "b.png", whole=True),
    )
    sizes = [
        tuple(int.from_bytes(file.read_bytes()[k : k + 4], "big") for k in (16, 20))
        for file in (small, tall)
    ]
    assert sizes[0] == (300, 200)
    assert sizes[1][0] == 300
    assert sizes[1][1] > 900
