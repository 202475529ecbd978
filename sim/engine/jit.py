"""The one door to Numba: how the rules are compiled, and where machine code is kept.

`njit` compiles a function that other compiled functions call, `entry` one that Python calls; only
an entry is kept on disk. Both release the GIL and follow Python's arithmetic (a division by zero is
an error, never a silent infinity); `fastmath` is off for ever, because it would let two machines
disagree. With `NUMBA_DISABLE_JIT=1` both leave the function alone, Numba is not even imported, and
the same text runs in the interpreter.

Numba's own disk cache looks at the file of the entry alone and runs stale code when a helper in
another file changes, and it raises where no folder can be written. So our machine code lies in
`<cache>/escalation/<key>`, where the key is a hash of everything that is compiled and of what
compiles it; the cache is the user's (or what `NUMBA_CACHE_DIR` names), else a private folder among
the temporary files, else none.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

COMPILED = not int(os.environ.get("NUMBA_DISABLE_JIT") or 0)

_APP = "escalation"
_HERE = Path(__file__).resolve().parent.parent
# what a compiled function may be made of: its text, and the tables and record types that it closes
# over
_SOURCES = (
    "engine/**/*.py",
    "vocabulary/*.py",
    "scenario/fields.py",
    "scenario/spec.py",
    "scenario/schema/actors.py",
    "scenario/schema/places.py",
    "scenario/schema/rules/*.py",
)
_KEPT = 3
_MASK = (1 << 64) - 1


def sources(package: Path) -> list[Path]:
    """Every file whose text can change machine code, in a fixed order."""
    return sorted(path for pattern in _SOURCES for path in package.glob(pattern))


def cache_key(package: Path = _HERE) -> str:
    """Name of the cache folder: a hash of the sources, of Numba, NumPy and Python, and of the processor."""
    import llvmlite.binding

    digest = hashlib.sha256()
    for words in (
        version("numba"),
        version("llvmlite"),
        np.__version__,
        sys.version,
        platform.machine(),
        llvmlite.binding.get_host_cpu_name(),
    ):
        digest.update(words.encode() + b"\0")
    for path in sources(package):
        digest.update(
            path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
        )
    return digest.hexdigest()[:24]


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _private_temporary() -> Path:
    """A temporary folder that is ours alone: a cache holds code that will be run."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"{_APP}-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if hasattr(os, "getuid") and (
        folder.is_symlink() or status.st_uid != user or status.st_mode & 0o022
    ):
        raise PermissionError(f"{folder} can be written by others")
    return folder


def _named_cache() -> Path:
    """What NUMBA_CACHE_DIR names; a parent process has named its own `escalation/<key>` below it."""
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    return folder.parent.parent if folder.parent.name == _APP else folder


def _candidates() -> Iterator[Callable[[], Path]]:
    if os.environ.get("NUMBA_CACHE_DIR"):
        yield _named_cache
    yield _user_cache
    yield _private_temporary


def _prepared(folder: Path) -> Path:
    """Make the folder, prove that it can be written, and mark it as used now."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass
    os.utime(folder)
    return folder


def _prune(home: Path) -> None:
    """Delete all but the folders used last; another process may be doing the same."""
    used = []
    for folder in home.iterdir():
        try:
            used.append((folder.stat().st_mtime, folder))
        except FileNotFoundError:
            continue
    for _, folder in sorted(used, reverse=True)[_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def cache_folder(key: str) -> Path | None:
    """The folder for this key in the first cache that can be written, or None."""
    for base in _candidates():
        try:
            folder = _prepared(base() / _APP / key)
            _prune(folder.parent)
        except (OSError, RuntimeError):  # RuntimeError: the user has no home
            continue
        return folder
    return None


def umul128(a: Any, b: Any) -> tuple[np.uint64, np.uint64]:
    """High and low 64 bits of the product of two unsigned 64-bit words; works in compiled code and outside."""
    product = int(a) * int(b)
    return np.uint64(product >> 64), np.uint64(product & _MASK)


def _plain(function: Any = None, /, **_options: Any) -> Any:
    """Leave the function as it is."""
    return function if function is not None else lambda f: f


CACHE: Path | None = None

if COMPILED:
    # a package inside an archive shows no sources, so a change in them could not be seen
    CACHE = cache_folder(cache_key()) if sources(_HERE) else None
    if CACHE is not None:
        os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

    import numba
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic, overload

    _settings: Any = numba.config
    if CACHE is not None:  # Numba may have been imported, and have read its settings, before us
        _settings.CACHE_DIR = str(CACHE)

    def _compiler(**fixed: Any) -> Any:
        options = {"nogil": True, "error_model": "python", **fixed}

        def decorate(function: Any = None, /, **more: Any) -> Any:
            compiled = numba.njit(**{**options, **more})
            return compiled(function) if function is not None else compiled

        return decorate

    @intrinsic
    def _wide_multiply(context: Any, a: Any, b: Any) -> Any:
        """Multiply by one instruction of the processor: 6 ns a Philox call where 64-bit words alone take 56."""

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

    @overload(umul128)
    def _compiled_umul128(a, b):  # type: ignore[no-untyped-def]  # Numba compares its signature with the lambda's
        return lambda a, b: _wide_multiply(a, b)  # type: ignore[call-arg]  # Numba adds the context

    njit = _compiler()
    # for what every decision goes through: inlined, its loops know how many options and terms there
    # are (see bench/profile.py)
    hot = _compiler(forceinline=True)
    entry = _compiler(cache=CACHE is not None)
else:
    njit = hot = entry = _plain


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process compile while others wait, so that they find its machine code instead of making their own.

    Where files cannot be locked, all compile: slower, and right all the same.
    """
    if CACHE is None or fcntl is None:
        yield
        return
    with (CACHE / "compiling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
