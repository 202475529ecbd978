"""The file that a file extends: what it may be, and where it is looked for."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sim.bundle import bundled_names, file_of
from sim.bundle import folder as bundled_folder
from sim.scenario.reading import Node, Unreadable, near
from sim.scenario.source import beside
from sim.scenario.spec import ID

MAX_CHAIN = 10


def is_bundled(path: Path) -> bool:
    """Whether a file is one of the bundled scenarios."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(bundled_folder()))


def _may_read(target: Path, folder: Path) -> bool:
    """Whether a file may be extended by one whose folder is given.

    Files of that folder, bundled scenarios, and all files below the folder in which the user works,
    if the file itself lies there.
    """
    here = os.path.realpath(os.curdir)
    roots = [os.path.realpath(folder), os.path.realpath(bundled_folder())]
    if Path(roots[0]).is_relative_to(here):
        roots.append(here)
    return any(target.is_relative_to(root) for root in roots)


def readable_scenario(named: str, folder: Path) -> Path | None:
    """The file of another scenario that one names: a bundled one, or a file.

    None if there is none, or if a scenario of that folder may not name it; see `base_of`.
    """
    if not named.strip() or "\0" in named or Path(named).is_absolute():
        return None
    found = folder / named
    if re.fullmatch(ID, named) and not os.path.lexists(found):
        found = file_of(named) or found
    return found if os.path.isfile(found) and _may_read(_real(found), folder) else None


def _real(path: Path) -> Path:
    """Where a path leads; realpath and not resolve, which fails on a circle of links."""
    return Path(os.path.realpath(path))


def base_of(path: Path, node: Node, folder: Path, chain: list[Path]) -> Path:
    """The file that a file extends."""
    place = node.place
    if not isinstance(node.value, str) or not node.value.strip() or "\0" in node.value:
        raise Unreadable(place, "extends: must be the name of a file", node.preview)
    base = path.parent / node.value
    if re.fullmatch(ID, node.value) and not os.path.lexists(base):
        base = file_of(node.value) or base
    target = _real(base)
    if Path(node.value).is_absolute() or not _may_read(target, folder):
        raise Unreadable(
            place,
            "extends: must stay inside the scenario's folder or the folder in which you work",
            node.preview,
            "or be the name of a bundled scenario",
        )
    if target in chain:
        raise Unreadable(
            place,
            "extends: must not come back to itself",
            " -> ".join(p.name for p in [*chain, base]),
        )
    if len(chain) >= MAX_CHAIN:
        raise Unreadable(place, f"extends: must be a chain of at most {MAX_CHAIN} files")
    if not os.path.lexists(base):
        raise Unreadable(
            place,
            "extends: must be a file that exists",
            node.preview,
            near(node.value, [*beside(base), *bundled_names()], "there are"),
        )
    return base
