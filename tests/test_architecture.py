"""The rules of the house that no single module can hold: arrows, chance, words, sizes, start-up."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from conftest import ROOT, Python

SIM = ROOT / "sim"

# a room imports only rooms further up in this list, never its own line's others nor one below
ORDER = (
    ("printable", "cells", "bundle"),
    ("vocabulary", "errors", "version", "call"),
    ("words", "files", "plain"),
    ("scenario",),
    ("engine", "stats"),
    ("model",),
    ("ensemble",),
    ("design",),
    ("replication",),
    ("studies",),
    ("narration",),
    ("report",),
    ("classroom",),
    ("cli",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
# what is compiled reads the world's arrays, never the file that they came from
COMPILED = {
    "engine/policies": {"sim.vocabulary", "sim.engine"},
    "engine/rules": {"sim.vocabulary", "sim.engine"},
}

LONGEST_FILE = 400

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
            base = (
                ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [node.module])])
                if node.level
                else node.module
            )
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
    here, within = room(path), name(path).rpartition("/")[0]
    allowed = COMPILED.get(within)
    wrong = [full for target, full in arrows(path, text) if RANK[target] >= RANK[here]]
    if allowed is not None:
        wrong += [
            full
            for full in imported(ast.parse(text), f"sim.{within.replace('/', '.')}")
            if f"{full}.".startswith("sim.")
            and not f"{full}.".startswith(tuple(f"{one}." for one in allowed))
            and full not in wrong
        ]
    return [f"{name(path)} imports {full}" for full in wrong]


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import each other, directly or not (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(one: str) -> None:
        index[one] = low[one] = len(index)
        stack.append(one)
        for other in sorted(graph.get(one, ())):
            if other not in index:
                visit(other)
                low[one] = min(low[one], low[other])
            elif other in stack:
                low[one] = min(low[one], index[other])
        if low[one] == index[one]:
            group = stack[stack.index(one) :]
            del stack[stack.index(one) :]
            if len(group) > 1:
                found.append(sorted(group))

    for one in sorted(graph):
        if one not in index:
            visit(one)
    return found


def import_graph() -> dict[str, set[str]]:
    """Module -> modules of `sim` that it imports, those for types alone included."""
    known = {
        ".".join(path.relative_to(SIM.parent).with_suffix("").parts): path for path in modules()
    }
    known = {full.removesuffix(".__init__"): path for full, path in known.items()}
    graph: dict[str, set[str]] = {}
    for full, path in known.items():
        package = full if path.name == "__init__.py" else full.rpartition(".")[0]
        graph[full] = {
            target if target in known else target.rpartition(".")[0]
            for target in imported(ast.parse(path.read_text(encoding="utf-8")), package)
            if target in known or target.rpartition(".")[0] in known
        } - {full}
    return graph


def test_no_modules_import_each_other() -> None:
    assert circles(import_graph()) == []


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}
    assert circles(graph) == [["a", "b", "c"]]


def calls(tree: ast.AST) -> Iterator[str]:
    """Dotted names of what is called or read as an attribute of a module."""
    yield from (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    yield from (
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_room_is_in_the_order(path: Path) -> None:
    assert room(path) in RANK


@pytest.mark.parametrize("path", modules(), ids=name)
def test_arrows_run_downwards(path: Path) -> None:
    assert wrong_arrows(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("scenario/reading.py", "from sim.engine.world import build"),
        ("engine/world/tables.py", "def late():\n    import sim.ensemble.runner"),
        ("engine/rules/clash.py", "from sim.scenario.schema import State"),
        ("engine/rules/clash.py", "from sim import load"),
        ("vocabulary/codes.py", "from sim import scenario"),
        ("stats/survival.py", "from sim.engine import chance"),
        ("ensemble/runner.py", "from sim.studies.compare.run import compare"),
        ("engine/rules/clash.py", "from ...scenario import load"),
    ],
)
def test_an_arrow_upwards_is_found(file: str, text: str) -> None:
    assert len(wrong_arrows(SIM / file, text)) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("engine/rules/clash.py", "from sim.engine import chance"),
        ("engine/rules/clash.py", "from sim.engine.rules.record import tell"),
        ("cli/run.py", "from sim import __version__, run"),
        ("ensemble/__init__.py", "from sim.stats.summary import summarise"),
    ],
)
def test_an_arrow_downwards_is_allowed(file: str, text: str) -> None:
    assert wrong_arrows(SIM / file, text) == []


@pytest.mark.parametrize("path", modules(), ids=name)
def test_the_simulator_stands_alone(path: Path) -> None:
    above = {"calibration", "bench", "tests", "run_sim"}
    assert above.isdisjoint(
        full.split(".")[0] for full in imported(ast.parse(path.read_text(encoding="utf-8")), "sim")
    )


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_star_imports(path: Path) -> None:
    assert not [
        full
        for full in imported(ast.parse(path.read_text(encoding="utf-8")), "sim")
        if full.endswith(".*")
    ]


@pytest.mark.parametrize("path", modules(), ids=name)
def test_chance_and_time_come_from_the_world_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {"random", "numpy.random"}.isdisjoint(
        {part for full in imported(tree, "sim") for part in (full, full.rpartition(".")[0])}
    )
    used = set(calls(tree))
    assert not {
        call
        for call in used
        if re.match(
            r"(np|numpy)\.random\b|(datetime\.)?(datetime|date)\.(now|utcnow|today)$|time\.time$",
            call,
        )
    }


@pytest.mark.parametrize("path", [path for path in modules() if room(path) != "cli"], ids=name)
def test_only_the_command_line_prints(path: Path) -> None:
    assert "print" not in set(calls(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(SIM.rglob("*"))
        if path.is_file() and path.suffix not in {".pyc", ".nbi", ".nbc"}
    ],
    ids=name,
)
def test_the_simulator_knows_no_country_and_no_group(path: Path) -> None:
    assert re.findall(PLACES, path.read_text(encoding="utf-8"), flags=re.IGNORECASE) == []


@pytest.mark.parametrize("path", modules(), ids=name)
def test_files_are_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_importing_the_package_imports_nothing_heavy(python: Python) -> None:
    loaded = python("import sys, sim; print(*sys.modules)").stdout.split()
    assert not {"numpy", *HEAVY} & set(loaded)
    assert {module for module in loaded if module.startswith("sim")} == {"sim", "sim.version"}


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
    assert [
        line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)
    ] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_no_machine_stands_in_a_committed_file() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    machine = re.compile(
        rb"(?<![\w.:-])/(?:work|farm|root|tmp|home|Users)/[\w.]|python"
        + rb"hosted|pypi\.org/"
        + rb"simple"
    )
    files = [ROOT / file for file in listed if file and (ROOT / file).is_file()]
    assert files
    assert [
        file.relative_to(ROOT).as_posix() for file in files if machine.search(file.read_bytes())
    ] == []
