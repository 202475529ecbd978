"""WebAssembly computes every byte that machine code computes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import BUNDLED, LONG_TESTS, OWN_OPTIONS, ROOT

from sim.engine import wasm
from sim.engine.replication import replay, run_chunk, run_futures
from sim.engine.world import Branch, build
from sim.errors import ModelError
from sim.replication.forcing import day_slots, forced_choices, write
from sim.replication.fork import Fork
from sim.replication.futures import FIRST_FUTURE
from sim.scenario import load
from tests.engine.wasm import image

SEED, SHORT = 7, 200
# replications of each scenario: `make nightly` takes the time for ten times as many
LONG = 2_000 if LONG_TESTS else SHORT
NODE = shutil.which("node")
pytestmark = pytest.mark.compiled
in_node = pytest.mark.skipif(NODE is None, reason="Node.js is not installed")
#: The first lesson, and those with own actions, events by rule, flows and alliances.
FEW = ("two_states", "naval_strait", "cyber_grid", "sponsor_valley", "two_alliances")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, made by the command."""
    file = tmp_path_factory.mktemp("wasm") / "engine.wasm"
    command = [sys.executable, "-m", "sim.engine.wasm", "--out", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if "needs a linker" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return file


def differences(engine: Path, file: Path, count: int) -> list[str]:
    """What of the results of a scenario is not the same in every byte."""
    assert NODE is not None
    template = build(load(file))
    ours = run_chunk(template, SEED, 0, count)
    theirs = image.run(engine, NODE, template, SEED, count)
    assert ours.deaths.any()
    return [
        field
        for field, own in zip(ours._fields, ours, strict=True)
        if own.tobytes() != theirs[field]
    ]


@in_node
@pytest.mark.parametrize(
    "file",
    [*(ROOT / "scenarios" / f"{name}.yaml" for name in FEW), OWN_OPTIONS],
    ids=lambda file: file.stem,
)
def test_a_scenario_is_the_same_in_every_byte(engine: Path, file: Path) -> None:
    assert differences(engine, file, SHORT) == []


@in_node
@pytest.mark.nightly
@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_every_bundled_scenario_is_the_same_in_every_byte(engine: Path, file: Path) -> None:
    assert differences(engine, file, LONG) == []


@in_node
@pytest.mark.parametrize("forced", [(), ("westmark=open_war",)])
def test_futures_of_a_page_are_those_of_a_fork(engine: Path, forced: tuple[str, ...]) -> None:
    assert NODE is not None
    fork = Fork(load(ROOT / "scenarios" / "two_states.yaml"), SEED, 3)
    block, template, day = fork.state_before(20), fork.template, 20
    write(template, block, forced_choices(template, forced))
    branch = Branch(block, day)
    places = np.append(template.measure_slots, day_slots(template, 1))
    ours = run_futures(template, branch, FIRST_FUTURE, 100, places)
    theirs = image.futures(engine, NODE, template, branch, FIRST_FUTURE, places)
    assert len(np.unique(ours.measures, axis=0)) > 1
    assert {field: own.tobytes() for field, own in ours._asdict().items()} == theirs


@in_node
def test_a_lever_of_a_page_is_a_setting(engine: Path) -> None:
    assert NODE is not None
    path, value = "states.westmark.resolve", 0.35
    file = ROOT / "scenarios" / "two_states.yaml"
    word = build(load(file)).slots[path]
    batch = {"seed": SEED, "first": 5, "count": 20, "changes": [[word, value]]}
    theirs = image.tables(engine, NODE, build(load(file)), batch, ["measures"])
    ours = run_chunk(build(load(file, {path: value})), SEED, 5, 20)
    assert ours.measures.tobytes() == theirs["measures"]
    assert ours.measures.tobytes() != run_chunk(build(load(file)), SEED, 5, 20).measures.tobytes()


@in_node
def test_a_lever_on_a_drawn_number_fixes_it_and_moves_no_other(engine: Path) -> None:
    assert NODE is not None
    file = ROOT / "scenarios" / "af_pk_2026.yaml"
    template = build(load(file))
    path, word, _ = template.uncertain[3]
    value = float(load(file).numbers()[path])
    batch = {"seed": SEED, "first": 0, "count": 6, "changes": [[word, value]]}
    theirs = image.tables(engine, NODE, template, batch, ["measures"])
    ours = run_chunk(build(load(file, {path: value})), SEED, 0, 6)
    assert ours.measures.tobytes() == theirs["measures"]


@in_node
def test_a_replication_in_full_is_the_same_in_every_byte(engine: Path) -> None:
    assert NODE is not None
    template = build(load(ROOT / "scenarios" / "two_states.yaml"))
    batch = {"seed": SEED, "first": 3, "count": 1, "whole": True}
    theirs = image.tables(engine, NODE, template, batch, ["blocks", "events", "ledger"])
    ours = replay(template, SEED, 3, ledger=True)
    assert theirs == {name: getattr(ours, name).tobytes() for name in theirs}


def test_it_asks_for_nothing_and_has_every_entry(engine: Path) -> None:
    assert engine.read_bytes()[:4] == b"\0asm"
    names = set(wasm.entries())
    assert {"begin", "resume", "advance", "run_all", "finish", "state_decides"} <= names
    if NODE is None:
        return
    code = (
        "const m = new WebAssembly.Module(require('fs').readFileSync(process.argv[1]));"
        "console.log(WebAssembly.Module.imports(m).length);"
        "console.log(WebAssembly.Module.exports(m).map((one) => one.name).join(' '))"
    )
    done = subprocess.run([NODE, "-e", code, engine], capture_output=True, text=True, check=True)
    imports, exports = done.stdout.splitlines()
    assert imports == "0"
    assert set(exports.split()) == {*names, "memory", "__heap_base"}


def test_without_a_linker_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wasm, "CACHE", None)
    monkeypatch.setattr(wasm, "object_file", lambda *given: b"")
    monkeypatch.setattr(wasm.shutil, "which", lambda name: None)
    monkeypatch.setattr(wasm, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"needs a linker.*lld.*escalation\[page\]"):
        wasm.engine_wasm()
