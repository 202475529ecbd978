"""What people write by hand and YAML cannot read: the place, plain words, and what to do."""

from __future__ import annotations

import re

import pytest

from sim.errors import ScenarioError
from sim.scenario import load_text
from sim.scenario.reading import Place, Unreadable, parse
from sim.scenario.syntax import complaint

#: The parser's own way to say things, which a writer of a scenario has no use for.
JARGON = re.compile(r"token|<|block end|scalar|stream|mapping values|expected")


@pytest.mark.parametrize(
    ("text", "line", "given", "hint"),
    [
        ("a:\n\tb: 1", 2, "a tab", "indent with spaces"),
        ("a: x\ty", 1, "a tab", "behind the colon"),
        ("a: %x", 1, "begins with %", "in quotes"),
        ("a: @x", 1, "begins with @", "in quotes"),
        ("a: *", 1, "begins with * or &", "in quotes"),
        ("a: b: c", 1, "a colon where none can be", "a text with a colon needs quotes"),
        ("a: 1\n  b: 2", 2, "a colon where none can be", "begin in the same column"),
        ("a: - b", 1, "a list that begins behind a name", "on the next line"),
        ("a: {b: 1\nc: 2", 2, "where a comma or } must stand", "} is missing"),
        ("a: [1, 2\nb: 3", 2, "where a comma or ] must stand", "] is missing"),
        ("a: 'x\nb: 2", 2, "the end of the file within quotes", "close the quotation mark"),
        ("a: 'it's'", 1, "more text behind a closing quotation mark", "is written twice"),
        ("- a\nb: 2", 2, "a line that belongs to nothing above", "in the same column"),
        ("a: # b\n c: 1\nd", 3, "a line without a colon", "a colon and a space"),
    ],
)
def test_a_slip_is_told_in_plain_words(text: str, line: int, given: str, hint: str) -> None:
    with pytest.raises(Unreadable) as found:
        parse(text, Place("x.yaml", "x.yaml"))
    problem = found.value.problem
    assert (problem.line, problem.rule) == (line, "must be YAML")
    assert given in problem.given
    assert hint in problem.hint
    assert not JARGON.search(f"{problem.given} {problem.hint}")


def test_what_people_seldom_write_keeps_the_words_of_the_parser() -> None:
    assert complaint("found  unknown escape\ncharacter 'q'") == (
        "found unknown escape character 'q'",
        "",
    )


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("states: {a: {resolve: {value: 0,5, assumed: x}}}", "states.a.resolve.5"),
        ("states: {a: {title: one, and more, personnel: 5}}", "states.a.and more"),
        ("mediators: {m: {leverage: {a: 0.5, or so}}}", "mediators.m.leverage.or so"),
    ],
)
def test_a_comma_that_ended_a_value_is_told(line: str, path: str) -> None:
    (found,) = (one for one in faults(line) if one.startswith(f"x: {path}:"))
    assert "a comma ends a value: put a text with a comma in quotes" in found


def test_a_name_that_was_misspelt_is_no_comma() -> None:
    (found,) = (one for one in faults("states: {a: {resolv}}") if "resolv:" in one)
    assert "did you mean resolve?" in found


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("sectors: {source: a book}", "(write it in each of sectors)"),
        ("mediators: {m: {leverage: {a: 0.5, assumed: a guess}}}", "(write it beside leverage)"),
    ],
)
def test_a_source_among_names_is_sent_to_its_place(line: str, rule: str) -> None:
    assert [one for one in faults(line) if rule in one and "must not stand among names" in one]


def faults(text: str) -> list[str]:
    """What is wrong with a text, without lines."""
    with pytest.raises(ScenarioError) as found:
        load_text(text)
    return [re.sub(r"^-:\d+:\d+", "x", str(one)) for one in found.value.problems]
