"""Names in `sim` are nouns for things and verbs for acts: no bare participle such as `told`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

SIM = ROOT / "sim"
REGULAR = re.compile(r"[a-z]+(?<!e)ed")  # but not need, seed, speed
_WORDS = """
begun born broken brought built chosen come drawn driven fallen felt forced found given gone grown
heard held hidden kept known left lent lived lost made meant met noted paid said seen sent shown
sold spoken sworn taken taught thought told understood withdrawn won worn written
"""
IRREGULAR = set(_WORDS.split())
# participles that are terms of their field, with the term
TERMS = {
    "coded": "a coded word: one that has a number in the engine",
    "compiled": "compiled code: what Numba makes of a function",
    "failed": "failed replications, as `failed.csv` and `Ensemble.failed` have them",
    "resolved": "the resolved form of a scenario: every field with its value",
    "restricted": "restricted mean survival time",
    "scripted": "the scripted policy, which follows a plan",
}


def defined(path: Path, text: str) -> Iterator[str]:
    """Names of a module, its functions and its classes."""
    yield path.stem
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def participles(path: Path, text: str) -> list[str]:
    """Names that are a participle and nothing else, in the order of the file."""
    return [
        name
        for name in defined(path, text)
        for word in [name.strip("_").lower()]
        if (REGULAR.fullmatch(word) or word in IRREGULAR) and word not in TERMS
    ]


def modules() -> list[Path]:
    return sorted(SIM.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(SIM).as_posix()


@pytest.mark.parametrize("path", modules(), ids=place)
def test_no_name_is_a_bare_participle(path: Path) -> None:
    found = set(participles(path, path.read_text(encoding="utf-8")))
    assert found == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def told(): ...", ["told"]),
        ("class Noted: ...", ["Noted"]),
        ("class A:\n    def _renamed(self): ...", ["_renamed"]),
        ("def seed(): ...\ndef feed(): ...", []),
        ("def rows_told(): ...\ndef rename(): ...\nclass Sides: ...", []),
        ("def compiled(): ...", []),
    ],
)
def test_a_bare_participle_is_seen(text: str, names: list[str]) -> None:
    assert participles(SIM / "stats" / "survival.py", text) == names


def test_a_module_is_named_too() -> None:
    assert participles(SIM / "stats" / "varied.py", "") == ["varied"]
