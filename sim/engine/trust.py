"""Whether code may be taken from a folder: only if nobody but its user can have put it there.

A cache of machine code is a program that will be run. So the folder, every folder above it and
every link on the way to it have to belong to the user or to the system, and none may be one that
others can write to; a folder such as `/tmp`, in which each may remove only what is their own, is no
danger. A file has to be the user's own too. Windows keeps a user's folders from others in ways of
its own, which are left to it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_MOST_LINKS = 40  # on the way to a folder, as Linux has it
_ROOT = 0


def danger(folder: Path) -> str | None:
    """Why somebody else could put code into a folder, or into one that will be made there.

    Parameters
    ----------
    folder : an absolute path; what is missing of it is left out

    Returns
    -------
    a few words with the path that is to blame, None if there is no danger

    Raises
    ------
    OSError : if the path cannot be looked at
    """
    if not hasattr(os, "getuid"):
        return None
    ahead = list(reversed(folder.parts[1:]))
    here, links = Path(folder.anchor), 0
    while True:
        if why := _danger_of(here):
            return why
        if not ahead:
            return None
        name = ahead.pop()
        if name == os.pardir:
            here = here.parent
            continue
        step = here / name
        try:
            status = step.lstat()
        except FileNotFoundError:
            return None
        if not stat.S_ISLNK(status.st_mode):
            here = step
            continue
        links += 1
        if links > _MOST_LINKS:
            return f"{step} is a link that leads nowhere"
        if status.st_uid not in (os.getuid(), _ROOT):
            return f"{step} is a link of another user"
        target = Path(os.readlink(step))
        ahead += reversed(target.parts[1:] if target.is_absolute() else target.parts)
        here = Path(target.anchor) if target.is_absolute() else here


def _danger_of(folder: Path) -> str | None:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return f"{folder} is no folder"
    if status.st_uid not in (os.getuid(), _ROOT):
        return f"{folder} belongs to another user"
    if status.st_mode & _OTHERS and not status.st_mode & stat.S_ISVTX:
        return f"others can write to {folder}"
    return None


def read_own(file: Path) -> bytes | None:
    """The content of a file in a folder without danger, None if it is not the user's own.

    Raises
    ------
    OSError : if it is not there, or cannot be read
    """
    # without O_NONBLOCK a pipe in the place of the file would be waited for
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(file, flags | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as opened:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return None
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & _OTHERS):
            return None
        return opened.read()
