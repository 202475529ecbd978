"""A scenario's Python policy is a program: no command and no door of Python runs it unasked."""

from __future__ import annotations

import ast
import inspect
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import sim
from sim.classroom.variants import run_variants
from sim.cli.app import COMMANDS
from sim.design.design import Design, Factor, run_design
from sim.ensemble import run_many
from sim.ensemble.engine import engine_of
from sim.ensemble.manifest import manifest_for, write_manifest
from sim.errors import RunError
from sim.model import EscalationModel, run_chunk
from sim.narration.ending import ending_of
from sim.replication.ledger import decisions
from sim.replication.ledger_files import write_ledger
from sim.replication.pick import pick, pick_all
from sim.replication.record_files import write_record
from sim.replication.rerun import rerun
from sim.scenario import Scenario
from sim.scenario.programs import ConsentError
from sim.studies.reproduction import reproduce
from sim.words import words

from .conftest import Call

PROGRAM = """
from pathlib import Path
Path(__file__).with_name("it_ran").touch()
from sim.model import StateAgent

class Mind(StateAgent):
    every_day = True
    def decide(self, options):
        raise RuntimeError("\\x1b]0;owned\\x07\\x1b[2Jall is well\\rgone\\nok: evil.yaml \\u202e")
"""
SCENARIO = """
id: named
title: A scenario that names a program
extends: two_states.yaml
horizon: 4
outcome_window: 2
states:
  westmark: {policy: "mind:Mind"}
"""
#: How each command comes to run replications of a scenario.
CALLS: dict[str, tuple[str, ...]] = {
    "run": ("run", "named.yaml"),
    "compare": ("compare", "two_states.yaml", "named.yaml"),
    "compare variant": (
        *("compare", "two_states.yaml"),
        *("--variant", "other: states.westmark.policy=mind:Mind"),
    ),
    "sweep": ("sweep", "named.yaml", "--vary", "states.westmark.resolve=0.2:0.8:2"),
    "sweep over policies": (
        *("sweep", "two_states.yaml", "--set", "horizon=4", "--set", "outcome_window=2"),
        *("--vary", "states.westmark.policy=quantal,mind:Mind"),
    ),
    "tournament": (
        *("tournament", "two_states.yaml", "--policies", "quantal"),
        *("--python-policy", "mind.py:Mind"),
        *("--set", "horizon=4", "--set", "outcome_window=2"),
    ),
    "sensitivity": ("sensitivity", "named.yaml"),
    "uncertainty": ("uncertainty", "named.yaml"),
    "discover": ("discover", "named.yaml", "--outcome", "war, not over"),
    "audit": ("audit", "named.yaml"),
    "fork": ("fork", "named.yaml", "--day", "2"),
    "trace": ("trace", "named.yaml"),
    "explain": ("explain", "named.yaml"),
    "explain a day": ("explain", "named.yaml", "--day", "2"),
    "replay": ("replay", "named.yaml", "--out", "replay.html"),
    "play": ("play", "named.yaml", "--as", "westmark"),
    "pack": ("pack", "named.yaml"),
    "page": ("page", "named.yaml"),
    "lesson": ("lesson", "named.yaml"),
    "check": ("check", "named.yaml", "--run"),
    "set": ("run", "two_states.yaml", "--set", "states.westmark.policy=mind:Mind"),
    "rerun": ("rerun", "kept"),
}
RUN_NOTHING = {
    *("list", "resolve", "schema", "fields", "measures", "policies"),
    *("diff", "fmt", "describe", "new", "serve", "export"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a scenario that names a program, and the program."""
    shutil.copy(ROOT / "scenarios" / "two_states.yaml", tmp_path)
    (tmp_path / "named.yaml").write_text(SCENARIO)
    (tmp_path / "mind.py").write_text(PROGRAM)
    kept = tmp_path / "kept"  # a results folder of a stranger, which brings its program along
    kept.mkdir()
    scenario = sim.load(tmp_path / "named.yaml")
    (kept / "resolved.yaml").write_text(scenario.text)
    write_manifest(kept, replace(manifest_for(scenario, 1, None, None), runs=1))
    (kept / "mind.py").write_text(PROGRAM.replace("with_name(", "parent.with_name("))
    return tmp_path


def test_every_command_is_tried() -> None:
    assert {words[0] for words in CALLS.values()} | RUN_NOTHING == set(COMMANDS)


@pytest.mark.parametrize("words", CALLS.values(), ids=CALLS)
def test_no_command_runs_a_program_unasked(
    folder: Path, engine_call: Call, words: tuple[str, ...]
) -> None:
    said = engine_call(*words)
    assert said.code == 2
    refusal = said.err.splitlines()[-1]
    for word in ("states.westmark.policy", "mind:Mind", "mind.py", "--allow-python"):
        assert word in refusal
    assert not (folder / "it_ran").exists()
    assert not (folder / "results").exists()


@pytest.mark.parametrize("words", [("check", "named.yaml"), ("resolve", "named.yaml"), ("list",)])
def test_looking_at_a_scenario_runs_nothing(
    folder: Path, engine_call: Call, words: tuple[str, ...]
) -> None:
    assert engine_call(*words).code == 0
    assert not (folder / "it_ran").exists()


def test_check_names_the_class_and_its_file(folder: Path, engine_call: Call) -> None:
    said = engine_call("check", "named.yaml")
    assert (
        said.err == "remark: named.yaml: states.westmark.policy: is the Python class mind:Mind in "
        "mind.py, which runs with --allow-python only\n"
    )
    (folder / "mind.py").unlink()
    assert "mind.py, a file that is not there" in engine_call("check", "named.yaml").err


def test_consent_lasts_for_one_command(folder: Path, engine_call: Call) -> None:
    assert engine_call("trace", "named.yaml", "--seed", 1, "--allow-python").code == 1
    assert (folder / "it_ran").exists()
    assert engine_call("trace", "named.yaml", "--seed", 1).code == 2


def test_a_folder_is_resumed_with_consent_alone(folder: Path, engine_call: Call) -> None:
    words = ("run", "named.yaml", "--seed", 1, "--jobs", 1, "--no-report", "--out", "o")
    assert engine_call(*words, "--runs", 1, "--allow-python").code == 1
    again = engine_call(*words, "--runs", 2)
    assert (again.code, "--allow-python" in again.err) == (2, True)
    rerun_words = (folder / "o" / "failed.csv").read_text()
    assert "run_sim.py trace named.yaml --allow-python --seed 1 --replication 0" in rerun_words
    command = json.loads((folder / "o" / "manifest.json").read_text())["command"]
    assert "--allow-python" in command


@pytest.mark.parametrize("words", [("trace",), ("run", "--runs", 1, "--jobs", 1, "--no-report")])
def test_what_a_program_raises_cannot_move_the_terminal(
    folder: Path, engine_call: Call, words: tuple[object, ...]
) -> None:
    command, *options = words
    said = engine_call(command, "named.yaml", "--seed", 1, "--allow-python", *options)
    assert said.code == 1
    assert "RuntimeError: all is wellgone ok: evil.yaml" in said.out + said.err or command == "run"
    for mark in ("\x1b", "\x07", "\r", "\u202e", "owned", "\nok: evil"):
        assert mark not in said.out + said.err
    for path in folder.rglob("failed.csv"):
        assert "RuntimeError: all is wellgone ok: evil.yaml" in path.read_text()


def or_fail(call: Callable[..., Any], *given: Any, **more: Any) -> None:
    """A look at replications that all fail, since the policy of the test raises."""
    with suppress(RunError):
        call(*given, **more)


def doors(scenario: Scenario, folder: Path) -> dict[str, Callable[..., Any]]:
    """Every door of Python that runs replications; each takes `allow_python`."""
    small: dict[str, Any] = {"runs": 1, "seed": 1, "jobs": 1}
    other = sim.load(folder / "two_states.yaml", {"horizon": 4, "outcome_window": 2})
    design = Design.of([Factor("states.westmark.resolve", values=(0.5,))], [(0.5,)])
    ensemble = sim.run(other, **small, out=folder / "plain")
    ensemble.scenario = scenario
    return {
        "run": lambda **more: sim.run(scenario, **small, **more),
        "run_many": lambda **more: run_many({"a": scenario}, **small, **more),
        "compare": lambda **more: sim.compare([scenario, other], **small, **more),
        "run_design": lambda **more: run_design(scenario, design, **small, **more),
        "run_variants": lambda **more: run_variants(scenario, **small, **more),
        "rerun": lambda **more: rerun(scenario, 1, 0, **more),
        "pick": lambda **more: or_fail(pick, scenario, 1, "truce", **more),
        "pick_all": lambda **more: or_fail(pick_all, scenario, 1, ["truce"], **more),
        "ending_of": lambda **more: or_fail(ending_of, scenario, 1, 0, words(), **more),
        "decisions": lambda **more: decisions(scenario, 1, 0, **more),
        "write_ledger": lambda **more: write_ledger(ensemble, 1, **more),
        "write_record": lambda **more: write_record(ensemble, ("events",), **more),
        "reproduce": lambda **more: reproduce(folder / "kept", jobs=1, **more),
        "engine_of": lambda **more: engine_of(scenario, **more),
        "EscalationModel": lambda **more: EscalationModel(scenario, **more),
        "run_chunk": lambda **more: run_chunk(scenario, 1, 0, 0, **more),
    }


def test_no_door_of_python_runs_a_program_unasked(folder: Path) -> None:
    scenario = sim.load(folder / "named.yaml")
    for name, door in doors(scenario, folder).items():
        with pytest.raises(ConsentError, match="allow_python=True"):
            door()
        assert not (folder / "it_ran").exists(), name
    with pytest.raises(TypeError):
        doors(scenario, folder)["run"](allow_pythn=True)


def test_each_door_of_python_takes_consent(folder: Path) -> None:
    scenario = sim.load(folder / "named.yaml")
    for name in doors(scenario, folder):
        (folder / "it_ran").unlink(missing_ok=True)
        (folder / "mind.py").write_text(f"{PROGRAM}# {name}\n")  # another text is run anew
        doors(scenario, folder)[name](allow_python=True)
        assert (folder / "it_ran").exists() or name == "engine_of", name


def functions_with_engine() -> Iterator[tuple[str, list[str]]]:
    """Functions of `sim` that choose an engine, with the names of their parameters."""
    for path in (ROOT / "sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                every = [*node.args.args, *node.args.kwonlyargs]
                if any("ChooseEngine" in ast.unparse(a.annotation) for a in every if a.annotation):
                    yield node.name, [argument.arg for argument in every]


def test_who_chooses_an_engine_takes_consent(folder: Path) -> None:
    inner = {"main", "using", "_answer"}  # an engine of a caller's own, for tests
    # parts of `lesson`, which hand on the engine that their command chose
    inner |= {"pages", "lesson_stories", "story_notes", "paper_worlds"}
    found = {name: names for name, names in functions_with_engine() if name not in inner}
    assert {name for name, names in found.items() if "allow_python" not in names} == set()
    tried = set(doors(sim.load(folder / "named.yaml"), folder))
    assert set(found) - {"engine_for"} <= tried
    assert "allow_python" in inspect.signature(EscalationModel.__init__).parameters
