"""A wheel carries the engine for the browser, so that whoever installs it needs no linker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import build_backend
from sim.engine import wasm

pytestmark = pytest.mark.compiled
IGNORED = shutil.ignore_patterns("tests", ".*", "results", "build", "*.egg-info", "__pycache__")


def has_linker() -> bool:
    try:
        return bool(wasm._linker())
    except wasm.ModelError:
        return False


linked = pytest.mark.skipif(not has_linker(), reason="WebAssembly: needs a linker")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with the package, as a build copies it before it compiles the engine."""
    shutil.copytree(ROOT / "sim", tmp_path / "copy" / "sim", ignore=IGNORED)
    return tmp_path / "copy"


@linked
def test_a_build_compiles_the_engine_of_its_own_sources_and_no_other(copied: Path) -> None:
    package = copied / "sim"
    (package / "engine" / "engine-0123456789abcdef01234567.wasm").write_bytes(b"of an old build")
    assert build_backend.compile_engine(copied) is None
    carried = wasm.place_in_package(package)
    assert list(package.glob("engine/*.wasm")) == [carried]
    assert carried.name == wasm.place_in_package().name
    assert carried.read_bytes() == wasm.engine_wasm()
    with (package / "engine" / "day.py").open("a") as text:
        text.write("# another text\n")
    assert wasm.place_in_package(package) != carried


def test_a_build_that_cannot_compile_it_says_why_in_one_sentence(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    why = build_backend.compile_engine(copied)
    assert why == "WebAssembly: cannot be made while NUMBA_DISABLE_JIT is set"
    assert not list(copied.glob("sim/engine/*.wasm"))


def test_an_engine_that_is_carried_is_used_before_any_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wasm, "place_in_package", lambda: tmp_path / "engine-key.wasm")
    monkeypatch.setattr(wasm, "_object", lambda functions: pytest.fail("it was made anew"))
    (tmp_path / "engine-key.wasm").write_bytes(b"carried")
    assert wasm.engine_wasm() == b"carried"


@pytest.mark.parametrize(("linker", "linkers"), [(None, 1), ("/usr/bin/wasm-ld", 0)])
def test_a_build_asks_for_compilers_and_for_a_linker_if_there_is_none(
    linker: str | None, linkers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(build_backend.shutil, "which", lambda name: linker)
    monkeypatch.setattr(build_backend.build_meta, "get_requires_for_build_wheel", lambda _: [])
    asked = build_backend.get_requires_for_build_wheel()
    assert [sum(one.startswith(name) for one in asked) for name in build_backend.COMPILERS] == [
        1
    ] * len(build_backend.COMPILERS)
    assert sum(one.startswith("ziglang") for one in asked) == linkers


def run(*words: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Another process, in which nothing but its folder decides what `sim` is."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=clean | environ,
        check=False,
    )


@linked
@pytest.mark.nightly
def test_a_wheel_makes_a_page_without_a_linker(tmp_path: Path) -> None:
    """`pip wheel .` in an environment of its own, installed beside, no program on the path."""
    tree, wheels, beside = tmp_path / "tree", tmp_path / "wheels", tmp_path / "beside"
    shutil.copytree(ROOT, tree, ignore=IGNORED)
    pip = ("-m", "pip", "--disable-pip-version-check", "--no-input")
    done = run(*pip, "wheel", "--no-deps", "-w", str(wheels), ".", cwd=tree)
    if "No matching distribution found for setuptools" in done.stderr:
        pytest.skip("no index of packages can be reached, and a wheel needs setuptools")
    assert done.returncode == 0, done.stderr
    (wheel,) = wheels.glob("escalation-*-py3-none-any.whl")
    done = run(*pip, "install", "--no-deps", "--target", str(beside), str(wheel), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    program = (
        "import sys, sim\n"
        "from sim.cli import main\n"
        "assert sim.__file__.startswith(sys.argv[1]), sim.__file__\n"
        "sys.modules['ziglang'] = None\n"
        "sys.exit(main(['page', 'two_states', '--seed', '7', '--out', sys.argv[2]]))\n"
    )
    (tmp_path / "empty").mkdir()
    alone = {"PATH": str(tmp_path / "empty"), "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    page = tmp_path / "page.html"
    done = run("-c", program, str(beside), str(page), cwd=beside, **alone)
    assert done.returncode == 0, done.stderr
    assert 100_000 < page.stat().st_size < 1 << 20
