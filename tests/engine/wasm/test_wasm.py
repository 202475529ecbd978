"""WebAssembly computes every byte that machine code computes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from sim.engine import wasm
from sim.engine.replication import run_chunk
from sim.engine.world import build
from sim.errors import ModelError
from sim.scenario import load
from tests.engine.wasm import image

SEED, SHORT, LONG = 7, 200, 2_000
NODE = shutil.which("node")
pytestmark = pytest.mark.compiled
in_node = pytest.mark.skipif(NODE is None, reason="Node.js is not installed")
SCENARIOS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))


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


def differences(engine: Path, name: str, count: int) -> list[str]:
    """What of the results of a scenario is not the same in every byte."""
    assert NODE is not None
    template = build(load(ROOT / "scenarios" / f"{name}.yaml"))
    ours = run_chunk(template, SEED, 0, count)
    theirs = image.run(engine, NODE, template, SEED, count)
    assert ours.deaths.any()
    return [
        field
        for field, own, other in zip(ours._fields, ours, theirs, strict=True)
        if own.tobytes() != other.tobytes()
    ]


@in_node
def test_two_states_are_the_same_in_every_byte(engine: Path) -> None:
    assert differences(engine, "two_states", SHORT) == []


@in_node
@pytest.mark.nightly
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_bundled_scenario_is_the_same_in_every_byte(engine: Path, name: str) -> None:
    assert differences(engine, name, LONG) == []


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
    monkeypatch.setattr(wasm, "_object", lambda functions: b"")
    monkeypatch.setattr(wasm.shutil, "which", lambda name: None)
    monkeypatch.setattr(wasm, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"needs a linker.*lld.*escalation\[page\]"):
        wasm.engine_wasm()
