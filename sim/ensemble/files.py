"""Files that are whole or not there, and a folder that one process writes at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from sim.errors import StoreError

TEMPORARY = ".tmp"


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its name only when it is complete and on the disk.

    It is written beside its place under a temporary name, flushed, then renamed; killed at any
    moment, the old file or none is there. Raise a `StoreError` if the disk is full or refuses.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        with open(temporary, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        # the folder and not the file: where several are open, the one that met the refusal may be
        # another
        raise StoreError(f"{path.parent}: cannot be written: {reason(error)}") from error
    finally:
        _forget(temporary)


def reason(error: OSError) -> str:
    """Why the system refused, in its own words (`No space left on device`)."""
    return error.strerror or str(error)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, or raise a `StoreError`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: the folder cannot be made: {reason(error)}") from error


def sweep(folder: Path) -> None:
    """Remove what a killed process left half written."""
    for leftover in folder.glob(f"*{TEMPORARY}"):
        _forget(leftover)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # nothing depends on it: a leftover is swept at the next start
        return


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # a folder cannot be opened there, and a rename needs no flush
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Lock:
    """The right to write into a folder; the system takes it back when its holder dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock, or raise a `StoreError` that names its holder."""
        try:
            file = open(self.folder / ".lock", "a+", encoding="utf-8")  # noqa: SIM115 (held until release)
        except OSError as error:
            raise StoreError(
                f"{self.folder}: the folder cannot be written: {reason(error)}"
            ) from error
        try:
            _lock(file)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise StoreError(
                f"{self.folder}: another process (number {holder}) is writing here; wait for it, or choose another --out"
            ) from error
        try:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        except OSError as error:
            file.close()
            raise StoreError(f"{self.folder}: cannot be written: {reason(error)}") from error
        self._file = file

    def release(self) -> None:
        """Give the lock back; the file stays, since removing it would race with the next holder."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        # One byte far behind the holder's number, which a waiting process must still be able to
        # read.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
