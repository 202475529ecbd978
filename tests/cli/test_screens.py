"""No prose on a screen or a page but that of `sim/words`, in the language that was asked for.

Twice: each command runs in a language whose texts are marked, and what is left unmarked must be
names of the scenario, numbers or paths; and no file of `sim/cli` holds a sentence of its own.
"""

from __future__ import annotations

import ast
import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from sim.cli import app, comparison_tables, progress, tables
from sim.words import Words

from .conftest import Call

LANGUAGE = "fr"
#: Names of the scenario, of what its file expects, and of files, as they stand on every screen.
NAMES = {
    *("qaf", "zed", "probe", "north", "south", "neighbours", "rebels", "isle", "hill", "city"),
    *("ridge", "gate", "yaml", "html", "csv", "run", "sim", "py", "open_war", "bold", "tmp"),
    *("attacks", "open", "war"),
    # what a page is made with
    *("escalation", "python", "numpy", "numba", "scipy", "pandas", "pyarrow", "matplotlib", "mesa"),
    *("salib", "assumed", "invented", "sobol"),
}
SCENARIO = """
extends: tiny.yaml
id: probe
title: Qaf zed
question: ""
summary: Qaf.
expect:
  - {measure: attacks, between: [0, 0.5], label: qaf}
  - {measure: open war, between: [0, 1]}
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
    "sensitivity": ("sensitivity", "--method", "oat", *RUNS[:2], *FACTOR, *STUDY),
    "uncertainty": ("uncertainty", "--points", 4, "--per-point", 2, *FACTOR, *STUDY),
    "discover": ("discover", "--outcome", "simmering", "--points", 40, *FACTOR, *STUDY),
    "audit": ("audit", *RUNS, "--only", "rules.c*"),
    "trace": ("trace",),
    "explain": ("explain", "--day", 2),
    "explain, turning points": ("explain", *RUNS),
    "explain, figures": ("explain", "--day", 2, "--out", "why.png"),
    "replay": ("replay", "--out", "replay.html"),
    "handout": ("handout", "--levers", "states.north.resolve:0.2:0.9", "--points", 4, *RUNS),
}
#: What prints data for other programs, paths alone, or the bundled scenarios (tried below).
NO_PROSE = {"resolve", "schema", "lesson", "list"}


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put marks around what the language says itself, and not around the values it is given."""

    def mark(text: str, words: Words) -> str:
        return f"⟦{text}⟧" if words.language == LANGUAGE else text

    def marks(name: str) -> None:
        real = getattr(Words, name)
        monkeypatch.setattr(Words, name, lambda self, *a, **k: mark(real(self, *a, **k), self))

    for name in ("text", "date"):
        marks(name)
    term, value, join = Words.term, Words._value, Words.join
    monkeypatch.setattr(
        Words,
        "term",
        lambda self, group, name: (
            mark(term(self, group, name), self)
            if isinstance(self.own.get(f"{group}.{name}") or self.plain.get(f"{group}.{name}"), str)
            else name
        ),
    )
    monkeypatch.setattr(
        Words,
        "_value",
        lambda self, one: (
            f"⟧{value(self, one)}⟦" if self.language == LANGUAGE else value(self, one)
        ),
    )
    monkeypatch.setattr(
        Words,
        "join",
        lambda self, parts, last="and": (
            ", ".join(parts) if self.language == LANGUAGE else join(self, parts, last)
        ),
    )


def read_aloud(page: str) -> str:
    """What a page says, without scripts and the commands that make it again."""
    text = re.sub(r"<(script|style|pre|code)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def unmarked(text: str) -> set[str]:
    """Words of a screen or a page that neither the language nor the scenario has said."""
    text = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    text = re.sub(r"\S+/\S*", " ", text)  # paths of files
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
    seed = () if command == "check" else ("--seed", 7)
    said = engine_call(command, "probe.yaml", *options, *seed, "--language", LANGUAGE)
    assert said.code in (0, 1), said.err
    assert "⟦" in said.out + said.err
    assert unmarked(said.out + said.err) == set(), said.out + said.err
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert f'<html lang="{LANGUAGE}"' in text
        assert unmarked(read_aloud(text)) == set(), page.name


@pytest.mark.usefixtures("marked")
def test_the_list_names_kinds_in_its_language(engine_call: Call) -> None:
    assert "⟦stylisé⟧" in engine_call("list", "--language", LANGUAGE).out


def test_each_command_is_tried() -> None:
    assert {words[0] for words in CALLS.values()} | NO_PROSE == set(app.COMMANDS)


#: What stays English: help, errors, and what parts of errors are made of.
HELP = {"Option", "Argument", "Typer", "runs_option", "points_option"}
ERRORS = {"_one_line", "_require_known", "_choose", "_of_day", "near", "SHOWN_STDIN"}
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:]? +[^\W\d_]{2,}")


def stays_english(node: ast.AST) -> bool:
    """Whether what a node holds is a docstring, help or an error."""
    match node:
        case ast.Raise() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Call():
            return _name(node.func) in HELP
        case ast.Assign():
            return _name(node.targets[0]) in {"SUMMARY", *ERRORS}
        case ast.FunctionDef():
            return node.name in ERRORS
    return False


def sentences(text: str) -> Iterator[str]:
    """Two words and more in strings of a module that are no docstring, help or error."""
    tree = ast.parse(text)
    english = {
        id(part) for node in ast.walk(tree) if stays_english(node) for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and SENTENCE.search(value) and id(node) not in english:
            yield value


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "sim" / "cli").glob("*.py")), ids=lambda path: path.stem
)
def test_no_command_holds_a_sentence_of_its_own(path: Path) -> None:
    assert list(sentences(path.read_text(encoding="utf-8"))) == []


def test_a_sentence_in_a_command_is_found() -> None:
    text = 'def f():\n    "What it does."\n    print(f"seed {1}; everything is in {2}")\n'
    assert list(sentences(text)) == ["; everything is in "]
    assert list(sentences('raise BadUse("--out: must be a file")')) == []
