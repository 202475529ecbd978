"""The head that every page has: its policy, its language, and texts that stay texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.chromium import complaints
from conftest import OpenPage
from jinja2 import UndefinedError
from matplotlib.figure import Figure
from page_policy import refused
from playwright.sync_api import Page

from sim.classroom.explanation import write as write_explanation
from sim.report.figures import style
from sim.report.figures.drawing import Drawing
from sim.report.pages import html
from sim.report.pages import page as study
from sim.report.pages.comparison import write_comparison
from sim.report.pages.html import Kind, as_json, policy, render
from sim.words import words
from tests.report import fake
from tests.report.test_report_comparison import comparison

GOOD = (
    "<!doctype html><html><head><meta http-equiv='Content-Security-Policy' content=\"default-src "
    "'none'; base-uri 'none'; form-action 'none'; style-src "
    "'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='\"><style>p{color:red}</style>"
)


def line() -> Figure:
    fig = style.figure()
    fig.add_subplot().plot([0, 1], [1, 0], color="#123456", ls="--")
    return fig


def study_page(folder: Path) -> Path:
    drawing = Drawing("line", "A line", "It falls.", "Down.", line)
    table = study.Table("Numbers", ("name", "value"), [("<b>one</b>", "1")])
    section = study.Section("Part", ["See this."], [drawing], [table], ["A note."])
    page = study.Page("study", "Title", "Question?", [("Seed", "7")], [section], "1 point")
    return study.write(page, fake.bare(), folder / "study.html", "run_sim.py study", words())


def explanation(folder: Path) -> Path:
    write_explanation(folder / "why.html", "Why?", [("Day 1", "Because.", line)], words())
    return folder / "why.html"


def compared(folder: Path) -> Path:
    return write_comparison(comparison(), folder)


WRITERS = [study_page, explanation, compared]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_page_holds_nothing_that_its_policy_refuses(writer, tmp_path: Path) -> None:
    assert refused(writer(tmp_path).read_text(encoding="utf-8")) == []


@pytest.mark.browser
@pytest.mark.parametrize("writer", WRITERS)
def test_a_browser_refuses_nothing_of_a_page(writer, tmp_path: Path, open_page: OpenPage) -> None:
    page = open_page(writer(tmp_path))
    # and its style is in force
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"


@pytest.mark.browser
@pytest.mark.parametrize(
    "bad",
    [
        "<p style='color: red'>x</p>",
        "<script>1</script>",
        "<style>p { color: red }</style>",
        "<img alt=x src=x.png>",
    ],
)
def test_a_browser_refuses_what_is_not_ours(
    bad: str, tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    file = study_page(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("<h2>", f"{bad}<h2>", 1), encoding="utf-8")
    page = new_page()
    page.goto(file.as_uri())
    assert any("Content Security Policy" in one for one in complaints(page))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p>bare</p>", "no policy"),
        (GOOD.replace("color:red", "color:blue"), "style-src refuses what begins"),
        (
            GOOD.replace("<style>", "<style></style><style>").replace("p{color:red}", ""),
            "not there",
        ),
        (GOOD + "<script>1</script>", "script-src refuses what begins '1'"),
        (GOOD + "<p style='color:red'>", "attribute p style"),
        (GOOD + "<p onclick='1'>", "attribute p onclick"),
        (GOOD.replace("'none'", "*", 1), "default-src is *, not 'none'"),
        (GOOD.replace("style-src ", "style-src 'unsafe-inline' "), "allows 'unsafe-inline'"),
        ("<p>early" + GOOD, "p before the policy"),
    ],
)
def test_a_weak_policy_is_found(text: str, fault: str) -> None:
    assert any(fault in one for one in refused(text))
    assert refused(GOOD) == []


def test_a_policy_names_what_is_there_and_nothing_else() -> None:
    assert "script-src" not in policy(["p{color:red}"], [])
    assert "'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='" in policy(["p{color:red}"], [])


def test_data_cannot_leave_their_script_element() -> None:
    assert as_json({"a": "</script><b>"}) == '{"a":"\\u003c/script>\\u003cb>"}'


def test_a_value_that_a_template_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'page' is undefined"):
        render(Kind("study.html.j2", "studies.page", ("report.css",)), words())


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"no file none\.css in templates"):
        render(Kind("study.html.j2", "studies.page", ("none.css",)), words())


SIM = Path(html.__file__).parents[2]
WRITES = re.compile(r"\.write_(?:text|bytes)\(|\bopen\([^)\n]*[\"'][wax]b?[\"']|savefig\(")
#: What writes by itself, and why a whole, synced file is not what it needs.
BY_ITSELF = {
    "files.py": "the one place",
    "cli/scenarios.py": "a scenario from standard input, in a temporary folder of its own",
    "design/variants.py": "a scenario that is read again, in a temporary folder of its own",
    "engine/cache.py": "a lock, which has no content",
    "engine/wasm.py": "an object file for the linker, in a temporary folder of its own",
    "engine/code_files.py": "machine code, which nobody but its user may read and write",
    "studies/export.py": "an archive in memory",
}


def test_pages_are_filled_in_one_place_and_files_written_in_one() -> None:
    texts = {p.relative_to(SIM).as_posix(): p.read_text("utf-8") for p in SIM.rglob("*.py")}
    assert [name for name, text in texts.items() if "Environment(" in text] == [
        "report/pages/html.py"
    ]
    assert {name for name, text in texts.items() if WRITES.search(text)} - set(BY_ITSELF) == set()
