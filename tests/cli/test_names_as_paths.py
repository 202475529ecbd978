"""A name in a scenario never becomes a path outside the folder that was named.

Each command that reads a scenario is called, by each door through which a name comes in.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import ROOT

from sim.cli.app import COMMANDS

from .conftest import Call

#: The words after the scenario for each command that reads one.
WORDS = {
    "run": ["--runs", 2],
    "check": [],
    "trace": [],
    "resolve": [],
    "compare": ["two_states", "--runs", 2],
    "fork": ["--day", 3, "--set", "states.arland.resolve=0.5"],
    "uncertainty": ["--factors", "states.arland.resolve:0.1:0.9", "--points", 4, "--per-point", 2],
    "sensitivity": ["--method", "oat", "--runs", 2],
    "sweep": ["--vary", "states.arland.resolve=0.1,0.9", "--runs", 2],
    "tournament": ["--doctrine", "mirror,dice", "--runs", 2],
    "discover": ["--outcome", "war, not over", "--points", 40],
    "audit": ["--runs", 2],
    "lesson": ["--runs", 2],
    "page": [],
    "pack": ["--runs", 2],
    "describe": [],
    "replay": ["--out", "page.html"],
    "explain": ["--day", 2],
}
# what reads no scenario, or nothing but its text
NO_SCENARIO = {"list", "schema", "new", "fields", "policies", "serve", "diff", "fmt", "measures"}
HOSTILE = ("../../elsewhere/x", "/elsewhere", "a" * 5000)
FILE = """\
from: {}
format: 1
id: ID
title: Two states that do not touch
start: 2030-01-01
release: 2030-01-31
horizon: 7 days
states:
  arland: {personnel: 1000, assumed: x}
  borland: {personnel: 1000, assumed: x}
relations:
  pair: {between: [arland, borland]}
sectors:
  here: {state: arland, population: 1000, garrison: 100, assumed: x}
  there: {state: borland, population: 1000, garrison: 100, assumed: x}
levers: [{path: states.arland.resolve, label: L, low: 0.1, high: 0.9}]
"""


def quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_every_command_that_reads_a_scenario_is_called_here() -> None:
    assert WORDS.keys() | NO_SCENARIO == COMMANDS.keys()


@pytest.mark.parametrize("command", WORDS)
def test_no_command_takes_a_hostile_id_by_any_door(
    command: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "in" / "here"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    Path("plain.yaml").write_text(FILE.replace("from: {}\n", "").replace("ID", "plain"))
    Path("two_states.yaml").write_bytes((ROOT / "scenarios" / "two_states.yaml").read_bytes())
    for at, name in enumerate(HOSTILE):
        Path(f"resolved_{at}.yaml").write_text(FILE.replace("ID", quoted(name)))
        Path(f"child_{at}.yaml").write_text(f"id: {quoted(name)}\nextends: plain.yaml\n")
    before = tree(tmp_path)
    for at, name in enumerate(HOSTILE):
        # what `fork` sets with --set is the branch
        override = "--base" if command == "fork" else "--set"
        doors: tuple[tuple[object, ...], ...] = (
            (f"resolved_{at}.yaml", *WORDS[command]),
            (f"child_{at}.yaml", *WORDS[command]),
            ("-", *WORDS[command]),
            ("plain.yaml", *WORDS[command], override, f"id={quoted(name)}"),
        )
        for words in doors:
            text = FILE.replace("ID", quoted(name)).encode()
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
            said = call(command, *words)
            assert said.code == 2, (words, said)
            assert "id: must be a name of lower-case letters" in said.err, (words, said)
            assert "Traceback" not in said.err
    assert tree(tmp_path) == before


def test_the_default_folder_of_a_run_may_not_be_a_link_to_elsewhere(
    call: Call, tmp_path: Path
) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}_elsewhere"
    elsewhere.mkdir()
    first = call("run", "two_states", "--runs", 2, "--seed", 1, "--no-report")
    assert first.code == 0
    (made,) = Path("results").iterdir()
    made.rename(tmp_path / "aside")
    made.symlink_to(elsewhere, target_is_directory=True)
    said = call("run", "two_states", "--runs", 2, "--seed", 1, "--no-report")
    assert said.code == 2
    assert "must stay inside results, got a link to " in said.err
    assert tree(elsewhere) == set()
