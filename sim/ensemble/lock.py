"""The right to write into a folder, which one process has at a time."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from sim.errors import StoreError
from sim.files import reason


class Lock:
    """The right to write into a folder; the system takes it back when its holder dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock, or raise a `StoreError` that names its holder."""
        try:
            file = open(  # noqa: SIM115 (held until release)
                self.folder / ".lock", "a+", encoding="utf-8", opener=_open
            )
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
                f"{self.folder}: another process (number {holder}) is writing here; "
                "wait for it, or choose another --out"
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


def _open(path: str, flags: int) -> int:
    """Open the file, which must not be a link: what it points to would be emptied."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


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
