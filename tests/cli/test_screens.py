"""No prose on a screen but that of `sim/words`, in the language that was asked for.

Each command runs with the texts of the language marked; what is left unmarked must be names of the
scenario, numbers or paths. What stands in the code is looked at in `tests/test_prose.py`, the pages
in `tests/report/test_pages_in_any_language.py`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from conftest import ROOT

import sim.words
from sim.cli import app, comparison_tables, progress, tables
from sim.words import PLAIN, Words

from .conftest import Call

LANGUAGE = "fr"
#: Names of the scenario, of what its file expects, and of files, as they stand on every screen.
NAMES = {
    *("qaf", "zed", "probe", "north", "south", "neighbours", "rebels", "isle", "hill", "city"),
    *("ridge", "gate", "yaml", "html", "csv", "run", "sim", "py", "open_war", "bold", "tmp"),
    *("attacks", "war", "not", "over", "wars", "quantal", "tiny"),
}
SCENARIO = """
extends: tiny.yaml
id: probe
title: Qaf zed
question: ""
summary: ""
expect:
  - {measure: attacks, between: [0, 0.5], label: qaf}
  - {measure: "war, not over", between: [0, 1]}
"""
RUNS = ("--runs", 4, "--jobs", 1)
STUDY = ("--jobs", 1)
FACTOR = ("--factors", "states.north.resolve:0.2:0.9")
FORK = ("--replication", 1, "--day", 4, "--runs", 4, "--jobs", 1)
#: A call of each command that prints prose, and of each of its screens.
CALLS = {
    "run": ("run", *RUNS, "--no-report", "--until-halfwidth", 0.45, "--max-runs", 4, "--ledger"),
    "check": ("check", "--run", *RUNS[:2]),
    "compare": ("compare", "--variant", "bold: states.north.resolve=0.9", *RUNS),
    "fork, plain": ("fork", *FORK),
    "fork, changed": ("fork", "--force", "north=open_war", "--tell", 1, *FORK),
    "fork, nothing moves": (
        "fork",
        *("--set", "relations.neighbours.views.north.complicity=0.1"),
        *FORK,
    ),
    "fork, common": ("fork", "--force", "north=raid", "--draws", "common", *FORK),
    "sweep": ("sweep", "--vary", "states.north.resolve=0.2:0.9:2", *RUNS[:2], *STUDY),
    "tournament": ("tournament", "--doctrine", "mirror,dice", *RUNS[:2], *STUDY),
    "sensitivity": ("sensitivity", "--method", "oat", *RUNS[:2], *FACTOR, *STUDY),
    "uncertainty": ("uncertainty", "--points", 4, "--per-point", 2, *FACTOR, *STUDY),
    "discover": ("discover", "--outcome", "quiet", "--points", 40, *FACTOR, *STUDY),
    "audit": ("audit", *RUNS, "--only", "rules.c*"),
    "trace": ("trace",),
    "explain": ("explain", "--day", 2),
    "explain, turning points": ("explain", *RUNS),
    "explain, figures": ("explain", "--day", 2, "--out", "why.png"),
    "replay": ("replay", "--out", "replay.html"),
    "describe": ("describe",),
    "diff": ("diff", "tiny.yaml"),
    "fmt": ("fmt",),
    "fmt, check": ("fmt", "--check"),
    "page": ("page", "--levers", "states.north.resolve:0.2:0.9", "--out", "page.html"),
}
#: What prints data for other programs, paths alone, or the bundled scenarios (tried below).
#: The pages of a pack are tried in tests/classroom, and a server does not end.
NO_PROSE = {"resolve", "schema", "lesson", "list", "fields", "policies", "new", "measures"} | {
    "pack",
    "serve",
}
#: Commands that run nothing, and so take no seed.
NO_SEED = ("check", "describe", "diff", "fmt")


class Marked(Words):
    """Words with marks around what the language says itself, and not around what it is given."""

    def text(self, key: str, **values: object) -> str:
        return f"⟦{super().text(key, **values)}⟧"

    def _value(self, value: object) -> object:
        return f"⟧{super()._value(value)}⟦"

    def term(self, group: str, name: str) -> str:
        said = super().term(group, name)
        return f"⟦{said}⟧" if f"{group}.{name}" in self.entries else said

    def date(self, day: date, *, weekday: bool = False) -> str:
        return f"⟦{super().date(day, weekday=weekday)}⟧"

    def join(self, parts: Iterable[str], last: Literal["and", "or"] = "and") -> str:
        return ", ".join(parts)


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that ask for the language get it with marks; all else stays without."""
    real = sim.words.words

    @cache
    def words(language: str = PLAIN) -> Words:
        own = real(language)
        if language != LANGUAGE:
            return own
        return Marked(own.language, own.locale, own.direction, own.own, own.plain)

    monkeypatch.setattr(sim.words, "words", words)


def unmarked(text: str) -> set[str]:
    """Words of a screen that neither the language nor the scenario has said."""
    text = re.sub(r".*machine code.*", "", text)  # a warning about the cache, which stays English
    text = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    text = re.sub(r"\S+/\S*", " ", text)  # paths of files
    text = re.sub(r"\b[a-z]+(_\w+)+", " ", text)  # columns and keys of files
    text = re.sub(r"\w+(\.\w+)+(=\S+)?|\w+=\w+", " ", text)  # paths and settings of a scenario
    found = {word.lower() for word in re.findall(r"\w{2,}", text) if not re.search(r"\d", word)}
    return found - NAMES


@pytest.mark.compiled
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.usefixtures("marked")
def test_a_screen_says_nothing_but_the_words_of_its_language(
    name: str, engine_call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "PIPE_WIDTH", 10_000)
    monkeypatch.setattr(comparison_tables, "MOST_HEAD", 100)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", -1)
    shutil.copy(ROOT / "tests" / "engine" / "world" / "tiny.yaml", tmp_path)
    (tmp_path / "probe.yaml").write_text(SCENARIO, encoding="utf-8")
    command, *options = CALLS[name]
    seed = () if command in NO_SEED else ("--seed", 7)
    said = engine_call(command, "probe.yaml", *options, *seed, "--language", LANGUAGE)
    assert said.code in (0, 1), said.err
    assert "⟦" in said.out + said.err
    assert unmarked(said.out + said.err) == set(), said.out + said.err
    pages = [page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")]
    assert all(f'<html lang="{LANGUAGE}"' in page for page in pages)


@pytest.mark.usefixtures("marked")
def test_the_list_names_kinds_in_its_language(engine_call: Call) -> None:
    assert "⟦stylisé⟧" in engine_call("list", "--language", LANGUAGE).out


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    "words", [("fields", "states.resolve"), ("policies",), ("measures",), ("new", "probe")]
)
def test_what_takes_no_scenario_speaks_the_language_too(
    engine_call: Call, words: tuple[str, ...]
) -> None:
    """Help of the schema stays English, and so do the names of policies and columns."""
    said = engine_call(*words, "--language", LANGUAGE).out
    assert said.count("⟦") >= 1
    english = ("unit:", "range:", "default:", "typical", "Weighs", "written", "policy of")
    assert not any(word in said for word in english)


def test_each_command_is_tried() -> None:
    assert {words[0] for words in CALLS.values()} | NO_PROSE == set(app.COMMANDS)
