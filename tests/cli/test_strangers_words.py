"""Words of a stranger on every screen: as they are in the file, and nothing that they command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.table import Table
from strangers import MARKUP, stranger

import sim
from sim.cli.app import COMMANDS
from sim.cli.tables import Screen, table_of

from .conftest import Call

RUNS = ("--runs", 20, "--seed", 7)
NO_PAGE = ("--no-report", "--out", "o")
SEED = ("--seed", 7, *NO_PAGE)
SHORT = ("--set", "horizon=30", "--set", "outcome_window=10")
BASE = ("--base", "horizon=30", "--base", "outcome_window=10")
RESOLVE = "states.westmark.resolve"
#: Commands whose calls below take no settings.
UNSET = ("fork", "list", "schema", "explain", "diff", "fmt", "measures", "fields", "policies")
FACTOR = ("--factors", f"{RESOLVE}:0.2:0.9")
#: A call of each command, and the texts of the scenario that its screen has to show.
SCREENS: dict[str, tuple[tuple[object, ...], tuple[str, ...]]] = {
    "run": (("run", "FILE", *RUNS, *NO_PAGE), ("title", "question", "outcomes")),
    "compare": (
        ("compare", "FILE", "--variant", f"[red]bold[/]: {RESOLVE}=0.2", *RUNS, *NO_PAGE),
        ("outcomes",),
    ),
    "sweep": (("sweep", "FILE", "--vary", f"{RESOLVE}=0.2:0.8:2", *RUNS, *NO_PAGE), ("title",)),
    "tournament": (
        ("tournament", "FILE", "--policies", "grim,random", *RUNS, *NO_PAGE),
        ("title",),
    ),
    "sensitivity": (
        ("sensitivity", "FILE", "--method", "oat", *RUNS, *NO_PAGE),
        ("title", "outcomes"),
    ),
    "uncertainty": (
        ("uncertainty", "FILE", *FACTOR, "--points", 8, "--per-point", 4, *SEED),
        ("title", "outcomes"),
    ),
    "discover": (
        ("discover", "FILE", "--outcome", "OTHER", *FACTOR, "--points", 40, *SEED),
        ("title",),
    ),
    "audit": (("audit", "FILE", "--runs", 20, "--only", RESOLVE), ("title",)),
    "fork": (
        ("fork", "FILE", "--day", 3, *BASE, *RUNS, *NO_PAGE),
        ("title", "outcomes"),
    ),
    "trace": (("trace", "FILE", "--seed", 7), ("title",)),
    "explain": (("explain", "FILE", "--seed", 7, "--runs", 10), ("title",)),
    "explain a day": (("explain", "FILE", "--seed", 7, "--day", 2), ("title",)),
    "check": (("check", "FILE", "--run", "--runs", 20), ()),
    "list": (("list",), ()),
    "resolve": (("resolve", "FILE"), ()),
    "lesson": (("lesson", "FILE", *RUNS, "--out", "o"), ()),
    "page": (("page", "FILE", "--seed", 7, "--out", "h.html"), ()),
    "replay": (("replay", "FILE", "--seed", 7, "--out", "r.html"), ()),
    "pack": (("pack", "FILE", *RUNS, "--out", "p.zip"), ()),
    "describe": (("describe", "FILE"), ("title", "question", "outcomes")),
    "diff": (("diff", "FILE", "two_states"), ()),
    "fmt": (("fmt", "FILE", "--check"), ()),
    "measures": (("measures", "FILE"), ()),
    "fields": (("fields",), ()),
    "policies": (("policies",), ()),
    "schema": (("schema",), ()),
}


def words_of(text: str) -> str:
    """A text without the line breaks that a table or a paragraph may put into it."""
    return re.sub(r"\s+", "", text)


def test_every_command_is_here() -> None:
    assert {str(words[0]) for words, _ in SCREENS.values()} == set(COMMANDS) - {"new", "serve"}


@pytest.mark.parametrize(("words", "shown"), SCREENS.values(), ids=SCREENS)
def test_names_with_markup_appear_as_they_are(
    engine_call: Call, tmp_path: Path, words: tuple[object, ...], shown: tuple[str, ...]
) -> None:
    path = stranger(tmp_path, MARKUP)
    scenario = sim.load(path)
    named = {"FILE": path.name, "OTHER": list(scenario.outcomes)[-1]}
    shorter = SHORT if words[0] not in UNSET else ()
    said = engine_call(*(named.get(str(word), word) for word in words), *shorter)
    assert said.code in (0, 1), said.err
    assert "Traceback" not in said.err
    screen = words_of(said.out)
    wanted = {
        "title": [scenario.title],
        "question": [scenario.question],
        "outcomes": list(scenario.outcomes),
    }
    for kind in shown:
        for text in wanted[kind]:
            assert words_of(text) in screen, (kind, text)


@pytest.mark.parametrize("kind", MARKUP)
def test_each_place_of_a_table_and_a_line(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = kind.format("word")
    table = table_of(f"title {text}", f"head {text}", f"column {text}")
    table.add_row(f"cell {text}", f"number {text}")
    plain = Table(f"plain {text}", title=text, caption=f"caption {text}")
    screen = Screen(width=400)
    screen.print(table)
    screen.print(plain)
    screen.print(f"line {text}", style="bold")
    out = capsys.readouterr().out
    for place in ("title", "head", "column", "cell", "number", "plain", "caption", "line"):
        assert f"{place} {text}" in out


def test_a_long_name_is_broken_over_lines_and_never_cut(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = table_of("", "name", "share")
    table.add_row("unbroken" * 40, "12.3%")
    Screen(width=60).print(table)
    out = capsys.readouterr().out
    assert "".join(out.replace("12.3%", "").split()).count("unbroken") == 40
    assert "12.3%" in out
    assert "…" not in out


def test_control_characters_in_a_table_do_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    table = table_of("\x1b[31mtitle", "head\x07", "\x9b31mcolumn")
    table.add_row("\x1b]0;owned\x07cell", "\r1")
    Screen(width=60).print(table)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", capsys.readouterr().out)
