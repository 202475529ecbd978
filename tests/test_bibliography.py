"""Every work that code or documents name stands in the bibliography, and nothing else does."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

# tables of figures name what they were measured from, with dates, in columns of their own
RECORDS = {
    "bibliography.md",
    "levers.md",
    "non_events.md",
    "reference_distributions.md",
    "reference_page.py",  # its text
    "scenarios.md",
    "tempo.md",
}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NO_SURNAME = rf"(?!(?:{MONTHS}|In|Since|From|Until|After|Before|Autumn)\b)"
SURNAME = rf"{NO_SURNAME}(?:Bueno de |Montiel )?[A-Z][a-z][a-zA-Zø-]+"
CITATION = re.compile(
    rf"({SURNAME})(?:'s|’s)?((?:, {SURNAME})*(?:,? and {SURNAME}| et al\.)?)(?: sequence)?,? "
    r"\(?((?:1[89]|20)\d\d)\b(?!-\d)"
)
ENTRY = re.compile(r"^- ((?:Bueno de |Montiel )?[\w-]+), .*? \((\d{4})\)\. .+\.$", re.MULTILINE)


def cited(text: str) -> set[tuple[str, str]]:
    """First author and year of each work that a text names."""
    return {(first, year) for first, _, year in CITATION.findall(re.sub(r"\s+#?\s*", " ", text))}


def listed() -> list[tuple[str, str]]:
    return ENTRY.findall((ROOT / "docs" / "bibliography.md").read_text(encoding="utf-8"))


def named() -> dict[tuple[str, str], str]:
    """Every work that is named, and a file that does."""
    files = [
        path for room in ("sim", "calibration", "bench") for path in (ROOT / room).rglob("*.py")
    ]
    files += (ROOT / "docs").glob("*.md")
    files = [path for path in files if path.name not in RECORDS]
    return {work: path.name for path in files for work in cited(path.read_text(encoding="utf-8"))}


def test_every_work_that_is_named_is_listed() -> None:
    assert {work: file for work, file in named().items() if work not in set(listed())} == {}


def test_every_work_that_is_listed_is_named() -> None:
    known = named()
    assert [work for work in listed() if work not in known] == []


def test_the_list_is_in_order_and_has_every_line() -> None:
    lines = [
        line
        for line in (ROOT / "docs" / "bibliography.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("- ")
    ]
    assert len(listed()) == len(lines) > 50
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("the rule of Axelrod (1984)", {("Axelrod", "1984")}),
        ("(Kydd and\nWalter 2002; Mohler et al. 2011)", {("Kydd", "2002"), ("Mohler", "2011")}),
        ("Baliga, Bueno de Mesquita and Wolitzky (2020) say", {("Baliga", "2020")}),
        ("Welch's (1947) interval", {("Welch", "1947")}),
        ("the war of October 2025, and May 2024", set()),
    ],
)
def test_citations_are_found(text: str, works: set[tuple[str, str]]) -> None:
    assert cited(text) == works
