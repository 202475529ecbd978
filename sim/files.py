"""Files that are whole or not there: the one way in which the simulator writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sim.errors import StoreError

TEMPORARY = ".tmp"


def write_file(path: Path, content: str | bytes) -> None:
    """Write a whole file; see `whole_file`.

    A text is written as UTF-8, its line ends as they are.
    """
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its name only when it is complete and on the disk.

    It is written beside its place under a temporary name, flushed and synced, then renamed, and the
    folder is synced. If the process is killed at any moment, the old file or none is there.

    Raises
    ------
    StoreError : if the disk is full or the system refuses
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
        _remove(temporary)


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
        _remove(leftover)


def _remove(path: Path) -> None:
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
