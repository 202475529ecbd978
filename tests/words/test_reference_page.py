"""The reference page of the coded words is what the rows make of it."""

from __future__ import annotations

from conftest import ROOT

from sim.vocabulary import codes, decisions, ladder, policies
from sim.vocabulary.coded import CodedWord, Row
from sim.words.reference import page

MODULES = (codes, decisions, ladder, policies)


def test_the_page_is_made_from_the_rows() -> None:
    written = (ROOT / "docs" / "reference" / "vocabulary.md").read_text(encoding="utf-8")
    command = "python -m sim.words > docs/reference/vocabulary.md"
    assert written == page(), f"the page of coded words is old: {command}"


def test_every_word_stands_on_the_page() -> None:
    text = page()
    kinds = {
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, CodedWord) and kind not in (CodedWord, Row)
    }
    assert len(kinds) > 30
    missing = [
        f"{kind.__name__}.{member.name}"
        for kind in kinds
        for member in kind
        if member.word not in text
    ]
    assert missing == []
