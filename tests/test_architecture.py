"""The rules of the house that no single module can hold: arrows, chance, words, sizes, start-up."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Python

SIM = ROOT / "sim"

# a room imports only rooms further up in this list, never its own line's others nor one below
ORDER = (
    ("errors", "jit", "ladder"),
    ("measures", "words"),
    ("scenario",),
    ("chance",),
    ("world",),
    ("policies",),
    ("rules",),
    ("day",),
    ("replication",),
    ("model",),
    ("ensemble",),
    ("analysis",),
    ("report",),
    ("classroom",),
    ("cli",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
# what is compiled reads the world's arrays, never the file that they came from
COMPILED = {"policies": {"ladder", "jit", "chance", "world"}, "rules": {"ladder", "jit", "chance", "world", "policies"}}
# arrows against the order: (room, module that it imports) -> why
AGAINST = {
    ("world", "sim.policies.names"): "which number stands for which policy is data, like the ladder",
    ("ensemble", "sim.analysis.summary"): "Ensemble.summary() is a short way to say summarise(ensemble.runs, ...)",
}

LONGEST_FILE = 400
LONG_FILES = {"scenario/schema.py": "the one definition of every field, a table in words"}

PLACES = (
    r"pakistan|afghan|taliban|\bttp\b|\bisis\b|\biskp\b|islamic state|balo?uch|kabul|islamabad"
    r"|qatar|\bdoha\b|turkey|türkiye|saudi|\bindia|\biran|durand"
)
HEAVY = ("numba", "matplotlib", "mesa", "pandas", "scipy", "pyarrow")


def modules() -> list[Path]:
    """Every module of `sim` but its door, `sim/__init__.py`, which names its lazy exports."""
    found = sorted(path for path in SIM.rglob("*.py") if path != SIM / "__init__.py")
    assert found
    return found


def name(path: Path) -> str:
    return path.relative_to(SIM).as_posix()


def room(path: Path) -> str:
    return path.relative_to(SIM).parts[0].removesuffix(".py")


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """Full names of what a module imports, wherever in its text; `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [node.module])]) if node.level else node.module
            yield from (f"{base}.{alias.name}" for alias in node.names)


def exports() -> dict[str, str]:
    """Lazy exports of `sim` and the room that each comes from."""
    import sim

    return {export: home.split(".")[1] for export, home in sim._HOMES.items()}


def arrows(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """Other rooms that a module imports: (room, full name)."""
    package = ".".join(path.relative_to(SIM.parent).parent.parts)
    for full in imported(ast.parse(text), package):
        top, _, rest = full.partition(".")
        target = rest.split(".")[0]
        target = exports().get(target, target)
        if top == "sim" and target in RANK and target != room(path):
            yield target, full


def wrong_arrows(path: Path, text: str) -> list[str]:
    here = room(path)
    wrong = []
    for target, full in arrows(path, text):
        if any(here == source and f"{full}.".startswith(f"{module}.") for source, module in AGAINST):
            continue
        if RANK[target] >= RANK[here] or target not in COMPILED.get(here, {target}):
            wrong.append(f"{name(path)} imports {full}")
    return wrong


def calls(tree: ast.AST) -> Iterator[str]:
    """Dotted names of what is called or read as an attribute of a module."""
    yield from (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    yield from (node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_room_is_in_the_order(path: Path) -> None:
    assert room(path) in RANK


@pytest.mark.parametrize("path", modules(), ids=name)
def test_arrows_run_downwards(path: Path) -> None:
    assert wrong_arrows(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("scenario/reading.py", "from sim.world import build"),
        ("world/tables.py", "def late():\n    import sim.day"),
        ("rules/clash.py", "from sim.scenario.schema import State"),
        ("rules/clash.py", "from sim import load"),
        ("jit.py", "from sim import errors"),
        ("ensemble/runner.py", "from sim.analysis.compare import compare"),
        ("rules/clash.py", "from ..day import run_chunk"),
    ],
)
def test_an_arrow_upwards_is_found(file: str, text: str) -> None:
    assert len(wrong_arrows(SIM / file, text)) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("rules/clash.py", "from sim import chance"),
        ("rules/clash.py", "from sim.rules.record import tell"),
        ("cli/run.py", "from sim import __version__, run"),
        ("ensemble/__init__.py", "from sim.analysis.summary import summarise"),
    ],
)
def test_an_arrow_downwards_is_allowed(file: str, text: str) -> None:
    assert wrong_arrows(SIM / file, text) == []


@pytest.mark.parametrize("path", modules(), ids=name)
def test_the_simulator_stands_alone(path: Path) -> None:
    above = {"calibration", "bench", "tests", "run_sim"}
    assert above.isdisjoint(full.split(".")[0] for full in imported(ast.parse(path.read_text(encoding="utf-8")), "sim"))


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_star_imports(path: Path) -> None:
    assert not [full for full in imported(ast.parse(path.read_text(encoding="utf-8")), "sim") if full.endswith(".*")]


@pytest.mark.parametrize("path", modules(), ids=name)
def test_chance_and_time_come_from_the_world_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {"random", "numpy.random"}.isdisjoint({part for full in imported(tree, "sim") for part in (full, full.rpartition(".")[0])})
    used = set(calls(tree))
    assert not {call for call in used if re.match(r"(np|numpy)\.random\b|(datetime\.)?(datetime|date)\.(now|utcnow|today)$|time\.time$", call)}


@pytest.mark.parametrize("path", [path for path in modules() if room(path) != "cli"], ids=name)
def test_only_the_command_line_prints(path: Path) -> None:
    assert "print" not in set(calls(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", [path for path in sorted(SIM.rglob("*")) if path.is_file() and path.suffix not in {".pyc", ".nbi", ".nbc"}], ids=name)
def test_the_simulator_knows_no_country_and_no_group(path: Path) -> None:
    assert re.findall(PLACES, path.read_text(encoding="utf-8"), flags=re.IGNORECASE) == []


@pytest.mark.parametrize("path", [path for path in modules() if name(path) not in LONG_FILES], ids=name)
def test_files_are_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_importing_the_package_imports_nothing_heavy(python: Python) -> None:
    loaded = python("import sys, sim; print(*sys.modules)").stdout.split()
    assert not {"numpy", *HEAVY} & set(loaded)
    assert [module for module in loaded if module.startswith("sim")] == ["sim"]


@pytest.mark.skipif(not (SIM / "cli" / "__init__.py").exists(), reason="no command line yet")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_command_line_answers_without_heavy_imports(python: Python, option: str) -> None:
    code = f"""
import sys
sys.argv = ["escalation", {option!r}]
from sim.cli import main
try:
    done = main()
except SystemExit as stop:
    done = stop.code
assert not done, done
print()
print(*sys.modules)
"""
    loaded = python(code).stdout.splitlines()[-1].split()
    assert "sim.cli" in loaded
    assert set(HEAVY).isdisjoint(loaded)


def test_every_lazy_export_has_a_home() -> None:
    import sim

    assert set(sim.__all__) == {*sim._HOMES, "__version__", "scenarios"}
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'lode'"):
        _ = sim.lode


def test_bundled_scenarios_are_found() -> None:
    import sim

    assert sim.scenarios() == ROOT / "scenarios"


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert "Mesa==3.3.1" in lines
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_no_machine_stands_in_a_committed_file() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    machine = re.compile(rb"(?<![\w.:-])/(?:work|farm|root|tmp|home|Users)/[\w.]|python" + rb"hosted|pypi\.org/" + rb"simple")
    files = [ROOT / file for file in listed if file and (ROOT / file).is_file()]
    assert files
    assert [file.relative_to(ROOT).as_posix() for file in files if machine.search(file.read_bytes())] == []
