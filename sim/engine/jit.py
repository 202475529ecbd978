"""The one door to Numba: how the rules are compiled.

`njit` compiles a function that other compiled functions call, `hot` one that is put in its place in
each of them, `apart` one that never is, `entry` one that Python calls and whose machine code is
kept on disk (`sim/engine/cache.py`). Nothing is compiled before it is called. All release the GIL
and follow Python's arithmetic (a division by zero is an error, never a silent infinity); `fastmath`
is off, because it would let two machines disagree. With `NUMBA_DISABLE_JIT=1` all leave the
function alone, Numba is not even imported, and the same text runs in the interpreter.
"""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim.engine.cache import cache_folder, cache_key, has_code, sources
from sim.engine.machine_code import Function
from sim.engine.wide import umul128

__all__ = [
    "CACHE",
    "COMPILED",
    "apart",
    "entry",
    "environment",
    "hot",
    "is_ready",
    "njit",
    "umul128",
]

COMPILED = not int(os.environ.get("NUMBA_DISABLE_JIT") or 0)


def _plain(function: Any) -> Any:
    """Leave the function as it is."""
    return function


CACHE: Path | None = None

if COMPILED:
    # a package inside an archive shows no sources, so a change in them could not be seen
    CACHE = cache_folder(cache_key()) if sources() else None
    if CACHE is not None:
        os.environ["NUMBA_CACHE_DIR"] = str(CACHE)
    else:  # not Numba either: it would load what a user's own module keeps there
        os.environ.pop("NUMBA_CACHE_DIR", None)

    def _numba() -> Any:
        """What compiles; it imports Numba."""
        from sim.engine import linking

        return linking

    def _compiler(*, cache: bool = False, apart: bool = False, **options: bool) -> Any:
        fixed: dict[str, bool | str] = {"nogil": True, "error_model": "python", **options}
        folder = CACHE if cache else None
        return lambda function: Function(
            function, folder, fixed, _numba, apart=apart, is_entry=cache
        )

    njit = _compiler()
    # for what every decision goes through: inlined, its loops know how many options and terms there
    # are (see bench/profile.py)
    hot = _compiler(forceinline=True)
    # for long ones with many callers
    apart = _compiler(apart=True)
    entry = _compiler(cache=True)
else:
    njit = hot = apart = entry = _plain


def is_ready() -> bool:
    """Whether nothing takes long to compile: machine code is on disk, or compilation is off."""
    return not COMPILED or has_code(CACHE)


def environment() -> dict[str, str | bool]:
    """What a result has to say about its machine code, for its manifest."""
    known: dict[str, str | bool] = {
        "compiled": COMPILED,
        "numba": version("numba"),
        "machine": platform.machine(),
    }
    if COMPILED:
        import llvmlite.binding

        known["cpu"] = llvmlite.binding.get_host_cpu_name()
    return known
