"""Where machine code is kept, and under which name, so that it is never stale.

Numba's own disk cache looks at the file of the entry alone and runs stale code when a helper in
another file changes, and it raises where no folder can be written. So our machine code lies in
`<cache>/escalation/<key>`, where the key is a hash of everything that is compiled and of what
compiles it; the cache is what `NUMBA_CACHE_DIR` names, else the user's, else a private folder among
the temporary files, else none. Each of them passes one test: nobody else can have put code there
(`sim/engine/trust.py`).
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import numpy as np

from sim.engine.code_files import reason, remark
from sim.engine.trust import danger

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
_KEY_DIGITS = 24


def sources(package: Path = PACKAGE) -> list[Path]:
    """Every file whose text can change machine code, in a fixed order."""
    return sorted(path for pattern in _SOURCES for path in package.glob(pattern))


def cache_key(package: Path = PACKAGE) -> str:
    """Name of the cache folder: a hash of the sources, of what compiles, and of the processor."""
    import llvmlite.binding

    # what a processor can do is not in its name: a virtual machine may have less
    features = llvmlite.binding.get_host_cpu_features().flatten()
    digest = hashlib.sha256()
    for words in (
        version("numba"),
        version("llvmlite"),
        np.__version__,
        sys.version,
        platform.machine(),
        llvmlite.binding.get_host_cpu_name(),
        features,
        *(f"{name}={os.environ[name]}" for name in sorted(os.environ) if _moves_code(name)),
    ):
        digest.update(words.encode(errors="surrogateescape") + b"\0")
    digest.update(source_key(package).encode())
    return digest.hexdigest()[:_KEY_DIGITS]


def source_key(package: Path = PACKAGE) -> str:
    """Hash of the sources alone, which is all that decides what a compiled engine computes."""
    digest = hashlib.sha256()
    for path in sources(package):
        digest.update(
            path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
        )
    return digest.hexdigest()[:_KEY_DIGITS]


def _moves_code(name: str) -> bool:
    """Whether a variable of the environment changes what Numba makes of a text."""
    return name.startswith("NUMBA_") and name not in ("NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT")


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # its standard says that one which is not absolute has to be ignored
    return named if named.is_absolute() else Path.home() / ".cache"


def _temporary() -> Path:
    return Path(tempfile.gettempdir()) / f"{_APP}-{os.getuid() if hasattr(os, 'getuid') else 0}"


def _named_cache() -> Path:
    """What NUMBA_CACHE_DIR names; a parent process has named its `escalation/<key>` below it."""
    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    ours = folder.parent.name == _APP and _is_key(folder.name)
    return folder.parent.parent if ours else folder


def _is_key(name: str) -> bool:
    return len(name) == _KEY_DIGITS and set(name) <= set("0123456789abcdef")


def _candidates() -> Iterator[Callable[[], Path]]:
    if os.environ.get("NUMBA_CACHE_DIR"):
        yield _named_cache
    yield _user_cache
    yield _temporary


def _prepare(folder: Path) -> None:
    """Make a folder that is the user's alone, prove that it can be written, mark it as used now.

    Raises
    ------
    Danger : if others could put code there
    OSError : if it cannot be made or written
    """
    for _ in range(2):  # before anything is made, and as it is then
        if why := danger(folder):
            raise Danger(why)
        for step in reversed([folder, *folder.parents]):
            if not step.exists():
                step.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass
    os.utime(folder)


class Danger(Exception):
    """Others could put code into a folder."""


def _prune(home: Path) -> None:
    """Delete all of our folders but those used last; another process may be doing the same."""
    used = []
    with suppress(OSError):
        for folder in home.iterdir():
            if _is_key(folder.name) and not folder.is_symlink():
                used.append((folder.stat().st_mtime, folder))
    for _, folder in sorted(used, reverse=True)[_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def cache_folder(key: str) -> Path | None:
    """The folder for this key in the first cache that is safe and can be written, or None.

    What is wrong with those before it becomes a remark.
    """
    wrong: list[str] = []
    found = None
    for base in _candidates():
        try:
            home = Path(os.path.abspath(base()))
        except (OSError, RuntimeError):  # the user has no home, or there is no temporary folder
            continue
        try:
            _prepare(home / _APP / key)
        except Danger as why:
            wrong.append(f"{home}: machine code is not kept there, because {why}")
        except OSError as error:
            wrong.append(f"{home}: machine code cannot be kept: {reason(error)}")
        else:
            found = home
            break
    rest = f"it is kept in {found}" if found else "each start compiles it anew"
    for text in wrong:
        remark(f"{text} ({rest})")
    if found is None:
        return None
    _prune(found / _APP)
    return found / _APP / key


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
    with ExitStack() as held:
        try:
            lock = held.enter_context((folder / "compiling.lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError as error:
            remark(f"{folder}: machine code cannot be kept: {reason(error)}")
        yield
