"""Files that are whole or not there, the one way in which the simulator writes; and their names.

`place` is the one reading of what a user calls a folder or a file, on the command line and in
Python.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

from sim.errors import StoreError

TEMPORARY = ".tmp"

#: What a user may call a folder or a file: a path of this machine, or an address.
Place = str | os.PathLike[str]

_FILE_ADDRESS = re.compile(r"(?:file|local):(?://(?P<host>[^/]*))?(?P<path>.*)", re.I | re.S)
_THIS_MACHINE = ("", "localhost", "127.0.0.1")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
#: What is left of an address after `pathlib.Path` had it.
_ONE_SLASH = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/(?!/)")


def place(given: Place) -> Path | str:
    """What a user means by the name of a folder or a file.

    `~` is the user's own folder, in Python and in `--out=~/x` too, where no shell replaces it.
    An address of a file of this machine (`file:///path`, `file://localhost/path`, `file:path`) is
    its path; `%20` in one stands for a space.

    Parameters
    ----------
    given : a path, or an address such as `s3://bucket/run`

    Returns
    -------
    the path on this machine, or the address without slashes at its end

    Raises
    ------
    StoreError : if it names nothing on this machine and is no address
    """
    text = _text(given)
    path = text
    if found := _FILE_ADDRESS.fullmatch(text):
        if (found["host"] or "").lower() not in _THIS_MACHINE:
            hint = "file:///PATH is a path of this machine, file:PATH one from the current folder"
            raise _no_place(text, f"one of the machine {found['host']}", hint)
        path = os.fsdecode(unquote_to_bytes(found["path"]))
        path = path[1:] if _DRIVE.match(path, 1) else path  # file:///C:/x
    elif _ONE_SLASH.match(text) and not _DRIVE.match(text):
        raise _no_place(text, "half of one", "an address has ://, and is text, not a Path")
    elif "://" in text and not _DRIVE.match(text):
        return text.rstrip("/")
    if sys.platform != "win32" and _DRIVE.match(path):
        raise _no_place(text, "a path of Windows", "here a path is written /folder/name")
    if not path.strip() or "\0" in path:
        raise _no_place(text, "one without a path", "file:///PATH is a path of this machine")
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise _no_place(text, "the folder of an unknown user", "write its whole path") from error


def local_place(given: Place) -> Path:
    """The same for what is written on this machine alone. Raise a `StoreError` for an address."""
    found = place(given)
    if isinstance(found, str):
        raise StoreError(f"{found}: must be a folder or file of this machine, got an address")
    return found


def _text(given: object) -> str:
    """A name as text; bytes too, as the system gives them."""
    try:
        text = os.fsdecode(given)  # type: ignore[arg-type]  # anything but a name raises
    except TypeError:
        raise _no_place("", repr(given), "results/first, say") from None
    if not text.strip() or "\0" in text:
        raise _no_place("", repr(text) if text.strip() else "nothing", "results/first, say")
    return text


def _no_place(given: str, got: str, hint: str) -> StoreError:
    start = f"{given}: " if given else ""
    return StoreError(f"{start}must be a folder, a file or an address, got {got} ({hint})")


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
        # a leftover, or a link that somebody planted under that name, is not written through
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        with open(temporary, "xb") as file:
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


def inside(folder: Path, *names: str) -> Path:
    """The path of something in a folder, whose names may come from a file or from a stranger.

    Parameters
    ----------
    folder : where it has to stay; may be a link itself
    names : of a folder or file each, from the outermost to the innermost

    Raises
    ------
    StoreError : if a name is none, or the path leaves the folder, through a link too
    """
    path = folder
    for name in names:
        if name in ("", ".", "..") or any(sign in name for sign in "/\\\0"):
            raise StoreError(f"{folder}: must be followed by the name of a file, got {name[:60]!r}")
        path = path / name
    # realpath and not resolve, which fails on a circle of links
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise StoreError(
            f"{path}: must stay inside {folder}, got a link to {os.path.realpath(path)} "
            "(remove the link, or name its target with --out)"
        )
    return path


def make_inside(folder: Path, *names: str) -> Path:
    """Make a folder in a folder and give its path; see `inside`."""
    path = inside(folder, *names)
    make_folder(path)
    return path


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
