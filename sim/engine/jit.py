"""The one door to Numba: how the rules are compiled.

`njit` compiles a function that other compiled functions call, `hot` one that is put in its place in
each of them, `entry` one that Python calls and whose machine code is kept on disk
(`sim/engine/cache.py`). Nothing is compiled before it is called. All release the GIL and follow
Python's arithmetic (a division by zero is an error, never a silent infinity); `fastmath` is off,
because it would let two machines disagree. With `NUMBA_DISABLE_JIT=1` all three leave the function
alone, Numba is not even imported, and the same text runs in the interpreter.
"""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine.cache import cache_folder, cache_key, has_code, sources

COMPILED = not int(os.environ.get("NUMBA_DISABLE_JIT") or 0)

_MASK = (1 << 64) - 1


def umul128(a: Any, b: Any) -> tuple[np.uint64, np.uint64]:
    """High and low 64 bits of the product of two unsigned 64-bit words, compiled or not."""
    product = int(a) * int(b)
    return np.uint64(product >> 64), np.uint64(product & _MASK)


def _plain(function: Any) -> Any:
    """Leave the function as it is."""
    return function


CACHE: Path | None = None

if COMPILED:
    # a package inside an archive shows no sources, so a change in them could not be seen
    CACHE = cache_folder(cache_key()) if sources() else None
    if CACHE is not None:
        os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

    import numba
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic, overload

    _settings: Any = numba.config
    if CACHE is not None:  # Numba may have been imported, and have read its settings, before us
        _settings.CACHE_DIR = str(CACHE)

    from sim.engine.linking import Function

    def _compiler(*, cache: bool = False, **options: bool) -> Any:
        def decorate(function: Any) -> Any:
            return Function(function, cache=cache, nogil=True, error_model="python", **options)

        return decorate

    @intrinsic
    def _wide_multiply(context: Any, a: Any, b: Any) -> Any:
        """Multiply by one instruction: 6 ns a Philox call where 64-bit words alone take 56."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            word, wide = ir.IntType(64), ir.IntType(128)
            product = builder.mul(
                builder.zext(arguments[0], wide), builder.zext(arguments[1], wide)
            )
            high = builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), word)
            return context.make_tuple(
                builder, signature.return_type, (high, builder.trunc(product, word))
            )

        return types.UniTuple(types.uint64, 2)(types.uint64, types.uint64), generate

    # Numba compares the signature of this function with that of the lambda, and adds the context
    @overload(umul128)
    def _compiled_umul128(a, b):  # type: ignore[no-untyped-def]
        return lambda a, b: _wide_multiply(a, b)  # type: ignore[call-arg]

    njit = _compiler()
    # for what every decision goes through: inlined, its loops know how many options and terms there
    # are (see bench/profile.py)
    hot = _compiler(forceinline=True)
    entry = _compiler(cache=CACHE is not None)
else:
    njit = hot = entry = _plain


def is_ready() -> bool:
    """Whether the rules need no long compilation: machine code is on disk, or compilation is off."""
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

        # SVML rounds some functions differently: results agree bit for bit only where this agrees
        known |= {"svml": bool(_settings.USING_SVML), "cpu": llvmlite.binding.get_host_cpu_name()}
    return known
