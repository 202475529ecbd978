"""Where the text of a scenario lies: a regular file, UTF-8, of a bounded length."""

from __future__ import annotations

import itertools
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from sim.bundle import bundled_names
from sim.errors import ModelError
from sim.scenario.reading import MAX_NAMES, Place, Unreadable, near

#: Bytes of a file that somebody writes, and of a resolved form, which says everything.
MAX_BYTES, RESOLVED_BYTES = 200_000, 4_000_000
MAX_BESIDE = 10_000


def check_kinds(path: object, overrides: object) -> None:
    """Raise a `ModelError` for what can be no scenario, and for settings that have no paths."""
    if not isinstance(path, str | os.PathLike):
        raise ModelError(
            "scenario: must be a file, the name of a bundled scenario or what sim.load gave, "
            f"got {type(path).__name__}"
        )
    if not isinstance(overrides, Mapping):
        raise ModelError(
            "overrides: must be a mapping from dotted paths to values, as in "
            f'{{"states.NAME.resolve": 0.9}}, got {type(overrides).__name__}'
        )


def read_text(path: Path, place: Place) -> str:
    """The text of a scenario file.

    Nothing is read but a regular file: a pipe or a device is refused before it is opened.
    """
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise Unreadable(place, "must be a file", "a directory")
        if not stat.S_ISREG(kind):
            raise Unreadable(place, "must be a regular file", "a pipe, a socket or a device")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(RESOLVED_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        bare = not path.suffix and path.name == str(path)  # it may be meant as a bundled name
        there = [*beside(path), *(bundled_names() if bare else ())]
        raise Unreadable(
            place,
            "must be a file that exists",
            path.name,
            near(path.name, there, "there are") if there else "",
        ) from error
    except (OSError, ValueError) as error:
        raise Unreadable(
            place, "must be readable", getattr(error, "strerror", None) or str(error)
        ) from error
    return decode(data, place, size)


def beside(path: Path) -> list[str]:
    """Names of scenario files in the folder of a path, as far as it can be read."""
    try:
        with os.scandir(path.parent) as entries:
            some = [entry.name for entry in itertools.islice(entries, MAX_BESIDE)]
    except (OSError, ValueError):
        return []
    return sorted(name for name in some if name.endswith(".yaml"))[:MAX_NAMES]


def seems_resolved(data: bytes) -> bool:
    """Whether a text says that it is a resolved form, which may be longer."""
    return re.search(rb"^from:", data, re.MULTILINE) is not None


def decode(data: bytes, place: Place, size: int) -> str:
    """The text of bytes, of which there were `size`."""
    most = RESOLVED_BYTES if seems_resolved(data) else MAX_BYTES
    if len(data) > most:
        what = "as a resolved form " if most > MAX_BYTES else ""
        raise Unreadable(place, f"must be at most {most} bytes long {what}".rstrip(), f"{size}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            place._replace(line=line, column=1),
            "must be UTF-8 text",
            f"byte {data[error.start]:#04x}",
            "save the file as UTF-8",
        ) from error
