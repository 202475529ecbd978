"""What is installed is imported, and what is imported is declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"sim", "calibration", "bench", "tests", "run_sim", "setup", "build_backend"}
#: distributions that are run as commands or plug-ins and never imported, by what runs them
RUN_BY_NAME = {
    "dask": "docs/scaling.md",  # the commands `dask scheduler` and `dask worker`
    "pytest-cov": "Makefile",
    "pytest-xdist": "Makefile",
    "ruff": "Makefile",
    "mypy": "Makefile",
    "codespell": ".pre-commit-config.yaml",
    "pre-commit": "Makefile",
    "pandas-stubs": "Makefile",  # types for mypy
    "scipy-stubs": "Makefile",  # types for mypy
    "ziglang": "sim/engine/wasm.py",  # its linker
    "mkdocs": "Makefile",
    "mkdocs-material": ".ci/mkdocs.yml",
    "mkdocstrings": ".ci/mkdocs.yml",
    "mkdocs-jupyter": ".ci/mkdocs.yml",
    "ipykernel": "tests/notebooks/execute.py",  # Python as a notebook runs it
}
#: what is imported and comes with another distribution, which needs exactly that version of it
COMES_WITH = {"llvmlite": "numba", "markupsafe": "jinja2"}
#: types for mypy are used without being named anywhere
TYPES = {"pandas-stubs", "scipy-stubs"}


def canonical(name: str) -> str:
    """The name of a distribution as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: Iterable[str]) -> set[str]:
    """Names of the distributions in a list of requirements, this project's own extras left out."""
    names = {canonical(re.split(r"[\[<>=!~; ]", one)[0]) for one in requirements}
    return names - {"escalation"}


@cache
def providers() -> Mapping[str, list[str]]:
    """Distributions by the top module that they bring."""
    return packages_distributions()


def imported(folders: Iterable[str]) -> set[str]:
    """Distributions that the Python files below some folders import, anywhere in their text.

    One of an extra that is not installed is known by the name of its module.
    """
    found: set[str] = set()
    for folder in folders:
        start = ROOT / folder
        for path in [start] if start.is_file() else sorted(start.rglob("*.py")):
            tops = set(tops_of(ast.parse(path.read_text(encoding="utf-8"))))
            for top in tops - OURS - set(sys.stdlib_module_names):
                absent = (top,) if canonical(top) in EVERYTHING else ()
                found |= {canonical(name) for name in providers().get(top, absent)}
    return {COMES_WITH.get(name, name) for name in found}


def tops_of(tree: ast.AST) -> Iterable[str]:
    """First parts of the modules that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


EXTRAS = PROJECT["optional-dependencies"]
EVERYTHING = declared(PROJECT["dependencies"]).union(*map(declared, EXTRAS.values()))


@pytest.mark.parametrize("name", sorted(declared(PROJECT["dependencies"])))
def test_what_the_plain_install_brings_is_imported_by_the_simulator(name: str) -> None:
    assert name in imported(["sim"])


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        (extra, name)
        for extra, needs in EXTRAS.items()
        for name in sorted(declared(needs) - set(RUN_BY_NAME))
    ],
)
def test_what_an_extra_brings_is_imported(extra: str, name: str) -> None:
    folders = ["tests"] if extra in ("test", "fuzz") else ["sim", "calibration", "bench"]
    assert name in imported(folders)


@pytest.mark.parametrize(("name", "file"), sorted(RUN_BY_NAME.items()))
def test_what_is_run_by_name_is_named(name: str, file: str) -> None:
    assert name in EVERYTHING
    text = (ROOT / file).read_text(encoding="utf-8")
    word = {
        "pytest-cov": "--cov",
        "pytest-xdist": "-n auto",
        "mkdocs-material": "material",
        "pre-commit": "pre_commit",
    }
    assert name in TYPES or word.get(name, name) in text


def test_what_the_simulator_imports_is_declared() -> None:
    allowed = declared(PROJECT["dependencies"]).union(
        *(declared(needs) for extra, needs in EXTRAS.items() if extra not in ("test", "docs"))
    )
    assert imported(["sim", "run_sim.py"]) - allowed == set()


def test_what_tests_and_tools_import_is_declared() -> None:
    assert imported(["tests", "calibration", "bench"]) - EVERYTHING == set()


def test_a_dead_dependency_is_seen() -> None:
    assert "nicegui" not in imported(["sim", "calibration", "bench", "tests"])
    assert "numpy" in imported(["sim"])


def test_every_pin_is_of_something_installable() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    names = [canonical(line.split("==")[0]) for line in pins]
    assert len(set(names)) == len(names)
    assert EVERYTHING - set(names) == set()


def test_the_package_is_typed() -> None:
    assert (Path(ROOT) / "sim" / "py.typed").is_file()
