"""docs/security.md: each sentence names tests that hold it, and they are there."""

from __future__ import annotations

import ast
import re

import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAME = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def sentences(page: str) -> list[str]:
    """The points of the page, each with its tests."""
    return [
        point.replace("\n", " ")
        for point in re.findall(r"^- (.*?)(?=\n- |\n\n|\Z)", page, flags=re.MULTILINE | re.DOTALL)
    ]


def missing(point: str) -> list[str]:
    """What a point lacks: any test at all, or those of its tests that do not exist."""
    named = NAME.findall(point.partition("Tests:")[2])
    if not named:
        return [f"no test holds: {point}"]
    return [f"{file}::{test}" for file, test in named if test not in names_in(file)]


def names_in(file: str) -> set[str]:
    """Names of the tests in a file; none if there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_the_page_has_its_parts() -> None:
    heads = re.findall(r"^## (.*)$", PAGE, flags=re.MULTILINE)
    for word in ("scenario", "Python policy", "results folder", "page", "cache", "cluster"):
        assert any(word in head for head in heads), word
    assert len(sentences(PAGE)) > 20


@pytest.mark.parametrize("point", sentences(PAGE), ids=lambda point: point[:40])
def test_every_sentence_is_held_by_tests_that_exist(point: str) -> None:
    assert missing(point) == []


@pytest.mark.parametrize(
    ("point", "lacks"),
    [
        ("It does no harm.", "no test holds: It does no harm."),
        (
            "Nor this. Tests: `tests/contract/test_security.py::test_of_nothing`.",
            "tests/contract/test_security.py::test_of_nothing",
        ),
        ("Nor this. Tests: `tests/nowhere.py::test_it`.", "tests/nowhere.py::test_it"),
    ],
)
def test_a_sentence_without_its_test_is_found(point: str, lacks: str) -> None:
    assert missing(point) == [lacks]
