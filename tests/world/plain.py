"""The engine without compilation, in any session: the same text, run by the interpreter.

A test of one rule would wait for the compiler far longer than for the rule, and cannot look inside machine code. So where the
session compiles, a second copy of the engine is imported with compilation off; where it does not, this is the engine itself.
"""

from __future__ import annotations

import importlib
import os
import sys
from functools import cache
from types import ModuleType
from typing import Any

from sim import jit

_OFF = {"NUMBA_DISABLE_JIT": "1"}
_ROOTS = ("sim.scenario", "sim.world", "sim.replication", "sim.day", "sim.policies.registry")


def _loaded() -> dict[str, ModuleType]:
    return {name: module for name, module in sys.modules.items() if name == "sim" or name.startswith("sim.")}


@cache
def _copy() -> dict[str, ModuleType]:
    """Every module of the engine, uncompiled."""
    if not jit.COMPILED:
        for name in _ROOTS:
            importlib.import_module(name)
        return _loaded()
    compiled, environ = _loaded(), os.environ.copy()
    for name in compiled:
        del sys.modules[name]
    os.environ.update(_OFF)
    try:
        for name in _ROOTS:
            importlib.import_module(name)
        return _loaded()
    finally:
        os.environ.pop("NUMBA_DISABLE_JIT")
        os.environ.update(environ)
        for name in _loaded():
            del sys.modules[name]
        sys.modules.update(compiled)


def plain(name: str) -> Any:
    """A module of the uncompiled engine by its full name, e.g. `sim.rules.clash`."""
    return _copy()[name]
