"""Broken files, each with the messages that it must bring.

`...` in an expectation stands for any text.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenario.conftest import GALLERY
from sim.errors import ScenarioError
from sim.scenario import load

BROKEN = sorted(path for path in GALLERY.glob("*.yaml") if path.stem != "base")


def matches(expected: str, line: str) -> bool:
    return (
        re.fullmatch(".*".join(re.escape(part) for part in expected.split("...")), line) is not None
    )


def test_the_gallery_is_complete() -> None:
    assert len(BROKEN) >= 100
    assert {path.stem for path in BROKEN} == {path.stem for path in GALLERY.glob("*.expect")}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_problem_is_named_at_its_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GALLERY)
    with pytest.raises(ScenarioError) as caught:
        load(path.name)
    expected = path.with_suffix(".expect").read_text(encoding="utf-8").splitlines()
    assert all("must" in problem.rule for problem in caught.value.problems)
    lines = [str(problem) for problem in caught.value.problems]
    assert len(lines) == len(expected), "\n".join(lines)
    assert [
        line for line, wanted in zip(lines, expected, strict=True) if not matches(wanted, line)
    ] == []


def test_an_expectation_can_fail() -> None:
    assert matches("a: must be 1 (known: ...)", "a: must be 1 (known: b, c)")
    assert not matches("a: must be 1", "a: must be 2")
    assert not matches("a: must be (1)", "a: must be 1")
