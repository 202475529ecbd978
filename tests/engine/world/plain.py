"""The engine without compilation, in any session: the same text, run by the interpreter.

A test of one rule would wait for the compiler far longer than for the rule, and cannot look inside
machine code. So where the session compiles, a second copy of the engine is imported with
compilation off; where it does not, this is the engine itself.
"""

from __future__ import annotations

import importlib
import os
import sys
from functools import cache
from types import ModuleType
from typing import Any

from sim.engine import jit

_SWITCH = "NUMBA_DISABLE_JIT"
_ROOTS = ("sim.engine.replication", "sim.engine.elementary")
# never compiled, and the same for both copies: what reads a scenario, and the tables that it is
# checked against
_SHARED = ("sim.scenario", "sim.errors", "sim.vocabulary")


def _loaded() -> dict[str, ModuleType]:
    ours = {name: module for name, module in sys.modules.items() if f"{name}.".startswith("sim.")}
    return {
        name: module
        for name, module in ours.items()
        if not f"{name}.".startswith(tuple(f"{shared}." for shared in _SHARED))
    }


@cache
def _copy() -> dict[str, ModuleType]:
    """Every module of the engine, uncompiled."""
    if not jit.COMPILED:
        for name in _ROOTS:
            importlib.import_module(name)
        return _loaded()
    importlib.import_module("sim.scenario")
    compiled, before = _loaded(), os.environ.get(_SWITCH)
    for name in compiled:
        del sys.modules[name]
    os.environ[_SWITCH] = "1"
    try:
        for name in _ROOTS:
            importlib.import_module(name)
        return _loaded()
    finally:
        del os.environ[_SWITCH]
        if before is not None:
            os.environ[_SWITCH] = before
        for name in _loaded():
            del sys.modules[name]
        sys.modules.update(compiled)


def plain(name: str) -> Any:
    """A module of the uncompiled engine by its full name, e.g. `sim.engine.rules.clash`."""
    return _copy()[name]
