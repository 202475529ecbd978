"""The programs that a scenario names: Python classes in files beside it.

A scenario is data from strangers; `policy: "module:Class"` makes it a program. So the class is
named, with its file, and runs only with the consent of the user. It is looked for beside the
scenario alone: what Python can import elsewhere is nobody's policy.

`Source` is the text of a program and of all that it can import from its own folder, read once: what
has been hashed is what runs, here and in any worker.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sim.errors import ModelError
from sim.scenario.schema import ScenarioFile

MOST_FILES, MOST_BYTES = 1_000, 10_000_000
INIT = "__init__.py"
#: Begins the name of the package in which the files of a source run as modules.
PRIVATE = "_escalation_policy_"


class ConsentError(ModelError):
    """A scenario would run a program that the user has not allowed."""


@dataclass(frozen=True, slots=True)
class Program:
    """A Python class that a scenario names for an actor.

    `path` is that of the policy, such as "states.westmark.policy"; `name` is "module:Class";
    `folder` that of the scenario.
    """

    path: str
    name: str
    folder: Path

    @property
    def module(self) -> str:
        return self.name.partition(":")[0]

    @property
    def file(self) -> Path:
        """Where the class has to be: the module as a file below the folder."""
        return self.folder.joinpath(*self.module.split(".")).with_suffix(".py")

    def __str__(self) -> str:
        there = "" if self.file.is_file() else ", a file that is not there"
        return f"the Python class {self.name} in {self.file}{there}"


def named_programs(file: ScenarioFile, folder: Path) -> tuple[Program, ...]:
    """The Python classes that a scenario names, in the order of its actors."""
    named = {
        **{f"states.{name}.policy": state.policy for name, state in file.states.items()},
        **{
            f"states.{name}.command_policy": state.command_policy
            for name, state in file.states.items()
        },
        **{f"groups.{name}.policy": group.policy for name, group in file.groups.items()},
        **{f"mediators.{name}.policy": one.policy for name, one in file.mediators.items()},
    }
    return tuple(Program(path, name, folder) for path, name in named.items() if ":" in name)


def require_consent(wanted: Sequence[Program], *, allowed: bool) -> None:
    """Refuse programs that the user has not allowed, by a `ConsentError` that names them."""
    if not wanted or allowed:
        return
    first, more = wanted[0], len(wanted) - 1
    others = f" and {more} more (check names them)" if more else ""
    raise ConsentError(
        f"{first.path}: must have your consent before it runs, got {first}{others}, which can do "
        "all that you can (read the file, then add --allow-python; in Python allow_python=True)"
    )


@dataclass(frozen=True)
class Source:
    """The text of programs and of what they can import from their folder.

    `files` are the bytes by name relative to `folder`, with slashes.
    """

    folder: Path
    files: Mapping[str, bytes]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all files, names included."""
        found = hashlib.sha256()
        for name, text in sorted(self.files.items()):
            found.update(f"{len(name)} {name} {len(text)} ".encode() + text)
        return found.hexdigest()


def read_source(wanted: Sequence[Program]) -> Source:
    """Read programs of one scenario, and the Python files that stand beside them.

    These are the files of the program's own folder, of the folders on its dotted path, and of the
    packages (folders with an `__init__.py`) in them.

    Raises
    ------
    ModelError : if a program is not there, or there are too many files to read
    """
    files: dict[str, bytes] = {}
    size = 0
    folder = wanted[0].folder.resolve()
    for name in sorted({name for one in wanted for name in _names(folder, one)}):
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            raise ModelError(f"{folder / name}: cannot be read: {error.strerror}") from error
        size += len(files[name])
        if len(files) > MOST_FILES or size > MOST_BYTES:
            raise ModelError(
                f"{folder}: must hold at most {MOST_FILES:,} Python files of {MOST_BYTES:,} bytes "
                f"in all beside {wanted[0].name} (put scenario and policy into a folder of their "
                "own)"
            )
    for one in wanted:
        if one.file.relative_to(one.folder).as_posix() not in files:
            raise ModelError(
                f"{one.path}: {one.name}: there is no module {one.module} in {one.folder} "
                "(a policy is a file beside its scenario)"
            )
    return Source(folder, files)


def public_name(text: str) -> str:
    """Names of modules as their author wrote them, without the private package."""
    return re.sub(rf"{PRIVATE}[0-9a-f]+\.?", "", text)


def _names(folder: Path, program: Program) -> Iterator[str]:
    """Names of the Python files that a program can import, relative to the folder."""
    here = folder
    for part in (None, *program.module.split(".")[:-1]):
        here = here if part is None else here / part
        for path in _modules(here):
            yield path.relative_to(folder).as_posix()


def _modules(folder: Path) -> Iterable[Path]:
    """Python files of a folder and of the packages in it."""
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in entries:
        if path.suffix == ".py" and path.is_file():
            yield path
        elif path.name.isidentifier() and not path.is_symlink() and (path / INIT).is_file():
            yield from _modules(path)
