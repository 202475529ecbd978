"""Screens of sentences fit into the terminal that they are read on."""

from __future__ import annotations

import os
from unicodedata import east_asian_width

import pytest

from sim.cli import lines

from .conftest import Call

LONG = (
    "  Ecuador raids border posts in Bagua, and 12 % of its men say « enough » of it, all day long."
)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> int:
    """A terminal of 80 columns; a pipe cannot be asked, so its answer stands in."""
    size = os.terminal_size((80, 24))
    monkeypatch.setattr(lines, "terminal_width", lambda: size.columns)
    monkeypatch.setattr("sim.cli.explain.terminal_width", lambda: size.columns)
    return size.columns


@pytest.mark.parametrize(
    "words",
    ["list", "list --long", "list --long --language fr", "trace two_states --seed 7",
     "trace three_states --seed 7 --language fr", "explain two_states --seed 7 --day 2"],
)  # fmt: skip
def test_no_line_is_wider_than_the_terminal(engine_call: Call, narrow: int, words: str) -> None:
    said = engine_call(*words.split())
    assert said.code == 0
    assert [line for line in said.out.splitlines() if width(line) > narrow] == []


def test_a_long_line_goes_on_below_and_keeps_signs_with_their_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "terminal_width", lambda: 48)
    found = lines.wrap_line(LONG).split("\n")
    assert found[0].startswith("  Ecuador")
    assert all(line.startswith("    ") for line in found[1:])
    assert "12 % of" in " ".join(map(str.strip, found))
    assert not any(line.lstrip().startswith("%") or line.endswith("«") for line in found)


def test_where_there_is_no_terminal_a_line_is_a_sentence() -> None:
    assert lines.terminal_width() is None
    assert lines.wrap_line(LONG) == LONG


def width(line: str) -> int:
    return sum(1 + (east_asian_width(sign) in "WF") for sign in line)
