"""Where machine code is kept, and under which name, so that it is never stale.

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

import numpy as np

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_APP = "escalation"
#: the folder of the package `sim`
PACKAGE = Path(__file__).resolve().parent.parent
# what a compiled function may be made of: its text, and the tables and record types that it closes
# over
_SOURCES = (
    "engine/**/*.py",
    "vocabulary/*.py",
    "scenario/fields.py",
    "scenario/spec.py",
    "scenario/schema/__init__.py",
    "scenario/schema/actors.py",
    "scenario/schema/places.py",
    "scenario/schema/rules/*.py",
)
_KEPT = 3


def sources(package: Path = PACKAGE) -> list[Path]:
    """Every file whose text can change machine code, in a fixed order."""
    return sorted(path for pattern in _SOURCES for path in package.glob(pattern))


def cache_key(package: Path = PACKAGE) -> str:
    """Name of the cache folder: a hash of the sources, of what compiles, and of the processor."""
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
    """What NUMBA_CACHE_DIR names; a parent process has named its `escalation/<key>` below it."""
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    return folder.parent.parent if folder.parent.name == _APP else folder


def _candidates() -> Iterator[Callable[[], Path]]:
    if os.environ.get("NUMBA_CACHE_DIR"):
        yield _named_cache
    yield _user_cache
    yield _private_temporary


def _prepare(folder: Path) -> Path:
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
            folder = _prepare(base() / _APP / key)
            _prune(folder.parent)
        except (OSError, RuntimeError):  # RuntimeError: the user has no home
            continue
        return folder
    return None


def has_code(folder: Path | None) -> bool:
    """Whether machine code lies in a cache folder, so that nothing has to be compiled for long."""
    return folder is not None and any(folder.glob("*.code"))


@contextmanager
def one_at_a_time(folder: Path | None) -> Iterator[None]:
    """Let one process compile while others wait: they find its machine code and make none.

    Where files cannot be locked, all compile: slower, and right all the same.
    """
    if folder is None or fcntl is None:
        yield
        return
    with (folder / "compiling.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
