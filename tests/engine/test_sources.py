"""The hash of the machine code covers all that machine code is made of.

Walked from the functions themselves: each compiled function, each value that its text names in its
module, and each class of the schema whose numbers are columns of a table.
"""

from __future__ import annotations

import ast
import dis
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

import sim.engine
import sim.model
from sim.engine import cache, jit
from sim.engine.world import tables
from sim.scenario import fields, schema

PACKAGE = cache.PACKAGE
HASHED = set(cache.sources())
ENTITIES = (
    *(schema.Rules, schema.State, schema.StateWeights, schema.View, schema.Relation),
    *(schema.Group, schema.Severity, schema.Targets, schema.Host, schema.Sector),
    *(schema.Border, schema.Mediator),
)


#: rooms that the engine may import (tests/test_architecture.py), and itself and its Mesa model;
#: other tests of this process may have loaded more
ROOMS = ("vocabulary", "errors", "version", "call", "files", "words", "scenario", "engine", "model")
BELOW = tuple(f"sim.{room}." for room in ROOMS)


def loaded() -> dict[str, ModuleType]:
    """Modules of these rooms that are loaded once every module of the engine is."""
    for found in pkgutil.walk_packages(sim.engine.__path__, "sim.engine."):
        importlib.import_module(found.name)
    return {name: m for name, m in sys.modules.items() if f"{name}.".startswith(BELOW)}


def compiled_functions(module: ModuleType) -> Iterator[Any]:
    """The functions of a module that are compiled, as Python text."""
    if not jit.COMPILED:
        # without compilation the decorators leave no trace but the word in the text
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                words = {ast.unparse(one) for one in node.decorator_list}
                if words & {"njit", "hot", "entry"}:
                    yield getattr(module, node.name)
        return
    from sim.engine.machine_code import Function

    for value in vars(module).values():
        if isinstance(value, Function) and value.function.__module__ == module.__name__:
            yield value.function


def names(code: CodeType) -> set[str]:
    """Names of globals that a function reads, its inner functions included."""
    found = {
        str(step.argval)
        for step in dis.get_instructions(code)
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_ATTR", "LOAD_METHOD")
    }
    return found.union(*(names(one) for one in code.co_consts if isinstance(one, CodeType)))


def assigned(module: ModuleType) -> set[str]:
    """Names that a module's own text gives a value."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            found |= {
                one.id
                for one in ast.walk(node)
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            }
    return found


def makers() -> dict[Path, str]:
    """Each file that machine code is made of, with an example of what it gives."""
    modules = loaded()
    text = {name: assigned(m) for name, m in modules.items() if m.__file__}
    found: dict[Path, str] = {}
    for module in modules.values():
        for function in compiled_functions(module):
            found[Path(function.__code__.co_filename)] = function.__name__
            for name in names(function.__code__):
                for owner in owners(function.__globals__, name, modules, text):
                    found.setdefault(Path(str(owner.__file__)), name)
    for block in ENTITIES:
        for one in [block, *(spec.block for spec in fields.specs(block).values() if spec.block)]:
            found.setdefault(Path(str(sys.modules[one.__module__].__file__)), one.__name__)
    found.setdefault(Path(fields.__file__), "specs")
    found.setdefault(Path(tables.__file__), "TABLES")
    return found


def owners(
    scope: dict[str, Any], name: str, modules: dict[str, ModuleType], text: dict[str, set[str]]
) -> Iterator[ModuleType]:
    """Modules whose text gives a name that a function reads, in its module or in one it names."""
    scopes = [scope, *(vars(value) for value in scope.values() if isinstance(value, ModuleType))]
    for place in scopes:
        if name in place and str(place.get("__name__", "")).startswith("sim."):
            yield from (
                modules[other]
                for other, known in text.items()
                if name in known and vars(modules[other]).get(name, known) is place[name]
            )


@pytest.fixture(scope="module")
def made_of() -> dict[Path, str]:
    return makers()


def test_every_file_that_machine_code_is_made_of_is_hashed(made_of: dict[Path, str]) -> None:
    missing = {
        path.relative_to(PACKAGE).as_posix(): name
        for path, name in made_of.items()
        if path not in HASHED
    }
    assert missing == {}, (
        "changed, these would leave stale machine code: add them to cache._SOURCES"
    )


def test_it_looks_at_rules_policies_vocabulary_and_schema(made_of: dict[Path, str]) -> None:
    found = {path.relative_to(PACKAGE).as_posix() for path in made_of}
    assert found >= {
        "engine/chance.py",
        "engine/loop.py",
        "engine/policies/quantal.py",
        "engine/rules/clash.py",
        "engine/world/tables.py",
        "vocabulary/ladder.py",
        "scenario/fields.py",
        "scenario/schema/actors.py",
        "scenario/schema/places.py",
    }
    assert {path.parts[-2] for path in made_of} >= {"rules", "policies", "vocabulary", "world"}


def test_every_hashed_pattern_finds_a_file() -> None:
    assert [one for one in cache._SOURCES if not list(PACKAGE.glob(one))] == []


def test_every_rule_of_the_engine_is_in_the_folder_that_is_hashed() -> None:
    files = set((PACKAGE / "engine").rglob("*.py"))
    assert files <= HASHED
