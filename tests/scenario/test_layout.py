"""The layout of files: the order of the schema, comments with their keys, nothing said anew."""

from __future__ import annotations

import random
import re

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.layout import in_layout
from sim.scenario.reading import Unreadable

FILES = sorted((ROOT / "scenarios").rglob("*.yaml"))
TWO_STATES = (ROOT / "scenarios" / "two_states.yaml").read_text(encoding="utf-8")


def laid_out(text: str) -> str:
    return in_layout(text.encode(), "test")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_bundled_file_has_it(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert laid_out(text) == text, "run_sim.py fmt scenarios/*.yaml"


def test_keys_move_with_their_comments() -> None:
    given_text = """# About the file.

title: Two
# the id
id: two{spaces}

# One group
groups:
  reds:
    capacity: 10  # a lot
    # whom it fights
    enemy: north


    base_rate: 0.1
format: 1
""".replace("{spaces}", "   ")
    assert (
        laid_out(given_text)
        == """# About the file.

format: 1
# the id
id: two
title: Two

# One group
groups:
  reds:
    # whom it fights
    enemy: north

    base_rate: 0.1
    capacity: 10  # a lot
"""
    )


def test_the_first_line_of_an_item_keeps_its_dash() -> None:
    given_text = """history:
  # the first
  - action: attack
    # when
    date: 2000-01-01
    actor: reds
  - {action: attack, date: 2000-01-02}
"""
    assert (
        laid_out(given_text)
        == """history:
  # the first
  # when
  - date: 2000-01-01
    actor: reds
    action: attack
  - {action: attack, date: 2000-01-02}
"""
    )


def test_names_of_entries_and_folded_texts_stay() -> None:
    text = "summary: >\n  One.\n\n\n  Two.   \nstates:\n  zed: {}\n  alpha: {}\n"
    assert laid_out(text) == text


def test_windows_line_ends_become_plain_ones() -> None:
    assert laid_out("id: a\r\ntitle: b\r\n") == "id: a\ntitle: b\n"


def test_an_alias_before_its_anchor_is_refused() -> None:
    text = "title: &it x\nid: *it\n"
    with pytest.raises(Unreadable) as caught:
        laid_out(text)
    assert "an alias must stand after its anchor" in caught.value.problem.hint


@pytest.mark.parametrize("text", ["id: a\nid: b\n", "id: [\n", "", "!!python/object:os {}\n"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        laid_out(text)


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_any_order_gives_one_layout_and_says_the_same(seed: int) -> None:
    """Parts of a file, and the fields of its groups and sectors, in a random order."""
    chance = random.Random(seed)
    parts = re.split(r"(?m)^(?=\w)", TWO_STATES)
    head, parts = parts[0], [part if part.endswith("\n\n") else f"{part}\n" for part in parts[1:]]
    chance.shuffle(parts)
    fields = re.compile(
        r"(?m)(?:^    (?:short|enemy|title|state|terrain|garrison|population): .*\n)+"
    )

    def shuffled(found: re.Match[str]) -> str:
        lines = found[0].splitlines(keepends=True)
        chance.shuffle(lines)
        return "".join(lines)

    mixed = fields.sub(shuffled, head + "".join(parts))
    once = laid_out(mixed)
    assert laid_out(once) == once
    assert sorted(filter(None, once.splitlines())) == sorted(filter(None, TWO_STATES.splitlines()))
    assert re.findall(r"(?m)^\w+", once) == re.findall(r"(?m)^\w+", TWO_STATES)
    assert re.findall(r"(?m)^    \w+", once) == re.findall(r"(?m)^    \w+", TWO_STATES)
