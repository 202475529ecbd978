"""Where results go: a folder of this machine, or one remote that fsspec reaches.

An address is such as `s3://bucket/run` or `memory://run`. Work is always done in a local folder,
since only there is a rename atomic and a lock kept. A remote location has a local copy that is
removed when the run ends: what a run resumes from is fetched first, each finished chunk is put
there at once, the tables and pages when they are made. A put to an object store is whole or not
there, and a chunk counts from the moment at which its rows are there, so a run killed anywhere
resumes from what was put, on another machine too. Nobody locks a remote location: two runs of the
same scenario and seed put the same bytes under the same names.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.ensemble.manifest import MANIFEST
from sim.ensemble.store import CHECKSUMS, CHUNKS, LEDGER, RESOLVED, RESULTS, SERIES
from sim.errors import StoreError
from sim.files import TEMPORARY, Place, inside, place

_LOCAL = ("file", "local")
_LOCK = ".lock"


class Location:
    """A results folder by what the user called it.

    `address` is its name for words; `folder` the local folder that holds the results, or the copy
    of remote ones; `permanent` is False for a temporary folder, which is removed when nothing uses
    it any more.

    Raises
    ------
    StoreError : if no driver is there for such an address, or it cannot be reached
    """

    def __init__(self, given: Place | None = None) -> None:
        self._system: Any = None
        self._put: dict[str, tuple[int, int]] = {}
        self.permanent = given is not None
        where = None if given is None else place(given)
        if isinstance(where, str):
            self._reach(where)
            where = where if self.remote else Path(self._root)
        if isinstance(where, Path):
            self.address = self.folder = where
            return
        self.folder = Path(tempfile.mkdtemp(prefix="escalation-"))
        self.address = where or self.folder
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    address: str | Path
    folder: Path
    within: Location | None = None  # a temporary folder stays while one of those in it is used

    def _reach(self, address: str) -> None:
        with _refusals(address):
            from fsspec.core import url_to_fs

            system, root = url_to_fs(address)
        self._root = root.rstrip("/")
        protocols = (system.protocol,) if isinstance(system.protocol, str) else system.protocol
        if not set(protocols) & set(_LOCAL):
            self._system = system

    def __str__(self) -> str:
        return str(self.address)

    @property
    def remote(self) -> bool:
        return self._system is not None

    def under(self, name: str) -> Location:
        """A folder in this one."""
        if self.remote:
            return Location(f"{self.address}/{name}")
        inner = Location(inside(self.folder, name))
        inner.permanent, inner.within = self.permanent, self
        return inner

    def fetch(self, names: Iterable[str] = (MANIFEST, RESOLVED, CHECKSUMS, CHUNKS, SERIES)) -> None:
        """Copy remote results here: by default what a run resumes from."""
        if not self.remote:
            return
        with _refusals(self.address):
            self._system.invalidate_cache()
            for name in names:
                source = f"{self._root}/{name}"
                if self._system.isdir(source):
                    for path in self._system.find(source):
                        below = path.lstrip("/").removeprefix(f"{source.lstrip('/')}/")
                        self._get(path, inside(self.folder, name, *below.split("/")))
                elif self._system.isfile(source):
                    self._get(source, self.folder / name)

    def _get(self, source: str, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        self._system.get_file(source, str(target))
        self._put[str(target.relative_to(self.folder))] = _stamp(target)

    def clear(self) -> None:
        """Remove what earlier runs put there, the manifest last, and nothing else."""
        if not self.remote:
            return
        folders = (CHUNKS, SERIES, CHECKSUMS, LEDGER, "figures")
        with _refusals(self.address):
            for name in (*folders, *RESULTS, RESOLVED, MANIFEST):
                if self._system.exists(f"{self._root}/{name}"):
                    self._system.rm(f"{self._root}/{name}", recursive=True)

    def put(self, *paths: Path) -> None:
        """Copy files of the folder to a remote location, in this order."""
        if not self.remote:
            return
        for path in paths:
            name, stamp = path.relative_to(self.folder).as_posix(), _stamp(path)
            if self._put.get(name) == stamp:
                continue
            with _refusals(self.address):
                target = f"{self._root}/{name}"
                self._system.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
                self._system.put_file(str(path), target)
            self._put[name] = stamp

    def remove(self, path: Path) -> None:
        """Remove a file of the folder, here and there."""
        path.unlink(missing_ok=True)
        name = path.relative_to(self.folder).as_posix()
        if self._put.pop(name, None) is not None:
            with _refusals(self.address):
                self._system.rm_file(f"{self._root}/{name}")

    def publish(self) -> None:
        """Copy all that is new or changed; the manifest last, which signs for it."""
        if self.remote:
            files = (
                path
                for path in sorted(self.folder.rglob("*"))
                if path.is_file() and path.name != _LOCK and path.suffix != TEMPORARY
            )
            self.put(*sorted(files, key=lambda path: path.name == MANIFEST))


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_size


@contextmanager
def _refusals(where: object) -> Iterator[None]:
    """Whatever a driver raises becomes a `StoreError` of one line."""
    try:
        yield
    except ImportError as error:
        raise StoreError(f"{where}: needs a driver that is not installed: {error}") from error
    except Exception as error:
        raise StoreError(
            f"{where}: cannot be used: {str(error) or type(error).__name__}"
        ) from error
